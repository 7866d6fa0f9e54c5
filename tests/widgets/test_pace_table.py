"""The pace board's lines in the words of the board."""

from datetime import timedelta

import pytest

from dispatchkit.day.facts.road import MessageReceived
from dispatchkit.pace.board import pace_board
from dispatchkit.pace.ladder import Rung
from dispatchkit.station import load
from tests.pace.story import PaceStory, a_calm_day, a_route, clock, cx1_forty_behind
from widgets.pace_table import COLUMNS, STEPS, rows

STATION = load()


def shown(story, now, **names):
    """Rows of the board by route code."""
    day, travel = story.day(), story.travel
    lines = pace_board(day, now=now, station=STATION, travel=travel)
    return {r["code"]: r for r in rows(day, lines, now=now, station=STATION, travel=travel, names=names)}


@pytest.fixture(scope="module")
def forty_behind():
    return shown(cx1_forty_behind(clock(11)), clock(11))["CX1"]


def test_every_rung_that_asks_for_something_has_its_words():
    assert set(STEPS) == set(Rung)


def test_a_row_has_a_value_for_every_column_and_nothing_that_no_column_shows(forty_behind):
    assert set(forty_behind) - {"id", "as_of"} == {column.key for column in COLUMNS}


def test_what_a_laptop_and_a_phone_leave_out_is_never_what_to_do_next():
    kept = [c.key for c in COLUMNS if not (c.hide_on_phone or c.wide_only)]
    assert kept == ["code", "done", "behind", "step"]


def test_the_end_is_two_times_and_where_they_lie_around_the_end_of_the_window(forty_behind):
    ends = forty_behind["ends"]
    earliest, latest = ends["text"].split("–")
    assert ends["title"] == (
        f"back by {earliest} in 5 of 10 cases, by {latest} in 9; window ends {forty_behind['by']['text']}"
    )
    assert 0 < ends["from_min"] < ends["to_min"], "all of it lies after its window"
    calm = shown(a_calm_day(1), clock(11))["CX0"]["ends"]
    assert calm["from_min"] < calm["to_min"] < 0


def test_help_is_minutes_and_a_route_that_needs_none_says_nothing(forty_behind):
    assert forty_behind["help"]["text"].endswith(" min")
    assert 80 <= forty_behind["help"]["sort"] <= 100
    assert shown(a_calm_day(1), clock(11))["CX0"]["help"] is None


def test_the_next_step_has_its_reason(forty_behind):
    assert forty_behind["step"]["text"] == "Send help"
    assert forty_behind["step"]["title"].startswith("40 stops behind")


def test_the_trend_sorts_by_what_is_lost_in_an_hour_and_is_said_in_words():
    slow = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(11), rate=1.5)
    trend = shown(slow, clock(11))["CX1"]["trend"]
    assert trend["text"] == f"↘ {trend['sort']:.0f}"
    assert trend["title"].endswith("losing 8 stops an hour")


def test_a_route_that_has_not_left_draws_no_line():
    row = shown(PaceStory(a_route("CX1", slack_min=90)), clock(8))["CX1"]
    assert (row["trend"], row["age"], row["behind"]["text"], row["step"]["text"]) == (None, None, "–", "Not left")


def test_figures_that_are_too_old_say_of_when_they_are():
    story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(10))
    fresh, old = shown(story, clock(10, 10))["CX1"], shown(story, clock(10, 50))["CX1"]
    assert (fresh["as_of"], old["as_of"], old["age"]) == (None, "09:58", 51)


def test_the_last_word_with_the_driver_stands_beside_the_age_of_the_figures():
    story = PaceStory(a_route("CX1", break_s=1800)).departed("CX1").drove("CX1", clock(11))
    assert shown(story, clock(11))["CX1"]["contact"] is None
    story.happened(MessageReceived(at=clock(10, 40), by="maria", message_id="m1", route_id="CX1", text="All well."))
    row = shown(story, clock(11))["CX1"]
    assert (row["contact"]["text"], row["contact"]["title"]) == ("10:40", "said 10:40")
    assert row["break"]["text"].startswith("due ")


def test_a_quarter_of_a_minute_later_only_what_the_clock_moves_is_another():
    story, now = a_calm_day(1), clock(11)
    before, after = shown(story, now)["CX0"], shown(story, now + timedelta(seconds=15))["CX0"]
    changed = {key for key in after if after[key] != before[key]}
    assert "trend" not in changed
    assert changed <= {"done", "behind", "ends", "late", "step", "age"}
