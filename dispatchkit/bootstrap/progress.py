"""Running other programs while a person watches: titles, phases, seconds, and what to do when one fails."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, cast

from dispatchkit.errors import WorkbenchError

ROOT = Path(__file__).resolve().parents[2]
"""The folder of this checkout: where every program is run."""

LAST_WORDS = 15
"""How many lines of a failed program's output are shown, in lines."""

Phase = tuple[str, str]
"""What a program is doing, and on what: the first changes seldom, the second with every line."""


class NotReady(WorkbenchError):
    """The machine lacks something that the workbench needs, or a step of getting it failed."""


def say(text: str = "") -> None:
    """Print at once, so that it stands before whatever a child process prints next."""
    print(text, flush=True)


def in_words(seconds: float) -> str:
    """Write a duration as a person reads it: `7 s`, `2 min 05 s`."""
    minutes, rest_s = divmod(round(seconds), 60)
    return f"{minutes} min {rest_s:02d} s" if minutes else f"{rest_s} s"


def indented(lines: Sequence[str]) -> str:
    """Return the last lines of a program's output, set off from our own sentences."""
    return "\n".join(f"    {line}" for line in lines[-LAST_WORDS:])


class Progress:
    """What a step is doing: one line kept up to date on a terminal, one line per phase anywhere else."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._began_s = time.monotonic()
        self._is_live = sys.stdout.isatty()
        self._phase: str | None = None
        self.show("")

    def show(self, phase: str, detail: str = "") -> None:
        """Show the phase, and on a terminal the detail and the seconds too."""
        if self._is_live:
            self._rewrite(f"{self._title} ... {in_words(self._elapsed_s())}  {phase} {detail}")
        elif phase != self._phase:
            say(f"{self._title} ... {phase}".rstrip())
        self._phase = phase

    def end(self, outcome: str) -> None:
        """Leave the outcome and the seconds behind as the step's last line."""
        line = f"{self._title}: {outcome} in {in_words(self._elapsed_s())}"
        if self._is_live:
            self._rewrite(line)
            say()
        else:
            say(line)

    def _elapsed_s(self) -> float:
        return time.monotonic() - self._began_s

    def _rewrite(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        print("\r" + line[:width].ljust(width), end="", flush=True)


def child_environment(**more: str) -> dict[str, str]:
    """Return the variables for a program inside the environment, without those that would lead it out again."""
    misleading = {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}
    kept = {name: value for name, value in os.environ.items() if name not in misleading}
    return kept | {"PIP_USER": "0", "PYTHONUTF8": "1"} | more


def run_quietly(title: str, command: Sequence[str], phase_of: Callable[[str], Phase | None] | None = None) -> None:
    """Run a program to its end, showing its progress instead of its output.

    Parameters
    ----------
    title
        What the step is, for the person who waits.
    command
        The program and its arguments.
    phase_of
        Tells from a line of output what the program is doing; None when the line does not say.

    Raises
    ------
    NotReady
        The program failed: its last words, and what to do.
    """
    progress = Progress(title)
    lines: deque[str] = deque(maxlen=400)
    doing: deque[Phase] = deque([("", "")], maxlen=1)
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )

    def listen() -> None:
        with cast("IO[str]", process.stdout) as output:
            for line in output:
                lines.append(line.rstrip())
                if phase_of and (phase := phase_of(line)):
                    doing.append(phase)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        while listener.is_alive():
            listener.join(timeout=0.5)
            progress.show(*doing[0])
        has_failed = process.wait() != 0
    except BaseException:   # Ctrl-C above all: what we started ends with us
        process.kill()
        progress.end("stopped")
        raise
    progress.end("failed" if has_failed else "done")
    if has_failed:
        raise NotReady(f"{title} failed. Its last words:\n{indented(list(lines))}\n{advice_for(' '.join(lines))}")


ADVICE = (
    (
        ("ProxyError", "Proxy Authentication Required", "Cannot connect to proxy"),
        "The proxy refused the connection. Set HTTPS_PROXY to http://user:password@host:port and run this again.",
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED",),
        "Your network signs its traffic with its own certificate. Set PIP_CERT to that certificate's file and run this "
        "again.",
    ),
    (
        (
            "NewConnectionError",
            "name resolution",
            "getaddrinfo failed",
            "nodename nor servname",
            "timed out",
            "Network is unreachable",
            "Connection refused",
            "Temporary failure resolving",
        ),
        "The servers with the packages cannot be reached. Check the network (behind a proxy set HTTPS_PROXY) and run "
        "this again; what was downloaded is kept.",
    ),
    (("No space left",), "The disk is full. The workbench needs about 2 GB; make room and run this again."),
    (
        ("Permission denied", "Access is denied", "WinError 5", "WinError 32"),
        "A file may not be written. Close the programs that use this folder, or move it to one that you own; then run "
        "this again.",
    ),
    (
        ("No matching distribution found",),
        "The package named above was not found. If the network may be the cause, check it (behind a proxy set "
        "HTTPS_PROXY) and run this again; else nothing fits this machine and this Python: try 3.11, 3.12 or 3.13.",
    ),
)
"""The words in a failed program's output that give the cause away, and what a person can do about it."""


def advice_for(output: str) -> str:
    """Return what to do next, judged by a failed program's output."""
    for signs, sentence in ADVICE:
        if any(sign in output for sign in signs):
            return sentence
    return "Run this again; if it fails the same way, report these lines."
