"""Records check themselves once, when they are made."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from dispatchkit.records import DayKey, Package, Plan, PlannedRoute, Stop, Window

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def window(opens_h, closes_h):
    return Window(opens=NOON + timedelta(hours=opens_h), closes=NOON + timedelta(hours=closes_h))


def package(name, **more):
    return Package(package_id=name, **more)


def stop(name="s1", **more):
    return Stop(**({"stop_id": name, "lat": 41.6, "lng": -93.6, "packages": (package(name),)} | more))


def route(stop_ids=("s1",), route_id="CX1", drive_s=None):
    return PlannedRoute(
        route_id=route_id,
        code=route_id,
        stop_ids=stop_ids,
        drive_s=drive_s or (60.0,) * (len(stop_ids) + 1),
        departs_at=NOON,
        finish_by=NOON + timedelta(hours=9),
    )


def plan(stops, routes):
    return Plan(
        station="DXX1",
        service_day=date(2026, 3, 14),
        station_lat=41.6,
        station_lng=-93.6,
        stops=tuple(stops),
        routes=tuple(routes),
    )


def test_a_day_key_reads_back_what_it_writes():
    key = DayKey("DCH4", date(2018, 8, 8), "2")
    assert DayKey.parse(str(key)) == key


@pytest.mark.parametrize(
    "text", ["DCH4", "DCH4/8-8-2018", "/2018-08-08", "D/../2018-08-08", "D<b>/2018-08-08", "D/2018-08-08@a/b"]
)
def test_what_is_no_day_is_said(text):
    with pytest.raises(ValueError, match=r"day|station|branch"):
        DayKey.parse(text)


@pytest.mark.parametrize(("text", "part"), [("DCH4/2018-13-08", "month"), ("DCH4/2018-02-30", "day is out of range")])
def test_a_day_that_no_calendar_has_is_named_with_what_is_wrong(text, part):
    with pytest.raises(ValueError, match=rf"'{text}' is not a day \(.*{part}.*\). Write it as STATION/YYYY-MM-DD"):
        DayKey.parse(text)


def test_a_stop_serves_all_its_packages():
    two = stop(packages=(package("a", service_s=30, volume_cm3=10), package("b", service_s=40, volume_cm3=5)))
    assert (two.service_s, two.volume_cm3) == (70, 15)


def test_a_stop_is_open_when_all_its_packages_can_be_served():
    assert stop(packages=(package("a", window=window(0, 4)), package("b", window=window(1, 6)))).window == window(1, 4)


def test_where_windows_exclude_each_other_the_earlier_closing_counts():
    assert stop(packages=(package("a", window=window(0, 1)), package("b", window=window(2, 3)))).window == window(0, 1)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: window(4, 4), "cannot open"),
        (lambda: package("a", volume_cm3=-1), "volume"),
        (lambda: package("a", service_s=float("nan")), "service time"),
        (lambda: stop(lat=float("nan")), "not a place"),
        (lambda: stop(lat=0.0, lng=0.0), "not a place"),
        (lambda: route(drive_s=(60.0,)), "2 legs"),
        (lambda: route(drive_s=(60.0, -1.0)), "Negative|negative"),
        (lambda: plan([stop(), stop()], [route()]), "stands twice"),
        (lambda: plan([stop()], [route(("s1", "s2"))]), "does not hold"),
        (lambda: plan([stop()], [route(), route(route_id="CX2")]), "on two routes"),
        (lambda: plan([stop("s1"), stop("s2")], [route(), route(("s2",))]), "same id"),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_made(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_windows_are_held_in_utc_so_that_the_autumn_night_is_not_read_by_the_wall_clock():
    chicago = ZoneInfo("America/Chicago")
    first, second = (datetime(2026, 11, 1, 1, m, tzinfo=chicago, fold=f) for m, f in ((50, 0), (10, 1)))
    assert (second.astimezone(UTC) - Window(opens=first, closes=second).opens) == timedelta(minutes=20)


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Window(opens=NOON.replace(tzinfo=None), closes=NOON)


def test_a_plan_survives_being_stored():
    stored = plan([stop(packages=(package('"=cmd|<b>\u202e', window=window(0, 4)),))], [route()])
    assert msgspec.json.decode(msgspec.json.encode(stored), type=Plan) == stored
