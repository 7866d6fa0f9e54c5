"""A program that appends to a day until it is killed: the victim in `test_killed_writers`.

    writer.py URL DAY REPORTS          a nursery: forks a writer for each name read from standard input, prints its pid
    writer.py URL DAY REPORTS NAME     one writer, where there is no fork

After each append that returned, a writer adds a line to REPORTS: its name, first and last n, and the token it wrote.
The line is one write to a file opened for appending, so it is there whole or not at all, whenever the writer dies.
"""

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime

from dispatchkit.day.facts.whole_day import NoteAdded
from dispatchkit.errors import Stale
from dispatchkit.log import open_log
from dispatchkit.records import DayKey


def write(url, day, reports, name):
    report = os.open(reports, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    chance = random.Random()
    log = open_log(url)
    for i in range(1_000_000):
        now = datetime.now(UTC)
        token = f"{name}-{os.getpid()}-{time.monotonic_ns()}-{i}"
        notes = [NoteAdded(at=now, by=name, text=f"{token} {k}") for k in range(chance.randint(1, 4))]
        try:
            entries = log.append(day, notes, expected=log.version(day), learned_at=now)
        except Stale:
            os.write(report, b"stale\n")
            continue
        os.write(report, f"{name} {entries[0].n} {entries[-1].n} {token}\n".encode())
        time.sleep(chance.random() / 500)   # SQLite's lock is not fair: leave the other a chance


def main():
    url, day, reports = sys.argv[1], DayKey.parse(sys.argv[2]), sys.argv[3]
    if len(sys.argv) > 4:
        print(os.getpid(), flush=True)
        write(url, day, reports, sys.argv[4])
        return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)   # nobody waits for the dead
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                write(url, day, reports, line.strip())
            finally:
                os._exit(1)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
