"""Waves: which routes load side by side and leave together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.load_out import BriefingGiven, WaveSet
from dispatchkit.day.open_day import closed_blockers, known_route_blockers, refuse_if
from dispatchkit.records import Plan, PlannedRoute
from dispatchkit.station import Station
from dispatchkit.times import seconds_between


class Wave(NamedTuple):
    """Routes that leave together. `departs_at` is when the last of them is planned to leave: nobody is sent early."""

    wave: str
    departs_at: datetime
    route_ids: tuple[str, ...]


def plan_waves(plan: Plan, station: Station) -> tuple[Wave, ...]:
    """Group the plan's routes into waves, by departure.

    Routes for which the station named a wave keep it. The others, in order of planned departure, join the wave before
    them while they leave within the profile's spacing of its first route and it has room; waves are called "Wave 1", …
    """
    by_departure = sorted(plan.routes, key=_leaves_s)
    named: dict[str, list[PlannedRoute]] = {}
    ours: list[list[PlannedRoute]] = []
    for route in by_departure:
        if route.wave:
            named.setdefault(route.wave, []).append(route)
        elif ours and _joins(ours[-1], route, station):
            ours[-1].append(route)
        else:
            ours.append([route])
    free = (name for n in range(1, len(by_departure) + len(named) + 1) if (name := f"Wave {n}") not in named)
    waves = [_wave(name, routes) for name, routes in [*named.items(), *zip(free, ours, strict=False)]]
    return tuple(sorted(waves, key=lambda w: w.departs_at.timestamp()))


def _joins(wave: list[PlannedRoute], route: PlannedRoute, station: Station) -> bool:
    within_s = seconds_between(wave[0].departs_at, route.departs_at)
    return within_s < station.wave.spacing_s and len(wave) < station.wave.size_count


def _wave(name: str, routes: list[PlannedRoute]) -> Wave:
    return Wave(name, max(routes, key=_leaves_s).departs_at, tuple(r.route_id for r in routes))


def _leaves_s(route: PlannedRoute) -> float:
    """Epoch seconds: two instants of one zone compare by its clock, which strikes the same hour twice in autumn."""
    return route.departs_at.timestamp()


def planned_again(day: Day, station: Station) -> tuple[Wave, ...]:
    """The waves as the plan makes them, but for routes that have left: those stay where they left."""
    left = {route_id: wave_of(day, route_id) for route_id in day.load_out.departed}
    waves = {}
    for wave in plan_waves(day.plan, station):
        still_here = tuple(r for r in wave.route_ids if r not in left)
        waves[wave.wave] = Wave(wave.wave, wave.departs_at, still_here)
    for name, held in day.load_out.waves.items():
        gone = tuple(r for r in held.route_ids if left.get(r) == name)
        if gone:
            again = waves.get(name, Wave(name, held.departs_at, ()))
            waves[name] = Wave(name, again.departs_at, (*gone, *again.route_ids))
    return tuple(sorted((w for w in waves.values() if w.route_ids), key=lambda w: w.departs_at.timestamp()))


def wave_of(day: Day, route_id: str) -> str:
    """The name of the wave in which the route leaves; empty where it is in none."""
    return next((name for name, wave in day.load_out.waves.items() if route_id in wave.route_ids), "")


def set_waves_blockers(day: Day, waves: Sequence[Wave]) -> Iterator[str]:
    """Why these cannot be the day's waves: unknown routes, one in two waves, or one that has left is moved."""
    if day.course.closed_at is not None or day.pre_load_out.plan is None:
        yield from known_route_blockers(day, "")
        return
    counts = Counter(route_id for wave in waves for route_id in wave.route_ids)
    for route_id, n in counts.items():
        yield from known_route_blockers(day, route_id)
        if n > 1:
            yield f"{day.code(route_id)} is in {n} waves. Leave it in one."
    for name, n in Counter(wave.wave for wave in waves).items():
        if n > 1 or not name:
            yield f"Each wave needs a name of its own; '{name}' stands {n} times."
    new = {route_id: wave.wave for wave in waves for route_id in wave.route_ids}
    for route_id in day.load_out.departed:
        held = wave_of(day, route_id)
        if new.get(route_id, "") != held:
            yield f"{day.code(route_id)} has left with {held or 'no wave'}. Leave it there."


def set_waves(day: Day, *, waves: Sequence[Wave], at: datetime, by: str) -> list[Fact]:
    """Make these the day's waves: a fact for each that is new or changed; one that is gone is left without routes."""
    refuse_if(dict.fromkeys(set_waves_blockers(day, waves)))
    held, names = day.load_out.waves, {wave.wave for wave in waves}
    gone = [Wave(name, w.departs_at, ()) for name, w in held.items() if w.route_ids and name not in names]
    return [
        WaveSet(at=at, by=by, wave=wave.wave, departs_at=wave.departs_at, route_ids=wave.route_ids)
        for wave in (*gone, *waves)
        if (old := held.get(wave.wave)) is None or (old.departs_at, old.route_ids) != (wave.departs_at, wave.route_ids)
    ]


def brief_blockers(day: Day, wave: str, topic: str) -> Iterator[str]:
    """Why the stand-up cannot be recorded: no such wave, or nothing was said."""
    yield from closed_blockers(day)
    if wave not in day.load_out.waves:
        yield f"There is no wave '{wave}'. Set the waves first."
    if not topic.strip():
        yield "Say what the stand-up was about."


def brief(day: Day, *, wave: str, topic: str, at: datetime, by: str) -> list[Fact]:
    """Record that the stand-up of a wave was held."""
    refuse_if(brief_blockers(day, wave, topic))
    return [BriefingGiven(at=at, by=by, wave=wave, topic=topic.strip())]
