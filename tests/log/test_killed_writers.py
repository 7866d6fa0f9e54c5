"""Two programs append to one day and are killed, again and again, in the midst of it. What returned is there.

Where processes can be forked a new life starts in milliseconds and 200 are taken on each database; elsewhere (Windows)
every life is a new Python, and 20 are taken.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

WRITER = Path(__file__).with_name("writer.py")
FORKS = hasattr(os, "fork")
KILLS = 200 if FORKS else 20
KILL = signal.SIGKILL if FORKS else signal.SIGTERM   # on Windows, SIGTERM is TerminateProcess: as sudden
NAMES = ("maria", "jo")


@contextmanager
def a_nursery(url, day, reports):
    """Give a function that starts a writer of a name and returns its pid; in the end nobody is left."""
    command = [sys.executable, str(WRITER), url, str(day), str(reports)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": WRITER.parents[2]}
    started = []

    def born(name):
        if FORKS:
            nursery.stdin.write(f"{name}\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline())
        started.append(subprocess.Popen([*command, name], **pipes))
        return int(started[-1].stdout.readline())

    nursery = subprocess.Popen(command, **pipes) if FORKS else None
    try:
        yield born
    finally:
        for program in [nursery, *started] if nursery else started:
            program.communicate()


class Reports:
    """The lines of the writers, as words, followed as they grow."""

    def __init__(self, file):
        self.lines = []
        self._file = file
        self._rest = ""

    def follow(self):
        """Read on; return the lines that are new."""
        *whole, self._rest = (self._rest + self._file.read()).split("\n")
        new = [line.split() for line in whole]
        self.lines += new
        return new

    def wait_until_at_work(self, pid):
        """Wait until a writer has reported an append of its own since the last look."""
        until = time.monotonic() + 30
        while not any(f"-{pid}-" in line[-1] for line in self.follow()):
            assert time.monotonic() < until, f"Writer {pid} has appended nothing for 30 s."
            time.sleep(0.004)


def test_no_append_that_returned_is_ever_lost(log, url, day, tmp_path):
    path, chance = tmp_path / "reports", random.Random(20180808)
    path.touch()
    with path.open() as file, a_nursery(url, day, path) as born:
        reports = Reports(file)
        alive = {name: born(name) for name in NAMES}
        for _ in range(KILLS):
            victim = chance.choice(NAMES)
            if chance.random() < 0.8:   # the others die at their start: opening, or appending for the first time
                reports.wait_until_at_work(alive[victim])
            time.sleep(chance.uniform(0, 0.04))
            os.kill(alive[victim], KILL)
            alive[victim] = born(victim)
        for pid in alive.values():
            os.kill(pid, KILL)
        time.sleep(0.1)   # the dead may still be writing their last word
        reports.follow()

    appends = [line for line in reports.lines if line[0] != "stale"]
    entries = log.read(day)
    texts = {entry.n: entry.fact.text for entry in entries}
    lost = [
        line for line in appends
        if [texts.get(n) for n in range(int(line[1]), int(line[2]) + 1)]
        != [f"{line[3]} {k}" for k in range(int(line[2]) - int(line[1]) + 1)]
    ]
    assert lost == []
    assert [entry.n for entry in entries] == list(range(1, len(entries) + 1))
    assert log.verify().problems == ()

    batches = Counter(entry.first_n for entry in entries)
    unreported = len(batches) - len(appends)   # killed between the append and its report
    assert 0 <= unreported <= KILLS + len(NAMES)
    assert {line[0] for line in appends} == set(NAMES)
    assert len(appends) > KILLS
    stale = len(reports.lines) - len(appends)
    print(f"{KILLS} kills, {len(appends)} appends reported, {unreported} unreported, {stale} stale")
