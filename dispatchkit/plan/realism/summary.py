"""The whole check in a few sentences: can it be driven, which routes are hard, and how they are spread."""

from collections import Counter
from collections.abc import Iterator

from dispatchkit.plan.realism.finding import Kind, Severity
from dispatchkit.plan.realism.result import PlanRealism, RouteRealism
from dispatchkit.times import clock_text

NAMED = 6
"""Routes that a sentence names; the rest are counted."""


def sentences(plan: PlanRealism) -> Iterator[str]:
    """Yield the summary, the most important first."""
    yield from _limits(plan)
    if not plan.routes:
        yield "The plan has no route with stops. Build some, or ask the station for them."
        return
    yield from _hard(plan)
    worst = min(plan.routes, key=lambda r: (r.chance_in_time, r.code))
    until = clock_text(worst.finish_by, plan.timezone)
    least = f"the least chance to be in time is {worst.code}'s, {worst.chance_in_time:.0%} by {until}"
    if len(plan.routes) == 1:
        yield f"{plan.total_h:.1f} hours; {least}."
        return
    least_h, most_h = plan.hours_range_h
    yield (
        f"{plan.total_h:.1f} hours on {len(plan.routes)} routes, {least_h:.1f} to {most_h:.1f} h each (sd "
        f"{plan.hours_sd_h:.2f} h); {least}."
    )
    yield from _spread(plan)
    yield from _businesses(plan)
    yield from _bulky(plan)


def _limits(plan: PlanRealism) -> Iterator[str]:
    broken = [f for f in plan.every_finding if f.severity is Severity.LIMIT]
    if broken:
        kinds = Counter(str(f.kind) for f in broken)
        told = ", ".join(f"{kind} {n}" for kind, n in kinds.most_common())
        yield f"It cannot be driven as it stands: {_times(len(broken), 'limit is', 'limits are')} broken ({told})."


def _hard(plan: PlanRealism) -> Iterator[str]:
    """Which routes are hard, and whether they fall on the same wave or on drivers who are new there."""
    hard = plan.hard_routes
    if not hard:
        yield "No route is hard."
        return
    yield f"{len(hard)} of {_times(len(plan.routes), 'route is', 'routes are')} hard: {_named(hard)}."
    waves = Counter(r.wave for r in hard if r.wave)
    if waves and len(hard) > 1:
        told = ", ".join(f"{n} in {wave}" for wave, n in waves.most_common())
        yield f"Of the hard routes leave {told}."
    ids = {r.route_id for r in hard}
    if alone := [r for r in hard if r.neighbours and ids.issuperset(r.neighbours)]:
        yield (
            f"{_named(alone)} {'lies' if len(alone) == 1 else 'lie'} among hard routes only: no near driver will have "
            "time to help."
        )
    if new := [r for r in hard if any(f.kind in (Kind.FAMILIARITY, Kind.NURSERY) for f in r.findings)]:
        yield f"{_times(len(new), 'hard route has a driver', 'hard routes have drivers')} new there: {_named(new)}."


def _spread(plan: PlanRealism) -> Iterator[str]:
    if (share := plan.overlap_share) is not None:
        zones = f"; {len(plan.zones_split)} of {plan.zones} zones are on several routes" if plan.zones else ""
        yield f"{share:.0%} of the stops have their nearest neighbour on another route{zones}."


def _businesses(plan: PlanRealism) -> Iterator[str]:
    if by_hour := plan.businesses_by_hour:
        told = ", ".join(f"{hour:02d}:00 {n}" for hour, n in by_hour.items())
        yield f"{sum(by_hour.values())} business stops, by the hour in which they are planned: {told}."


def _bulky(plan: PlanRealism) -> Iterator[str]:
    counts = sorted(r.bulky_packages for r in plan.routes)
    if counts[-1]:
        yield f"{sum(counts)} bulky packages, {counts[0]} to {counts[-1]} on a route."


def _named(routes: tuple[RouteRealism, ...] | list[RouteRealism]) -> str:
    named = ", ".join(r.code for r in routes[:NAMED])
    return named + (f" and {len(routes) - NAMED} more" if len(routes) > NAMED else "")


def _times(n: int, one: str, many: str) -> str:
    return f"1 {one}" if n == 1 else f"{n} {many}"
