"""Against every possibility, one by one: no assignment covers more routes, and none breaks a rule."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.records import Driver, Fleet, Roster, Van
from dispatchkit.roster.assign import assign
from dispatchkit.roster.fit import driver_misfits, loads_of, pair_misfits, van_misfits
from tests.small_day import M3, STATION, plan, route

KLASS = st.sampled_from(["", "EDV", "CDV"])
ROUTES = st.lists(st.tuples(KLASS, st.integers(1, 4)), min_size=1, max_size=3)
DRIVERS = st.lists(st.tuples(KLASS, st.booleans(), st.integers(0, 3)), max_size=3)
VANS = st.lists(st.tuples(st.booleans(), st.sampled_from([1.0, 2.0, 4.0]), st.booleans()), max_size=3)


def fits(load, driver, van):
    return not any((*driver_misfits(driver, load), *van_misfits(van, load, STATION), *pair_misfits(driver, van)))


def orders(things, n):
    """Every way to give n routes one of the things each, or nobody (None)."""
    places = set(permutations([*range(len(things)), *[None] * n], n))
    return [[None if i is None else things[i] for i in order] for order in places]


def most_covered(loads, drivers, vans):
    """Try every order of drivers and of vans over the routes."""
    return max(
        sum(1 for load, d, v in zip(loads, ds, vs, strict=True) if d and v and fits(load, d, v))
        for ds in orders(drivers, len(loads))
        for vs in orders(vans, len(loads))
    )


@settings(max_examples=60, deadline=None)
@given(ROUTES, DRIVERS, VANS)
def test_no_other_assignment_covers_more(asked, people, cars):
    the_plan = plan(
        *(route(f"CX{n}", packages=(2 * m3,), litres=500, service_type=k) for n, (k, m3) in enumerate(asked))
    )
    drivers = tuple(
        Driver(driver_id=f"A{n}", qualifications=frozenset({k} - {""}), standby=s, last_van_id=f"V{last}")
        for n, (k, s, last) in enumerate(people)
    )
    fleet = Fleet(vans=tuple(Van(van_id=f"V{n}", volume_cm3=m3 * M3, electric=e) for n, (e, m3, _) in enumerate(cars)))
    grounded = {f"V{n}": "Tyre" for n, (*_, g) in enumerate(cars) if g}

    answer = assign(the_plan, Roster(drivers=drivers), fleet, attendance={}, grounded=grounded, station=STATION)

    loads = {load.route_id: load for load in loads_of(the_plan)}
    ready = [v for v in fleet.vans if v.van_id not in grounded]
    assert len(answer.pairs) == most_covered(list(loads.values()), list(drivers), ready)
    assert len({p.driver_id for p in answer.pairs}) == len({p.van_id for p in answer.pairs}) == len(answer.pairs)
    driver = {d.driver_id: d for d in drivers}
    assert all(fits(loads[p.route_id], driver[p.driver_id], fleet.van[p.van_id]) for p in answer.pairs)
    assert not grounded.keys() & {p.van_id for p in answer.pairs}
    assert {u.route_id for u in answer.uncovered} == loads.keys() - {p.route_id for p in answer.pairs}
    assert all(u.reason.startswith(loads[u.route_id].route.code) for u in answer.uncovered)
