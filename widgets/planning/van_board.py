"""Every van of the day's fleet as a row: whether it may leave, how full it is charged, and what it carries."""

from typing import Any

from dispatchkit.day import Day
from dispatchkit.fleet.inspection import PRE_TRIP
from dispatchkit.fleet.vans import release_blockers
from dispatchkit.printable import printable
from widgets.board import Column

CM3_PER_FT3 = 28_316.846592
"""Cubic centimetres of a cubic foot (exact by definition of the inch), in which makers state their vans."""

COLUMNS = (
    Column(key="van", label="Van"),
    Column(key="kind", label="Type", hide_on_phone=True),
    Column(key="volume", label="cu ft", kind="number", numeric=True, hide_on_phone=True),
    Column(key="charge", label="Charge", kind="number", numeric=True, hide_on_phone=True),
    Column(key="route", label="Route"),
    Column(key="stands", label="Stands", kind="sign"),
    Column(key="acts", label="Say", kind="acts"),
)


def rows(day: Day, *, forbids: str) -> list[dict[str, Any]]:
    """The fleet: grounded vans first, then those in use, then spares."""
    before = day.pre_load_out
    if before.fleet is None:
        return []
    routes = {van_id: day.code(route_id) for route_id, van_id in before.van_of.items()}
    made = []
    for van in before.fleet.vans:
        why, defects = before.grounded.get(van.van_id), before.defects.get(van.van_id, ())
        charge = before.charges.get(van.van_id)
        inspected = before.inspections.get((van.van_id, PRE_TRIP))
        kind, words = ("ok", "DVIC passed") if inspected and inspected.passed else ("old", "No DVIC yet")
        if defects:
            kind, words = "watch", f"Defect: {'; '.join(defects)}"
        if why:
            kind, words = "act", f"Grounded: {why}"
        made.append({
            "id": van.van_id,
            "van": printable(van.van_id),
            "kind": printable(van.service_type or "–"),
            "volume": round(van.volume_cm3 / CM3_PER_FT3) or None,
            "charge": None if charge is None or charge.charge_pct is None
            else {"text": f"{charge.charge_pct:.0f} %", "sort": charge.charge_pct},
            "route": printable(routes.get(van.van_id, "–")),
            "stands": {"kind": kind, "text": printable(words)},
            "acts": _acts(day, van.van_id, grounded=bool(why), defects=bool(defects), forbids=forbids),
        })  # fmt: skip
    return sorted(made, key=lambda row: (row["stands"]["kind"] != "act", row["route"] == "–", row["van"]))


def summary(day: Day) -> str:
    """The fleet in a line."""
    before = day.pre_load_out
    if before.fleet is None:
        return "no fleet yet"
    vans = before.fleet.vans
    return f"{len(vans)} vans · {len(before.grounded)} grounded · {len(set(before.van_of.values()))} in use"


def _acts(day: Day, van_id: str, *, grounded: bool, defects: bool, forbids: str) -> list[dict[str, Any]]:
    acts = []
    if defects:
        acts.append(_act("clear", "Mended…", "A defect was mended or found harmless", forbids))
    if grounded:
        why_not = forbids or " ".join(release_blockers(day, van_id))
        acts.append(_act("release", "Release", "It may be driven again", why_not))
    else:
        acts.append(_act("ground", "Ground…", "It may not be driven", forbids))
    return acts


def _act(act_id: str, label: str, title: str, why_not: str) -> dict[str, Any]:
    return {"id": act_id, "label": label, "title": printable(why_not or title), "disabled": bool(why_not)}
