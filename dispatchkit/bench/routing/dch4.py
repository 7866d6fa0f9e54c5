"""A station's real day: our routes against those that it was given, in the same vans and with the same drive times.

The day's files give no order of stops and no drive times, so both are ours for both plans: each route, whoever put its
stops together, is put in order by `plan.sequence`, and driven by the calibrated curve. What is compared is who serves
which stops.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from dispatchkit.imports import Import
from dispatchkit.intake.given_days import read_days
from dispatchkit.plan.compare import Whole, compare
from dispatchkit.plan.intake import given_plan
from dispatchkit.records import Plan
from dispatchkit.run_day.building import built_side_by_side
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel


def measured(day: Path, *, budget_s: float, seed: int) -> dict[str, Any]:
    """Build the routes of a folder's day and hold them against the given ones.

    Returns
    -------
    dict
        `dch4_hours_ratio` and `dch4_overlap_ratio` (ours over given; None where the given routes do not overlap),
        `dch4_zone_splits_ours` and `…_given` (zones with stops in several vans); of each of the two plans the vans,
        total hours, hours of driving, standard deviation and span of hours, share of stops that have their nearest
        neighbour on another route, and worst chance to be in time; `dch4_unserved`, stops that our routes leave out.
    """
    station, travel = load(), CalibratedTravel()
    (found,) = read_days(day, station)
    built = built_side_by_side(found, station, travel, seed=seed, budget_s=budget_s)
    given, ours = (given_plan(f, station, travel, seed=seed) for f in (found, as_given(found, built.plan)))
    whole = compare(given, ours, station, travel)
    figures: dict[str, Any] = {
        "dch4_hours_ratio": round(whole.b.hours / whole.a.hours, 4),
        "dch4_overlap_ratio": _ratio(whole.b.overlap_share, whole.a.overlap_share),
        "dch4_zone_splits_ours": whole.b.zones_split,
        "dch4_zone_splits_given": whole.a.zones_split,
        "dch4_zones": whole.a.zones,
        "dch4_unserved": len(built.unserved),
    }
    return figures | _figures("ours", whole.b) | _figures("given", whole.a)


def as_given(found: Import, plan: Plan) -> Import:
    """The same day as if the station had given these routes: who serves which stops, and no order.

    Routes of the plan are recognised by their codes; a van without one stays.
    """
    stops = {route.code: plan.stops_of(route.route_id) for route in plan.routes}
    routes = tuple(
        msgspec.structs.replace(route, stops=tuple(stops[route.code]), order="unordered", drive_s=None)
        for route in found.routes
        if route.code in stops
    )
    return replace(found, routes=routes)


def _figures(whose: str, whole: Whole) -> dict[str, Any]:
    return {
        f"dch4_vans_{whose}": whole.routes,
        f"dch4_hours_{whose}": round(whole.hours, 2),
        f"dch4_drive_h_{whose}": round(whole.drive_s / 3600, 2),
        f"dch4_hours_sd_{whose}": round(whole.hours_sd, 3),
        f"dch4_hours_span_{whose}": round(whole.hours_max - whole.hours_min, 2),
        f"dch4_overlap_{whose}": None if whole.overlap_share is None else round(whole.overlap_share, 4),
        f"dch4_worst_chance_{whose}": round(whole.worst_chance, 3),
    }


def _ratio(ours: float | None, given: float | None) -> float | None:
    return None if ours is None or not given else round(ours / given, 4)
