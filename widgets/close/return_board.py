"""Every route on its way to a closed shift as a row: its packages, its van, and a button for its next step."""

from collections.abc import Mapping
from typing import Any

from dispatchkit.day import Day
from dispatchkit.eos.balance import RouteBalance, balance
from dispatchkit.eos.steps import EosStep, next_steps
from dispatchkit.printable import printable
from widgets.board import Column

COLUMNS = (
    Column(key="code", label="Route"),
    Column(key="driver", label="Driver", hide_on_phone=True),
    Column(key="van", label="Van", hide_on_phone=True),
    Column(key="loaded", label="Loaded", kind="number", numeric=True, hide_on_phone=True),
    Column(key="delivered", label="Delivered", kind="number", numeric=True, hide_on_phone=True),
    Column(key="not_delivered", label="Not del.", kind="number", numeric=True, hide_on_phone=True),
    Column(key="open", label="Open", kind="number", numeric=True),
    Column(key="stands", label="Stands", kind="sign"),
    Column(key="step", label="Next step", kind="acts"),
)

STANDS: dict[EosStep, tuple[str, str]] = {
    "debrief": ("act", "To debrief"),
    "inspect": ("watch", "No post-trip"),
    "van": ("watch", "Van not in"),
    "back": ("old", "Heading back"),
    "clear": ("old", "On the road"),
    "done": ("ok", "Done"),
}
PRESSES: dict[EosStep, str] = {
    "debrief": "Debrief",
    "inspect": "Post-trip passed",
    "van": "Van is in",
    "back": "Is back",
    "clear": "Clear RTS…",
}
ORDER: tuple[EosStep, ...] = ("debrief", "inspect", "van", "back", "clear", "done")
"""What can be done at the station comes before what is still on the road."""


def rows(day: Day, names: Mapping[str, str], *, forbids: str) -> list[dict[str, Any]]:
    """The routes of the plan: what can be settled now first."""
    steps, balances = next_steps(day), balance(day)
    by_need = sorted(balances.routes, key=lambda r: (ORDER.index(steps[r.route_id]), r.code))
    return [_row(day, route, steps[route.route_id], names, forbids=forbids) for route in by_need]


def total_words(day: Day) -> str:
    """The package balance of the day as people say it."""
    total = balance(day).total
    still_open = f" + {total.difference:,} open" if total.difference else ""
    return (
        f"{total.loaded:,} loaded = {total.delivered:,} delivered + {total.attempted:,} attempted + "
        f"{total.returned:,} returned + {total.missing:,} missing{still_open}"
    )


def _row(day: Day, route: RouteBalance, step: EosStep, names: Mapping[str, str], *, forbids: str) -> dict[str, Any]:
    left = day.load_out.departed.get(route.route_id)
    kind, words = STANDS[step]
    driver_id = left.driver_id if left else day.pre_load_out.driver_of.get(route.route_id, "")
    acts = []
    if step in PRESSES:
        title = forbids or f"{PRESSES[step]}: {route.code}"
        acts.append({"id": step, "label": PRESSES[step], "title": printable(title), "disabled": bool(forbids)})
    if step == "inspect":
        found = forbids or "It found something"
        acts.append({"id": "defect", "label": "Found…", "title": found, "disabled": bool(forbids)})
    return {
        "id": route.route_id,
        "code": printable(route.code),
        "driver": printable(names.get(driver_id, driver_id) or "–"),
        "van": printable(left.van_id if left else "did not leave"),
        "loaded": route.loaded,
        "delivered": route.delivered,
        "not_delivered": route.attempted + route.returned + route.missing,
        "open": route.difference,
        "stands": {"kind": kind, "text": words if left or step == "done" else "Did not run"},
        "step": acts,
    }
