"""The course of stops behind as a drawing."""

import re
from datetime import timedelta

import numpy as np
import pytest

from dispatchkit.pace.behind_course import Course, Trend
from tests.pace.story import PaceStory, a_route, clock
from widgets.on_road.behind_line import HEIGHT, WIDTH, chart, spark_span_s, sparkline, trend_text

BEGIN = clock(8, 30).timestamp()
SPAN_S = (BEGIN, BEGIN + 4 * 3600.0)


def course(*figures, trend=None):
    """A figure every quarter of an hour; None where nothing was heard."""
    behind = np.array([np.nan if figure is None else figure for figure in figures], dtype=float)
    return Course(at_s=BEGIN + 900.0 * np.arange(len(figures)), behind=behind, trend=trend)


def drawn(*figures, **more):
    return sparkline(course(*figures, **more), SPAN_S, 15)


def test_what_is_behind_lies_below_the_line_of_zero_and_what_is_ahead_above():
    behind, ahead = drawn(0, 0, 9), drawn(0, 0, -9)
    assert behind["last"][1] > behind["zero"]
    assert ahead["last"][1] < ahead["zero"]


def test_where_nothing_was_heard_the_pen_is_lifted():
    assert drawn(0, 2, None, None, 9, 12)["line"].count("M") == 2
    assert drawn(0, 2, 5, 7, 9, 12)["line"].count("M") == 1


def test_a_figure_that_stands_alone_between_two_silences_is_a_dot():
    assert drawn(0, None, 9, None)["line"].count("h0") == 2


def test_the_last_point_is_the_last_that_was_heard():
    assert drawn(0, 2, 9, None)["last"] == drawn(0, 2, 9)["last"]


def test_a_calm_route_looks_calm_and_a_route_far_behind_stays_inside():
    calm, lost = drawn(0, 1, -1, 1), drawn(0, 40, 90, 130)
    ys = [int(y) for y in re.findall(r" (\d+)", calm["line"])]
    assert max(ys) - min(ys) <= HEIGHT / 6
    assert all(0 <= int(y) <= HEIGHT for y in re.findall(r" (\d+)", lost["line"]))
    assert all(0 <= int(x) <= WIDTH for x in re.findall(r"[ML](\d+)", lost["line"]))


def test_an_hour_stands_in_one_place_for_all_routes_and_stays_there_for_a_while():
    day = PaceStory(a_route("CX1"), a_route("CX2", departs_at=clock(9))).departed("CX1", clock(8, 20)).day()
    assert spark_span_s(day, clock(9)) == spark_span_s(day, clock(10, 19))
    assert spark_span_s(day, clock(9))[0] == clock(8, 20).timestamp()
    assert spark_span_s(day, clock(10, 21))[1] == clock(12, 20).timestamp()
    before_anybody_left = spark_span_s(day, clock(5))
    assert before_anybody_left[1] > before_anybody_left[0]


@pytest.mark.parametrize(
    ("per_h", "steady", "text"), [(9.2, False, "↘ 9"), (-6.0, False, "↗ 6"), (1.0, True, "→")]
)
def test_an_arrow_and_a_number_say_where_it_is_heading(per_h, steady, text):
    assert trend_text(Trend(per_h=per_h, steady=steady)) == text
    assert trend_text(None) == ""


def test_the_chart_says_in_words_what_it_draws_and_has_the_station_s_hours():
    day = PaceStory(a_route("CX1")).departed("CX1").day()
    span = (clock(8, 30), clock(8, 30) + timedelta(hours=5))
    made = chart(day, course(0, 4, 9, trend=Trend(per_h=9.0, steady=False)), span, 15)
    assert 'role="img" aria-label="behind over the day: 0, 9; losing 9 stops an hour"' in made
    assert re.findall(r">(\d\d:\d\d)<", made) == ["09:00", "11:00", "13:00"]
    assert chart(day, Course(at_s=np.zeros(0), behind=np.zeros(0)), span, 15) == ""
