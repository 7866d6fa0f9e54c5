"""A station's days one after the other in a real log: on each, CX1's driver takes longer than planned."""

from datetime import UTC, date, datetime, timedelta

from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.day.facts.road import StopServed
from dispatchkit.day.facts.whole_day import DayClosed, DayOpened
from dispatchkit.desk import Desk
from dispatchkit.records import DayKey, Plan
from tests.pace.story import STATION_AT, a_route

FIRST = date(2026, 3, 10)
CODES = ("CX1", "CX2", "CX3", "CX4")


def key(number, branch=""):
    return DayKey("DXX1", FIRST + timedelta(days=number), branch)


def clock(number, hour, minute=0):
    return datetime(2026, 3, 10, hour, minute, tzinfo=UTC) + timedelta(days=number)


def begins(log, number, *, branch=""):
    """The plan of a day is committed the evening before; return a desk at it."""
    left = {"departs_at": clock(number, 14), "slack_min": 45, "stops": 30}
    made = [a_route(code, block=k, **left) for k, code in enumerate(CODES)]
    plan = Plan(
        station="DXX1", service_day=key(number).service_day, station_lat=STATION_AT[0], station_lng=STATION_AT[1],
        stops=tuple(s for _, stops in made for s in stops), routes=tuple(route for route, _ in made),
    )  # fmt: skip
    desk, evening = Desk(log, key(number, branch), by="maria"), clock(number - 1, 22)
    log.append(
        desk.key,
        [
            DayOpened(
                at=evening, by="maria", station="DXX1", service_day=str(plan.service_day), timezone="America/Chicago"
            ),
            PlanCommitted(at=evening, by="maria", plan=desk.records.put(plan)),
        ],
        expected=0,
        learned_at=evening,
    )
    return desk


def leaves(desk, slow=1.0):
    """Every route leaves; CX1's driver A1 takes so many times as long as planned."""
    day, facts = desk.day(), []
    for route in day.plan.routes:
        at = route.departs_at
        driver_id = f"A{route.code[2:]}"
        facts.append(RouteDeparted(at=at, by="maria", route_id=route.route_id, driver_id=driver_id, van_id=route.code))
        for stop_id, drive_s in zip(route.stop_ids, route.drive_s, strict=False):
            rate = slow if route.code == "CX1" else 1.0
            at += timedelta(seconds=rate * (drive_s + day.plan.stop[stop_id].service_s))
            facts.append(StopServed(at=at, by="driver", route_id=route.route_id, stop_id=stop_id))
        facts.append(DriverReturned(at=at + timedelta(minutes=5), by="maria", route_id=route.route_id))
    return sorted(facts, key=lambda fact: fact.at)


def lived(log, number, *, slow=1.5, closed=True, branch=""):
    """A whole day of the past."""
    desk = begins(log, number, branch=branch)
    facts = leaves(desk, slow)
    if closed:
        facts.append(DayClosed(at=facts[-1].at + timedelta(minutes=30), by="maria"))
    log.append(desk.key, facts, expected=desk.day().version, learned_at=facts[-1].at)
    return desk
