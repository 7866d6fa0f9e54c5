"""What speaks against the routes of a plan, as rows: each route with its figures, below it what was found about it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from dispatchkit.plan.realism import Finding, Kind, PlanRealism, RouteRealism, Severity
from dispatchkit.printable import printable
from dispatchkit.times import clock_text
from widgets.board import Column

COLUMNS = (
    Column(key="route", label="Route"),
    Column(key="weight", label="What", kind="sign"),
    Column(key="why", label="Why"),
    Column(key="acts", label="Map", kind="acts"),
)

THE_PLAN = "plan"
"""What ids of rows about the plan as a whole begin with."""

SIGNS = {Severity.LIMIT: "act", Severity.RISK: "watch", Severity.NOTE: "plain"}

Named = Callable[[str], str]
"""From a sentence with ids of drivers to one with their names."""


def rows(found: PlanRealism, named: Named, *, everything: bool) -> Iterator[dict[str, Any]]:
    """The plan, then each route: hard ones first, those with the least chance to be in time before others.

    Parameters
    ----------
    everything
        Notes too, and the figures of routes that are not hard.
    """
    yield from _findings(THE_PLAN, "The plan", found.findings, named, everything=everything)
    for route in sorted(found.routes, key=lambda r: (not r.hard, r.chance_in_time, r.code)):
        told = list(_findings(route.route_id, route.code, route.findings, named, everything=everything))
        if route.hard or everything:
            yield _route(route, found)
        yield from told


def heading(found: PlanRealism) -> str:
    """The result in a sentence: that all is well, or what is not."""
    if found.routes and found.feasible and not found.hard_routes:
        return _all_well(len(found.routes))
    return found.sentences[0] if found.sentences else ""


class ToLookAt(NamedTuple):
    """What of a plan a person has to look at, and why; `grave` where it cannot be driven as it stands."""

    what: str
    why: str
    grave: bool


def need(found: PlanRealism) -> ToLookAt | None:
    """What a person has to look at; None where all is well."""
    if found.feasible and not found.hard_routes:
        return None
    if not found.hard_routes:
        return ToLookAt(found.sentences[0], "", not found.feasible)
    worst = found.hard_routes[0]
    until = clock_text(worst.finish_by, found.timezone)
    why = f"{worst.code} is back by {until} in {worst.chance_in_time:.0%} of all cases."
    return ToLookAt(found.sentences[0], why, not found.feasible)


def details(found: PlanRealism) -> tuple[str, ...]:
    """The sentences of the summary that the heading does not say."""
    well = found.routes and found.feasible and not found.hard_routes
    said = {"No route is hard."} if well else set(found.sentences[:1])
    return tuple(sentence for sentence in found.sentences if sentence not in said)


def about(row_id: str, found: PlanRealism) -> tuple[str, tuple[str, ...]]:
    """Which route a row is about (empty for the plan as a whole), and which stops; none of them where it is gone."""
    whose, _, nth = row_id.rpartition("/")
    if not whose:
        return row_id, ()
    of_route = {route.route_id: route.findings for route in found.routes}
    told = found.findings if whose == THE_PLAN else of_route.get(whose, ())
    stop_ids = told[int(nth)].stop_ids if int(nth) < len(told) else ()
    return "" if whose == THE_PLAN else whose, stop_ids


def chance_words(route: RouteRealism, timezone: str) -> dict[str, Any]:
    """The chance of a route as a cell: the percent, with a sign where it is too small, and by when it is back."""
    p50, p90, until = (clock_text(at, timezone) for at in (route.p50, route.p90, route.finish_by))
    return {
        "text": f"{'● ' if any(f.kind is Kind.CHANCE for f in route.findings) else ''}{route.chance_in_time:.0%}",
        "sort": route.chance_in_time,
        "title": f"Back at {p50} in half of all cases, by {p90} in 9 of 10; it has to be back by {until}.",
    }


def _findings(
    whose: str, code: str, findings: tuple[Finding, ...], named: Named, *, everything: bool
) -> Iterator[dict[str, Any]]:
    for n, finding in enumerate(findings):
        if finding.severity is Severity.NOTE and not everything:
            continue
        yield {
            "id": f"{whose}/{n}",
            "route": {"text": printable(code), "sort": printable(code)},
            "weight": {"kind": SIGNS[finding.severity], "text": finding.kind.capitalize()},
            "why": printable(named(finding.sentence)),
            "acts": _map_act(f"Show on the map where: {finding.sentence}") if finding.centre else [],
        }


def _route(route: RouteRealism, found: PlanRealism) -> dict[str, Any]:
    return {
        "id": route.route_id,
        "route": {"text": printable(route.code), "sort": printable(route.code)},
        "weight": _weight(route),
        "why": printable(_figures(route, found)),
        "acts": _map_act(f"Show {route.code} on the map"),
    }


def _weight(route: RouteRealism) -> dict[str, str]:
    if route.hard:
        return {"kind": "act", "text": "Hard"}
    risks = any(finding.severity is not Severity.NOTE for finding in route.findings)
    return {"kind": "watch", "text": "Has risks"} if risks else {"kind": "ok", "text": "Fine"}


def _figures(route: RouteRealism, found: PlanRealism) -> str:
    p50, p90, until = (clock_text(at, found.timezone) for at in (route.p50, route.p90, route.finish_by))
    code_of = {r.route_id: r.code for r in found.routes}
    by_hour = ", ".join(f"{hour:02d}:00 {n}" for hour, n in route.businesses_by_hour.items())
    said = [
        f"{route.chance_in_time:.0%} in time by {until}: P50 {p50}, P90 {p90}",
        f"{route.planned_h:.1f} h, {route.stops} stops, {route.packages} packages",
    ]
    said += [f"van {route.load_share:.0%} full"] if route.load_share is not None else []
    said += [f"{route.bulky_packages} bulky"] if route.bulky_packages else []
    said += [f"businesses {by_hour}"] if by_hour else []
    said += [f"stems {route.stem_out_min:.0f} and {route.stem_back_min:.0f} min"]
    said += [f"overlap {route.overlap_share:.0%}"] if route.overlap_share is not None else []
    said += [f"beside {', '.join(code_of[r] for r in route.neighbours)}"] if route.neighbours else []
    return " · ".join(said)


def _all_well(routes: int) -> str:
    return "The route looks like it can be finished." if routes == 1 else (
        f"All {routes} routes look like they can be finished."
    )


def _map_act(title: str) -> list[dict[str, Any]]:
    return [{"id": "map", "label": "Show on map", "title": printable(title)}]
