"""Days on which the clock is put forward or back, and routes that end after midnight: seconds stay seconds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from dispatchkit import course
from dispatchkit.day import Day, Entry, fold
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.loadout.waves import plan_waves
from dispatchkit.pace.board import pace_board
from dispatchkit.records import DayKey, Package, Plan, PlannedRoute, Stop, Window
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import InMemory

CHICAGO = ZoneInfo("America/Chicago")
AS_RECKONED = ("0: 0 1 1",)
STATION = load()
STATION = replace(STATION, forecast=replace(STATION.forecast, calibration=AS_RECKONED))


def a_day(service_day, departs_at, *, windows=(None, None), hours=4):
    """One route of two stops, an hour's work each, that leaves at `departs_at`."""
    stops = tuple(
        Stop(
            stop_id=f"s{n}", lat=41.6 + n / 100, lng=-93.6,
            packages=(Package(package_id=f"p{n}", service_s=3600, window=window),),
        )
        for n, window in enumerate(windows, 1)
    )  # fmt: skip
    route = PlannedRoute(
        route_id="CX1", code="CX1", stop_ids=("s1", "s2"), drive_s=(0.0, 0.0, 0.0), departs_at=departs_at,
        finish_by=departs_at.astimezone(UTC) + timedelta(hours=hours),
    )  # fmt: skip
    plan = Plan(
        station="DXX1", service_day=service_day, station_lat=41.6, station_lng=-93.6, stops=stops, routes=(route,)
    )
    key, kept = DayKey("DXX1", service_day), InMemory()
    kept.held["plan"] = plan
    at = departs_at.astimezone(UTC)
    facts = [
        *course.open_day(Day(key), timezone="America/Chicago", at=at, by="maria"),
        PlanCommitted(at=at, by="maria", plan="plan"),
        RouteDeparted(at=at, by="maria", route_id="CX1", driver_id="A1", van_id="V1"),
    ]
    return fold(key, [Entry(n, n, f.at, f) for n, f in enumerate(facts, 1)], kept)


def line(day, now):
    (only,) = pace_board(day, now=now, station=STATION, travel=CalibratedTravel())
    return only


# two in the morning does not exist on the one day, and one in the morning comes twice on the other
@pytest.mark.parametrize("service_day", [date(2026, 3, 8), date(2026, 11, 1)])
@pytest.mark.parametrize("told_in", [UTC, CHICAGO])
def test_two_hours_of_work_take_two_hours_when_the_clock_changes_meanwhile(service_day, told_in):
    midnight = datetime(service_day.year, service_day.month, service_day.day, tzinfo=CHICAGO)
    departs_at = (midnight.astimezone(UTC) + timedelta(minutes=30)).astimezone(told_in)
    day = a_day(service_day, departs_at)
    begun = departs_at.astimezone(UTC)
    expected = [line(day, (begun + timedelta(minutes=m)).astimezone(told_in)).expected for m in (59, 60, 119, 120)]
    assert expected == [0, 1, 1, 2]
    assert abs((line(day, begun).finish_p50 - begun).total_seconds() - 2 * 3600) < 60


@pytest.mark.parametrize(("service_day", "shown"), [(date(2026, 3, 8), "04:30"), (date(2026, 11, 1), "02:30")])
def test_the_end_of_the_window_is_shown_as_the_stations_clock_will_show_it(service_day, shown):
    departs_at = datetime(service_day.year, service_day.month, service_day.day, 0, 30, tzinfo=CHICAGO)
    day = a_day(service_day, departs_at, hours=3)
    assert f"window ends {shown} " in line(day, departs_at.astimezone(UTC)).reason


def test_a_route_that_ends_after_midnight_says_the_day():
    departs_at = datetime(2026, 3, 14, 22, 30, tzinfo=CHICAGO)
    told = line(a_day(date(2026, 3, 14), departs_at), departs_at.astimezone(UTC)).reason
    assert "(Sun)" in told
    assert "window ends 02:30 (Sun)" in told


def test_a_window_across_midnight_is_waited_for():
    departs_at = datetime(2026, 3, 14, 22, 30, tzinfo=CHICAGO).astimezone(UTC)
    opens = departs_at + timedelta(hours=2)                 # half past midnight
    night = Window(opens=opens, closes=opens + timedelta(hours=2))
    day = a_day(date(2026, 3, 14), departs_at, windows=(None, night))
    assert line(day, opens + timedelta(minutes=59)).expected == 1
    assert line(day, opens + timedelta(minutes=60)).expected == 2


@pytest.mark.parametrize("service_day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_a_wave_is_as_long_as_its_minutes_across_the_change(service_day):
    """Ten minutes apart by the real clock are one wave, whatever the station's clock says between them."""
    change = datetime(service_day.year, service_day.month, service_day.day, 7 + (service_day.month == 3), tzinfo=UTC)
    at = [(change + timedelta(minutes=m)).astimezone(CHICAGO) for m in (-5, 5)]
    first, second = (
        PlannedRoute(route_id=f"CX{n}", code=f"CX{n}", stop_ids=(), drive_s=(0.0,), departs_at=t, finish_by=t)
        for n, t in enumerate(at)
    )
    plan = Plan(
        station="DXX1", service_day=service_day, station_lat=41.6, station_lng=-93.6, stops=(), routes=(first, second)
    )
    (wave,) = plan_waves(plan, STATION)
    assert wave.route_ids == ("CX0", "CX1")
