from datetime import date

import msgspec

from dispatchkit.records import DayKey
from dispatchkit.samples.papers import sample_papers
from dispatchkit.samples.papers.of_sample import MALFORMED, STATION_WIDE, snapshots_of
from tests.small_day import planned


def test_exports_are_of_the_hours_in_which_something_was_heard(day):
    assert [f"{at:%H:%M}" for at in snapshots_of(day)] == ["16:00", "18:00", "20:00"]
    assert list(snapshots_of(planned().day)) == []


def test_one_sample_day_has_the_plan_of_the_whole_station(day, open_book):
    def plan_rows(key):
        files = sample_papers(msgspec.structs.replace(day, key=key))
        return len(open_book(next(data for name, data in files.items() if "DayOfOps" in name))["Solution"])

    assert plan_rows(STATION_WIDE) > 200 > plan_rows(DayKey("DXX2", date(2026, 3, 5)))


def test_the_malformed_day_has_malformed_files_alone(day):
    files = sample_papers(msgspec.structs.replace(day, key=MALFORMED))
    assert all(" - " in name for name in files)
