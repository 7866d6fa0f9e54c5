"""Two plans of the same stops side by side: what changed route or order, and what it does to every driver. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.plan.effect import Figures, figures
from dispatchkit.plan.locks import route_of_stop
from dispatchkit.plan.realism.overlap import overlap_of, zones_of
from dispatchkit.records import Plan, PlannedRoute, Record
from dispatchkit.roster.fit import S_PER_H
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes


class Whole(Record, frozen=True):
    """What a whole plan comes to.

    Attributes
    ----------
    stops, packages
        Those that are on a route.
    hours, drive_s
        Of all routes together.
    hours_sd, hours_min, hours_max
        How the hours are spread over the routes: standard deviation, shortest and longest.
    worst_chance
        Of being back in time, of the route that has the least (0-1).
    expected_late
        Routes that will be late on such a morning, on average.
    load_max
        How full the fullest van is (1 is full); None where nobody says what the vans hold.
    overlap_share
        Share of the stops whose nearest neighbour is on another route; None where places are unknown.
    zones, zones_split
        Zones that the plan names, and how many of them have stops on several routes.
    """

    routes: int = 0
    stops: int = 0
    packages: int = 0
    hours: float = 0.0
    drive_s: float = 0.0
    hours_sd: float = 0.0
    hours_min: float = 0.0
    hours_max: float = 0.0
    worst_chance: float = 1.0
    expected_late: float = 0.0
    load_max: float | None = None
    overlap_share: float | None = None
    zones: int = 0
    zones_split: int = 0


class RouteCompared(Record, frozen=True):
    """One route in both plans; its figures are None in the plan that does not have it.

    Attributes
    ----------
    code
        What people call it, in the second plan where both have it.
    came, left
        Stops that only the second plan, or only the first, has on it.
    legs_changed
        Legs of the second plan's order that the first one did not drive on this route.
    """

    code: str
    a: Figures | None
    b: Figures | None
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    legs_changed: int = 0


class MovedStop(Record, frozen=True):
    """A stop that is on another route in the second plan; codes, empty where it is on none."""

    stop_id: str
    from_code: str
    to_code: str


class Compared(Record, frozen=True):
    """The second plan against the first."""

    a: Whole
    b: Whole
    routes: tuple[RouteCompared, ...]
    moved: tuple[MovedStop, ...]

    @property
    def only_in_a(self) -> tuple[str, ...]:
        """Codes of the routes that the second plan does not have."""
        return tuple(r.code for r in self.routes if r.b is None)

    @property
    def only_in_b(self) -> tuple[str, ...]:
        """Codes of the routes that the first plan does not have."""
        return tuple(r.code for r in self.routes if r.a is None)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a dispatcher has to know of the difference."""
        if not self.moved and not any(r.legs_changed for r in self.routes):
            return ("Both plans have the same routes in the same order.",)
        said = [
            f"{len(self.moved)} of {max(self.a.stops, self.b.stops)} stops are on another route.",
            f"Hours {self.b.hours - self.a.hours:+.1f}, driving {(self.b.drive_s - self.a.drive_s) / S_PER_H:+.1f} h, "
            f"spread of hours (sd) {self.a.hours_sd:.2f} → {self.b.hours_sd:.2f}, worst chance to be in time "
            f"{self.a.worst_chance:.0%} → {self.b.worst_chance:.0%}.",
        ]
        for which, codes in (("first", self.only_in_a), ("second", self.only_in_b)):
            if codes:
                said.append(f"Only in the {which}: {', '.join(codes)}.")
        return tuple(said)


def compare(
    a: Plan,
    b: Plan,
    station: Station,
    travel: TravelTimes,
    *,
    driver_of: Mapping[str, str] | None = None,
    past: Past = NO_PAST,
) -> Compared:
    """Hold the plan `b` against the plan `a`.

    Routes are the same where their ids are, else where they are called the same. `driver_of` and `past` are for the
    forecast, as in `effect.figures`.
    """
    of_a, of_b = (figures(plan, station, travel, driver_of=driver_of, past=past) for plan in (a, b))
    pairs = _pairs(a, b)
    was, now = (
        {s: n for n, ids in enumerate(pairs) if ids[side] for s in plan.route[ids[side]].stop_ids}
        for side, plan in enumerate((a, b))
    )
    called = [{s: plan.route[r].code for s, r in route_of_stop(plan).items()} for plan in (a, b)]
    other = [s for s in dict.fromkeys((*was, *now)) if was.get(s) != now.get(s)]
    return Compared(
        a=_whole(a, of_a),
        b=_whole(b, of_b),
        routes=tuple(
            _route(a.route.get(a_id), b.route.get(b_id), of_a.get(a_id), of_b.get(b_id)) for a_id, b_id in pairs
        ),
        moved=tuple(
            MovedStop(stop_id=s, from_code=called[0].get(s, ""), to_code=called[1].get(s, "")) for s in other
        ),
    )


def _pairs(a: Plan, b: Plan) -> list[tuple[str, str]]:
    """Ids of the same route in both plans, those of the first plan first; empty where a plan does not have it."""
    free = {r.code: r.route_id for r in b.routes if r.route_id not in a.route}
    pairs = [(r.route_id, r.route_id if r.route_id in b.route else free.pop(r.code, "")) for r in a.routes]
    paired = {b_id for _, b_id in pairs}
    return pairs + [("", r.route_id) for r in b.routes if r.route_id not in paired]


def _route(
    a: PlannedRoute | None, b: PlannedRoute | None, of_a: Figures | None, of_b: Figures | None
) -> RouteCompared:
    ours, theirs = (route.stop_ids if route else () for route in (a, b))
    here, there = set(ours), set(theirs)
    return RouteCompared(
        code=b.code if b else a.code if a else "",
        a=of_a,
        b=of_b,
        came=tuple(s for s in theirs if s not in here),
        left=tuple(s for s in ours if s not in there),
        legs_changed=len(_legs(theirs) - _legs(ours)),
    )


def _legs(stop_ids: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(("", *stop_ids, ""))) if stop_ids else set()


def _whole(plan: Plan, known: Mapping[str, Figures]) -> Whole:
    if not known:
        return Whole()
    hours = np.array([f.hours for f in known.values()])
    chance = [f.chance_in_time for f in known.values()]
    loads = [f.load_share for f in known.values() if f.load_share is not None]
    zones = zones_of(plan)
    return Whole(
        routes=len(known),
        stops=sum(f.stops for f in known.values()),
        packages=sum(f.packages for f in known.values()),
        hours=float(hours.sum()),
        drive_s=sum(f.drive_s for f in known.values()),
        hours_sd=float(hours.std()),
        hours_min=float(hours.min()),
        hours_max=float(hours.max()),
        worst_chance=min(chance),
        expected_late=sum(1 - c for c in chance),
        load_max=max(loads, default=None),
        overlap_share=overlap_of(plan),
        zones=len(zones),
        zones_split=sum(len(routes) > 1 for routes in zones.values()),
    )
