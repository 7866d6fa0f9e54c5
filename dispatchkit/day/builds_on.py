"""Which facts build on which: a fact may not be taken back while a later one stands that needs it. Pure.

A later fact builds on an earlier one where its own decision would have been refused without it.
"""

from collections.abc import Callable, Sequence

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import (
    DriverReturned,
    IncidentOpened,
    IncidentUpdated,
    PackagesDebriefed,
    ReattemptListed,
    ReturnCleared,
    VanReturned,
)
from dispatchkit.day.facts.load_out import (
    BriefingGiven,
    DriverArrived,
    LoadingFinished,
    LoadingStarted,
    RouteDeparted,
    WaveSet,
)
from dispatchkit.day.facts.pre_load_out import (
    AttendanceConfirmed,
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
from dispatchkit.day.facts.road import (
    ActionNamed,
    AlarmAcknowledged,
    AlarmCleared,
    AlarmRaised,
    AlarmReopened,
    AlarmShelved,
    BreakTaken,
    ProgressReported,
    RescueEnded,
    RescueStarted,
    RootCauseNamed,
    StopServed,
    StopsTransferred,
)
from dispatchkit.day.facts.whole_day import FileHeld, FileImported, FileLetGo

Relation = Callable[[Fact, Fact, Sequence[Fact]], bool]
"""`relation(earlier, later, standing)`: are they about the same thing? `standing` are all facts that count."""


def _any(_earlier: Fact, _later: Fact, _standing: Sequence[Fact]) -> bool:
    return True


def _same(*fields: str) -> Relation:
    return lambda earlier, later, _: all(getattr(earlier, f) == getattr(later, f) for f in fields)


_route, _van, _driver, _wave, _rescue, _alarm = (
    _same(f) for f in ("route_id", "van_id", "driver_id", "wave", "rescue_id", "alarm_id")
)


def _same_draft(earlier: Fact, later: Fact, _: Sequence[Fact]) -> bool:
    """The later fact is about the draft that the earlier one made or was about: changed, locked or committed it."""
    return bool(earlier.plan == getattr(later, "before", later.plan))  # type: ignore[attr-defined]


def _either_route(earlier: Fact, later: Fact, _: Sequence[Fact]) -> bool:
    return earlier.route_id in (later.route_id, later.helper_route_id)  # type: ignore[attr-defined]


def _routes_of_wave(earlier: Fact, later: Fact, standing: Sequence[Fact]) -> bool:
    """The later fact is about a route that leaves in the wave of the earlier one."""
    waves = {w.wave: w.route_ids for w in standing if isinstance(w, WaveSet)}
    return later.route_id in waves.get(earlier.wave, ())  # type: ignore[attr-defined]


def _van_of_route(earlier: Fact, later: Fact, standing: Sequence[Fact]) -> bool:
    """The later fact is about the van on which the route of the earlier one left."""
    vans = {left.route_id: left.van_id for left in standing if isinstance(left, RouteDeparted)}
    return bool(vans.get(earlier.route_id) == later.van_id)  # type: ignore[attr-defined]


def _routes_of_rescue(earlier: Fact, later: Fact, standing: Sequence[Fact]) -> bool:
    """Both rescues have a route in common: with the earlier one open, the later one could not have been started."""
    both = {r.rescue_id: {r.route_id, r.helper_route_id} for r in standing if isinstance(r, RescueStarted)}
    return not both.get(earlier.rescue_id, set()).isdisjoint(both[later.rescue_id])  # type: ignore[attr-defined]


def _same_cause(earlier: Fact, later: Fact, _: Sequence[Fact]) -> bool:
    """Alarm ids are a cause and a number: a cause has one standing alarm at most."""
    causes = (f.alarm_id.rpartition(":")[0] for f in (earlier, later))  # type: ignore[attr-defined]
    return len(set(causes)) == 1


BUILDS_ON: dict[type[Fact], tuple[tuple[type[Fact], Relation], ...]] = {
    FileImported: ((RoutesGiven, _any),),
    FileHeld: ((FileLetGo, _same("original")), (FileImported, _same("original"))),
    RoutesGiven: ((PlanCommitted, _same_draft), (PlanEdited, _same_draft), (LocksChanged, _same_draft)),
    RoutesBuilt: ((PlanCommitted, _same_draft), (PlanEdited, _same_draft), (LocksChanged, _same_draft)),
    PlanEdited: ((PlanCommitted, _same_draft), (PlanEdited, _same_draft), (LocksChanged, _same_draft)),
    PlanCommitted: (
        (DriverAssigned, _any),
        (VanAssigned, _any),
        (WaveSet, _any),
        (RouteDeparted, _any),
        (PackagesDebriefed, _any),
        (RootCauseNamed, _any),
        (ActionNamed, _any),
    ),
    RosterTaken: (
        (AttendanceConfirmed, _any),
        (DriverCalledOut, _any),
        (DriverAssigned, _any),
        (DriverArrived, _any),
        (VanInspected, _any),
    ),
    FleetTaken: ((VanAssigned, _any), (VanInspected, _any), (VanGrounded, _any), (VanReleased, _any)),
    AttendanceConfirmed: ((DriverAssigned, _driver), (DriverArrived, _driver), (RouteDeparted, _driver)),
    DriverCalledOut: ((DriverAssigned, _driver),),
    DriverAssigned: ((RouteDeparted, _route),),
    VanAssigned: ((LoadingStarted, _route), (RouteDeparted, _route)),
    VanInspected: ((RouteDeparted, _van), (VanReturned, _van)),
    DefectReported: ((DefectCleared, _same("van_id", "defect")),),
    DefectCleared: ((VanReleased, _van),),
    VanGrounded: ((VanReleased, _van),),
    VanReleased: ((VanAssigned, _van), (RouteDeparted, _van)),
    WaveSet: ((BriefingGiven, _wave), (RouteDeparted, _routes_of_wave)),
    BriefingGiven: ((RouteDeparted, _routes_of_wave),),
    DriverArrived: ((RouteDeparted, _driver),),
    LoadingStarted: ((LoadingFinished, _route),),
    LoadingFinished: ((RouteDeparted, _route),),
    RouteDeparted: (
        (StopServed, _route),
        (ProgressReported, _route),
        (BreakTaken, _route),
        (RescueStarted, _either_route),
        (StopsTransferred, _either_route),
        (ReturnCleared, _route),
        (DriverReturned, _route),
    ),
    RescueStarted: ((StopsTransferred, _rescue), (RescueEnded, _rescue)),
    RescueEnded: ((RescueStarted, _routes_of_rescue),),
    ReturnCleared: ((DriverReturned, _route),),
    DriverReturned: ((PackagesDebriefed, _route), (VanInspected, _van_of_route), (VanReturned, _van_of_route)),
    PackagesDebriefed: ((ReattemptListed, _route),),
    IncidentOpened: ((IncidentUpdated, _same("incident_id")),),
    AlarmRaised: ((AlarmAcknowledged, _alarm), (AlarmShelved, _alarm), (AlarmCleared, _alarm)),
    AlarmCleared: ((AlarmRaised, _same_cause), (AlarmReopened, _alarm)),
    AlarmReopened: ((AlarmCleared, _alarm),),
}
"""What may not stand any more when a fact is taken back: later facts of these types, about the same thing."""
