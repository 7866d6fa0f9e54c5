"""Every route at the dock as a row: its crew, where it stands, and a button for its next step."""

from collections.abc import Iterator, Mapping
from typing import Any

from dispatchkit.day import Day
from dispatchkit.loadout.steps import TAKES, StepName, next_step, step_blockers
from dispatchkit.loadout.waves import wave_of
from dispatchkit.printable import printable
from dispatchkit.times import clock_text
from widgets.board import Column

COLUMNS = (
    Column(key="code", label="Route"),
    Column(key="wave", label="Leaves"),
    Column(key="driver", label="Driver", hide_on_phone=True),
    Column(key="van", label="Van", hide_on_phone=True),
    Column(key="staging", label="Staging", hide_on_phone=True),
    Column(key="packages", label="Packages", kind="number", numeric=True, hide_on_phone=True),
    Column(key="stands", label="Stands", kind="sign"),
    Column(key="step", label="Next step", kind="acts"),
)

STANDS: dict[StepName, tuple[str, str]] = {
    "crew": ("act", "No crew"),
    "arrive": ("old", "Not here"),
    "inspect": ("old", "No DVIC"),
    "mend": ("act", "Van cannot leave"),
    "load": ("old", "To load"),
    "loaded": ("old", "Loading"),
    "wave": ("act", "In no wave"),
    "brief": ("watch", "No stand-up"),
    "depart": ("ok", "Ready"),
    "out": ("ok", "Left"),
}
PRESSES: dict[StepName, str] = {
    "crew": "Assign…",
    "arrive": "Is here",
    "inspect": "DVIC passed",
    "mend": "Other van…",
    "load": "Loading",
    "loaded": "Loaded",
    "wave": "Set waves…",
    "brief": "Brief…",
    "depart": "Leaves",
}
"""What the button of each next step says; those with … ask something first."""

ORDER: tuple[StepName, ...] = (
    "crew", "mend", "wave", "brief", "depart", "loaded", "load", "inspect", "arrive", "out",
)  # fmt: skip
"""Within a wave what needs a person comes first, then what can leave."""


def rows(day: Day, names: Mapping[str, str], *, forbids: str) -> list[dict[str, Any]]:
    """The routes of the plan: those that have not left first, by wave, then by what needs a person."""
    by_need = sorted((route.route_id for route in day.plan.routes), key=lambda route_id: _order(day, route_id))
    return [_row(day, route_id, names, forbids=forbids) for route_id in by_need]


def common_step(day: Day, route_ids: list[str]) -> StepName | None:
    """The step that all of these routes can take by one press; None where they differ, or it needs a look at each."""
    found = {next_step(day, route_id) for route_id in route_ids}
    step = found.pop() if len(found) == 1 else None
    return step if step in TAKES else None


def _order(day: Day, route_id: str) -> tuple[bool, float, int, str]:
    step = next_step(day, route_id)
    wave = day.load_out.waves.get(wave_of(day, route_id))
    leaves = wave.departs_at if wave else day.plan.route[route_id].departs_at
    return step == "out", leaves.timestamp(), ORDER.index(step), day.code(route_id)


def _row(day: Day, route_id: str, names: Mapping[str, str], *, forbids: str) -> dict[str, Any]:
    before, route, step = day.pre_load_out, day.plan.route[route_id], next_step(day, route_id)
    wave = day.load_out.waves.get(wave_of(day, route_id))
    leaves = wave.departs_at if wave else route.departs_at
    left = day.load_out.departed.get(route_id)
    driver_id = left.driver_id if left else before.driver_of.get(route_id, "")
    kind, words = STANDS[step]
    timezone, service_day = day.course.timezone, str(day.key.service_day)
    if left:
        words = f"Left {clock_text(left.at, timezone, service_day)}"
    return {
        "id": route_id,
        "code": printable(route.code),
        "wave": {"text": clock_text(leaves, timezone, service_day), "sort": leaves.timestamp()},
        "driver": printable(names.get(driver_id, driver_id) or "–"),
        "van": printable((left.van_id if left else before.van_of.get(route_id)) or "–"),
        "staging": printable(route.staging or "–"),
        "packages": sum(len(s.packages) for s in day.plan.stops_of(route_id)),
        "stands": {"kind": kind, "text": words},
        "step": list(_acts(day, route_id, step, forbids=forbids)),
    }


def _acts(day: Day, route_id: str, step: StepName, *, forbids: str) -> Iterator[dict[str, Any]]:
    if step == "out":
        return
    why = forbids
    if step in TAKES and not why:
        why = " ".join(step_blockers(day, step, [route_id]))
    title = why or f"{PRESSES[step]}: {day.code(route_id)}"
    yield {"id": step, "label": PRESSES[step], "title": printable(title), "disabled": bool(why)}
