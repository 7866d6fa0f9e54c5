"""How long after a fact is written every open page shows it: the time that one dispatcher waits for another's news."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dispatchkit.bench.served import wait_until
from dispatchkit.day.facts.road import StopServed
from dispatchkit.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLES = 60
PAUSES_S = (1.5, 2.0)
"""From one fact to the next: by chance, so that no phase of the pages' looking at the log is preferred."""

BY = "telematics"

_WATCH = """() => {
    const shown = {};  // route id -> {stops done: when it was painted, in ms since 1970}
    const board = document.querySelector('.bar').closest('tbody');
    const look = () => {
        const seen = [...board.rows].map((row) =>
            [row.dataset.id, parseInt(row.querySelector('.bar')?.getAttribute('aria-label') ?? '')]);
        requestAnimationFrame(() => requestAnimationFrame(() => {
            for (const [route, done] of seen) (shown[route] ??= {})[done] ??= Date.now();
        }));
    };
    new MutationObserver(look).observe(board, { subtree: true, childList: true });
    window.shownAt = (route, done) => {
        const later = Object.entries(shown[route] ?? {}).filter(([count]) => Number(count) >= done);
        return Math.min(...later.map(([, ms]) => ms)) / 1000;
    };
}"""
"""Notes in the page itself when which count was painted: two frames after the change, so after the one that has it."""


def fact_to_pixel_s(desk: Desk, pages: Sequence[Page], *, samples: int = SAMPLES, seed: int = 1) -> list[float]:
    """Serve stops one by one, and see when the road pages show each.

    Parameters
    ----------
    desk
        At a day on the road; a desk of its own, as another dispatcher's.
    pages
        Open road pages of that day.

    Returns
    -------
    list of float
        For each fact the seconds from before it was written until the last of the pages had painted it.
    """
    for page in pages:
        page.evaluate(_WATCH)
    pause = random.Random(seed)
    written: list[tuple[str, int, float]] = []
    for _ in range(samples):
        written.append(_serve_a_stop(desk))
        time.sleep(pause.uniform(*PAUSES_S))
    last_route, last_done, _ = written[-1]
    for page in pages:
        wait_until(
            lambda page=page: math.isfinite(_shown_at_s(page, last_route, last_done)),  # type: ignore[misc]
            "A page does not show the last fact.",
        )
    return [max(_shown_at_s(page, route, done) for page in pages) - at for route, done, at in written]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _serve_a_stop(desk: Desk) -> tuple[str, int, float]:
    """Serve the next stop of the route that has most left; return the route, its stops done and when we began."""
    out = {r: route for r, route in desk.day().road.routes.items() if r in desk.day().load_out.departed}
    route_id, route = max(out.items(), key=lambda item: len(item[1].remaining))
    served = StopServed(at=desk.clock.now(), by=BY, route_id=route_id, stop_id=route.remaining[0])
    began = time.time()
    desk.observe([served])
    return route_id, len(desk.day().road.routes[route_id].served), began


def _shown_at_s(page: Page, route_id: str, done: int) -> float:
    """When the page painted this count or a later one, in seconds since 1970; infinite where it has not yet."""
    at = page.evaluate("([route, done]) => window.shownAt(route, done)", [route_id, done])
    return float(at) if at is not None else math.inf
