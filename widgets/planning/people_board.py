"""Everybody on the day's roster as a row: what was heard of them, and what they drive."""

from collections.abc import Mapping
from typing import Any

from dispatchkit.day import Day
from dispatchkit.printable import printable
from dispatchkit.roster.attendance import ABSENT, LATE
from widgets.board import Column

COLUMNS = (
    Column(key="name", label="Driver"),
    Column(key="route", label="Route"),
    Column(key="can", label="Qualified for", hide_on_phone=True),
    Column(key="stands", label="Attendance", kind="sign"),
    Column(key="acts", label="Say", kind="acts"),
)


def rows(day: Day, names: Mapping[str, str], *, forbids: str) -> list[dict[str, Any]]:
    """The roster: absent and late ones first, then those of whom nothing was heard, then standbys and the rest."""
    before = day.pre_load_out
    if before.roster is None:
        return []
    routes = {driver_id: day.code(route_id) for route_id, driver_id in before.driver_of.items()}
    made = []
    for driver in before.roster.drivers:
        state = before.attendance.get(driver.driver_id, "")
        rank, kind, words = _stands(state, standby=driver.standby)
        route = routes.get(driver.driver_id, "")
        made.append((rank, driver.driver_id not in day.load_out.arrived, {
            "id": driver.driver_id,
            "name": printable(names.get(driver.driver_id, driver.driver_id)),
            "route": printable(route or "–"),
            "can": printable(", ".join(sorted(driver.qualifications)) or "–"),
            "stands": {"kind": kind, "text": words},
            "acts": _acts(state, forbids=forbids, here=driver.driver_id in day.load_out.arrived),
        }))  # fmt: skip
    return [row for *_, row in sorted(made, key=lambda item: (item[0], item[2]["name"]))]


def summary(day: Day) -> str:
    """The roster in a line."""
    before = day.pre_load_out
    if before.roster is None:
        return "no roster yet"
    drivers = before.roster.drivers
    absent = sum(before.attendance.get(d.driver_id) in ABSENT for d in drivers)
    heard = sum(d.driver_id in before.attendance for d in drivers)
    standby = sum(d.standby for d in drivers)
    return f"{len(drivers)} drivers · {heard} heard of · {absent} absent · {standby} standby"


def _stands(state: str, *, standby: bool) -> tuple[int, str, str]:
    if state in ABSENT:
        return 0, "act", state
    if state in LATE:
        return 1, "watch", state
    if state:
        return 4, "ok", state
    return (3, "old", "Standby") if standby else (2, "old", "Not heard of")


def _acts(state: str, *, forbids: str, here: bool) -> list[dict[str, Any]]:
    why = forbids or ("Is at the station already." if here else "")
    comes = {"id": "comes", "label": "Comes", "title": why or "Will come", "disabled": bool(why)}
    out = {"id": "out", "label": "Not coming…", "title": why or "Calls out, or comes late", "disabled": bool(why)}
    return [out] if state and state not in ABSENT else [comes, out]
