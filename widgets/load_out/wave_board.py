"""The waves as rows: when each leaves, how many of its routes are ready, and its stand-up."""

from datetime import datetime
from typing import Any

from dispatchkit.day import Day
from dispatchkit.loadout.steps import next_step
from dispatchkit.printable import printable
from dispatchkit.times import clock_text
from widgets.board import Column

COLUMNS = (
    Column(key="wave", label="Wave"),
    Column(key="leaves", label="Leaves"),
    Column(key="stands", label="Stands", kind="sign"),
    Column(key="acts", label="For the whole wave", kind="acts"),
)


def rows(day: Day, now: datetime, *, forbids: str) -> list[dict[str, Any]]:
    """The day's waves that have routes, by departure."""
    waves = sorted((w for w in day.load_out.waves.values() if w.route_ids), key=lambda w: w.departs_at.timestamp())
    timezone, service_day = day.course.timezone, str(day.key.service_day)
    made = []
    for wave in waves:
        steps = [next_step(day, route_id) for route_id in wave.route_ids]
        left, ready = steps.count("out"), steps.count("depart")
        briefed = wave.wave in day.load_out.briefings
        everybody = left == len(steps)
        late = not everybody and now > wave.departs_at
        words = "all left" if everybody else f"{left} left, {ready} ready, {len(steps) - left - ready} not yet"
        made.append(
            {
                "id": wave.wave,
                "wave": printable(wave.wave),
                "leaves": {
                    "text": clock_text(wave.departs_at, timezone, service_day),
                    "sort": wave.departs_at.timestamp(),
                },
                "stands": {
                    "kind": "ok" if everybody else "act" if late else "old",
                    "text": f"late: {words}" if late else words,
                },
                "acts": [] if everybody else _acts(briefed, ready, forbids=forbids),
            }
        )
    return made


def _acts(briefed: bool, ready: int, *, forbids: str) -> list[dict[str, Any]]:
    none_ready = "" if ready else "No route of it is ready to leave."
    return [
        _act("brief", "Brief again…" if briefed else "Brief…", "Record its stand-up", forbids),
        _act("depart", f"{ready} leave" if ready else "Leave", "All of it that is ready leaves", forbids or none_ready),
        _act("move", "Other time…", "Let it leave earlier or later", forbids),
    ]


def _act(act_id: str, label: str, title: str, why_not: str) -> dict[str, Any]:
    return {"id": act_id, "label": label, "title": why_not or title, "disabled": bool(why_not)}
