"""The command line as a person calls it: a process of its own is slow, so the app is called in this one."""

import json

import pytest

from dispatchkit.cli import main
from tests.small_station_day import write_station_day


class Called:
    """What a call came to."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        """The output, which must be one JSON value and nothing else."""
        return json.loads(self.out)


@pytest.fixture
def station_day(tmp_path):
    """A folder with a small station's day."""
    return write_station_day(tmp_path / "station day")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of its own, and a working folder in which nothing lies that was not written by the test."""
    monkeypatch.setenv("DISPATCHKIT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DISPATCHKIT_STORE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def call(home, monkeypatch, capsys):
    """``call("run-day", folder, "--json")`` as if typed."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["dispatchkit", *map(str, words)])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as stopped:
            code = stopped.code or 0
        said = capsys.readouterr()
        return Called(code, said.out, said.err)

    return run
