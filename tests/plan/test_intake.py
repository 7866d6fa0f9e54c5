"""From what a reader found to a plan: given or built, and no stop lost on the way."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dispatchkit.imports.given import GivenRoute, Import
from dispatchkit.plan.intake import built_plan, first_departure, given_plan
from dispatchkit.records import Package, Stop, Window
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel

NINE = datetime(2026, 3, 14, 14, tzinfo=UTC)
STATION_AT = (41.6, -93.6)


def stop(name, km_east, *, volume_cm3=1_000.0, window=None):
    package = Package(package_id=f"P-{name}", volume_cm3=volume_cm3, service_s=60, window=window)
    return Stop(stop_id=name, lat=STATION_AT[0], lng=STATION_AT[1] + km_east / 83, packages=(package,))


def found(*routes, departs_at=NINE, van_volume_cm3=1e6, order="unordered"):
    given = tuple(
        GivenRoute(
            route_id=f"R{i}", code=f"CX{i}", stops=tuple(stops), departs_at=departs_at, van_id=f"v{i}",
            van_volume_cm3=van_volume_cm3, order=order,
        )
        for i, stops in enumerate(routes, start=1)
    )  # fmt: skip
    return Import(
        station="DXX1", service_day=date(2026, 3, 14), station_lat=STATION_AT[0], station_lng=STATION_AT[1],
        timezone="America/Chicago", routes=given, source="station day", originals=(), rows=0,
    )  # fmt: skip


def built(day, **more):
    return built_plan(day, load(), CalibratedTravel(), **({"seed": 1, "budget_s": 1} | more))


def test_a_route_whose_order_nobody_knows_is_sequenced():
    day = found([stop("far", 6), stop("near", 2), stop("middle", 4)])
    plan = given_plan(day, load(), CalibratedTravel(), seed=1)
    assert plan.routes[0].stop_ids in (("near", "middle", "far"), ("far", "middle", "near"))
    assert (plan.order, plan.travel) == ("sequenced", "calibrated")


def test_a_driven_order_is_kept():
    day = found([stop("far", 6), stop("near", 2), stop("middle", 4)], order="driven")
    plan = given_plan(day, load(), CalibratedTravel(), seed=1)
    assert (plan.routes[0].stop_ids, plan.order) == (("far", "near", "middle"), "driven")


def test_a_route_ends_within_the_on_road_limit_of_its_departure():
    (route,) = given_plan(found([stop("a", 1)]), load(), CalibratedTravel(), seed=1).routes
    assert route.finish_by - route.departs_at == timedelta(seconds=load().shift.on_road_limit_s)


def test_where_the_file_has_no_departure_the_stations_first_wave_counts():
    assert first_departure(found([stop("a", 1)], departs_at=None), load()) == datetime(2026, 3, 14, 14, 30, tzinfo=UTC)


def test_built_routes_serve_every_stop_once():
    made = built(found([stop(f"a{i}", i / 3) for i in range(1, 8)], [stop(f"b{i}", -i / 3) for i in range(1, 8)]))
    assert sorted(s for r in made.plan.routes for s in r.stop_ids) == sorted(made.plan.stop)
    assert (len(made.plan.stops), made.outside_window, made.unserved, made.sentences) == (14, (), (), ())


def test_a_customer_who_cannot_be_reached_in_time_is_served_late_and_named():
    gone = Window(opens=NINE - timedelta(hours=3), closes=NINE - timedelta(hours=1))
    made = built(found([stop("a", 1), stop("too early", 2, window=gone), stop("c", 3)]))
    assert [s.stop_id for s in made.outside_window] == ["too early"]
    assert "too early" in made.plan.stop
    assert "1 stops are planned outside" in made.sentences[0]


def test_a_late_stop_finds_a_place_even_where_it_makes_others_late():
    at_once = Window(opens=NINE - timedelta(hours=1), closes=NINE + timedelta(minutes=6))
    made = built(found([stop("now", 2, window=at_once), stop("now too", -2, window=at_once)]))
    assert made.unserved == ()
    assert sorted(made.plan.stop) == ["now", "now too"]


@pytest.mark.parametrize("volume_cm3", [600_000.0, 2e6])
def test_what_no_van_has_room_for_is_named_and_on_no_route(volume_cm3):
    made = built(found([stop("a", 1, volume_cm3=volume_cm3), stop("b", 2, volume_cm3=600_000.0)]))
    assert len(made.unserved) == 1
    assert made.unserved[0].stop_id not in made.plan.stop
    assert "no van has room" in made.sentences[0]
