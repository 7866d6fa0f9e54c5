"""Progress in, from anywhere: what is new becomes facts, what is doubtful is kept and marked, the rest changes nothing.

The same report twice writes nothing, whatever came in between, and an older one never overwrites a newer. A doubtful
one (`pace.doubts`) is a fact that moves no figure: it is believed when a later one agrees, or when a person says so.
Decisions return facts. Pure.
"""

from collections.abc import Iterator, Sequence, Set
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from msgspec.structs import replace

from dispatchkit.day import Day, NoArtifacts
from dispatchkit.day import road as slice_
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.road import Doubt, PositionSeen, ProgressReported, StopServed
from dispatchkit.day.open_day import closed_blockers, known_route_blockers, refuse_if
from dispatchkit.day.road import OnRoad, Report
from dispatchkit.pace.as_fact import Identity, as_fact, identity, in_words, kind_in_words, says
from dispatchkit.pace.doubts import ANSWERABLE, Case, believable_stops, doubts, is_jump
from dispatchkit.pace.route_names import RouteNames
from dispatchkit.pace.told import TYPED, Told
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between

OFF_PLAN = "not in the plan"


class Outcome(StrEnum):
    """What became of a report."""

    TAKEN = "taken"
    MARKED = "marked"           # kept, and not believed yet
    KNOWN = "known"             # told before; nothing is written
    OLDER = "older"             # something newer is known; nothing is written
    REFUSED = "refused"         # it cannot be told of which route it is; nothing is written


class Weighed(Record, frozen=True):
    """A report, what became of it in a sentence, and the facts that it makes."""

    told: Told
    route_id: str
    outcome: Outcome
    sentence: str
    doubts: tuple[Doubt, ...] = ()
    facts: tuple[Report, ...] = ()


def blockers(day: Day, told: Sequence[Told], station: Station) -> Iterator[str]:
    """Why nothing can be reported on this day; nothing when it can."""
    yield from closed_blockers(day)
    if day.pre_load_out.plan is None:
        yield f"{day.key} has no plan yet: there are no routes to report on. Commit one first."
    if len(told) > station.report.most_count:
        yield f"{len(told)} reports at once are too many; {station.report.most_count} are allowed. Send them in parts."


def weigh(
    day: Day, *, told: Sequence[Told], station: Station, at: datetime, by: str, known: Set[Identity] = frozenset()
) -> tuple[Weighed, ...]:
    """Hold each report against the day and those before it, oldest first; Refused where the day takes none.

    Parameters
    ----------
    at
        Now, as the desk's clock has it.
    by
        Who typed what was typed; other facts carry their source.
    known
        Every report of the log (`as_fact.told_before`). The day itself remembers only the newest of each kind.
    """
    refuse_if(blockers(day, told, station))
    names = RouteNames(day.plan)
    found = [(one, *names.find(one.route)) for one in told]
    routes_of: dict[str, set[str]] = {}
    for one, route_id, _ in found:
        if one.driver_id:
            routes_of.setdefault(one.driver_id, set()).add(route_id)
    weighed, held = list[Weighed](), set(known)
    for one, route_id, problem in sorted(found, key=lambda f: f[0].at or at):
        if problem:
            weighed.append(Weighed(told=one, route_id="", outcome=Outcome.REFUSED, sentence=problem))
            continue
        fact = as_fact(one, route_id, now=at, by=by)
        two_routes = len(routes_of.get(one.driver_id, ())) > 1
        is_known = identity(fact) in held
        result = _weigh_one(day, one, fact, station=station, now=at, is_known=is_known, two_routes=two_routes)
        for fact in result.facts:
            held.add(identity(fact))
            rule = slice_.RULES[type(fact)]
            day = replace(day, road=rule(day.road, fact, NoArtifacts()))
        weighed.append(result)
    return tuple(weighed)


def take(
    day: Day, *, told: Sequence[Told], station: Station, at: datetime, by: str, known: Set[Identity] = frozenset()
) -> list[Fact]:
    """Facts of whatever is new in the reports; none where all of it is known. Arguments as for `weigh`."""
    return [f for one in weigh(day, told=told, station=station, at=at, by=by, known=known) for f in one.facts]


def believe_blockers(day: Day, route_id: str) -> Iterator[str]:
    """Why there is nothing to believe of this route; nothing where a report of it is marked."""
    known = list(known_route_blockers(day, route_id))
    yield from known
    if not known and not day.road.routes[route_id].doubted:
        yield f"No report of {day.code(route_id)} is marked. There is nothing to decide."


def believe(day: Day, *, route_id: str, at: datetime, by: str) -> list[Fact]:
    """Take what is marked of a route for true: a person asked the driver."""
    refuse_if(believe_blockers(day, route_id))
    route = day.road.routes[route_id]
    believed: dict[str, datetime | None] = {
        ProgressReported.__name__: route.reported.at if route.reported else None,
        PositionSeen.__name__: route.position.at if route.position else None,
    }
    facts: list[Fact] = []
    for kind, report in route.doubted.items():
        newest = believed.get(kind)
        true_at = report.at if newest is None or report.at > newest else at
        facts.append(replace(report, at=true_at, by=by, doubts=(), claimed_at=None))
    return facts


def marks(route: OnRoad) -> tuple[str, ...]:
    """Why reports of a route are kept and not believed, as its line shows them; newest first, nothing when all are."""
    newest_first = sorted(route.doubted.values(), key=lambda report: report.at, reverse=True)
    return tuple(f"{kind_in_words(r)} marked because: {doubt.why}" for r in newest_first for doubt in r.doubts)


def as_printed(weighed: Sequence[Weighed], problems: Sequence[str]) -> dict[str, Any]:
    """What became of reports, for programs: facts written, each report, and problems of what was not understood."""
    return {
        "written": sum(len(one.facts) for one in weighed),
        "reports": [
            {
                "route": one.route_id or one.told.route,
                "outcome": str(one.outcome),
                "sentence": one.sentence,
                "doubts": [{"kind": doubt.kind, "why": doubt.why} for doubt in one.doubts],
            }
            for one in weighed
        ],
        "problems": list(problems),
    }


def _weigh_one(
    day: Day, told: Told, fact: Report, *, station: Station, now: datetime, is_known: bool, two_routes: bool
) -> Weighed:
    route_id, at = fact.route_id, fact.at
    route = day.road.routes.get(route_id)
    said = f"{day.code(route_id)}: {in_words(told)} at {_clock(day, at)}"
    of = partial(Weighed, told=told, route_id=route_id)
    why: tuple[Doubt, ...]
    if is_known or (route is not None and _is_known(route, fact, now, station.report.same_within_s)):
        return of(outcome=Outcome.KNOWN, sentence=f"{said} was known. Nothing is written twice.")
    if route is None:
        why = (Doubt(OFF_PLAN, f"{route_id} is not in today's plan. Check the code, or import the plan that has it."),)
        return of(outcome=Outcome.MARKED, sentence=_marked(said, why), doubts=why, facts=(replace(fact, doubts=why),))
    claimed = fact.claimed_at or at
    why = doubts(
        Case(
            told=told, day=day, route_id=route_id, at=at, claimed=claimed, now=now, station=station,
            two_routes=two_routes,
        )
    )  # fmt: skip
    newest, marked = _believed(route, fact), route.doubted.get(fact.kind)
    if newest is not None and at <= newest.at and (not why or (marked is not None and at <= marked.at)):
        known_of = _clock(day, newest.at)
        return of(outcome=Outcome.OLDER, sentence=f"{said} is older than what is known of {known_of}; that stays.")
    if why and (answered := _answered(route, fact, why, station)):
        sentence = f"{said}. It agrees with the report that was marked, and is believed now."
        return of(outcome=Outcome.TAKEN, sentence=sentence, facts=tuple(replace(f, doubts=()) for f in answered))
    if why:
        return of(outcome=Outcome.MARKED, sentence=_marked(said, why), doubts=why, facts=(replace(fact, doubts=why),))
    return of(outcome=Outcome.TAKEN, sentence=f"{said}.", facts=(fact,))


def _marked(said: str, why: tuple[Doubt, ...]) -> str:
    then = "It moves nothing"
    if ANSWERABLE.issuperset(doubt.kind for doubt in why):
        then += " until a later report agrees, or you say that it is right"
    return f"{said} is kept and marked. {' '.join(doubt.why for doubt in why)} {then}."


def _believed(route: OnRoad, fact: Report) -> Report | None:
    match fact:
        case ProgressReported():
            return route.reported
        case PositionSeen():
            return route.position
    served_at = route.served.get(fact.stop_id)
    return replace(fact, at=served_at) if served_at is not None else None


def _is_known(route: OnRoad, fact: Report, now: datetime, same_within_s: float) -> bool:
    """Whether the very same was told before: at the same time, or, typed twice, moments ago."""
    for held in (_believed(route, fact), route.doubted.get(fact.kind)):
        if held is None or says(held) != says(fact):
            continue
        if identity(held) == identity(fact):
            return True
        typed_now = isinstance(fact, ProgressReported) and fact.source == TYPED and fact.at == now
        if typed_now and held.by == fact.by and 0 <= seconds_between(held.at, fact.at) < same_within_s:
            return True
    return False


def _answered(route: OnRoad, fact: Report, why: tuple[Doubt, ...], station: Station) -> tuple[Report, ...]:
    """The facts by which a report answers the one that is marked; none where it does not agree with it."""
    held = route.doubted.get(fact.kind)
    if held is None or not ANSWERABLE.issuperset(doubt.kind for doubt in (*why, *held.doubts)):
        return ()
    seconds = seconds_between(held.at, fact.at)
    if seconds < station.report.same_within_s:
        return ()
    match held, fact:
        case ProgressReported(), ProgressReported():
            more = fact.stops_done - held.stops_done
            agrees = 0 <= more <= believable_stops(station, seconds) and fact.stops_done >= len(route.served)
        case PositionSeen(), PositionSeen():
            agrees = not is_jump(station, (held.lat, held.lng), (fact.lat, fact.lng), seconds)
        case StopServed(), StopServed():
            return (held, fact)     # both stops were served: a stop that nobody counts would stay open
        case _:
            return ()
    return (fact,) if agrees else ()


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, str(day.key.service_day))
