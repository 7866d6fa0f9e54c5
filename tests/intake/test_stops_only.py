"""Stops that no source put on a route: their files are kept for building, and they make no plan."""

import pytest

from dispatchkit.desk import Desk
from dispatchkit.imports import read_originals
from dispatchkit.imports.of_day import volume_files
from dispatchkit.intake import preview, take
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.station import load
from tests.small_stop_list import stops, write_stop_list

KEY = DayKey.parse("DXX1/2026-03-14")


@pytest.fixture
def shown(tmp_path):
    """What taking a stop list of a station's day would do, and the log that it would go into."""
    write_stop_list(tmp_path / "files", stops(12), limits={"station": "DXX1", "service_day": "2026-03-14"})
    with open_log(tmp_path / "days.sqlite") as log:
        yield lambda: (log, preview(log, read_originals(tmp_path / "files"), by="maria", station=load()))


def test_it_is_said_that_routes_are_still_to_be_built(shown):
    _, seen = shown()
    assert "on no route yet" in seen.changes[0].text
    assert seen.can_be_taken


def test_the_files_are_kept_and_the_day_has_no_plan(shown):
    log, seen = shown()
    [taken] = take(log, seen, by="maria")
    assert taken.routes == 0
    assert "Build the routes." in taken.sentences[0]
    day = Desk(log, KEY, by="maria").day()
    assert len(volume_files(day)) == 2
    assert (day.pre_load_out.drafts, day.pre_load_out.plan) == ((), None)


def test_the_same_list_is_taken_once(shown):
    take(*shown(), by="maria")
    log, seen = shown()
    assert not seen.can_be_taken
    assert take(log, seen, by="maria")[0].repeated
