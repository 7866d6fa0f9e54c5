"""Plans come to the day as drafts, given by the station or built here; committing one gives the day its routes."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import PlanCommitted, RoutesBuilt, RoutesGiven
from dispatchkit.day.open_day import closed_blockers, refuse_if
from dispatchkit.records import Plan


def draft_blockers(day: Day, plan: Plan) -> Iterator[str]:
    """Why this plan cannot be a draft of the day: closed, another station's or date's, or without a route."""
    yield from closed_blockers(day)
    if (plan.station, plan.service_day) != (day.key.station, day.key.service_day):
        yield (
            f"This plan is for {plan.station} on {plan.service_day}, not for {day.key.station} on "
            f"{day.key.service_day}. Open that day, or choose another file."
        )
    if not plan.routes:
        yield "This plan has no routes. Build some, or ask the station for them."


def give_routes(day: Day, *, plan: Plan, digest: str, at: datetime, by: str) -> list[Fact]:
    """Take in the station's finished routes as a draft; `digest` names the plan's artifact."""
    refuse_if(draft_blockers(day, plan))
    stops, packages = _size(plan)
    return [RoutesGiven(at=at, by=by, plan=digest, routes=len(plan.routes), stops=stops, packages=packages)]


def built(day: Day, *, plan: Plan, digest: str, seed: int, engine: str, at: datetime, by: str) -> list[Fact]:
    """Keep routes that were built here as a draft, with the seed and the engine that would build them again."""
    refuse_if(draft_blockers(day, plan))
    stops, packages = _size(plan)
    return [
        RoutesBuilt(
            at=at, by=by, plan=digest, routes=len(plan.routes), stops=stops, packages=packages, seed=seed, engine=engine
        )
    ]


def commit_blockers(day: Day, digest: str, plan: Plan) -> Iterator[str]:
    """Why this plan cannot become the day's: not one of its drafts, the day's already, or vans have left on another."""
    yield from draft_blockers(day, plan)
    if digest not in day.pre_load_out.drafts:
        yield "This plan is not a draft of the day. Take the routes in, or build them, first."
    if digest == day.pre_load_out.plan_digest:
        yield "This plan is the day's already."
    elif day.load_out.departed:
        left = ", ".join(sorted(day.code(r) for r in day.load_out.departed))
        yield f"{left} left on the plan as it stands. Move stops between routes instead of changing the plan."
    elif plan.knows_places:
        yield from _loading_blockers(day, plan)


def _loading_blockers(day: Day, plan: Plan) -> Iterator[str]:
    """Why the bags at the dock forbid this plan: routes that are being loaded would have other stops in it."""
    held = day.pre_load_out.plan
    if held is None:
        return
    loading = [held.route[r] for r in day.load_out.loading if r in held.route]
    wanted = {route.route_id: frozenset(route.stop_ids) for route in plan.routes}
    if other := [r for r in loading if wanted.get(r.route_id) != frozenset(r.stop_ids)]:
        codes = ", ".join(sorted(r.code for r in other))
        yield f"Being loaded, or loaded, with other stops: {codes}. Change only routes that wait for their bags."


def commit(day: Day, *, digest: str, plan: Plan, at: datetime, by: str) -> list[Fact]:
    """Make the draft `digest`, which is `plan`, the day's plan."""
    refuse_if(commit_blockers(day, digest, plan))
    return [PlanCommitted(at=at, by=by, plan=digest)]


def _size(plan: Plan) -> tuple[int, int]:
    """Stops and packages that are on a route: a plan may hold stops that no route serves."""
    planned = [stop for route in plan.routes for stop in plan.stops_of(route.route_id)]
    return len(planned), sum(len(stop.packages) for stop in planned)
