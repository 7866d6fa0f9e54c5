"""Rules on areas that cost time, and on when a route crosses them: slow doors of earlier days, slow roads by the clock.

Slow doors are told by earlier days, whoever drove; slow roads by the station profile's own areas and hours.
"""

from collections.abc import Iterator
from math import exp

import numpy as np

from dispatchkit.pace.past import area_of
from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.subject import Subject
from dispatchkit.travel.congestion import Area, Congestion, congestion_of


def slow_areas(at: Subject) -> Iterator[Finding]:
    """Areas whose doors took longer than planned on earlier days, whoever drove, and when this route crosses them."""
    rules = at.station.realism
    crossed: dict[str, list[int]] = {}
    for i, stop in enumerate(at.stops):
        crossed.setdefault(area_of(stop.zone), []).append(i)
    for area, stops in crossed.items():
        told = at.known.past.areas.get(area) if area else None
        if told is None or told.days < rules.slow_area_known_count:
            continue
        longer = exp(told.log_service) - 1
        if longer < rules.slow_area_share:
            continue
        first, last = float(at.schedule.arrive_s[stops[0]]), float(at.schedule.done_s[stops[-1]])
        yield at.finds(
            Kind.SLOW_AREA, Severity.RISK,
            f"Doors in {area} took {longer:.0%} longer than planned on {told.days} earlier days; it is there from "
            f"{at.clock(first)} to {at.clock(last)} with {len(stops)} stops.",
            stops=stops, slower_pct=100 * longer, past_days=told.days,
        )  # fmt: skip


def congested_areas(at: Subject) -> Iterator[Finding]:
    """Areas of the station profile in which driving takes longer at the very hour at which the route is there."""
    for area in congestion_of(at.station.travel).areas:
        rates = {i: rate for i in range(len(at.stops)) if (rate := _rate(at, i, area)) is not None}
        held = [i for i, rate in rates.items() if rate - 1 >= at.station.realism.slow_area_share]
        if held:
            longer = float(np.mean([rates[i] for i in held])) - 1
            yield at.finds(
                Kind.CONGESTION, Severity.RISK,
                f"{len(held)} of its {len(rates)} stops in {area.name} are reached between "
                f"{at.clock(float(at.schedule.arrive_s[held[0]]))} and "
                f"{at.clock(float(at.schedule.arrive_s[held[-1]]))}, when driving there takes {longer:.0%} longer "
                f"({area.source}).",
                stops=held, slower_pct=100 * longer,
            )  # fmt: skip


def _rate(at: Subject, i: int, area: Area) -> float | None:
    """Times the usual drive when the stop is reached; None where it does not lie in the area."""
    stop = at.stops[i]
    if stop.place is None or not area.holds(stop.place, stop.zone):
        return None
    return Congestion(areas=(area,)).rate(at.local(float(at.schedule.arrive_s[i])), stop.place, stop.zone)
