"""A day's volume is read again from the files that it came in: the newest ones, and only those of that day."""

from datetime import timedelta

import pytest

from dispatchkit import course
from dispatchkit.day.facts.whole_day import FileImported
from dispatchkit.errors import NotFound
from dispatchkit.imports import read_originals
from dispatchkit.imports.of_day import originals_of, read_again, volume_files
from dispatchkit.records import DayKey
from tests.small_day import TEN, Story
from tests.small_station_day import write_station_day

LATER = TEN + timedelta(hours=1)
FAR_M = 200_000.0


def came(name, *, at=TEN, source="station day", original="abc"):
    return FileImported(at=at, by="maria", name=name, original=original, source=source, rows=1)


def files_of(*facts):
    day = Story().does(course.open_day, timezone="America/Chicago").told(*facts).day
    return [file.name for file in volume_files(day)]


def test_files_that_came_together_belong_together():
    assert files_of(came("customers.csv"), came("depots.csv")) == ["customers.csv", "depots.csv"]


def test_newer_volume_goes_before_older():
    assert files_of(came("monday.csv"), came("tuesday.csv", at=LATER, source="stop list")) == ["tuesday.csv"]


def test_files_without_stops_are_no_volume():
    assert files_of(came("vans.csv", source="Vehicles list"), came("dop.csv", source="Day-of-Ops plan")) == []


def test_what_was_imported_is_read_again(tmp_path):
    originals = read_originals(write_station_day(tmp_path, harm=()))
    kept = {original.digest: original.data for original in originals}
    files = [came(original.name, original=original.digest) for original in originals]
    found = read_again(originals_of(files, kept.__getitem__), DayKey.parse("DXX1/2026-03-14"), max_from_station_m=FAR_M)
    assert len(found.stops) == 36


def test_files_of_another_day_are_not_this_ones(tmp_path):
    originals = read_originals(write_station_day(tmp_path, harm=()))
    with pytest.raises(NotFound, match="DXX9"):
        read_again(originals, DayKey.parse("DXX9/2026-03-14"), max_from_station_m=FAR_M)
