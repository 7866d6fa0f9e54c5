"""The command line as a person calls it: a process of its own is slow, so the app is called in this one."""

import importlib.util
import json
from pathlib import Path

import pytest

from dispatchkit.cli import main

_spec = importlib.util.spec_from_file_location("small_days", Path(__file__).parents[1] / "run_day" / "conftest.py")
_small_days = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_small_days)


class Called:
    """What a call came to."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def station_day(tmp_path):
    return _small_days.write_station_day(tmp_path / "station day")


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DISPATCHKIT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DISPATCHKIT_STORE", raising=False)
    monkeypatch.chdir(tmp_path)

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
