"""The moving day of the demo: the sample plan as of today, on a run of its own beside whatever day is real."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from dispatchkit.clock import Clock, FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.log import Log
from dispatchkit.records import DayKey, Package, Plan, Stop, Window
from dispatchkit.run_day import morning, night, on_road
from dispatchkit.run_day.sample import CURRENT, SAMPLE_DAYS, SEEDS, prepare_sample
from dispatchkit.run_day.shift import BY, Shift
from dispatchkit.station import Station

BRANCH = "demo"
"""Of the day's key: a run, so that it has a clock of its own and no real day is touched."""

MOVES_FROM = time(11, 0)
"""Station time at which people see it first: every route has left, and the day is still young."""

Say = Callable[[str], None]


def demo_day(
    log: Log, *, station: Station, wall: Clock, samples: Path | None = None, say: Say | None = None
) -> DayKey:
    """Today's moving day, made where there is none that still moves; return its key.

    The sample day must be laid out, or the sample data at hand. It is lived through at once up to `MOVES_FROM`.
    """
    say = say or (lambda _: None)
    sample_key, _ = prepare_sample(log, samples, only=[CURRENT], say=say)
    sample = Desk(log, sample_key, by=BY).day()
    zone = ZoneInfo(sample.course.timezone)
    today = wall.now().astimezone(zone).date()
    key = _key(log, sample_key.station, today)
    if log.version(key):
        return key
    plan = moved(sample.plan, today, zone)
    clock = FrozenClock(min(route.departs_at for route in plan.routes) - night.NIGHT_BEFORE)
    seed = SEEDS[SAMPLE_DAYS[CURRENT].station]
    shift = Shift(Desk(log, key, by=BY, clock=clock), clock, station, seed=seed, source="simulated")
    say(f"{key}: the night before.")
    night.plan_ready(shift, plan, sample.course.timezone)
    if sample.pre_load_out.roster is not None and sample.pre_load_out.fleet is not None:
        night.staff(shift, sample.pre_load_out.roster, sample.pre_load_out.fleet)
    say(f"{key}: load-out.")
    morning.load_out(shift, send_help=False)
    on_road.drive(shift, until=datetime.combine(today, MOVES_FROM, zone), send_help=False)
    return key


def moved(plan: Plan, service_day: date, zone: ZoneInfo) -> Plan:
    """The same plan on another date: every instant at the same time of the station's clock."""
    days = service_day - plan.service_day
    return replace(
        plan,
        service_day=service_day,
        stops=tuple(_stop(stop, days, zone) for stop in plan.stops),
        routes=tuple(
            replace(r, departs_at=_later(r.departs_at, days, zone), finish_by=_later(r.finish_by, days, zone))
            for r in plan.routes
        ),
    )


def _key(log: Log, station: str, today: date) -> DayKey:
    """Today's run that has routes out or none at all yet; the next one where all routes of the last are back."""
    number = 1
    while True:
        key = DayKey(station, today, BRANCH if number == 1 else f"{BRANCH}{number}")
        if not log.version(key):
            return key
        day = Desk(log, key, by=BY).day()
        if any(route_id not in day.end_of_shift.returned for route_id in day.load_out.departed):
            return key
        number += 1


def _stop(stop: Stop, days: timedelta, zone: ZoneInfo) -> Stop:
    if stop.window is None:
        return stop
    return replace(stop, packages=tuple(_package(p, days, zone) for p in stop.packages))


def _package(package: Package, days: timedelta, zone: ZoneInfo) -> Package:
    if package.window is None:
        return package
    opens, closes = (_later(at, days, zone) for at in (package.window.opens, package.window.closes))
    return replace(package, window=Window(opens=opens, closes=closes))


def _later(at: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    """The same time of the clock, so many days later; whole days are counted on the calendar, not in hours."""
    local = at.astimezone(zone)
    return datetime.combine(local.date() + days, local.time(), zone)
