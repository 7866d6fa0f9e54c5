"""The day as a frame: a row a route, the columns as promised, whatever the day has come to."""

from datetime import timedelta

import pandas as pd
import pytest

from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.reports.routes import COLUMNS, planned_s, routes_frame
from tests.reports.story import debriefed, half_way
from tests.small_day import SIX_PM, TEN, Story, at_the_dock, on_the_road


def dtypes(frame):
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


@pytest.mark.parametrize("story", [Story, at_the_dock, half_way, debriefed], ids=lambda s: s.__name__)
def test_the_columns_and_their_types_are_the_same_on_every_day(story):
    assert dtypes(routes_frame(story().day)) == COLUMNS


def test_a_day_without_a_plan_has_no_rows():
    assert len(routes_frame(Story().day)) == 0


def test_a_row_says_who_drives_what_and_how_far_he_is():
    first = routes_frame(half_way().day).iloc[0]
    assert (first.route_id, first.driver_id, first.van_id) == ("CX1", "A1", "V1")
    assert (first.stops, first.stops_done) == (3, 2)
    assert first.departed_at == TEN
    assert pd.isna(first.returned_at)


def test_minutes_late_are_positive_after_the_window_and_negative_before_it():
    story = on_the_road()                          # both windows end at six
    story.told(DriverReturned(at=SIX_PM + timedelta(minutes=25), by="cortex", route_id="CX1"))
    story.told(DriverReturned(at=SIX_PM - timedelta(minutes=40), by="cortex", route_id="CX7"))
    assert routes_frame(story.day).late_min.tolist() == [25, -40]


def test_a_route_that_is_out_is_neither_late_nor_early():
    assert routes_frame(half_way().day).late_min.isna().all()


@pytest.mark.parametrize("story", [at_the_dock, half_way, debriefed], ids=lambda s: s.__name__)
def test_the_balance_of_every_route_adds_up(story):
    frame = routes_frame(story().day)
    accounted = frame[["delivered", "attempted", "returned", "missing", "difference"]].sum(axis="columns")
    assert (frame.loaded == accounted).all()
    assert frame.loaded.tolist() == [6, 6]


def test_what_came_back_stands_with_its_route():
    frame = routes_frame(debriefed().day).set_index("route_id")
    assert frame.loc["CX1", ["delivered", "attempted", "difference"]].tolist() == [5, 1, 0]
    assert frame.loc["CX7", ["delivered", "attempted", "difference"]].tolist() == [6, 0, 0]


def test_planned_time_is_drive_and_service_and_break():
    day = at_the_dock().day
    assert planned_s(day, "CX1") == 4 * 300 + 6 * 60
