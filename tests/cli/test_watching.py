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


def test_a_folder_is_simulated_step_by_step(call, station_day, tmp_path):
    store = tmp_path / "days.sqlite"
    begun = call("simulate", station_day, "--step", "780", "--store", store, "--json")
    assert (begun.code, begun.json["all_back"], begun.json["day"]) == (0, False, DAY)
    on = call("simulate", DAY, "--until", "09:40", "--speed", "60", "--step", "5", "--store", store)
    assert "Say --until or --step, not both" in on.err
    went_on = call("simulate", DAY, "--step", "5", "--store", store)
    assert "◆ Simulated" in went_on.out
    assert "It can go on from there at any time." in went_on.out
    past = call("simulate", DAY, "--until", "00:10", "--store", store)
    assert "stands at" in past.err
    assert call("simulate", DAY, "--step", "1200", "--store", store, "--json").json["all_back"] is True


@pytest.mark.parametrize("speed", ["0.5", "61"])
def test_slower_than_life_and_faster_than_sixty_times_are_refused(call, station_day, speed):
    assert call("simulate", station_day, "--speed", speed).code == 2


def test_a_real_day_is_not_simulated(call, tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        written(log, planned())
    assert "is a real day" in call("simulate", DAY, "--step", "5", "--store", tmp_path / "days.sqlite").err


def test_what_is_neither_folder_nor_day_is_refused(call):
    said = call("simulate", "nowhere")
    assert (said.code, "'nowhere' is not a day" in said.err, "`demo`" in said.err) == (2, True, True)
