"""A check of a plan as programs read it."""

from typing import Any

from dispatchkit.plan.realism.finding import Finding
from dispatchkit.plan.realism.result import PlanRealism, RouteRealism


def as_printed(plan: PlanRealism) -> dict[str, Any]:
    """Put a check into values of JSON.

    Returns
    -------
    dict
        Keys: `station`, `service_day`, `feasible` (no hard limit is broken), `sentences`, `total_h`, `hours_sd_h`,
        `hours_min_h`, `hours_max_h`, `worst_chance` (0-1), `overlap_share` (0-1 or null), `businesses_by_hour` as
        {"11": 3}, `zones`, `zones_split` (a list), `hard_routes` (ids, the hardest first), `findings` (of the plan) and
        `routes`. A route has the fields of `RouteRealism`, instants in ISO 8601 (UTC), and its `findings`. A finding
        has `kind`, `severity` ("limit", "risk", "note"), `sentence`, `figures` (units in their names), `stop_ids` and
        `map` (a link to the middle of these stops, or null).
    """
    least_h, most_h = plan.hours_range_h
    return {
        "station": plan.station,
        "service_day": plan.service_day.isoformat(),
        "feasible": plan.feasible,
        "sentences": list(plan.sentences),
        "total_h": plan.total_h,
        "hours_sd_h": plan.hours_sd_h,
        "hours_min_h": least_h,
        "hours_max_h": most_h,
        "worst_chance": plan.worst_chance,
        "overlap_share": plan.overlap_share,
        "businesses_by_hour": _by_hour(plan.businesses_by_hour),
        "zones": plan.zones,
        "zones_split": list(plan.zones_split),
        "hard_routes": [route.route_id for route in plan.hard_routes],
        "findings": [_finding(finding) for finding in plan.findings],
        "routes": [_route(route) for route in plan.routes],
    }


def map_link(finding: Finding) -> str | None:
    """An address of OpenStreetMap that shows the area of the finding, to about 100 m; None where no place is known.

    It tells the map's maker nothing but that somebody looked there: no id, no name, no exact door.
    """
    if finding.centre is None:
        return None
    lat, lng = (round(degrees, 3) for degrees in finding.centre)
    return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lng}#map=15/{lat}/{lng}"


def _route(route: RouteRealism) -> dict[str, Any]:
    return {
        **{name: getattr(route, name) for name in _AS_THEY_ARE},
        **{name: getattr(route, name).isoformat() for name in _INSTANTS},
        "businesses_by_hour": _by_hour(route.businesses_by_hour),
        "neighbours": list(route.neighbours),
        "findings": [_finding(finding) for finding in route.findings],
    }


def _by_hour(counted: dict[int, int]) -> dict[str, int]:
    return {str(hour): n for hour, n in counted.items()}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": str(finding.kind),
        "severity": str(finding.severity),
        "sentence": finding.sentence,
        "figures": dict(finding.figures),
        "stop_ids": list(finding.stop_ids),
        "map": map_link(finding),
    }


_INSTANTS = ("departs_at", "finish_by", "p50", "p90")
_AS_THEY_ARE = tuple(
    name
    for name in RouteRealism.__struct_fields__
    if name not in {*_INSTANTS, "businesses_by_hour", "neighbours", "findings"}
)
