"""Every route of the plan as a row: its work, and whether it has somebody and something to drive."""

from collections.abc import Mapping
from typing import Any

from dispatchkit.day import Day
from dispatchkit.fleet.ready import van_blockers
from dispatchkit.loadout.depart import crew_blockers
from dispatchkit.plan.locks import Locks
from dispatchkit.printable import printable
from dispatchkit.records import Plan
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
    Column(key="chance", label="In time", kind="number", numeric=True),
    Column(key="leaves", label="Leaves", hide_on_phone=True),
)
"""What is wrong and what to do about it stand before the figures: on a laptop the last columns are scrolled to."""

NOTHING_CHECKED: Mapping[str, Mapping[str, Any]] = {}


def rows(
    day: Day, plan: Plan, locks: Locks, names: Mapping[str, str], station: Station, *, forbids: str,
    chances: Mapping[str, Mapping[str, Any]] = NOTHING_CHECKED,
) -> list[dict[str, Any]]:  # fmt: skip
    """The routes of the plan in hand, the day's or a draft: those without driver or van first, then the longest.

    `chances` are the routes' chances to be in time as cells, by route id, as far as they are known.
    """
    made = [
        _row(day, plan, r.route_id, names, station, forbids=forbids)
        | {"code": _called(plan, r.route_id, locks), "chance": chances.get(r.route_id)}
        for r in plan.routes
    ]
    return sorted(made, key=lambda row: (
        row["stands"]["kind"] in ("ok", "old"), -row["hours"]["sort"], plan.route[row["id"]].code
    ))


def summary(day: Day, plan: Plan) -> str:
    """The plan in hand in a line."""
    before = day.pre_load_out
    alone = sum(bool(_lacks(day, r.route_id)) for r in plan.routes)
    crews = f"{alone} without a crew" if alone else "all have a crew"
    made_up = f" · invented: {' and '.join(sorted(before.invented))}" if before.invented else ""
    stops = sum(len(r.stop_ids) for r in plan.routes)
    return f"{len(plan.routes)} routes · {stops:,} stops · {plan.package_count:,} packages · {crews}{made_up}"


def _row(
    day: Day, plan: Plan, route_id: str, names: Mapping[str, str], station: Station, *, forbids: str
) -> dict[str, Any]:
    before, route = day.pre_load_out, plan.route[route_id]
    driver_id, van_id = before.driver_of.get(route_id, ""), before.van_of.get(route_id, "")
    load = load_of(plan, route)
    van = before.fleet.van.get(van_id) if before.fleet else None
    share = filled(load, van) if van else None
    lacks = _lacks(day, route_id)
    grounded = van_id in before.grounded
    over = share is not None and share > station.van.load_warn_share
    kind, words = "ok", "Ready"
    drafted = not _is_committed(day, route_id)
    if drafted:
        kind, words = "old", "Draft"
    elif lacks:
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
        "driver": printable(names.get(driver_id, driver_id) or "–"),
        "van": printable(van_id or "–"),
        "kind": printable(route.service_type or "–"),
        "stops": len(route.stop_ids),
        "packages": sum(len(s.packages) for s in plan.stops_of(route_id)),
        "hours": {"text": hours_text(load.planned_s), "sort": load.planned_s},
        "load": None if not share else {"text": f"{share:.0%}", "sort": share},
        "leaves": {
            "text": clock_text(route.departs_at, timezone, service_day),
            "sort": route.departs_at.timestamp(),
        },
        "stands": {"kind": kind, "text": words},
        "acts": _acts(route.code, "driver" if not driver_id else "van", forbids=forbids)
        if not drafted and (lacks or grounded) else [],
    }


def _is_committed(day: Day, route_id: str) -> bool:
    """Whether the day's own plan has the route: only such a one can get a crew."""
    plan = day.pre_load_out.plan
    return plan is not None and route_id in plan.route


def _lacks(day: Day, route_id: str) -> list[str]:
    """Why nobody drives the route yet."""
    if not _is_committed(day, route_id):
        return ["It is on the draft only."]
    return [*crew_blockers(day, route_id)]


def _called(plan: Plan, route_id: str, locks: Locks) -> str | dict[str, str]:
    """The route's code; beside a locked one a square, as its stops have on the map, a hollow one where a part is."""
    code, stops = printable(plan.route[route_id].code), len(locks.stop_ids & set(plan.route[route_id].stop_ids))
    if route_id in locks.route_ids:
        return {"text": f"{code} ■", "sort": code, "title": f"{code} is locked"}
    said = [f"{stops} stops" if stops > 1 else "1 stop"] if stops else []
    said += ["the order"] if route_id in locks.orders else []
    return {"text": f"{code} □", "sort": code, "title": f"{code}: {', '.join(said)} locked"} if said else code


def _acts(code: str, act: str, *, forbids: str) -> list[dict[str, Any]]:
    """The one act that a route without a crew needs; all else about a route stands beside the map."""
    title = printable(forbids or f"Assign a {act} to {code}")
    return [{"id": act, "label": "Assign…", "title": title, "disabled": bool(forbids)}]
