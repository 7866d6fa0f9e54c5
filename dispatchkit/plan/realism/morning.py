"""A plan as its morning begins: nothing driven, each route's finish as the road page would forecast it then. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from dispatchkit.day import Day, Entry, NoArtifacts, fold
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import DriverAssigned, PlanCommitted
from dispatchkit.pace.forecast import Projection, project
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.pace.timetable import timetables
from dispatchkit.plan.legs import Between
from dispatchkit.records import DayKey, Plan
from dispatchkit.station import Station

R = TypeVar("R")

BY = "check"
"""Who says what such a morning consists of. Nobody writes it down."""


class _ThisPlan(NoArtifacts):
    """Knows the one plan, by any digest."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def record(self, digest: str, kind: type[R]) -> R:
        return self._plan if isinstance(self._plan, kind) else super().record(digest, kind)


def first_departure(plan: Plan) -> datetime:
    """When the first van of the plan leaves; ValueError where the plan has no routes."""
    return min(route.departs_at for route in plan.routes)


def morning(plan: Plan, driver_of: Mapping[str, str] | None = None) -> Day:
    """The day of this plan before anybody has left; `driver_of` is route_id → driver_id, where somebody is assigned."""
    at = first_departure(plan)
    facts: list[Fact] = [PlanCommitted(at=at, by=BY, plan=BY)]
    facts += [DriverAssigned(at=at, by=BY, route_id=r, driver_id=d) for r, d in (driver_of or {}).items()]
    entries = [Entry(n, 1, at, fact) for n, fact in enumerate(facts, 1)]
    return fold(DayKey(plan.station, plan.service_day), entries, _ThisPlan(plan))


def projections(
    plan: Plan,
    station: Station,
    travel: Between,
    *,
    driver_of: Mapping[str, str] | None = None,
    past: Past = NO_PAST,
) -> dict[str, Projection]:
    """Each route's day as the forecast sees it when the first van leaves; by route id, in the plan's order.

    The very forecast of the road page, so that what is promised here is what stands there in the morning. With `past`
    it knows drivers and areas from earlier days.
    """
    day, tables, now = morning(plan, driver_of), timetables(plan, travel), first_departure(plan)
    return {
        r.route_id: project(day, r.route_id, now=now, station=station, tables=tables, past=past) for r in plan.routes
    }
