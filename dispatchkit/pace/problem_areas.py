"""Areas where today goes wrong: stops take long there, packages cannot be delivered, or time is lost. Pure.

An area is judged beside what its routes need elsewhere on the same day, so neither rain, which is everywhere, nor a
slow driver, who is slow everywhere, makes one. It counts where noise alone would hardly show as much: by several
routes, or by one beyond doubt. Troubled zones whose stops are near to each other are one area.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from dispatchkit.day import Day
from dispatchkit.day.remembered import remembered
from dispatchkit.geo import distances_m
from dispatchkit.pace.factors import Array
from dispatchkit.pace.outline import outline
from dispatchkit.pace.stop_times import StopTimes, spread_of, stop_times, usual_elsewhere
from dispatchkit.pace.timetable import timetables
from dispatchkit.plan.legs import Between
from dispatchkit.records import Place, Record
from dispatchkit.station import Station
from dispatchkit.station.profile import ProblemAreaRules

FAR_OUT = 3.0
"""Standard deviations beyond which a stop counts no more than at them: one odd scan is no area."""

LONG = 2.0
"""Standard deviations from which a single stop is said to have run long."""


class ProblemArea(Record, frozen=True):
    """An area where today goes wrong.

    Attributes
    ----------
    zones
        Its sort zones; the first one done stands first.
    stops_done
        Stops done there and told one by one.
    over_min
        Minutes a stop beyond what is usual for its routes today; 0 where it is not slow.
    failed_stops
        Stops at whose door something stood in the way; 0 where that may be chance.
    lost_min
        Minutes that several routes lost at one go; 0 where they did not.
    reasons
        What goes wrong, a sentence each.
    since
        When the first stop went wrong.
    ahead
        Each route that still has stops there, with how many, the most first; empty where the area is past.
    outline
        Corners on the map; empty where no place of its stops is known.
    """

    zones: tuple[str, ...]
    stops_done: int
    over_min: float
    failed_stops: int
    lost_min: float
    reasons: tuple[str, ...]
    since: datetime
    ahead: tuple[tuple[str, int], ...] = ()
    outline: tuple[Place, ...] = ()

    @property
    def stops_ahead(self) -> int:
        """Stops that are still to be done there."""
        return sum(count for _, count in self.ahead)


class _Trouble(NamedTuple):
    """A zone that goes wrong: stops done, minutes a stop, stops that ran long, failed stops, seconds lost at one go."""

    zone: str
    done: int
    over_min: float
    long: int
    failed: Counter[str]
    failed_stops: int
    lost_s: float
    since_s: float


@remembered
def problem_areas(day: Day, *, station: Station, travel: Between) -> tuple[ProblemArea, ...]:
    """Every area that goes wrong on the day; those with the most stops ahead first, those that are past last."""
    times = stop_times(day, timetables(day.plan, travel))
    troubles = list(_troubles(day, times, station))
    if not troubles:
        return ()
    places = {trouble.zone: _places(day, trouble.zone) for trouble in troubles}
    areas = [_area(day, group, places, station) for group in _together(troubles, places, station.problem_area.near_m)]
    return tuple(sorted(areas, key=lambda area: (-area.stops_ahead, area.since, area.zones)))


def _troubles(day: Day, times: StopTimes, station: Station) -> Iterator[_Trouble]:
    rules = station.problem_area
    failed = _failed(day, station)
    off = np.log(times.took_s / times.planned_s)
    spread = spread_of(times, off) if len(off) else 0.0
    for k, zone in enumerate(times.zones):
        here = times.zone == k
        count = int(here.sum())
        if not zone or count < rules.least_count:
            continue
        usual = usual_elsewhere(times, off, k, rules.least_count)
        far = np.clip((off[here] - usual[times.route[here]]) / spread, -FAR_OUT, FAR_OUT)
        # the mean of a lognormal lies above its median
        expected_s = times.planned_s[here] * np.exp(usual[times.route[here]] + spread**2 / 2)
        over_s = times.took_s[here] - expected_s
        lost = over_s > station.forecast.lost_after_s
        mean_s = float(np.minimum(over_s, station.forecast.lost_after_s).mean())
        slow = mean_s >= rules.slow_s and _is_slow(times, here, far, rules)
        blocked = len(set(times.route[here][lost].tolist())) > 1
        told = failed.get(zone, [])
        barred = len(told) >= rules.failed_count and _is_barred(day, zone, failed, rules)
        if not (slow or blocked or barred):
            continue
        long = far >= LONG
        began = [*times.at_s[here][long | lost].tolist(), *(at_s for _, at_s, _ in told if barred)]
        yield _Trouble(
            zone=zone,
            done=max(count, len(told)),
            over_min=mean_s / 60 if slow else 0.0,
            long=int(long.sum()) if slow else 0,
            failed=Counter(reason for _, _, reasons in told for reason in reasons) if barred else Counter(),
            failed_stops=len(told) if barred else 0,
            lost_s=float(over_s[lost].sum()) if blocked else 0.0,
            since_s=min(began, default=float(times.at_s[here].min())),
        )


def _is_slow(times: StopTimes, here: Array, far: Array, rules: ProblemAreaRules) -> bool:
    """Several routes together run long there beyond chance, each of them to some degree; or one far beyond it."""
    scores = {}
    for route in np.unique(times.route[here]):
        own = far[times.route[here] == route]
        scores[route] = float(own.sum() / np.sqrt(len(own))), len(own)
    surely, alone = (-NormalDist().inv_cdf(share) for share in (rules.by_chance_share, rules.by_chance_alone_share))
    agreeing = [score for score, _ in scores.values() if score >= surely / 2]
    if len(agreeing) > 1:
        return bool(far.sum() / np.sqrt(len(far)) >= surely)
    compared = (times.route == route for route in scores)
    known = {route: int(done.sum()) - scores[route][1] for route, done in zip(scores, compared, strict=True)}
    return any(
        score >= alone and known[route] >= rules.least_count and count >= rules.least_count
        for route, (score, count) in scores.items()
    )


Failed = tuple[str, float, frozenset[str]]
"""A stop with packages not delivered for the place's sake: its route, when (epoch seconds), the reasons."""


def _failed(day: Day, station: Station) -> dict[str, list[Failed]]:
    """Stops by zone at whose door something stood in the way; not what is lost, damaged or out of time."""
    found: dict[str, list[Failed]] = {}
    at_the_door = frozenset(station.package.attempted)
    for route_id, route in day.road.routes.items():
        for stop_id, told in route.left_over.items():
            if reasons := at_the_door.intersection(x.reason for x in told):
                failed = route_id, route.served[stop_id].timestamp(), reasons
                found.setdefault(day.plan.stop[stop_id].zone, []).append(failed)
    return found


def _is_barred(day: Day, zone: str, failed: dict[str, list[Failed]], rules: ProblemAreaRules) -> bool:
    """More stops failed there than the day's share, or their own drivers' elsewhere, makes probable."""
    done_by = {r: Counter(day.plan.stop[s].zone for s in route.served) for r, route in day.road.routes.items()}
    failed_by = {z: Counter(route_id for route_id, _, _ in told) for z, told in failed.items()}

    def share(counts: Callable[[str], bool]) -> float:
        done = sum(n for r, zones in done_by.items() if counts(r) for z, n in zones.items() if z != zone)
        bad = sum(n for z, routes in failed_by.items() if z != zone for r, n in routes.items() if counts(r))
        weight = rules.failed_usual_weight_count     # nobody is without fault for having done three stops
        return (bad + weight * rules.failed_usual_share) / (done + weight)

    day_share = share(lambda _: True)
    here = {r: zones[zone] for r, zones in done_by.items() if zones[zone]}
    done = sum(here.values())
    usual = sum(n * max(day_share, share(route_id.__eq__)) for route_id, n in here.items()) / done
    return _at_least(len(failed[zone]), done, min(1.0, usual)) <= rules.by_chance_share


def _at_least(count: int, of: int, share: float) -> float:
    """The chance of at least so many, of so many of which each does with this chance (binomial)."""
    return math.fsum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1))


def _together(
    troubles: list[_Trouble], places: dict[str, list[Place]], near_m: float
) -> Iterator[list[_Trouble]]:
    """Yield groups of zones of which each is near to another of its group."""
    left = sorted(troubles, key=lambda trouble: trouble.since_s)
    while left:
        group, queue = [], [left.pop(0)]
        while queue:
            one = queue.pop()
            group.append(one)
            near = [other for other in left if _are_near(places[one.zone], places[other.zone], near_m)]
            left = [other for other in left if other not in near]
            queue += near
        yield sorted(group, key=lambda trouble: trouble.since_s)


def _are_near(a: list[Place], b: list[Place], near_m: float) -> bool:
    if not a or not b:
        return False
    return bool(distances_m(*zip(*a, strict=True), *zip(*b, strict=True)).min() <= near_m)


def _places(day: Day, zone: str) -> list[Place]:
    return [s.place for s in day.plan.stops if s.zone == zone and s.place]


def _area(day: Day, group: list[_Trouble], places: dict[str, list[Place]], station: Station) -> ProblemArea:
    zones = tuple(trouble.zone for trouble in group)
    done = sum(trouble.done for trouble in group)
    everywhere = [place for zone in zones for place in places[zone]]
    ahead = Counter(
        route_id
        for route_id, route in day.road.routes.items()
        if route_id not in day.end_of_shift.cleared and route_id not in day.end_of_shift.returned
        for stop_id in route.remaining
        if day.plan.stop[stop_id].zone in zones
    )
    return ProblemArea(
        zones=zones,
        stops_done=done,
        over_min=round(sum(trouble.over_min * trouble.done for trouble in group) / done, 1),
        failed_stops=sum(trouble.failed_stops for trouble in group),
        lost_min=round(sum(trouble.lost_s for trouble in group) / 60),
        reasons=tuple(_reasons(group, done)),
        since=datetime.fromtimestamp(min(trouble.since_s for trouble in group), UTC),
        ahead=tuple(ahead.most_common()),
        outline=outline(everywhere, station.problem_area.margin_m) if everywhere else (),
    )


def _reasons(group: list[_Trouble], done: int) -> Iterator[str]:
    if over_min := sum(trouble.over_min * trouble.done for trouble in group) / done:
        long = sum(trouble.long for trouble in group)
        yield f"{long} of {done} stops ran long: {over_min:.0f} min a stop beyond what its routes need elsewhere today."
    if failed_stops := sum(trouble.failed_stops for trouble in group):
        failed = sum((trouble.failed for trouble in group), Counter[str]())
        named = ", ".join(f"{reason.lower()} ({n})" for reason, n in failed.most_common())
        yield f"{failed_stops} of {done} stops: not delivered, {named}."
    if lost_s := sum(trouble.lost_s for trouble in group):
        yield f"Several routes lost time at one go there, {lost_s / 60:.0f} min in all."
