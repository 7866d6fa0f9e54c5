"""The pages on this machine: a free port, a server with a token, an address, and an orderly end."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dispatchkit.bootstrap.environment import program
from dispatchkit.bootstrap.progress import ROOT, NotReady, Progress, child_environment, indented, say

LOOPBACK = "127.0.0.1"
LAST_PORT = 65_535

SIGN_IN = "/login"
"""Where the server sends whom it does not know."""

Server = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Program:
    """A server to run while a person works.

    Attributes
    ----------
    name
        What it is called in a sentence.
    command
        The program inside the environment, and its arguments.
    token_variable
        The environment variable in which it finds its token. Not an argument: those every user of the machine can read.
    path
        Where a person begins, on the server.
    """

    name: str
    command: Sequence[str]
    port: int
    home: Path
    token_variable: str
    path: str = "/"
    token: str = field(default_factory=lambda: secrets.token_hex(24))

    @property
    def address(self) -> str:
        """Where a person begins."""
        return f"http://{LOOPBACK}:{self.port}{self.path}"

    @property
    def log(self) -> Path:
        """Where its words go."""
        return self.home / f"{self.name}-server.log"


def workbench(port: int, home: Path) -> Program:
    """Return the server of the pages."""
    command = [program("python"), "-m", "widgets.server", "--notebooks", str(ROOT / "notebooks")]
    command += ["--port", str(port), "--home", str(home)]
    return Program("workbench", command, port, home, "DISPATCHKIT_TOKEN")


@dataclass(frozen=True)
class Beside:
    """A program that runs while a server does, and ends with it.

    Attributes
    ----------
    name
        What it is called in a sentence.
    command
        The program inside the environment, and its arguments.
    """

    name: str
    command: Sequence[str]
    home: Path

    @property
    def log(self) -> Path:
        """Where its words go."""
        return self.home / f"{self.name}.log"


def simulator(home: Path, speed: float) -> Beside:
    """Return the program that lets today's simulated day move."""
    command = [program("python"), "-m", "dispatchkit", "simulate", "demo", "--speed", f"{speed:g}", "--home", str(home)]
    return Beside("simulator", command, home)


def lab(port: int, home: Path) -> Program:
    """Return the analyst's JupyterLab on this checkout: it can run any code, so it is never the dispatchers' server."""
    settings = {
        "ServerApp.ip": LOOPBACK,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,  # else another port is taken without a word
        "ServerApp.root_dir": ROOT,
        "ServerApp.open_browser": False,  # we do, when it answers
        "ServerApp.allow_root": True,  # a container has no other user; as for the pages, token and loopback guard it
        # nothing leaves the machine: no news, no looking for updates, no list of extensions
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
    }
    command = [program("python"), "-m", "jupyterlab", *(f"--{name}={value}" for name, value in settings.items())]
    return Program("lab", command, port, home, "JUPYTER_TOKEN", path="/lab")


def is_free(port: int) -> bool:
    """Say whether a server can be started on this port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":   # a port closed a moment ago is free; on Windows this flag means something else
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def require_free(port: int, command: str = "app") -> None:
    """Raise NotReady, naming the next free port, when this one is taken."""
    if is_free(port):
        return
    free = next(filter(is_free, range(port + 1, LAST_PORT + 1)), None)
    other = f", or run `python3 workbench.py {command} --port {free}`" if free else ""
    raise NotReady(f"Port {port} is used by another program, perhaps by a workbench that runs already. End it{other}.")


def serve(served: Program, opens_browser: bool, beside: Beside | None = None) -> None:
    """Run a server until Ctrl-C, and beside it another program that ends with it.

    Raises
    ------
    NotReady
        The server did not come up, or ended by itself: its last words, and where all of them stand.
    """
    with_token = f"{served.address}?token={served.token}"
    server = _start(served.command, served.log, served.home, **{served.token_variable: served.token})
    helper: Server | None = None
    try:
        landed_at = wait_until_answers(with_token, server, served.log, f"Starting the {served.name}")
        say(f"\nThe {served.name} is open at")
        if urlsplit(landed_at).path == SIGN_IN:
            address = served.address
            say(f"{address}\nSign in with your name and password. Ctrl-C ends the {served.name}.")
        else:
            address = with_token
            say(f"{address}\nThe address is the key: keep it to yourself. Ctrl-C ends the {served.name}.")
        if beside is not None:
            helper = _start(beside.command, beside.log, beside.home)
        if opens_browser and _has_desktop():
            webbrowser.open(address)
        while server.poll() is None:
            if beside is not None and helper is not None and helper.poll() is not None:
                say(_last_words(f"The {beside.name} has ended.", beside.log, whose=beside.name))
                beside = None
            time.sleep(0.5)   # not server.wait(): on Windows nothing interrupts that
        raise NotReady(_last_words(f"The {served.name} has ended by itself.", served.log))
    except KeyboardInterrupt:
        say(f"\nEnding the {served.name}. The days are kept in {served.home}.")
    finally:
        if helper is not None:
            end(helper)
        end(server)


def _start(command: Sequence[str], log: Path, home: Path, **variables: str) -> Server:
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=child_environment(**variables, DISPATCHKIT_HOME=str(home)),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A group of its own: Ctrl-C reaches us alone, and we end the server in good order.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


def wait_until_answers(
    address: str, server: Server, log: Path, title: str = "Starting the pages", patience_s: float = 90
) -> str:
    """Return where the address led to when it answered; NotReady when the server ends first, or patience does."""
    progress = Progress(title)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))   # no proxy stands before one's own machine
    give_up_at, last_answer = time.monotonic() + patience_s, "nothing"
    while server.poll() is None and time.monotonic() < give_up_at:
        try:
            with opener.open(address, timeout=5) as answer:
                landed_at = str(answer.url)
        except OSError as error:
            last_answer = str(error)
            time.sleep(0.25)
        else:
            progress.end("done")
            return landed_at
    progress.end("failed")
    raise NotReady(_last_words(f"The server did not come up; the last answer was: {last_answer}.", log))


def _last_words(what: str, log: Path, whose: str = "server") -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return f"{what} The {whose}'s last words:\n{indented(lines)}\nAll of them stand in {log}."


def _has_desktop() -> bool:
    """Say whether a window can appear; without a display `webbrowser` would start a text browser in the terminal."""
    return sys.platform in ("win32", "darwin") or any(name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def end(server: Server, patience_s: float = 10) -> None:
    """End a server with all that it started: asked first, so that it ends its kernels; then by force."""
    if server.poll() is not None:
        return
    if sys.platform == "win32":   # there one cannot ask; an append is written or not, so force loses nothing
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(server.pid)], capture_output=True, check=False)
        server.wait()
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)   # a second Ctrl-C must not leave half of them running
    server.terminate()
    try:
        server.wait(patience_s)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    finally:
        signal.signal(signal.SIGINT, heard)
