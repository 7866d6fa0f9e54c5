"""`dispatchkit plan --watch FOLDER --at 20:30`: by itself, once for cron, and until it is told to end."""

import signal
import subprocess
import sys

import pytest

from dispatchkit.log import open_log
from tests.small_station_day import write_station_day

ZONE = '[site]\ntimezone = { value = "America/Chicago", unit = "IANA zone", source = "ours" }\n'
AT_ONCE = '[intake]\nsettle = { value = 0.01, unit = "s", source = "for tests" }\n'


@pytest.fixture
def volume(tmp_path, home):
    """A folder into which a station's day has fallen, and a home whose profile knows the zone."""
    home.mkdir()
    (home / "station.toml").write_text(ZONE + AT_ONCE, "utf-8")
    write_station_day(tmp_path / "volume" / "evening", harm=())
    return tmp_path / "volume"


@pytest.mark.parametrize("words", [("plan", "watch", "{}"), ("plan", "--watch", "{}", "--at", "20:30")])
def test_cron_finds_a_draft_and_a_summary_in_the_morning(call, home, volume, words):
    said = call(*(word.format(volume) for word in words), "--once")
    assert (said.code, said.err) == (0, "")
    assert "Planned by itself" in said.out
    assert (volume / "plan-DXX1-2026-03-14.md").exists()
    with open_log(home / "days.sqlite") as log:
        assert [str(head.key) for head in log.days()] == ["DXX1/2026-03-14"]


def test_cron_hears_that_nothing_came(call, home, volume, tmp_path):
    (tmp_path / "empty").mkdir()
    said = call("plan", "watch", tmp_path / "empty", "--once")
    assert said.code == 1
    assert "No volume file by 20:30" in said.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("plan", "watch", "--once"), "Name the folder"),
        (("plan", "watch", ".", "--at", "late"), "not a time of day"),
        (("plan", "--at", "20:30"), "Name a command"),
        (("plan", "--watch", ".", "history", "DXX1/2026-03-14"), "not both"),
        (("plan", "watch", "no such folder"), "There is no folder"),
    ],
)
def test_what_cannot_be_done_is_said(call, volume, words, sentence):
    said = call(*words)
    assert said.code
    assert sentence in " ".join(said.err.replace("│", " ").split())


def test_nobody_knows_the_zone(call, tmp_path):
    (tmp_path / "volume").mkdir()
    assert "time zone" in call("plan", "watch", tmp_path / "volume").err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals for single programs.")
def test_it_ends_cleanly_when_it_is_told_to(home, volume):
    command = [sys.executable, "-m", "dispatchkit", "plan", "--watch", str(volume), "--home", str(home)]
    waiting = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with waiting:
        said = [waiting.stdout.readline() for _ in range(3)]
        waiting.send_signal(signal.SIGTERM)
        out, err = waiting.communicate(timeout=60)
    assert "Waiting for volume" in said[0]
    assert "kept as a draft" in said[1]
    assert "Planned by itself" in said[2]
    assert (waiting.returncode, err) == (0, "")
    assert "Not waiting any more." in out
