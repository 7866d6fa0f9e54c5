"""Who of the routes around could take chosen stops over, and what it would come to: the cheapest first. Pure."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from dispatchkit.errors import Refused
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.plan.edit import ByHand
from dispatchkit.plan.effect import Figures, figures
from dispatchkit.plan.realism.places import points_m, tree
from dispatchkit.records import Plan, Record
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes


class Offer(Record, frozen=True):
    """A route that could take the stops.

    Attributes
    ----------
    more_s
        Seconds that its driver would be out longer.
    after
        What the route comes to then.
    """

    route_id: str
    code: str
    more_s: float
    after: Figures


def offers(
    hands: ByHand,
    stop_ids: Sequence[str],
    station: Station,
    travel: TravelTimes,
    *,
    driver_of: Mapping[str, str] | None = None,
    past: Past = NO_PAST,
    unable: Collection[str] = (),
) -> tuple[Offer, ...]:
    """The routes around that may take these stops, the one whose driver is out least longer first.

    A route that a rule forbids is left out: ask for it by name to hear why. Nothing where no place of the stops is
    known.

    Parameters
    ----------
    hands
        The changes that can be made to the plan.
    travel
        Of the forecast, as for `figures`.
    unable
        Routes that can take nothing more, such as those that are being loaded.
    """
    found = []
    for route_id in _around(hands.plan, stop_ids, unable, station.absorb.near_count):
        try:
            edited = hands.give(stop_ids, route_id)
        except Refused:
            continue
        was, now = (
            figures(_alone(plan, route_id), station, travel, driver_of=driver_of, past=past)[route_id]
            for plan in (edited.before, edited.plan)
        )
        more_s = (now.hours - was.hours) * 3600
        found.append(Offer(route_id=route_id, code=hands.plan.route[route_id].code, more_s=more_s, after=now))
    return tuple(sorted(found, key=lambda offer: offer.more_s))


def _around(plan: Plan, stop_ids: Sequence[str], unable: Collection[str], count: int) -> list[str]:
    """The routes whose stops lie nearest to the chosen ones on average, none that has one of them or is unable."""
    chosen = set(stop_ids)
    wanted = [place for s in stop_ids if s in plan.stop and (place := plan.stop[s].place)]
    if not wanted:
        return []
    points = points_m(*np.array(wanted).T)
    apart_m = {}
    for route in plan.routes:
        places = [place for s in route.stop_ids if (place := plan.stop[s].place)]
        if places and route.route_id not in unable and chosen.isdisjoint(route.stop_ids):
            apart_m[route.route_id] = float(np.mean(tree(points_m(*np.array(places).T)).query(points)[0]))
    return sorted(apart_m, key=lambda r: apart_m[r])[:count]


def _alone(plan: Plan, route_id: str) -> Plan:
    """The plan with this route only: all that its figures need."""
    return replace(plan, routes=(plan.route[route_id],))
