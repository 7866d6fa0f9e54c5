"""The app in figures: how soon a page is there, how soon it shows news, what it weighs, what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from dispatchkit.bench.big_plan import write_big_day
from dispatchkit.bench.fact_to_pixel import BY, SAMPLES, fact_to_pixel_s, percentile
from dispatchkit.bench.headless import headless_browser
from dispatchkit.bench.page_loads import ROWS, ROWS_AND_VANS, STOPS, load_s, reload_s, transferred, window
from dispatchkit.bench.served import Served, served, wait_until
from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.log import Log, open_log
from dispatchkit.records import DayKey
from dispatchkit.run_day import prepare_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Say = Callable[[str], None]

PAGES = ("home", "plan", "load_out", "road", "close")
DAY = "calm_day"
PREHEATED = 1
"""Processes kept warm for each page where warm ones are measured."""

LOADS = 7
RELOADS = 50
OPEN_PAGES = (1, 8)

AIMS = {
    "page_warm_s": "under 2",
    "page_mb": "100",
    "fact_to_pixel_p99_s_8": "under 2",
    "kernels_leaked": "0",
    "first_load_mb": "under 6",
}
"""What is aimed at, in the unit of the figure."""


def app_figures(
    folder: Path, *, loads: int = LOADS, reloads: int = RELOADS, samples: int = SAMPLES, say: Say = lambda _: None
) -> dict[str, Any]:
    """Measure the served notebooks in a real browser, on a copy of a sample day in `folder`, which must be empty.

    Parameters
    ----------
    loads, reloads, samples
        Warm loads of which the median counts; reloads after which the processes are counted; facts written for each
        number of open pages.
    say
        Told in a sentence what goes on.

    Returns
    -------
    dict
        `page_cold_s`: the road of the sample day, the first page after the server's start; no warm process, nothing in
        the browser's cache.
        `page_warm_s`: the same with a warm process and a browser that has been there; median.
        `page_mb`: memory of its own of a page's process, in MB; median over the five pages, each in `page_mb_by_page`.
        `fact_to_pixel_p50_s_1`, `…_p99_s_1`, `…_p50_s_8`, `…_p99_s_8`: from before a fact is written until the last
        of 1 or 8 open road pages has painted it.
        `kernels_leaked`: processes that are left after the reloads, beyond those before.
        `map_10k_stops_ready_s`: the plan page of a day of 10,000 stops, with a warm process, until they are painted.
        `first_load_mb`, `first_load_largest`: see `transferred`.

    Raises
    ------
    NotReady
        Playwright, a browser or the notebooks are missing, or a page does not come up.
    """
    with headless_browser() as browser, open_log(folder / "days.sqlite") as log:
        day, _ = prepare_sample(log, only=[DAY])
        big_day = write_big_day(log)
        say("The first page, and the memory of each.")
        with served(folder, preheated=0) as server:
            figures = _cold(browser, server, day)
        with served(folder, preheated=PREHEATED) as server:
            say("Warm pages, the first load, the large map.")
            figures |= _warm(browser, server, day, loads)
            figures |= _first_load(browser, server, day)
            figures["map_10k_stops_ready_s"] = _map_s(browser, server, big_day)
            for count in OPEN_PAGES:
                say(f"{samples} facts, and when {count} open pages show them.")
                figures |= _fact_to_pixel(browser, server, log, day, count, samples)
            say(f"{reloads} reloads, and which processes they leave.")
            figures["kernels_leaked"] = _leaked(browser, server, day, reloads)
    return figures


def _cold(browser: Browser, server: Served, day: DayKey) -> dict[str, Any]:
    with window(browser, ROWS_AND_VANS) as page:
        cold_s = load_s(page, server.page("road", day))
    by_page: dict[str, float] = {}
    for name in PAGES:
        _wait_for_processes(server, 0)
        with window(browser, ROWS) as page:
            load_s(page, server.page(name, day))
            server.rest()
            (mb,) = server.memory_mb()
            by_page[name] = round(mb, 1)
    return {"page_cold_s": round(cold_s, 2), "page_mb": median(by_page.values()), "page_mb_by_page": by_page}


def _warm(browser: Browser, server: Served, day: DayKey, loads: int) -> dict[str, Any]:
    taken_s = []
    with window(browser, ROWS_AND_VANS) as page:
        load_s(page, server.page("road", day))
        for _ in range(loads):
            server.rest()
            taken_s.append(load_s(page, server.page("road", day)))
    return {"page_warm_s": round(median(taken_s), 2)}


def _first_load(browser: Browser, server: Served, day: DayKey) -> dict[str, Any]:
    server.rest()
    with window(browser, ROWS_AND_VANS) as page:
        return transferred(page, server.page("road", day))


def _map_s(browser: Browser, server: Served, day: DayKey) -> float:
    server.rest()
    with window(browser, STOPS) as page:
        return round(load_s(page, server.page("plan", day)), 2)


def _fact_to_pixel(
    browser: Browser, server: Served, log: Log, day: DayKey, count: int, samples: int
) -> dict[str, Any]:
    desk = Desk(log, day, by=BY, clock=FrozenClock(log.require(day).last_learned_at))
    with ExitStack() as open_windows:
        pages = [open_windows.enter_context(window(browser, ROWS_AND_VANS)) for _ in range(count)]
        for page in pages:
            load_s(page, server.page("road", day))
        server.rest()
        taken_s = fact_to_pixel_s(desk, pages, samples=samples)
    return {
        f"fact_to_pixel_p50_s_{count}": round(percentile(taken_s, 0.5), 2),
        f"fact_to_pixel_p99_s_{count}": round(percentile(taken_s, 0.99), 2),
    }


def _leaked(browser: Browser, server: Served, day: DayKey, reloads: int) -> int:
    _wait_for_processes(server, PREHEATED * len(PAGES))
    with window(browser, ROWS_AND_VANS) as page:
        load_s(page, server.page("road", day))
        server.rest()
        before = len(server.kernels())
        for _ in range(reloads):
            reload_s(page)
        server.rest()
        return len(server.kernels()) - before


def _wait_for_processes(server: Served, count: int) -> None:
    wait_until(lambda: len(server.kernels()) == count, "Processes of closed pages do not end.")
