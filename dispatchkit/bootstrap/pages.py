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
from pathlib import Path

from dispatchkit.bootstrap.environment import program
from dispatchkit.bootstrap.progress import ROOT, NotReady, Progress, child_environment, indented, say

LOOPBACK = "127.0.0.1"
LAST_PORT = 65_535

Server = subprocess.Popen[bytes]


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


def require_free(port: int) -> None:
    """Raise NotReady, naming the next free port, when this one is taken."""
    if is_free(port):
        return
    free = next(filter(is_free, range(port + 1, LAST_PORT + 1)), None)
    other = f", or run `python3 workbench.py app --port {free}`" if free else ""
    raise NotReady(f"Port {port} is used by another program, perhaps by a workbench that runs already. End it{other}.")


def serve(port: int, home: Path, opens_browser: bool) -> None:
    """Run the pages until Ctrl-C.

    Raises
    ------
    NotReady
        The server did not come up, or ended by itself: its last words, and where all of them stand.
    """
    token = secrets.token_hex(24)
    address = f"http://{LOOPBACK}:{port}/?token={token}"
    log = home / "server.log"
    server = _start(port, token, home, log)
    try:
        wait_until_answers(address, server, log)
        say(f"\nThe workbench is open at\n{address}")
        say("The address is the key: keep it to yourself. Ctrl-C ends the workbench.")
        if opens_browser and _has_desktop():
            webbrowser.open(address)
        while server.poll() is None:
            time.sleep(0.5)   # not server.wait(): on Windows nothing interrupts that
        raise NotReady(_last_words("The pages have ended by themselves.", log))
    except KeyboardInterrupt:
        say(f"\nEnding the workbench. Its days are kept in {home}.")
    finally:
        end(server)


def _start(port: int, token: str, home: Path, log: Path) -> Server:
    command = [program("python"), "-m", "widgets.server", "--notebooks", str(ROOT / "notebooks")]
    with log.open("wb") as output:
        return subprocess.Popen(
            [*command, "--port", str(port), "--home", str(home)],
            cwd=ROOT,
            env=child_environment(DISPATCHKIT_TOKEN=token),  # not an argument: those every user of the machine can read
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A group of its own: Ctrl-C reaches us alone, and we end the server in good order.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


def wait_until_answers(address: str, server: Server, log: Path, patience_s: float = 90) -> None:
    """Return when the address answers; NotReady when the server ends first, or patience does."""
    progress = Progress("Starting the pages")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))   # no proxy stands before one's own machine
    give_up_at, last_answer = time.monotonic() + patience_s, "nothing"
    while server.poll() is None and time.monotonic() < give_up_at:
        try:
            opener.open(address, timeout=5).close()
        except OSError as error:
            last_answer = str(error)
            time.sleep(0.25)
        else:
            progress.end("done")
            return
    progress.end("failed")
    raise NotReady(_last_words(f"The pages did not come up; the last answer was: {last_answer}.", log))


def _last_words(what: str, log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return f"{what} The server's last words:\n{indented(lines)}\nAll of them stand in {log}."


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
