"""The stops of one route in the order to drive them: when each is reached, and what is locked."""

from collections.abc import Collection
from typing import Any

from dispatchkit.plan.locks import Locks
from dispatchkit.plan.route_schedule import route_schedule
from dispatchkit.printable import printable
from dispatchkit.records import Plan
from dispatchkit.times import after, clock_text
from widgets.board import Column

COLUMNS = (
    Column(key="stop", label="Stop"),
    Column(key="nth", label="No.", kind="number", numeric=True),
    Column(key="acts", label="Order", kind="acts"),
    Column(key="reached", label="Reached"),
    Column(key="window", label="Window", hide_on_phone=True),
    Column(key="zone", label="Zone", hide_on_phone=True),
    Column(key="packages", label="Pkgs", kind="number", numeric=True, hide_on_phone=True),
    Column(key="locked", label="Lock"),
)
EARLIER, LATER, TO_PLACE = "earlier", "later", "place"


def rows(
    plan: Plan, route_id: str, locks: Locks, *, timezone: str, late: Collection[str] = (), forbids: str = ""
) -> list[dict[str, Any]]:
    """A row for each stop of the route, in the order to drive them; `late` are those reached after their window."""
    route = plan.route.get(route_id)
    if route is None:
        return []
    arrive_s = route_schedule(plan, route).arrive_s
    made = []
    for nth, (stop_id, reached_s) in enumerate(zip(route.stop_ids, arrive_s, strict=True), 1):
        stop, reached = plan.stop[stop_id], after(route.departs_at, float(reached_s))
        sign = "▲ " if stop_id in late else ""
        window = stop.window
        made.append({
            "id": stop_id,
            "stop": printable(stop_id),
            "nth": nth,
            "acts": _acts(nth, len(route.stop_ids), printable(stop_id), forbids),
            "reached": {"text": f"{sign}{clock_text(reached, timezone)}", "sort": float(reached_s)},
            "window": "–" if window is None else (
                f"{clock_text(window.opens, timezone)}–{clock_text(window.closes, timezone)}"
            ),
            "zone": printable(stop.zone or "–"),
            "packages": len(stop.packages),
            "locked": "■ locked" if stop_id in locks.stop_ids else "–",
        })  # fmt: skip
    return made


def _acts(nth: int, count: int, name: str, forbids: str) -> list[dict[str, Any]]:
    """Earlier, later, or to any place; the first cannot go earlier, nor the last later."""
    said = (
        (EARLIER, "↑", f"Drive {name} one place earlier", nth == 1),
        (LATER, "↓", f"Drive {name} one place later", nth == count),
        (TO_PLACE, "…", f"Drive {name} at another place", count == 1),
    )
    return [
        {"id": act, "label": label, "title": printable(forbids) or title, "disabled": off or bool(forbids)}
        for act, label, title, off in said
    ]


def at_place(stop_ids: tuple[str, ...], stop_id: str, nth: int) -> tuple[str, ...]:
    """Return the order with this stop at the place `nth`, counted from 1."""
    rest = [s for s in stop_ids if s != stop_id]
    at = max(1, min(nth, len(stop_ids))) - 1
    return (*rest[:at], stop_id, *rest[at:])
