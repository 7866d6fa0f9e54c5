"""Every check of the project, one after the other, named and timed."""

import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence

from dispatchkit.bootstrap.browser import VARIABLE, require_browser
from dispatchkit.bootstrap.environment import program
from dispatchkit.bootstrap.progress import ROOT, child_environment, in_words, say

Check = tuple[str, Sequence[str]]


def all_checks(sample_home: str) -> list[Check]:
    """Return every check as `(name, command)`, the quickest first; the notebooks run on a sample day of their own."""
    python = program("python")
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("mypy", [python, "-m", "mypy"]),
        ("lint-imports", [program("lint-imports")]),
        ("pytest", [python, "-m", "pytest"]),
        ("sample day", [python, "-m", "dispatchkit", "prepare", "--home", sample_home]),
        ("notebooks", [python, "-m", "pytest", "--nbval-lax", "--nbval-current-env", "notebooks"]),
    ]


def run_checks(pytest_arguments: Sequence[str] | None) -> int:
    """Run every check, or pytest alone with these arguments; return the exit code."""
    browser = require_browser()
    say(f"The tests drive {browser}")
    with tempfile.TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True) as home:
        environ = child_environment(DISPATCHKIT_HOME=home) | {VARIABLE: browser}
        if pytest_arguments is None:
            return run_in_turn(all_checks(home), environ)
        return run_in_turn([("pytest", [program("python"), "-m", "pytest", *pytest_arguments])], environ)


def run_in_turn(checks: Sequence[Check], environ: Mapping[str, str]) -> int:
    """Run checks up to the first that fails, then say how each one fared; return 0 when all are well, else 1."""
    fared: list[str] = []
    has_failed = False
    for name, command in checks:
        if has_failed:
            fared.append(f"{name:<14}not run")
            continue
        say(f"\n== {name} ==")
        began_s = time.monotonic()
        has_failed = subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode != 0
        took = in_words(time.monotonic() - began_s)
        fared.append(f"{name:<14}{'FAILED after' if has_failed else 'ok in'} {took}")
    say("\n== summary ==")
    for line in fared:
        say(line)
    return int(has_failed)
