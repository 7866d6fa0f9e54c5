"""Commands that go on by themselves, and end when they are told to."""

import signal
import subprocess
import sys

import pytest

from dispatchkit.log import open_log
from tests.small_day import planned
from tests.small_log import written
from tests.small_station_day import DAY


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals for single programs.")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_ends_cleanly_and_leaves_the_day_to_the_next(tmp_path, sent):
    store = tmp_path / "days.sqlite"
    with open_log(store) as log:
        key = written(log, planned()).key
    command = [sys.executable, "-m", "dispatchkit", "watch", str(key), "--store", str(store), "--every", "1"]
    watching = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert "Watching DXX1/2026-03-14" in watching.stdout.readline()
    watching.send_signal(sent)
    out, err = watching.communicate(timeout=60)
    assert (watching.returncode, err) == (0, "")
    assert "Not watching any more. Every alarm that was raised is in the log." in out


def test_days_and_today_are_not_both_meant(call, tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        written(log, planned())
    assert "not both" in call("watch", DAY, "--today", "--store", tmp_path / "days.sqlite").err
