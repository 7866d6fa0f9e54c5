"""What can happen before the vans are loaded."""

from dispatchkit.day.facts.base import Fact


class RosterTaken(Fact, frozen=True):
    """Who may drive today; `roster` is the artifact's digest. `invented` where no source named the drivers."""

    roster: str
    drivers: int
    invented: bool = False


class FleetTaken(Fact, frozen=True):
    """What may be driven today; `fleet` is the artifact's digest."""

    fleet: str
    vans: int
    invented: bool = False


class RoutesGiven(Fact, frozen=True):
    """The station handed over finished routes; `plan` is the artifact's digest."""

    plan: str
    routes: int
    stops: int
    packages: int


class RoutesBuilt(Fact, frozen=True):
    """Routes were built here from stops and vans; `plan` is the artifact's digest."""

    plan: str
    routes: int
    stops: int
    packages: int
    seed: int
    engine: str


class PlanEdited(Fact, frozen=True):
    """The draft `before` was changed by hand and became the draft `plan`; both are digests of plans.

    `change` is one of `plan.edit.Change` ("moved", "split", …), `stop_ids` what was moved and `to_route_id` where it
    went, `route_ids` whose work is another now, `why` the reason that the dispatcher gave.
    """

    before: str
    plan: str
    change: str
    to_route_id: str = ""
    stop_ids: tuple[str, ...] = ()
    route_ids: tuple[str, ...] = ()
    why: str = ""


class LocksChanged(Fact, frozen=True):
    """Of the draft `plan` these are locked from here on, or not any more: no change by hand may touch what is locked.

    A locked stop stays on its route, a locked route as it is; of `orders`, routes too, the order of the stops stays.
    """

    plan: str
    locked: bool
    stop_ids: tuple[str, ...] = ()
    route_ids: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    why: str = ""


class PlanCommitted(Fact, frozen=True):
    """This plan is the day's. From here on the day has routes."""

    plan: str


class AttendanceConfirmed(Fact, frozen=True):
    """The driver will come, or has come."""

    driver_id: str


class DriverCalledOut(Fact, frozen=True):
    """The driver will not come. `attendance` is one of the states of the trade ("Called out excused", …)."""

    driver_id: str
    attendance: str
    note: str = ""


class DriverAssigned(Fact, frozen=True):
    """This driver takes this route. `why` is the sentence that the assignment gave."""

    route_id: str
    driver_id: str
    why: str = ""


class VanAssigned(Fact, frozen=True):
    """This van carries this route."""

    route_id: str
    van_id: str
    why: str = ""


class VanInspected(Fact, frozen=True):
    """A daily vehicle inspection (DVIC), before the trip ("pre-trip") or after it ("post-trip")."""

    van_id: str
    driver_id: str
    inspection: str
    passed: bool
    defects: tuple[str, ...] = ()
    duration_s: float = 0.0


class DefectReported(Fact, frozen=True):
    """Something is wrong with a van. `grounds` says whether it may not leave with it."""

    van_id: str
    defect: str
    grounds: bool = False


class DefectCleared(Fact, frozen=True):
    """A defect was mended or found harmless."""

    van_id: str
    defect: str


class ChargeRead(Fact, frozen=True):
    """What an electric van has left: state of charge in percent, distance to empty in km; None where not told."""

    van_id: str
    charge_pct: float | None = None
    range_km: float | None = None


class VanGrounded(Fact, frozen=True):
    """The van may not be driven."""

    van_id: str
    why: str


class VanReleased(Fact, frozen=True):
    """The van may be driven again."""

    van_id: str
