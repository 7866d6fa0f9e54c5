"""The assignment: who drives what, why, and what is the cause where nobody does."""

import pytest

from dispatchkit.errors import Refused
from dispatchkit.plan import commit
from dispatchkit.records import Driver, Fleet, Roster, Van
from dispatchkit.roster import attendance, decide
from dispatchkit.roster.assign import assign, assign_day
from dispatchkit.roster.shortage import rivals
from tests.small_day import M3, STATION, TWO_ROUTES, Story, on_the_road, plan, planned, route


def drivers(*ids, **more):
    return tuple(Driver(driver_id=i, **more) for i in ids)


def vans(*ids, m3=10.0, **more):
    return tuple(Van(van_id=i, volume_cm3=m3 * M3, **more) for i in ids)


def assigned(the_plan, the_drivers, the_vans, **more):
    question = {"attendance": {}, "grounded": {}, "station": STATION} | more
    return assign(the_plan, Roster(drivers=the_drivers), Fleet(vans=the_vans), **question)


def driver_of(assignment):
    return {p.route_id: p.driver_id for p in assignment.pairs}


def van_of(assignment):
    return {p.route_id: p.van_id for p in assignment.pairs}


def test_every_route_gets_a_driver_and_a_van_of_its_own():
    answer = assigned(TWO_ROUTES, drivers("A1", "A2"), vans("V1", "V2"))
    assert sorted(driver_of(answer).values()) == ["A1", "A2"]
    assert sorted(van_of(answer).values()) == ["V1", "V2"]
    assert answer.uncovered == ()


def test_a_grounded_van_stays():
    answer = assigned(TWO_ROUTES, drivers("A1", "A2"), vans("V1", "V2", "V3"), grounded={"V1": "Brake light"})
    assert set(van_of(answer).values()) == {"V2", "V3"}


def test_the_big_load_gets_the_big_van():
    big_and_small = plan(route("CX1", packages=(8,), litres=500), route("CX7", packages=(1,)))
    answer = assigned(big_and_small, drivers("A1", "A2"), (*vans("SMALL", m3=3), *vans("BIG", m3=5)))
    assert van_of(answer) == {"CX1": "BIG", "CX7": "SMALL"}


def test_a_load_that_no_van_holds_is_named_as_the_cause():
    too_big = plan(route("CX1", packages=(8,), litres=1000))
    [left] = assigned(too_big, drivers("A1"), vans("V1", m3=5)).uncovered
    assert left.reason == (
        "CX1 has no van: none that may leave is big enough for its 8.0 m³. "
        "Free such a van, or move stops to another route."
    )


def test_two_big_loads_and_one_big_van():
    two = plan(*(route(c, packages=(8,), litres=500) for c in ("CX1", "CX7")))
    [left] = assigned(two, drivers("A1", "A2"), (*vans("SMALL", m3=3), *vans("BIG", m3=5))).uncovered
    assert "has no van: 1 van is big enough for its 4.0 m³, and 2 routes need one of them." in left.reason


def test_a_standby_drives_only_when_the_regulars_are_out():
    both = (*drivers("STANDBY", standby=True, zones={"D": 99}), *drivers("A1", "A2"))
    known = plan(route("CX1", zone="D-1"), route("CX7", zone="D-2"))
    assert set(driver_of(assigned(known, both, vans("V1", "V2"))).values()) == {"A1", "A2"}
    answer = assigned(known, both, vans("V1", "V2"), attendance={"A2": "VTO"})
    assert set(driver_of(answer).values()) == {"A1", "STANDBY"}
    assert "Standby; no regular driver who can take it is free." in [p.why_driver for p in answer.pairs]


def test_a_late_driver_comes_after_the_standbys():
    everybody = (*drivers("LATE", "A1"), *drivers("STANDBY", standby=True))
    answer = assigned(TWO_ROUTES, everybody, vans("V1", "V2"), attendance={"LATE": "Late with call"})
    assert set(driver_of(answer).values()) == {"A1", "STANDBY"}


def test_one_driver_short():
    three = plan(*(route(c) for c in ("CX1", "CX3", "CX7")))
    answer = assigned(three, drivers("A1", "A2"), vans("V1", "V2", "V3"))
    [left] = answer.uncovered
    assert left.reason.endswith("has no driver: 2 drivers are here for 3 routes. Ask a standby.")
    assert len(answer.pairs) == 2


def test_one_driver_short_with_the_standbys_driving_already():
    answer = assigned(TWO_ROUTES, drivers("A1", standby=True), vans("V1", "V2"))
    assert "1 driver is here for 2 routes. Call in a driver who is off" in answer.uncovered[0].reason


def test_nobody_here():
    reasons = [u.reason for u in assigned(TWO_ROUTES, drivers("A1"), vans("V1"), attendance={"A1": "VTO"}).uncovered]
    assert reasons == [f"{code} has no driver: nobody is here. Ask a standby." for code in ("CX1", "CX7")]


def test_one_van_short_and_every_van_grounded():
    answer = assigned(TWO_ROUTES, drivers("A1", "A2"), vans("V1"))
    assert answer.uncovered[0].reason.endswith("has no van: 1 van is ready for 2 routes. Release one, or rent one.")
    answer = assigned(TWO_ROUTES, drivers("A1", "A2"), vans("V1"), grounded={"V1": "Tyre"})
    assert "every van is grounded or out" in answer.uncovered[0].reason


def test_an_electric_route_gets_an_electric_van_and_a_qualified_driver():
    mixed = plan(route("CX1", service_type="Standard Parcel Electric"), route("CX7", service_type="CDV14"))
    both = drivers("BOTH", qualifications=frozenset({"CDV", "EDV"}))
    people = (*both, *drivers("CDV", qualifications=frozenset({"CDV"})))
    answer = assigned(mixed, people, (*vans("DIESEL"), *vans("EDV", electric=True)))
    assert driver_of(answer) == {"CX1": "BOTH", "CX7": "CDV"}
    assert van_of(answer) == {"CX1": "EDV", "CX7": "DIESEL"}


def test_an_electric_route_without_a_qualified_driver_or_an_electric_van():
    electric = plan(route("CX1", service_type="EDV"))
    only_cdv = drivers("A1", qualifications=frozenset({"CDV"}))
    [left] = assigned(electric, only_cdv, vans("V1", electric=True)).uncovered
    assert left.reason == "CX1 has no driver: nobody who is here is qualified for EDV. Ask somebody who is."
    [left] = assigned(electric, drivers("A1"), vans("V1")).uncovered
    assert "none that may leave is electric and big enough" in left.reason


def test_two_electric_routes_and_one_qualified_driver():
    two = plan(*(route(c, service_type="EDV") for c in ("CX1", "CX7")))
    people = (*drivers("EDV"), *drivers("CDV", qualifications=frozenset({"CDV"})))
    [left] = assigned(two, people, vans("V1", "V2", electric=True)).uncovered
    assert "1 driver is qualified for the 2 routes that want them." in left.reason


def test_an_unqualified_driver_is_not_put_into_an_electric_van_that_is_the_only_one():
    people = drivers("A1", qualifications=frozenset({"CDV"}), last_van_id="V1")
    [left] = assigned(plan(route("CX1")), people, vans("V1", electric=True)).uncovered
    assert "no driver for it is qualified for a van that fits" in left.reason


def test_drivers_get_the_zones_they_know():
    zones = plan(route("CX1", zone="D-1"), route("CX7", zone="E-1"))
    people = (*drivers("E", zones={"E": 10}), *drivers("D", zones={"D": 10}))
    answer = assigned(zones, people, vans("V1", "V2"))
    assert driver_of(answer) == {"CX1": "D", "CX7": "E"}
    assert answer.pairs[0].why_driver == "Knows the zones of the route at 100%."


def test_drivers_get_the_van_of_the_last_days():
    people = (*drivers("A1", last_van_id="V2"), *drivers("A2", last_van_id="V1"))
    answer = assigned(TWO_ROUTES, people, vans("V1", "V2"))
    assert {p.driver_id: p.van_id for p in answer.pairs} == {"A1": "V2", "A2": "V1"}
    assert all(p.why_van.startswith("The driver's van of the last days") for p in answer.pairs)


def test_a_new_driver_gets_the_light_route():
    uneven = plan(route("CX1", leg_s=7000.0), route("CX7", leg_s=1000.0))
    answer = assigned(uneven, (*drivers("NEW", nursery=True), *drivers("OLD")), vans("V1", "V2"))
    assert driver_of(answer) == {"CX7": "NEW", "CX1": "OLD"}
    assert answer.pairs[1].why_driver == "New driver on one of the day's lightest routes."


def test_what_is_assigned_stays_though_another_choice_had_more_points():
    zones = plan(route("CX1", zone="D-1"), route("CX7", zone="E-1"))
    people = (*drivers("E", zones={"E": 10}), *drivers("D", zones={"D": 10}))
    held = {"CX1": ("E", "V2"), "CX7": ("D", "V1")}
    answer = assigned(zones, people, vans("V1", "V2"), keep=held)
    assert {p.route_id: (p.driver_id, p.van_id) for p in answer.pairs} == held
    assert answer.pairs[0].why_driver == "Had the route already."


def test_a_call_out_changes_one_route_only():
    story = planned(plan(*(route(f"CX{n}") for n in range(1, 4))), Roster(drivers=drivers("A1", "A2", "A3", "A4")))
    first = assign_day(story.day, station=STATION)
    story.does(decide.assign_all, assignment=first, station=STATION)
    gone = driver_of(first)["CX2"]
    story.does(attendance.call_out, driver_id=gone, attendance="VTO")
    again = decide.assign_all(
        story.day, assignment=assign_day(story.day, station=STATION), station=STATION, at=story.facts[-1].at, by="jo"
    )
    assert [(f.kind, f.route_id) for f in again] == [("DriverAssigned", "CX2")]


def test_routes_that_have_left_are_out_of_question():
    answer = assign_day(on_the_road().day, station=STATION)
    assert answer == ((), ())


def test_drivers_and_vans_that_are_out_are_not_given_away():
    held = {"CX1": ("A1", "V1")}
    answer = assigned(TWO_ROUTES, drivers("A1"), vans("V1", "V2"), keep=held, left={"CX1"})
    assert answer.uncovered[0].reason == "CX7 has no driver: nobody is here. Ask a standby."


def test_the_same_question_gets_the_same_answer():
    many = plan(*(route(f"CX{n}") for n in range(8)))
    people, fleet = drivers(*(f"A{n}" for n in range(10))), vans(*(f"V{n}" for n in range(10)))
    assert len({assigned(many, people, fleet) for _ in range(3)}) == 1


def test_a_plan_whose_routes_hold_nothing_is_assigned_like_any_other():
    empty = plan(route("CX1", packages=()), route("CX7", packages=(0,)))
    assert len(assigned(empty, drivers("A1", "A2"), vans("V1", "V2")).pairs) == 2


def test_a_day_without_a_roster_says_so():
    story = Story().keeping("plan", TWO_ROUTES)
    story.does(commit.give_routes, plan=TWO_ROUTES, digest="plan").does(commit.commit, digest="plan", plan=TWO_ROUTES)
    with pytest.raises(Refused, match="no roster and no fleet"):
        assign_day(story.day, station=STATION)


def test_rivals_are_the_routes_that_share_too_few():
    could = {"r1": ["a"], "r2": ["a", "b"], "r3": ["b"], "r4": ["c", "d"]}
    assert set(rivals("r3", could, {"r1": "a", "r2": "b", "r4": "c"})) == {"r1", "r2", "r3"}
    assert rivals("r4", could, {"r1": "a", "r2": "b"}) == ()
