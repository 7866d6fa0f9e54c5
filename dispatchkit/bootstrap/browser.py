"""The browser that the tests drive: found where browsers usually stand, or installed where that can be done."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dispatchkit.bootstrap.environment import program
from dispatchkit.bootstrap.progress import NotReady, run_quietly

VARIABLE = "DISPATCHKIT_CHROMIUM"
"""Names the browser to use, before all others; the tests read it too."""

ON_PATH = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
ON_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
ON_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
OF_PLAYWRIGHT = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)


def starts(browser: str) -> bool:
    """Say whether a browser really runs: some systems leave a stub in its place.

    Windows is taken at its word: there the question would open a window.
    """
    if sys.platform == "win32":
        return True
    try:
        return subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@dataclass(frozen=True)
class Machine:
    """What a search for a browser has to know of a machine. The defaults are this one.

    Attributes
    ----------
    platform
        As `sys.platform` says it: `linux`, `darwin`, `win32`.
    root
        Where absolute paths begin.
    which
        Finds a program on the PATH.
    runs
        Says whether a browser that was found really starts.
    """

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    platform: str = sys.platform
    home: Path = field(default_factory=Path.home)
    root: Path = Path("/")
    which: Callable[[str], str | None] = shutil.which
    runs: Callable[[str], bool] = starts


def find_browser(machine: Machine | None = None) -> str | None:
    """Return the path of a Chromium, Chrome or Edge, None when there is none.

    Looks at DISPATCHKIT_CHROMIUM, then on the PATH, then where browsers usually stand, then at Playwright's own.

    Raises
    ------
    NotReady
        DISPATCHKIT_CHROMIUM names something that is not there. A wish is never passed over.
    """
    machine = machine or Machine()
    if wish := machine.environ.get(VARIABLE):
        if found := machine.which(wish):
            return found
        raise NotReady(f"{VARIABLE} names {wish}, which is not there or cannot be run. Correct it, or unset it.")
    return next((browser for browser in _candidates(machine) if machine.runs(browser)), None)


def _candidates(machine: Machine) -> Iterator[str]:
    yield from filter(None, map(machine.which, ON_PATH))
    yield from (str(path) for path in (*_usual_places(machine), *_downloads_of_playwright(machine)) if path.is_file())


def _usual_places(machine: Machine) -> list[Path]:
    if machine.platform == "darwin":
        folders = [machine.root / "Applications", machine.home / "Applications"]
        return [folder / name for folder in folders for name in ON_MAC]
    if machine.platform == "win32":
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        folders = [Path(machine.environ[name]) for name in variables if name in machine.environ]
        return [folder / name for folder in folders for name in ON_WINDOWS]
    return []


def _downloads_of_playwright(machine: Machine) -> list[Path]:
    """Return Playwright's own browsers, the newest first: their folders end in a running number."""
    caches = {
        "darwin": machine.home / "Library" / "Caches",
        "win32": Path(machine.environ.get("LOCALAPPDATA", machine.home / "AppData" / "Local")),
    }
    cache = caches.get(machine.platform, Path(machine.environ.get("XDG_CACHE_HOME", machine.home / ".cache")))
    downloads = Path(machine.environ.get("PLAYWRIGHT_BROWSERS_PATH", cache / "ms-playwright"))
    found = [path for pattern in OF_PLAYWRIGHT for path in downloads.glob(pattern)]
    return sorted(found, key=lambda path: int(path.relative_to(downloads).parts[0].rpartition("-")[2]), reverse=True)


def ways_to_install(platform: str, is_root: bool, has_apt: bool) -> dict[str, list[list[str]]]:
    """Return the ways to get a browser on such a machine, the best first: name and commands."""
    ways = {}
    if platform == "linux" and is_root and has_apt:
        ways["Debian's Chromium"] = [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]
    ways["Playwright's Chromium"] = [[program("python"), "-m", "playwright", "install", "chromium"]]
    return ways


def require_browser() -> str:
    """Return the path of a browser, after installing one where that can be done.

    Raises
    ------
    NotReady
        There is none and none could be installed: all that was tried, and what to do.
    """
    if browser := find_browser():
        return browser
    is_root = sys.platform != "win32" and os.geteuid() == 0
    failures = []
    for name, commands in ways_to_install(sys.platform, is_root, bool(shutil.which("apt-get"))).items():
        try:
            for command in commands:
                run_quietly(f"Installing {name} ({' '.join(command[-2:])})", command)
        except NotReady as failure:
            failures.append(str(failure))
        if browser := find_browser():
            return browser
    raise NotReady(
        "\n".join(failures) + "\n\nThe tests drive a real browser; none was found, and none could be installed. "
        "Install Chromium, Chrome or Edge (Debian and Ubuntu: `sudo apt-get install chromium`), "
        f"or set {VARIABLE} to the path of one. Then run this again."
    )
