import re
import signal
import socket
import subprocess
import sys
import time

import pytest

from dispatchkit.bootstrap import pages
from dispatchkit.bootstrap.progress import NotReady


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def a_server(code, log):
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-u", "-c", code], stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )


def test_a_taken_port_is_refused_and_the_next_free_one_named(taken_port):
    with pytest.raises(NotReady, match=f"Port {taken_port} is used") as refusal:
        pages.require_free(taken_port)
    named = int(re.search(r"--port (\d+)", str(refusal.value)).group(1))
    assert named > taken_port
    assert pages.is_free(named)


def test_a_port_is_free_again_as_soon_as_its_server_is_gone():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()
    pages.require_free(port)


def test_the_wait_ends_when_the_server_answers(tmp_path, capsys):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = tmp_path / "server.log"
    serving = f"import http.server as h; h.test(h.SimpleHTTPRequestHandler, port={port}, bind='127.0.0.1')"
    server = a_server(serving, log)
    try:
        pages.wait_until_answers(f"http://127.0.0.1:{port}/", server, log)
    finally:
        pages.end(server)
    assert "Starting the pages: done" in capsys.readouterr().out
    assert server.returncode is not None


def test_a_server_that_dies_while_starting_is_quoted(tmp_path):
    log = tmp_path / "server.log"
    server = a_server("raise SystemExit('The database is from a later version.')", log)
    with pytest.raises(NotReady, match="The database is from a later version"):
        pages.wait_until_answers("http://127.0.0.1:1/", server, log)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a tree by force at once.")
def test_a_server_that_does_not_listen_ends_with_all_its_children(tmp_path):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    child = f"{deaf}print('child', flush=True); time.sleep(600)"
    parent = f"{deaf}import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    server = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, start_new_session=True)
    heard = signal.getsignal(signal.SIGINT)
    with server.stdout as pipe:
        assert pipe.readline().strip() == b"child"
        pages.end(server, patience_s=0.1)
        assert pipe.read() == b""   # the pipe ends only when nobody holds it any more
    assert signal.getsignal(signal.SIGINT) is heard


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Interrupting:
    """A browser that is closed as soon as it is opened: the person presses Ctrl-C."""

    def __init__(self, until):
        self._until = until

    def open(self, _address):
        self._until()
        raise KeyboardInterrupt


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a tree by force at once.")
def test_what_runs_beside_the_server_ends_with_it(tmp_path, monkeypatch, capsys):
    port = free_port()
    serving = f"import http.server as h; h.test(h.SimpleHTTPRequestHandler, port={port}, bind='127.0.0.1')"
    moving = "import time; print('moving', flush=True); time.sleep(600)"
    served = pages.Program("workbench", [sys.executable, "-c", serving], port, tmp_path, "TOKEN_OF_THE_TEST")
    beside = pages.Beside("simulator", [sys.executable, "-c", moving], tmp_path)
    started = []
    start = pages._start
    monkeypatch.setattr(pages, "_start", lambda *a, **k: started.append(start(*a, **k)) or started[-1])
    monkeypatch.setattr(pages, "_has_desktop", lambda: True)

    def moves():
        while "moving" not in beside.log.read_text():
            time.sleep(0.02)

    monkeypatch.setattr(pages, "webbrowser", Interrupting(moves))
    pages.serve(served, opens_browser=True, beside=beside)
    assert [process.returncode is not None for process in started] == [True, True]
    assert "Ending the workbench" in capsys.readouterr().out


def test_the_simulator_of_the_demo_is_told_home_and_speed(tmp_path):
    command = pages.simulator(tmp_path, 10).command
    assert command[1:] == ["-m", "dispatchkit", "simulate", "demo", "--speed", "10", "--home", str(tmp_path)]
