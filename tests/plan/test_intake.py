"""From what a reader found to a plan: given or built, and no stop lost on the way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import msgspec
import pytest

from dispatchkit.errors import NotFound
from dispatchkit.imports.given import GivenRoute, GivenVan, Import, LeftOut, StatedLimits
from dispatchkit.plan.engine.objective import DRIVING
from dispatchkit.plan.intake import built_plan, first_departure, given_plan
from dispatchkit.records import Package, Stop, Window
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel

NINE = datetime(2026, 3, 14, 14, tzinfo=UTC)
STATION_AT = (41.6, -93.6)


def stop(name, km_east, *, volume_cm3=1_000.0, service_s=60, window=None):
    package = Package(package_id=f"P-{name}", volume_cm3=volume_cm3, service_s=service_s, window=window)
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
    by_calls = map(float, count()).__next__     # a second is a call: the same search on every machine
    return built_plan(day, load(), CalibratedTravel(), **({"seed": 1, "budget_s": 5, "clock": by_calls} | more))


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
    assert made.sentences[0] == "1 stop is planned outside its window: too early."


def test_a_late_stop_finds_a_place_even_where_it_makes_others_late():
    at_once = Window(opens=NINE - timedelta(hours=1), closes=NINE + timedelta(minutes=6))
    made = built(found([stop("now", 2, window=at_once), stop("now too", -2, window=at_once)]))
    assert made.unserved == ()
    assert sorted(made.plan.stop) == ["now", "now too"]


@pytest.mark.parametrize(("volume_cm3", "why"), [(600_000.0, "No van has room left."), (2e6, "more than the largest")])
def test_what_no_van_has_room_for_is_named_and_on_no_route(volume_cm3, why):
    made = built(found([stop("a", 1, volume_cm3=volume_cm3), stop("b", 2, volume_cm3=600_000.0)]))
    (left,) = made.unserved
    assert left.stop_id not in made.plan.stop
    assert why in made.reasons[left.stop_id]
    assert made.sentences[0].startswith(f"1 stop is on no route: {left.stop_id}.")


def test_what_would_take_the_rest_is_said():
    made = built(found([stop(name, 1, volume_cm3=600_000.0) for name in "abc"]))
    assert made.short.vans == 2
    assert "2 more vans would take them all." in made.sentences[-1]


@pytest.mark.parametrize("vans", [0, 1])
def test_without_a_van_that_holds_anything_every_stop_is_named(vans):
    day = found(*[[stop("a", 1), stop("b", 2)]] * vans, van_volume_cm3=0.0)
    day = day if vans else replace(day, loose=(stop("a", 1), stop("b", 2)))
    made = built(day)
    assert made.plan.routes == ()
    assert sorted(made.all_reasons) == ["a", "b"]


def test_no_stops_are_no_routes():
    assert built(found([])).plan.routes == ()


def test_stops_that_the_source_leaves_unclear_are_told_with_the_rest():
    day = replace(found([stop("a", 1)]), left_out=(LeftOut(stop_id="b", reason="It lies nowhere. Correct it."),))
    made = built(day)
    assert made.all_reasons == {"b": "It lies nowhere. Correct it."}
    assert "1 stop is left out, since the data say what nobody can plan: b. b: It lies nowhere." in made.sentences[0]


def test_every_van_leaves_with_its_wave():
    first, second = ([stop(f"{side}{i}", sign * i) for i in (1, 2, 3)] for side, sign in (("a", 1), ("b", -1)))
    day = found(first, second)
    later = NINE + timedelta(hours=2)
    late_wave = msgspec.structs.replace(day.routes[1], departs_at=later)
    made = built(replace(day, routes=(day.routes[0], late_wave)))
    assert {r.code: r.departs_at for r in made.plan.routes}.items() <= {"CX1": NINE, "CX2": later}.items()


def test_a_window_before_its_wave_leaves_goes_to_an_earlier_one():
    early = Window(opens=NINE, closes=NINE + timedelta(hours=1))
    day = found([stop("a", 1)], [stop("early", 2, window=early)])
    late_wave = msgspec.structs.replace(day.routes[1], departs_at=NINE + timedelta(hours=2))
    made = built(replace(day, routes=(day.routes[0], late_wave)))
    assert made.outside_window == ()
    assert next(r.code for r in made.plan.routes if "early" in r.stop_ids) == "CX1"


def test_a_day_that_states_its_limits_is_planned_by_them_alone():
    day = replace(
        found(), loose=(stop("a", 1), stop("b", 2)), stated=StatedLimits(shift_s=3_600),
        own_vans=(GivenVan(code="CX1", van_id="V1", volume_cm3=1e6, departs_at=NINE),),
    )  # fmt: skip
    (route,) = built(day).plan.routes
    assert (route.break_s, route.finish_by - route.departs_at) == (0, timedelta(hours=1))


def test_stops_without_routes_are_not_taken_for_given_ones():
    with pytest.raises(NotFound, match="on no route yet"):
        given_plan(replace(found(), loose=(stop("a", 1),)), load(), CalibratedTravel(), seed=1)


def test_a_margin_for_late_days_is_looked_for_unless_driving_alone_counts():
    # forty stops of 13 minutes fill the shift, and leave no room for a late day
    day = found([stop(f"s{n}", 1 + n / 100, service_s=13 * 60) for n in range(40)])
    made = built(day)
    assert len(made.plan.stops) == 40
    assert "min for late days could not be kept on CX1" in made.sentences[0]
    assert built(day, objective=DRIVING).sentences == ()
