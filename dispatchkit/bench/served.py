"""The real server of the pages while it is measured: started, asked, weighed and ended."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psutil

from dispatchkit.bootstrap.progress import ROOT, NotReady

NOTEBOOKS = ROOT / "notebooks"
LOOPBACK = "127.0.0.1"
PATIENCE_S = 120.0
"""How long anything may take before the measurement is given up."""

STILL_S, STILL_CPU_S = 0.5, 0.05
"""Processes are at rest that together use no more than this much of a processor in so many seconds."""

MB = 1e6


class Served:
    """A running server and the processes of its pages."""

    def __init__(self, port: int, token: str, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.token = token
        self._process = process

    def page(self, name: str, day: object) -> str:
        """The address of a page of a day, with the token."""
        return f"http://{LOOPBACK}:{self.port}/voila/render/{name}.ipynb?token={self.token}&day={day}"

    def kernels(self) -> list[dict[str, Any]]:
        """The pages' processes as ``GET /api/kernels`` lists them, the warm ones among them."""
        address = f"http://{LOOPBACK}:{self.port}/api/kernels"
        with urlopen(Request(address, headers={"Authorization": f"token {self.token}"})) as answer:
            kernels: list[dict[str, Any]] = json.load(answer)["kernels"]
            return kernels

    def memory_mb(self) -> list[float]:
        """Memory of its own (unique set size) of each of the pages' processes, in MB (10^6 bytes)."""
        return [process.memory_full_info().uss / MB for process in self._of_pages()]

    def rest(self) -> None:
        """Wait until neither the server nor any page's process has anything to do."""

        def is_still() -> bool:
            before = self._cpu_s()
            time.sleep(STILL_S)
            return self._cpu_s() - before <= STILL_CPU_S

        wait_until(is_still, "The pages' processes did not come to rest.")

    def _of_pages(self) -> Iterator[psutil.Process]:
        for child in psutil.Process(self._process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # it ended while we looked
                if any("ipykernel" in word for word in child.cmdline()):
                    yield child

    def _cpu_s(self) -> float:
        spent = 0.0
        for process in (psutil.Process(self._process.pid), *self._of_pages()):
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                spent += times.user + times.system
        return spent


@contextmanager
def served(home: Path, *, preheated: int) -> Iterator[Served]:
    """Serve the project's notebooks on the days in `home` until the block ends.

    Parameters
    ----------
    preheated
        Processes to keep warm for each page. The block begins as soon as the server answers; `rest` waits for them.

    Raises
    ------
    NotReady
        There are no notebooks, or the server did not come up: its last words.
    """
    if not NOTEBOOKS.is_dir():
        raise NotReady(f"There is no folder {NOTEBOOKS}. Pages are measured in a checkout of the project.")
    port, token = _free_port(), secrets.token_hex(8)
    command = [sys.executable, "-m", "widgets.server", "--notebooks", str(NOTEBOOKS), "--port", str(port)]
    command += ["--home", str(home), "--preheated", str(preheated)]
    log = home / "server.log"
    with log.open("wb") as words:
        environment = os.environ | {"DISPATCHKIT_TOKEN": token}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=words, stderr=subprocess.STDOUT)  # noqa: S603 (ours)
    found = Served(port, token, process)

    def answers() -> bool:
        if process.poll() is not None:
            raise NotReady(f"The server did not come up:\n{log.read_text(encoding='utf-8', errors='replace')}")
        try:
            return found.kernels() is not None
        except OSError:
            return False

    try:
        wait_until(answers, "The server does not answer.")
        yield found
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def wait_until(holds: Callable[[], bool], otherwise: str) -> None:
    """Wait until something holds; NotReady with the sentence `otherwise` where it does not come to that."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise NotReady(f"{otherwise} Waited {PATIENCE_S:.0f} s.")
        time.sleep(0.05)


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port
