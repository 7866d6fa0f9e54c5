"""Every route of a plan in one go: could its neighbours take it over, and would they all be in time? Pure.

First the figures that need no road: what neighbours could take on at all. Then the stops are shared out by marginal
insertion cost, and what comes of that is worked through with windows, vans and the morning's forecast. Nobody's order
changes but for the stops that come in. Whether a driver may drive the van, and a van's class fits, is for the roster.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from dispatchkit.errors import Refused
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.plan.absorb.answer import Cover, Taker
from dispatchkit.plan.absorb.hypothesis import outcomes
from dispatchkit.plan.absorb.near import neighbours
from dispatchkit.plan.absorb.room import rooms
from dispatchkit.plan.absorb.share_out import Share, share_out
from dispatchkit.plan.absorb.why import WhyNot, does_not_fit, left_over, too_little
from dispatchkit.plan.effect import Figures
from dispatchkit.plan.limits import late_stop_ids
from dispatchkit.plan.realism.morning import projections
from dispatchkit.plan.receiving import Receiving, drive_among, receiving
from dispatchkit.records import Plan, PlannedRoute, Record
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes


class _Tried(Record, frozen=True):
    """What was found for a route before it is worked through: who might take all of it, and how it might be shared."""

    alone: tuple[Share, ...] = ()
    together: tuple[Share, ...] = ()
    why_not: WhyNot | None = None


def absorb(
    plan: Plan,
    station: Station,
    travel: TravelTimes,
    *,
    driver_of: Mapping[str, str] | None = None,
    past: Past = NO_PAST,
    unable: Collection[str] = (),
    progress: Callable[[int, int], object] | None = None,
) -> tuple[Cover, ...]:
    """Say of every route with stops who could take it over; in the plan's order.

    Parameters
    ----------
    driver_of, past
        Who drives what, by route id, and what earlier days tell of drivers and areas.
    unable
        Routes that can take nothing more: they are locked, are being loaded, or have left.
    progress
        Told how many routes were looked at, of how many.

    Raises
    ------
    Refused
        Where the plan counts stops without saying where they are.
    """
    if not plan.knows_places:
        raise Refused(["This plan counts stops without saying where they are. Take in routes whose stops have places."])
    if not plan.routes:
        return ()
    drivers = {r: d for r, d in (driver_of or {}).items() if r in plan.route}
    tried = dict[str, _Tried]()
    for route_id, one in _try_each(plan, station, travel, drivers, past, unable):
        tried[route_id] = one
        if progress is not None:
            progress(len(tried), sum(bool(r.stop_ids) for r in plan.routes))
    shares = [share for one in tried.values() for share in (*one.alone, *one.together)]
    after = outcomes(plan, shares, station, travel, driver_of=drivers, past=past)
    figures = {id(share): figures for share, figures in zip(shares, after, strict=True)}
    return tuple(_cover(plan, route_id, one, figures, station) for route_id, one in tried.items())


def _try_each(
    plan: Plan, station: Station, travel: TravelTimes, driver_of: Mapping[str, str], past: Past,
    unable: Collection[str],
) -> Iterator[tuple[str, _Tried]]:  # fmt: skip
    rules = station.absorb
    room = rooms(plan, projections(plan, station, travel, driver_of=driver_of, past=past), station)
    helpers = [r for r, own in room.items() if r not in unable and own.work_s > 0 and own.volume_cm3 > 0]
    near = neighbours(plan, helpers, rules.near_count)
    full = {} if all(near.values()) else neighbours(plan, [r for r in room if r not in unable], rules.near_count)
    pairs = _Pairs(plan, travel)
    for route_id in near:
        takers = near[route_id] or full[route_id]
        stops = list(plan.stops_of(route_id))
        service_s, volume_cm3 = sum(s.service_s for s in stops), sum(s.volume_cm3 for s in stops)
        codes = [plan.route[r].code for r in takers]
        why_not = too_little(codes, [room[r] for r in takers], service_s=service_s, volume_cm3=volume_cm3)
        if why_not is not None:
            yield route_id, _Tried(why_not=why_not)
            continue
        takings = {r: pairs.taking(plan.route[r], plan.route[route_id]) for r in takers}
        shared = share_out(
            stops, list(takings.values()), room,
            most_takers=rules.takers_count, least_stops=rules.least_stops_count,
        )  # fmt: skip
        why_not = left_over(shared, codes, len(stops), most_takers=rules.takers_count)
        able = [r for r in takers if room[r].work_s >= service_s and room[r].volume_cm3 >= volume_cm3]
        alone = [share_out(stops, [takings[r]], room, most_takers=1, least_stops=1) for r in able]
        yield route_id, _Tried(
            alone=tuple(one.shares[0] for one in alone if one.complete),
            together=() if why_not or len(shared.shares) < 2 else shared.shares,
            why_not=why_not,
        )


def _cover(
    plan: Plan, route_id: str, tried: _Tried, figures: Mapping[int, Figures], station: Station
) -> Cover:
    """Put together what came of working a route's shares through."""
    fits, does_not = dict[int, Taker](), list[WhyNot]()
    for share in (*tried.alone, *tried.together):
        after = figures[id(share)]
        why_not = does_not_fit(
            share, after,
            late_before=frozenset(late_stop_ids(plan, share.taking.route)),
            least_chance_share=station.absorb.least_chance_share,
        )  # fmt: skip
        if why_not is None:
            fits[id(share)] = _taker(share, after)
        else:
            does_not.append(why_not)
    alone = [fits[id(s)] for s in tried.alone if id(s) in fits]
    together = tuple(fits[id(s)] for s in tried.together if id(s) in fits)
    covered = len(together) == len(tried.together)
    why = None if alone or (together and covered) else (tried.why_not or does_not[-1])
    route = plan.route[route_id]
    return Cover(
        route_id=route_id,
        code=route.code,
        stops=len(route.stop_ids),
        absorbed_by=together if covered else (),
        combined_with=tuple(sorted(alone, key=lambda taker: -taker.after.chance_in_time)),
        limit=why.limit if why else None,
        why_not=why.sentence if why else "",
    )


def _taker(share: Share, after: Figures) -> Taker:
    route = share.taking.route
    return Taker(route_id=route.route_id, code=route.code, stop_ids=share.stop_ids, order=share.order, after=after)


class _Pairs:
    """Each of two routes taking the other's stops: the drive seconds among them are asked for once."""

    def __init__(self, plan: Plan, travel: TravelTimes) -> None:
        self._plan, self._travel = plan, travel
        self._drive_s: dict[tuple[str, str], NDArray[np.float64]] = {}

    def taking(self, taker: PlannedRoute, giver: PlannedRoute) -> Receiving:
        """The taker with all stops of the giver arriving."""
        drive_s = self._drive_s.pop((giver.route_id, taker.route_id), None)
        if drive_s is None:
            both = (*taker.stop_ids, *giver.stop_ids)
            drive_s = drive_among(self._plan, both, self._travel, taker.departs_at)
            self._drive_s[taker.route_id, giver.route_id] = drive_s
        else:
            own, theirs = len(taker.stop_ids), len(giver.stop_ids)
            turned = np.r_[0, theirs + 1 : theirs + own + 1, 1 : theirs + 1]
            drive_s = drive_s[np.ix_(turned, turned)]
        return receiving(self._plan, taker, taker.stop_ids, giver.stop_ids, self._travel, drive_s=drive_s)
