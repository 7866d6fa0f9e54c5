"""Every route of a plan as a row: what can be done if its driver does not come."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dispatchkit.day import Day
from dispatchkit.plan.absorb import Cover, Taker, Verdict
from dispatchkit.plan.effect import Figures, RouteEffect
from dispatchkit.printable import printable
from widgets.board import Column

COLUMNS = (
    Column(key="route", label="Route"),
    Column(key="driver", label="Driver", hide_on_phone=True),
    Column(key="can", label="If nobody comes", kind="sign"),
    Column(key="by", label="By, or why not"),
    Column(key="acts", label="Do", kind="acts"),
)

DONE_BY = {Verdict.COMBINE: "Combined", Verdict.ABSORB: "Absorbed", Verdict.REPLACE: "Needs a driver"}
"""What can be done with a route, as short as a cell: by one other, by several, or by a driver of its own."""


def rows(covers: Iterable[Cover], day: Day, names: Mapping[str, str], *, alone: bool) -> list[dict[str, Any]]:
    """The routes: those without a driver first, among them those that nobody can take.

    Parameters
    ----------
    names
        What people call drivers, by id.
    alone
        Only routes without a driver.
    """
    driver_of, timezone = day.pre_load_out.driver_of, day.course.timezone
    made = [
        (cover.route_id in driver_of, _row(cover, driver_of.get(cover.route_id, ""), names, timezone))
        for cover in covers
        if not (alone and cover.route_id in driver_of)
    ]
    return [row for _, row in sorted(made, key=lambda item: (item[0], item[1]["can"]["kind"] != "act"))]


def summary(covers: Sequence[Cover], day: Day) -> str:
    """How many routes have no driver, and for how many there is a way without one."""
    alone = [cover for cover in covers if cover.route_id not in day.pre_load_out.driver_of]
    can = sum(cover.verdict is not Verdict.REPLACE for cover in covers)
    crew = f"{len(alone)} without a driver" if alone else "every route has a driver"
    return f"{crew} · {can} of {len(covers)} could be taken over"


def choices(cover: Cover) -> list[tuple[str, tuple[Taker, ...]]]:
    """Every way to take a route over, in words: by one alone, then by several together."""
    together = [(f"{', '.join(t.code for t in cover.absorbed_by)} together", cover.absorbed_by)]
    alone = [(f"{taker.code} alone", (taker,)) for taker in cover.combined_with]
    return alone + (together if cover.absorbed_by else [])


def effects(takers: Sequence[Taker], now: Mapping[str, Figures]) -> tuple[RouteEffect, ...]:
    """What it does to each taker, on both sides."""
    return tuple(
        RouteEffect(route_id=t.route_id, code=t.code, before=now.get(t.route_id), after=t.after) for t in takers
    )


def _row(cover: Cover, driver_id: str, names: Mapping[str, str], timezone: str) -> dict[str, Any]:
    nobody = cover.verdict is Verdict.REPLACE
    kind = "ok" if not nobody else "watch" if driver_id else "act"
    others = len(choices(cover)) - 1
    more = f" {others} more {'way' if others == 1 else 'ways'}." if others > 0 else ""
    by = "; ".join(taker.words(timezone) for taker in cover.by) + "." if cover.by else _sentence(cover.why_not)
    look = {"id": "look", "label": "Look…", "title": printable(f"What giving {cover.code} away does to each taker")}
    return {
        "id": cover.route_id,
        "route": {"text": printable(cover.code), "sort": printable(cover.code)},
        "driver": printable(names.get(driver_id, driver_id) or "nobody"),
        "can": {"kind": kind, "text": DONE_BY[cover.verdict]},
        "by": printable(by + more),
        "acts": [] if nobody else [look],
    }


def _sentence(why: str) -> str:
    return why[:1].upper() + why[1:]
