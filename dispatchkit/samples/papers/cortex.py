"""Exports of Cortex during the day: Routes and Itineraries, each a snapshot of the moment when it was made."""

from collections.abc import Mapping
from datetime import datetime

from dispatchkit.records import PlannedRoute
from dispatchkit.samples.papers.files import Cell, Rows, workbook
from dispatchkit.samples.papers.known import Known
from dispatchkit.samples.papers.standing import Standing, handed_over, met_by, standings

ROUTES_HEADER = (
    "Route code", "DSP", "Transporter Id", "Driver name", "Route progress", "Delivery Service Type",
    "Planned Departure Time", "All stops", "Stops complete", "Stops not started", "Total deliveries",
    "Completed deliveries", "Route duration", "Actual departure", "Staging location", "Planned return to station",
    "VIN",
)  # fmt: skip
"""Seventeen columns. Public parsers of real exports name the first six, All stops in the eighth place, the planned
departure and the deliveries; the headers of the others are ours."""

ITINERARIES_HEADER = ("Route Code", "Planned return to station", "All Stops", "Total Packages")
"""As public parsers of real exports list them."""

PAIRED = "|"
"""Stands between the people of one route, ids and names in the same order."""


def snapshot_name(known: Known, export: str, at: datetime) -> str:
    """`Routes_DXX1_2026-03-14_13_04 (CDT).xlsx`: the station's clock, and its zone as people write it that day."""
    return f"{export}_{known.station}_{known.local(at):%Y-%m-%d_%H_%M (%Z)}.xlsx"


def routes(known: Known, at: datetime, *, ride_along: bool = False) -> bytes:
    """The Routes export of an instant; with `ride_along` somebody rides along on one route where nobody rescues."""
    return workbook({"Routes": routes_rows(known, at, ride_along=ride_along)})


def routes_rows(known: Known, at: datetime, *, ride_along: bool = False) -> Rows:
    """Header and rows, in the order of the plan."""
    now = standings(known.day, at)
    people = _people(known, now, ride_along)
    return [ROUTES_HEADER, *(_route(known, r, now[r.route_id], people[r.route_id], at) for r in known.day.plan.routes)]


def _route(known: Known, route: PlannedRoute, now: Standing, people: tuple[str, ...], at: datetime) -> list[Cell]:
    left = known.day.load_out.departed.get(route.route_id)
    van_id = known.van_id(route.route_id)
    done = now.stops_done
    return [
        route.code,
        known.dsp,
        PAIRED.join(people) or None,
        PAIRED.join(map(known.name, people)) or None,
        None if done is None else f"{done}/{now.stops}",
        route.service_type,
        known.clock(route.departs_at),
        now.stops,
        done,
        None if done is None else now.stops - done,
        now.packages,
        now.packages_done,
        round(known.planned_s(route) / 60),
        known.clock(left.at) if left is not None and left.at <= at else None,
        known.staging[route.route_id],
        known.clock(known.planned_return(route, at)),
        known.vin(van_id) if van_id else None,
    ]


def _people(known: Known, now: Mapping[str, Standing], ride_along: bool) -> dict[str, tuple[str, ...]]:
    """Transporter ids of every route: its driver, then those who rescue it."""
    people = {
        route_id: tuple(d for d in map(known.driver_id, (route_id, *standing.helper_ids)) if d)
        for route_id, standing in now.items()
    }
    if ride_along and not any(standing.helper_ids for standing in now.values()):
        route_id = next(reversed(people))
        people[route_id] = (*people[route_id], *_without_a_route(known)[:1])
    return people


def _without_a_route(known: Known) -> list[str]:
    """Drivers who came and have no route, in the order of the roster; new ones first, for they ride along to learn."""
    before = known.day.pre_load_out
    busy = {known.driver_id(route.route_id) for route in known.day.plan.routes}
    idle = [d for d in (before.roster.drivers if before.roster else ()) if d.driver_id not in busy]
    came = [d for d in idle if before.attendance.get(d.driver_id, "On time") == "On time"]
    return [d.driver_id for d in sorted(came, key=lambda d: not d.nursery)]


def itineraries(known: Known, at: datetime) -> bytes:
    """The Itineraries export of an instant."""
    return workbook({"Itineraries": itineraries_rows(known, at)})


def itineraries_rows(known: Known, at: datetime) -> Rows:
    """Header and rows: a row a route, and before it one for each rescue of it, with what the rescuer took over."""
    plan = known.day.plan
    rescues: dict[str, list[list[Cell]]] = {}
    for rescue in met_by(known.day, at):
        started, taken = rescue.started, handed_over(known.day, rescue)
        back = known.planned_return(plan.route[started.helper_route_id], at)
        packages = sum(len(plan.stop[s].packages) for s in taken)
        rescues.setdefault(started.route_id, []).append(
            [known.day.code(started.route_id), known.clock(back), len(taken), packages]
        )
    made: list[list[Cell]] = []
    for route in plan.routes:
        made += rescues.get(route.route_id, [])
        back = known.planned_return(route, at)
        made.append([route.code, known.clock(back), len(route.stop_ids), known.packages(route)])
    return [ITINERARIES_HEADER, *made]
