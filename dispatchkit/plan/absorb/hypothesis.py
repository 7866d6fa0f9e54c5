"""What routes would come to with the stops they might take, many such hypotheses at once. Pure.

A plan holds each stop once, and hypotheses contradict each other. So they are laid side by side into plans of their own
in which each hypothesis has stops of its own name and no taker stands twice, and those are worked through like any
other plan: with the road page's forecast.
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.plan.absorb.share_out import Share
from dispatchkit.plan.effect import Figures, figures
from dispatchkit.records import Plan, PlannedRoute, Stop
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes

BESIDE = "\N{INFORMATION SEPARATOR ONE}"
"""Stands between a taker and a stop in the names of hypothetical stops: no id has it."""


def outcomes(
    plan: Plan,
    shares: Sequence[Share],
    station: Station,
    travel: TravelTimes,
    *,
    driver_of: Mapping[str, str] | None = None,
    past: Past = NO_PAST,
) -> list[Figures]:
    """What each share would make of its taker, as if nothing else were different; in the order of `shares`."""
    found: dict[int, Figures] = {}
    for side_by_side in _apart(shares):
        packed = _packed(plan, [shares[k] for k in side_by_side])
        known = figures(packed, station, travel, driver_of=driver_of, past=past)
        for k in side_by_side:
            own = known[shares[k].route_id]
            late = tuple(stop_id.partition(BESIDE)[2] for stop_id in own.late_stop_ids)
            found[k] = replace(own, late_stop_ids=late)
    return [found[k] for k in range(len(shares))]


def _apart(shares: Sequence[Share]) -> list[list[int]]:
    """Places of the shares in groups in each of which a taker stands once."""
    groups: list[list[int]] = []
    times: dict[str, int] = {}
    for k, share in enumerate(shares):
        nth = times.get(share.route_id, 0)
        times[share.route_id] = nth + 1
        if nth == len(groups):
            groups.append([])
        groups[nth].append(k)
    return groups


def _packed(plan: Plan, shares: Sequence[Share]) -> Plan:
    stops: list[Stop] = []
    routes: list[PlannedRoute] = []
    for share in shares:
        route = share.taking.route
        own = [replace(plan.stop[s], stop_id=f"{route.route_id}{BESIDE}{s}") for s in share.order]
        stops += own
        routes.append(replace(route, stop_ids=tuple(s.stop_id for s in own), drive_s=share.drive_s))
    return replace(plan, stops=tuple(stops), routes=tuple(routes))
