"""How long a page takes to open, and what comes over the wire for it, as a real browser sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dispatchkit.bench.served import MB, PATIENCE_S

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROWS = "document.querySelector('tbody tr td') !== null"
"""JavaScript that holds when a board shows its rows."""

ROWS_AND_VANS = f"{ROWS} && document.querySelector('.plate') !== null"
"""JavaScript that holds when the map shows vans as well: the road is ready."""

STOPS = """[...document.querySelectorAll('.live-map canvas')].some((canvas) => canvas.width > 0 && new Uint32Array(
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer).some((pixel) => pixel))"""
"""JavaScript that holds when a map something painted on its canvas: all stops are painted at once."""

_WATCH = """(() => {
    const look = () => {
        if (document.body !== null && (%s)) requestAnimationFrame(() => { window.readyAfterMs = performance.now(); });
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})()"""
"""Looks at every frame, in the page itself, so that looking costs next to nothing and no time passes on the way."""

_SETTLE_MS = 1500
"""After a page is ready, for what still comes over the wire."""

LARGEST = 5


@contextmanager
def window(browser: Browser, ready: str) -> Iterator[Page]:
    """A wide window with an empty cache, closed as a person closes it; `ready` is JavaScript, true of a ready page."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_S * 1000)
        page.add_init_script(_WATCH % ready)
        yield page
        with page.expect_event("close"):
            page.close(run_before_unload=True)  # else the page's process would not hear that nobody looks any more
    finally:
        context.close()


def load_s(page: Page, address: str) -> float:
    """Open an address; return the seconds from asking for it until what makes it ready was painted."""
    page.goto(address, wait_until="commit")
    return _ready_after_s(page)


def reload_s(page: Page) -> float:
    """The same for a reload."""
    page.reload(wait_until="commit")
    return _ready_after_s(page)


def _ready_after_s(page: Page) -> float:
    page.wait_for_function("window.readyAfterMs !== undefined", polling=50)
    return float(page.evaluate("window.readyAfterMs")) / 1000


def transferred(page: Page, address: str) -> dict[str, Any]:
    """Load an address in a window with an empty cache, and weigh all that the browser received for it.

    Returns
    -------
    dict
        `first_load_mb`, of 10^6 bytes: bodies and headers as they came over the wire, and the messages of the web
        socket, by which widgets and their code come. `first_load_largest`: the five largest, `what` and `mb`.
    """
    names: dict[str, str] = {}
    weights: dict[str, float] = {}
    session = page.context.new_cdp_session(page)

    def weigh(request: str, count: float) -> None:
        weights[request] = weights.get(request, 0) + count

    def asked(event: dict[str, Any]) -> None:
        names[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def opened(event: dict[str, Any]) -> None:
        names[event["requestId"]] = "messages of the web socket"

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.webSocketCreated", opened)
    session.on("Network.loadingFinished", lambda event: weigh(event["requestId"], event["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived",
        lambda event: weigh(event["requestId"], len(event["response"]["payloadData"].encode())),
    )
    session.send("Network.enable")
    load_s(page, address)
    page.wait_for_timeout(_SETTLE_MS)
    session.detach()
    heaviest = sorted(weights, key=lambda request: -weights[request])[:LARGEST]
    return {
        "first_load_mb": round(sum(weights.values()) / MB, 2),
        "first_load_largest": [
            {"what": names.get(request, request), "mb": round(weights[request] / MB, 2)} for request in heaviest
        ],
    }
