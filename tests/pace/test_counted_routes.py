"""Routes that the station counts without naming a place: pace is known all the same, a meeting and a map are not."""

from datetime import timedelta

import msgspec
import pytest

from dispatchkit.day.facts.road import ProgressReported
from dispatchkit.pace.board import pace_board
from dispatchkit.records import Stop
from dispatchkit.reports.day_map import day_map
from dispatchkit.rescue.propose import NO_PLACES, proposals
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import STATION, TEN, TWO_ROUTES, on_the_road

COUNTED = msgspec.structs.replace(
    TWO_ROUTES,
    station_lat=None,
    station_lng=None,
    stops=tuple(msgspec.structs.replace(s, lat=None, lng=None) for s in TWO_ROUTES.stops),
    travel="counted",
)


@pytest.fixture
def day():
    story = on_the_road(the_plan=COUNTED)
    return story.told(
        ProgressReported(at=TEN + timedelta(minutes=20), by="cortex", route_id="CX1", stops_done=1, source="cortex")
    ).day


def board(day, minutes):
    lines = pace_board(day, now=TEN + timedelta(minutes=minutes), station=STATION, travel=CalibratedTravel())
    return {line.code: line for line in lines}


def test_a_count_from_cortex_gives_pace_and_a_finish(day):
    line = board(day, 22)["CX1"]
    assert (line.done, line.expected, line.total) == (1, 3, 3)
    assert line.finish_p50 > TEN + timedelta(minutes=22)


def test_nobody_can_be_sent_to_a_place_that_is_not_known(day):
    now = TEN + timedelta(hours=8, minutes=20)
    found = proposals(day, "CX1", now=now, station=STATION, travel=CalibratedTravel())
    assert (found.options, found.why_none) == ((), NO_PLACES)


def test_there_is_no_map_of_unknown_places(day):
    assert day_map(day) == ""


def test_half_a_place_is_none():
    with pytest.raises(ValueError, match=r"CX1:1: 41\.6, None is not a place"):
        Stop(stop_id="CX1:1", lat=41.6, packages=())
