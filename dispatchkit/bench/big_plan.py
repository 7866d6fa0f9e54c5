"""A plan of ten thousand stops, as wide as a city: for what has to stay quick on the largest days."""

from datetime import UTC, date, datetime, timedelta

from dispatchkit import course
from dispatchkit.desk import Desk
from dispatchkit.log import Log
from dispatchkit.plan import commit
from dispatchkit.records import DayKey, Package, Plan, PlannedRoute, Stop

ROUTES, STOPS = 50, 200
KEY = DayKey("DXX9", date(2026, 3, 14))
NINE = datetime(2026, 3, 14, 14, tzinfo=UTC)
ROW = 20
"""Stops of a route beside each other, in a block of its own."""


def write_big_day(log: Log) -> DayKey:
    """Open a day whose plan has 50 routes of 200 stops; return its key."""
    desk, plan = Desk(log, KEY, by="bench"), plan_of(KEY, ROUTES, STOPS)
    digest = desk.records.put(plan)
    desk.decide(course.open_day, timezone="America/Chicago")
    desk.decide(commit.give_routes, plan=plan, digest=digest)
    desk.decide(commit.commit, plan=plan, digest=digest)
    return KEY


def plan_of(key: DayKey, count: int, stops_each: int) -> Plan:
    """Make a plan of so many routes with so many stops each, in blocks beside each other."""
    stops = [_stop(r, i) for r in range(count) for i in range(stops_each)]
    routes = [
        PlannedRoute(
            route_id=f"CX{r}",
            code=f"CX{r}",
            stop_ids=tuple(stop.stop_id for stop in stops[r * stops_each : (r + 1) * stops_each]),
            drive_s=(60.0,) * (stops_each + 1),
            departs_at=NINE,
            finish_by=NINE + timedelta(hours=10),
        )
        for r in range(count)
    ]
    return Plan(
        station=key.station, service_day=key.service_day, station_lat=41.55, station_lng=-93.6, routes=tuple(routes),
        stops=tuple(stops),
    )  # fmt: skip


def _stop(r: int, i: int) -> Stop:
    block_lat, block_lng = 41.6 + 0.03 * (r % 5), -93.9 + 0.05 * (r // 5)
    return Stop(
        stop_id=f"CX{r}:{i}",
        lat=block_lat + 0.002 * (i // ROW),
        lng=block_lng + 0.002 * (i % ROW),
        zone=f"A-{r + 1}.{i // ROW + 1}{'ABCDEFGHIJKLMNOPQRST'[i % ROW]}",
        packages=(Package(package_id=f"CX{r}:{i}-a", volume_cm3=5000.0, service_s=60),),
    )
