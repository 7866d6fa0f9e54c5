"""A whole day runs to its close on PostgreSQL too, fact for fact the same as in a file."""

import pytest

from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.run_day import run_days
from dispatchkit.station import load
from tests.small_station_day import DAY, write_station_day


@pytest.mark.postgres
def test_a_whole_day_is_the_same_on_both_databases(postgres_url, tmp_path):
    folder = write_station_day(tmp_path / "station day")
    told = []
    for url in (postgres_url, str(tmp_path / "days.sqlite")):
        with open_log(url) as log:
            (result,) = run_days(log, folder, station=load(), seed=1, build=False)
            assert (result.closed, result.chain_ok, result.balance_difference) == (True, True, 0)
            told.append([e.fact for e in log.read(DayKey.parse(DAY))])
    assert told[0] == told[1]
