"""A real browser without a window, for measuring and for the tests: it reaches this machine and no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dispatchkit.bootstrap.browser import VARIABLE, find_browser
from dispatchkit.bootstrap.progress import NotReady

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no other machine can be reached
)  # fmt: skip


@contextmanager
def headless_browser() -> Iterator[Browser]:
    """Start the browser that is found on this machine; it ends with the block.

    Raises
    ------
    NotReady
        Playwright or a browser is missing, and how to get it.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NotReady(
            "Playwright, which drives the browser, is not installed. Run `python3 workbench.py setup`, or install it "
            "with `pip install playwright`, and run this again."
        ) from error
    program = find_browser()
    if program is None:
        raise NotReady(
            "No Chromium, Chrome or Edge was found. Install one (`apt-get install chromium`, or `python -m playwright "
            f"install chromium`), or name it in {VARIABLE}, and run this again."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS])
        try:
            yield browser
        finally:
            browser.close()
