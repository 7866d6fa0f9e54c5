"""The measurements run and say what they promise; how fast is for people to read."""

import sqlite3

from dispatchkit.bench.log_rates import sqlite_rates
from dispatchkit.log import open_log


def test_rates_of_a_file_are_measured_on_logs_that_verify(tmp_path):
    rates = sqlite_rates(tmp_path, blocks=2, appends=5, batches=1)
    assert set(rates) == {"sqlite_appends_per_s", "sqlite_batch100_facts_per_s", "raw_sqlite_appends_per_s"}
    assert all(rate > 0 for rate in rates.values())
    with open_log(tmp_path / "log.sqlite", create=False) as log:
        found = log.verify()
        assert (found.ok, found.facts) == (True, 2 * (5 + 100))
    raw = sqlite3.connect(tmp_path / "raw.sqlite")
    assert raw.execute("SELECT COUNT(*) FROM facts").fetchone() == (10,)
    raw.close()
