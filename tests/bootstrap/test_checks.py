import os
import sys

from dispatchkit.bootstrap.checks import all_checks, run_in_turn

WELL = [sys.executable, "-c", "print('checked')"]
ILL = [sys.executable, "-c", "raise SystemExit(3)"]


def test_when_all_is_well_every_check_is_summed_up(capfd):
    assert run_in_turn([("lint", WELL), ("types", WELL)], os.environ) == 0
    said = capfd.readouterr().out
    assert said.count("checked") == 2
    assert said.index("== summary ==") < said.index("lint          ok in")


def test_the_first_failure_ends_the_run(capfd):
    assert run_in_turn([("lint", WELL), ("types", ILL), ("pytest", WELL)], os.environ) == 1
    said = capfd.readouterr().out
    assert said.count("checked") == 1
    assert "types         FAILED after" in said
    assert "pytest        not run" in said


def test_every_check_is_there_in_order():
    names = [name for name, _ in all_checks("/days")]
    assert names == ["ruff check", "mypy", "lint-imports", "pytest", "sample day", "notebooks"]
