"""The night before and the early morning, as the fold knows them: plan, roster, fleet, who drives what."""

import msgspec

from dispatchkit.day.facts.pre_load_out import (
    AttendanceConfirmed,
    ChargeRead,
    DefectCleared,
    DefectReported,
    DriverAssigned,
    DriverCalledOut,
    FleetTaken,
    LocksChanged,
    PlanCommitted,
    PlanEdited,
    RosterTaken,
    RoutesBuilt,
    RoutesGiven,
    VanAssigned,
    VanGrounded,
    VanInspected,
    VanReleased,
)
from dispatchkit.day.rules import Artifacts, Rules
from dispatchkit.records import Fleet, Plan, Roster


class Locks(msgspec.Struct, frozen=True):
    """What no change by hand may touch in a draft: stops stay on their routes, routes as they are, orders as well."""

    stop_ids: frozenset[str] = frozenset()
    route_ids: frozenset[str] = frozenset()
    orders: frozenset[str] = frozenset()


NO_LOCKS = Locks()


class PreLoadOut(msgspec.Struct, frozen=True):
    """What is planned and who is there.

    Attributes
    ----------
    drafts
        Digests of plans given or built, in the order in which they came; one that was changed by hand gives its place
        up to what it became, unless it is the day's plan.
    in_hand
        Digest of the plan that was last given, built, changed or committed: the one that a change by hand is about.
    locks
        What is locked in a draft, by its digest.
    attendance
        driver_id → "On time" or a state of the trade such as "Called out excused".
    driver_of, van_of
        route_id → driver_id, van_id. A driver or van has one route at most: a later assignment takes it away.
    inspections
        (van_id, "pre-trip" | "post-trip") → the newest inspection.
    charges
        van_id → the newest reading of its charge: by when it was true, not by when it came.
    grounded
        van_id → why it may not leave.
    """

    plan: Plan | None = None
    plan_digest: str = ""
    drafts: tuple[str, ...] = ()
    in_hand: str = ""
    locks: dict[str, Locks] = {}
    roster: Roster | None = None
    fleet: Fleet | None = None
    invented: frozenset[str] = frozenset()
    attendance: dict[str, str] = {}
    driver_of: dict[str, str] = {}
    van_of: dict[str, str] = {}
    inspections: dict[tuple[str, str], VanInspected] = {}
    defects: dict[str, tuple[str, ...]] = {}
    grounded: dict[str, str] = {}
    charges: dict[str, ChargeRead] = {}


_replace = msgspec.structs.replace


def _routes_drafted(before: PreLoadOut, fact: RoutesGiven | RoutesBuilt, _: Artifacts) -> PreLoadOut:
    return _replace(before, drafts=(*before.drafts, fact.plan), in_hand=fact.plan)


def _plan_edited(before: PreLoadOut, fact: PlanEdited, _: Artifacts) -> PreLoadOut:
    gone = {fact.before, fact.plan} - {before.plan_digest}
    kept = before.locks.get(fact.before, NO_LOCKS)
    return _replace(
        before,
        drafts=(*(d for d in before.drafts if d not in gone), fact.plan),
        in_hand=fact.plan,
        locks=before.locks | {fact.plan: kept},
    )


def _locks_changed(before: PreLoadOut, fact: LocksChanged, _: Artifacts) -> PreLoadOut:
    held = before.locks.get(fact.plan, NO_LOCKS)
    both = ((held.stop_ids, fact.stop_ids), (held.route_ids, fact.route_ids), (held.orders, fact.orders))
    now = (was.union(ids) if fact.locked else was.difference(ids) for was, ids in both)
    return _replace(before, locks=before.locks | {fact.plan: Locks(*now)})


def _plan_committed(before: PreLoadOut, fact: PlanCommitted, artifacts: Artifacts) -> PreLoadOut:
    """A route that the new plan does not have any more gives its driver and its van back."""
    plan = artifacts.record(fact.plan, Plan)
    drivers, vans = ({r: held for r, held in of.items() if r in plan.route} for of in (before.driver_of, before.van_of))
    return _replace(before, plan=plan, plan_digest=fact.plan, in_hand=fact.plan, driver_of=drivers, van_of=vans)


def _roster_taken(before: PreLoadOut, fact: RosterTaken, artifacts: Artifacts) -> PreLoadOut:
    invented = before.invented | {"drivers"} if fact.invented else before.invented - {"drivers"}
    return _replace(before, roster=artifacts.record(fact.roster, Roster), invented=invented)


def _fleet_taken(before: PreLoadOut, fact: FleetTaken, artifacts: Artifacts) -> PreLoadOut:
    fleet = artifacts.record(fact.fleet, Fleet)
    invented = before.invented | {"vans"} if fact.invented else before.invented - {"vans"}
    grounded = {v.van_id: "Grounded in the fleet list" for v in fleet.vans if v.grounded}
    return _replace(before, fleet=fleet, invented=invented, grounded=grounded | before.grounded)


def _confirmed(before: PreLoadOut, fact: AttendanceConfirmed, _: Artifacts) -> PreLoadOut:
    return _replace(before, attendance=before.attendance | {fact.driver_id: "On time"})


def _called_out(before: PreLoadOut, fact: DriverCalledOut, _: Artifacts) -> PreLoadOut:
    routes = {r: d for r, d in before.driver_of.items() if d != fact.driver_id}
    return _replace(before, attendance=before.attendance | {fact.driver_id: fact.attendance}, driver_of=routes)


def _driver_assigned(before: PreLoadOut, fact: DriverAssigned, _: Artifacts) -> PreLoadOut:
    others = {r: d for r, d in before.driver_of.items() if d != fact.driver_id}
    return _replace(before, driver_of=others | {fact.route_id: fact.driver_id})


def _van_assigned(before: PreLoadOut, fact: VanAssigned, _: Artifacts) -> PreLoadOut:
    others = {r: v for r, v in before.van_of.items() if v != fact.van_id}
    return _replace(before, van_of=others | {fact.route_id: fact.van_id})


def _inspected(before: PreLoadOut, fact: VanInspected, _: Artifacts) -> PreLoadOut:
    return _replace(before, inspections=before.inspections | {(fact.van_id, fact.inspection): fact})


def _defect_reported(before: PreLoadOut, fact: DefectReported, _: Artifacts) -> PreLoadOut:
    defects = before.defects | {fact.van_id: (*before.defects.get(fact.van_id, ()), fact.defect)}
    grounded = before.grounded | {fact.van_id: fact.defect} if fact.grounds else before.grounded
    return _replace(before, defects=defects, grounded=grounded)


def _defect_cleared(before: PreLoadOut, fact: DefectCleared, _: Artifacts) -> PreLoadOut:
    left = tuple(d for d in before.defects.get(fact.van_id, ()) if d != fact.defect)
    return _replace(before, defects=before.defects | {fact.van_id: left})


def _charge_read(before: PreLoadOut, fact: ChargeRead, _: Artifacts) -> PreLoadOut:
    held = before.charges.get(fact.van_id)
    if held is not None and held.at > fact.at:
        return before
    return _replace(before, charges=before.charges | {fact.van_id: fact})


def _grounded(before: PreLoadOut, fact: VanGrounded, _: Artifacts) -> PreLoadOut:
    return _replace(before, grounded=before.grounded | {fact.van_id: fact.why})


def _released(before: PreLoadOut, fact: VanReleased, _: Artifacts) -> PreLoadOut:
    return _replace(before, grounded={v: why for v, why in before.grounded.items() if v != fact.van_id})


RULES: Rules = {
    RoutesGiven: _routes_drafted,
    RoutesBuilt: _routes_drafted,
    PlanEdited: _plan_edited,
    LocksChanged: _locks_changed,
    PlanCommitted: _plan_committed,
    RosterTaken: _roster_taken,
    FleetTaken: _fleet_taken,
    AttendanceConfirmed: _confirmed,
    DriverCalledOut: _called_out,
    DriverAssigned: _driver_assigned,
    VanAssigned: _van_assigned,
    VanInspected: _inspected,
    DefectReported: _defect_reported,
    DefectCleared: _defect_cleared,
    ChargeRead: _charge_read,
    VanGrounded: _grounded,
    VanReleased: _released,
}
