"""A real server and a real browser. Nothing here is skipped: what is missing is said, and fails."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from dispatchkit.bench.headless import headless_browser

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).parent / "pages"
PARTS = Path(__file__).parent / "parts"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless browser for the whole session."""
    with headless_browser() as browser:
        yield browser


@dataclass
class Served:
    """A running server."""

    notebooks: Path
    port: int
    token: str
    home: Path
    process: subprocess.Popen
    log_read: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def kernels(self) -> list[dict]:
        """The pages' processes."""
        with urlopen(Request(f"{self.address}api/kernels", headers={"Authorization": f"token {self.token}"})) as answer:
            return json.load(answer)["kernels"]

    def processes(self) -> set[str]:
        """The ids of the pages' processes, which the server itself tells nobody."""
        found = set()
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # it ended while we looked
                found |= {met[1] for word in child.cmdline() if (met := re.search(r"kernel-(.+)\.json$", word))}
        return found

    def take_log(self) -> str:
        """What the pages' processes logged since the last time."""
        path = self.home / "workbench.log"
        if not path.exists():
            return ""
        text = path.read_text(encoding="utf-8")
        new, self.log_read = text[self.log_read :], len(text)
        return new


def eventually(holds: Callable[[], bool], within_s: float = 20) -> None:
    """Wait until something holds; fail when it does not."""
    end = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > end:
            pytest.fail(f"Waited {within_s} s in vain.")
        time.sleep(0.05)


@pytest.fixture(name="eventually", scope="session")
def eventually_fixture() -> Callable[..., None]:
    """``eventually(lambda: …)`` for the tests."""
    return eventually


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def serve(tmp_path_factory) -> Iterator[Callable[..., Served]]:
    """Start the real server on a folder of notebooks: ``serve(folder, "--option", preheated=1)``, so many a page."""
    started: list[Served] = []

    def start(notebooks: Path, *options: str, preheated: int, home: Path | None = None) -> Served:
        home = home or tmp_path_factory.mktemp("home")
        port, token = free_port(), secrets.token_hex(8)
        command = [sys.executable, "-m", "widgets.server", "--notebooks", str(notebooks), "--port", str(port)]
        command += ["--home", str(home), "--preheated", str(preheated), *options]
        environment = os.environ | {"DISPATCHKIT_TOKEN": token}
        with (home / "server.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        served = Served(notebooks, port, token, home, process)
        started.append(served)

        def answers() -> bool:
            if process.poll() is not None:
                pytest.fail((home / "server.log").read_text(encoding="utf-8"))
            try:
                return served.kernels() is not None
            except OSError:
                return False

        eventually(answers)
        warm = preheated * len([*notebooks.glob("*.ipynb")])
        # a process that waits for a request is busy doing so
        eventually(lambda: [kernel["execution_state"] for kernel in served.kernels()] == ["busy"] * warm)
        return served

    yield start
    for served in started:
        served.process.terminate()
    for served in started:
        served.process.wait(timeout=20)


@pytest.fixture(scope="session")
def trial(serve) -> Served:
    """The server of the page that has everything the widgets can do; its processes come and go with the visits."""
    return serve(PAGES, preheated=0)


@pytest.fixture(scope="session")
def parts(serve) -> Served:
    """The server of a page that shows one widget, the one that its address names."""
    return serve(PARTS, preheated=0)


@dataclass
class Visit:
    """A page in a browser that reaches this machine only."""

    page: Page
    served: Served
    asked_elsewhere: list[str] = field(default_factory=list)
    """Addresses elsewhere that the page asked for; none was reached."""
    complaints: list[str] = field(default_factory=list)
    """Errors that the page's own code raised or wrote to the console."""
    processes: set[str] = field(default_factory=set)
    """The processes that this window's pages spoke with."""

    def has_ended(self) -> bool:
        """Whether no process of this window's pages runs any more."""
        return not self.processes & self.served.processes()

    def open(self, query: str = "", *, path: str = "") -> Page:
        """Open a page, the first one unless another path is given, and wait until its figures are there."""
        self.page.goto(f"{self.served.address}{path}?token={self.served.token}{query}")
        self.ready()
        return self.page

    def open_part(self, name: str, query: str = "") -> Page:
        """Open the page of one widget and wait until it is there."""
        self.page.goto(f"{self.served.address}?token={self.served.token}&part={name}{query}")
        self.page.locator(".page-body").wait_for()
        return self.page

    def ready(self) -> None:
        """Wait until board and map show their figures."""
        self.page.get_by_role("row", name="CX101").wait_for()
        self.page.locator(".plate").first.wait_for()


@pytest.fixture(scope="session")
def window(chromium) -> Iterator[BrowserContext]:
    """One browser profile for the session: what it has loaded once it keeps, as a dispatcher's does."""
    context = chromium.new_context()
    yield context
    context.close()


@contextmanager
def visiting(window: BrowserContext, served: Served) -> Iterator[Visit]:
    """A wide window, closed as a person closes it; then its process is gone and nobody has complained."""
    at_rest = len(served.kernels())
    visit = Visit(window.new_page(), served)

    def watch(request) -> None:
        if not request.url.startswith((served.address, "data:", "blob:")):
            visit.asked_elsewhere.append(request.url)

    def listen(message) -> None:
        # A name that was not resolved is somebody elsewhere who was asked: asked_elsewhere has it.
        if message.type == "error" and "net::ERR_NAME_NOT_RESOLVED" not in message.text:
            visit.complaints.append(message.text)

    def meet(socket) -> None:
        if met := re.search(r"/api/kernels/([^/]+)/channels", socket.url):
            visit.processes.add(met[1])

    visit.page.set_viewport_size({"width": 1440, "height": 900})
    visit.page.on("websocket", meet)
    visit.page.on("request", watch)
    visit.page.on("console", listen)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    served.take_log()
    try:
        yield visit
    finally:     # after a test that failed too, or the next one counts this page's process among those at rest
        visit.page.close(run_before_unload=True)
        # The count alone may be right too early: this page's process still there, the warm one in its place not yet.
        eventually(lambda: visit.has_ended() and len(served.kernels()) == at_rest)
    assert visit.complaints == []
    assert "Exception in callback" not in served.take_log()


@pytest.fixture
def visit_to(window) -> Callable[..., AbstractContextManager[Visit]]:
    """``with visit_to(served) as visit:`` opens a new window for any server, or in another ``browser``."""
    return lambda served, browser=window: visiting(browser, served)


@pytest.fixture(scope="module")
def part_visit(window, parts) -> Iterator[Visit]:
    """A window for the tests of one widget, not yet on its page."""
    with visiting(window, parts) as visit:
        yield visit


@pytest.fixture
def visit(window, trial) -> Iterator[Visit]:
    """A new window, not yet on the trial page."""
    with visiting(window, trial) as visit:
        yield visit


@pytest.fixture
def open_page(visit) -> Page:
    """The trial page in a new window, with its figures."""
    return visit.open()


@pytest.fixture(scope="session")
def still_page(window, trial) -> Iterator[Page]:
    """The trial page for tests that only look, and leave it as it was."""
    with visiting(window, trial) as visit:
        yield visit.open()


@pytest.fixture
def warm_visit(window, serve) -> Iterator[Visit]:
    """A new window to a server that keeps a process warm, as the real one does."""
    served = serve(PAGES, preheated=1)
    with visiting(window, served) as visit:
        yield visit
