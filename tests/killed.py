"""A program that is killed in the middle of its work, for tests of what it leaves behind; Linux only."""

import os
import subprocess
import sys
import time
from pathlib import Path

MOST_S = 30.0
"""The longest that a process is waited for that should end."""


def left_by_killed(source, folder):
    """Run a program that prints the id of a process it started, and kill it; that id."""
    file = folder / "program.py"
    file.write_text(source, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen([sys.executable, str(file)], stdout=subprocess.PIPE, text=True, env=environment) as program:
        started = int(program.stdout.readline())
        program.kill()
    return started


def ends(pid):
    """Wait for a process to end; whether it did."""
    until = time.monotonic() + MOST_S
    while _alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not _alive(pid)


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] != "Z"
    except FileNotFoundError:
        return False
