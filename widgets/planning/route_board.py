"""Every route of the plan as a row: its work, and whether it has somebody and something to drive."""

from collections.abc import Mapping
from typing import Any

from dispatchkit.day import Day
from dispatchkit.fleet.ready import van_blockers
from dispatchkit.loadout.depart import crew_blockers
from dispatchkit.printable import printable
from dispatchkit.roster.fit import filled, load_of
from dispatchkit.station import Station
from dispatchkit.times import clock_text, hours_text
from widgets.board import Column

COLUMNS = (
    Column(key="code", label="Route"),
    Column(key="driver", label="Driver"),
    Column(key="van", label="Van", hide_on_phone=True),
    Column(key="stands", label="Stands", kind="sign"),
    Column(key="acts", label="Do", kind="acts"),
    Column(key="kind", label="Type", hide_on_phone=True),
    Column(key="stops", label="Stops", kind="number", numeric=True, hide_on_phone=True),
    Column(key="packages", label="Pkgs", kind="number", numeric=True, hide_on_phone=True),
    Column(key="hours", label="Hours", kind="number", numeric=True, hide_on_phone=True),
    Column(key="load", label="Load", kind="number", numeric=True, hide_on_phone=True),
    Column(key="leaves", label="Leaves", hide_on_phone=True),
)
"""What is wrong and what to do about it stand before the figures: on a laptop the last columns are scrolled to."""


def rows(day: Day, names: Mapping[str, str], station: Station, *, forbids: str) -> list[dict[str, Any]]:
    """The routes: those without driver or van first, then the longest."""
    made = [_row(day, route.route_id, names, station, forbids=forbids) for route in day.plan.routes]
    return sorted(made, key=lambda row: (row["stands"]["kind"] in ("ok", "old"), -row["hours"]["sort"], row["code"]))


def summary(day: Day) -> str:
    """The plan in a line."""
    plan, before = day.plan, day.pre_load_out
    alone = sum(bool([*crew_blockers(day, r.route_id)]) for r in plan.routes)
    crews = f"{alone} without a crew" if alone else "all have a crew"
    made_up = f" · invented: {' and '.join(sorted(before.invented))}" if before.invented else ""
    stops = sum(len(r.stop_ids) for r in plan.routes)
    return f"{len(plan.routes)} routes · {stops:,} stops · {plan.package_count:,} packages · {crews}{made_up}"


def _row(day: Day, route_id: str, names: Mapping[str, str], station: Station, *, forbids: str) -> dict[str, Any]:
    before, route = day.pre_load_out, day.plan.route[route_id]
    driver_id, van_id = before.driver_of.get(route_id, ""), before.van_of.get(route_id, "")
    load = load_of(day.plan, route)
    van = before.fleet.van.get(van_id) if before.fleet else None
    share = filled(load, van) if van else None
    lacks = [*crew_blockers(day, route_id)]
    grounded = van_id in before.grounded
    over = share is not None and share > station.van.load_warn_share
    kind, words = "ok", "Ready"
    if lacks:
        kind, words = "act", "No driver" if not driver_id else "No van"
    elif grounded:
        kind, words = "act", "Van grounded"
    elif over:
        kind, words = "watch", "Very full"
    elif any(van_blockers(day, van_id)) and route_id not in day.load_out.departed:
        kind, words = "old", "DVIC to do"
    if route_id in day.load_out.departed:
        kind, words = "ok", "Left"
    timezone, service_day = day.course.timezone, str(day.key.service_day)
    return {
        "id": route_id,
        "code": printable(route.code),
        "driver": printable(names.get(driver_id, driver_id) or "–"),
        "van": printable(van_id or "–"),
        "kind": printable(route.service_type or "–"),
        "stops": len(route.stop_ids),
        "packages": sum(len(s.packages) for s in day.plan.stops_of(route_id)),
        "hours": {"text": hours_text(load.planned_s), "sort": load.planned_s},
        "load": None if not share else {"text": f"{share:.0%}", "sort": share},
        "leaves": {
            "text": clock_text(route.departs_at, timezone, service_day),
            "sort": route.departs_at.timestamp(),
        },
        "stands": {"kind": kind, "text": words},
        "acts": _acts(route.code, "driver" if not driver_id else "van", forbids=forbids) if lacks or grounded else [],
    }


def _acts(code: str, act: str, *, forbids: str) -> list[dict[str, Any]]:
    """The one act that a route without a crew needs; all else about a route stands beside the map."""
    title = printable(forbids or f"Assign a {act} to {code}")
    return [{"id": act, "label": "Assign…", "title": title, "disabled": bool(forbids)}]
