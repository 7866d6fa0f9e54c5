"""Files that make sense together only are taken as a whole, each once, whichever order they come in."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dispatchkit.day.facts.whole_day import DayOpened, FileImported
from dispatchkit.imports import OriginalFile
from dispatchkit.intake.together import Together
from dispatchkit.log import open_log
from dispatchkit.records import DayKey

FOLDER = Path("inbox")
NOON = datetime(2026, 3, 14, 18, tzinfo=UTC)
PARTS = {"stops", "vans"}


class Taking:
    """A folder of parts ("stops", "vans"), of which a whole has one of each."""

    def __init__(self, log):
        self.taken, self.disk = [], {}
        self.together = Together(log, take=self.take, read=lambda path: self.disk.get(path))

    def take(self, files, where):
        assert where == "inbox"
        parts = [file.data.decode().split()[0] for file in files]
        if sorted(parts) != sorted(PARTS):
            return ("Something is missing.",)
        self.taken.append([file.name for file in files])
        return ()

    def falls(self, **contents):
        """Files of these names, dots as underscores; returns the names that wait."""
        fresh = {}
        for name, text in contents.items():
            path = FOLDER / name.replace("_", ".")
            fresh[path] = self.disk[path] = OriginalFile(name=path.name, data=text.encode())
        waits, why = self.together.take(FOLDER, fresh)
        assert bool(waits) == bool(why)
        return sorted(file.name for file in waits.values())


@pytest.fixture
def log(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        yield log


@pytest.fixture
def folder(log):
    return Taking(log)


def test_a_part_waits_for_the_others(folder):
    assert folder.falls(stops_csv="stops 1") == ["stops.csv"]
    assert folder.falls(vans_csv="vans 1") == []
    assert folder.taken == [["stops.csv", "vans.csv"]]


def test_the_next_evenings_files_do_not_mix_with_the_last_ones(folder):
    folder.falls(mon_csv="stops 1", mon_json="vans 1")
    assert folder.falls(tue_csv="stops 2", tue_json="vans 2") == []
    assert folder.taken[1] == ["tue.csv", "tue.json"]


def test_several_evenings_at_once_are_told_apart_by_name(folder):
    assert folder.falls(mon_csv="stops 1", mon_json="vans 1", tue_csv="stops 2", tue_json="vans 2") == []
    assert len(folder.taken) == 2


def test_one_table_replaced_is_taken_with_those_that_stood(folder):
    folder.falls(stops_csv="stops 1", vans_csv="vans 1")
    assert folder.falls(stops_csv="stops 2") == []
    assert sorted(folder.taken[1]) == ["stops.csv", "vans.csv"]


def test_what_a_day_has_imported_before_is_left_aside(log):
    imported = OriginalFile(name="stops.csv", data=b"stops 1")
    facts = [
        DayOpened(at=NOON, by="maria", station="DXX1", service_day="2026-03-14", timezone="UTC"),
        FileImported(at=NOON, by="maria", name="stops.csv", original=imported.digest, source="station day", rows=1),
    ]
    log.append(DayKey.parse("DXX1/2026-03-14"), facts, expected=0, learned_at=NOON)
    folder = Taking(log)
    assert folder.falls(stops_csv="stops 1") == []
    assert folder.taken == []


def test_what_went_away_does_not_wait_any_more(folder):
    folder.falls(stops_csv="stops 1")
    folder.together.forget({})
    assert folder.falls(vans_csv="vans 1") == ["vans.csv"]
