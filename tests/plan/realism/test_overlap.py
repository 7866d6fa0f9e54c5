"""Routes in between each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.plan.realism import Kind
from dispatchkit.plan.realism.overlap import beside, neighbours, zones_of
from tests.plan.realism.asked import RISK, checked, found
from tests.small_day import plan, route


def at(route_and_stops, *lats):
    """The route's stops one after the other on a street from south to north."""
    planned, stops = route_and_stops
    return planned, [replace(s, lat=lat) for s, lat in zip(stops, lats, strict=True)]


APART = plan(at(route("CX1"), 41.600, 41.601, 41.602), at(route("CX7"), 41.700, 41.701, 41.702))
MIXED = plan(at(route("CX1"), 41.6000, 41.6021, 41.6041), at(route("CX7"), 41.6001, 41.6020, 41.6040))


def test_routes_apart_have_every_neighbour_on_their_own():
    assert beside(APART) == {"CX1": ("CX1",) * 3, "CX7": ("CX7",) * 3}
    assert not found(Kind.OVERLAP, APART)
    assert checked(APART).overlap_share == 0


def test_two_routes_in_one_street_have_every_neighbour_on_the_other():
    assert beside(MIXED) == {"CX1": ("CX7",) * 3, "CX7": ("CX1",) * 3}
    [finding] = found(Kind.OVERLAP, MIXED)
    assert (finding.severity, finding.figures) == (RISK, {"overlap_pct": 100})
    assert "3 of 3 stops have their nearest neighbour on another route, most on CX7 (3)" in finding.sentence
    assert finding.stop_ids == ("CX1:1", "CX1:2", "CX1:3")


def test_stops_in_the_same_place_are_each_others_neighbours():
    twins = plan(at(route("CX1"), 41.6, 41.6, 41.6), at(route("CX7"), 41.7, 41.7, 41.7))
    assert beside(twins) == {"CX1": ("CX1",) * 3, "CX7": ("CX7",) * 3}


def test_without_places_nobody_can_tell():
    planned, stops = route("CX1")
    counted = plan((planned, [replace(s, lat=None, lng=None) for s in stops]))
    assert beside(counted) == {}
    assert neighbours(counted) == {}
    report = checked(counted)
    assert report.overlap_share is None
    assert [f.kind for f in report.findings] == [Kind.UNKNOWN]


def test_a_plan_of_one_stop_overlaps_nobody():
    assert checked(plan(route("CX1", packages=(1,)))).routes[0].overlap_share is None


def test_the_nearest_routes_are_the_neighbours():
    row = plan(*(at(route(f"CX{n}"), *[41.6 + n / 100] * 3) for n in (1, 2, 3, 5, 9)))
    assert neighbours(row)["CX1"] == ("CX2", "CX3", "CX5")
    assert neighbours(row)["CX9"] == ("CX5", "CX3", "CX2")


def test_zones_on_several_routes_are_named():
    shared = plan(route("CX1", zone="A-1.2F"), route("CX7", zone="A-1.2F"), route("CX9", zone="B-1"))
    assert zones_of(shared) == {"A-1.2F": ("CX1", "CX7"), "B-1": ("CX9",)}
    assert (checked(shared).zones, checked(shared).zones_split) == (2, ("A-1.2F",))


PLACES = st.tuples(st.floats(41.5, 41.9), st.floats(-88.3, -87.7))


@given(st.lists(PLACES, min_size=3, max_size=3), st.lists(PLACES, min_size=3, max_size=3))
def test_every_stop_has_a_neighbour_that_is_not_itself(here, there):
    def placed(code, places):
        planned, stops = route(code)
        return planned, [replace(s, lat=lat, lng=lng) for s, (lat, lng) in zip(stops, places, strict=True)]

    found_beside = beside(plan(placed("CX1", here), placed("CX7", there)))
    assert {r: len(routes) for r, routes in found_beside.items()} == {"CX1": 3, "CX7": 3}
    assert {r for routes in found_beside.values() for r in routes} <= {"CX1", "CX7"}


@pytest.mark.parametrize("swapped", [False, True])
def test_it_does_not_matter_in_which_order_routes_stand(swapped):
    routes = MIXED.routes[::-1] if swapped else MIXED.routes
    assert checked(replace(MIXED, routes=routes)).overlap_share == 1
