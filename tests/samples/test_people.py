import re
from random import Random

from dispatchkit.roster.fit import loads_of, van_misfits
from dispatchkit.samples.people import VAN_TYPES, van_type


def test_there_are_sixty_drivers_with_ids_as_the_trade_writes_them(sample):
    ids = [d.driver_id for d in sample.roster.drivers]
    assert len(set(ids)) == 60
    assert all(re.fullmatch(r"A[A-Z0-9]{13}", i) for i in ids)


def test_there_are_forty_vans_two_of_them_spare_and_none_is_grounded_on_a_calm_day(sample):
    assert len(sample.fleet.vans) == len(sample.plan.routes) + 2 == 40
    assert not any(v.grounded for v in sample.fleet.vans)
    assert not {v.van_id for v in sample.fleet.vans[-2:]} & {d.last_van_id for d in sample.roster.drivers}


def test_a_spare_van_can_stand_in_for_any_van(sample, station):
    spares = sample.fleet.vans[-2:]
    for load in loads_of(sample.plan):
        assert any(not list(van_misfits(van, load, station)) for van in spares)


def test_every_route_has_a_van_that_holds_it_and_a_driver_who_knows_it(sample):
    for route, van, driver in zip(sample.plan.routes, sample.fleet.vans, sample.roster.drivers, strict=False):
        load_cm3 = sum(s.volume_cm3 for s in sample.plan.stops_of(route.route_id))
        assert load_cm3 < van.volume_cm3 == route.van_volume_cm3
        assert driver.last_van_id == van.van_id
        assert not van.electric or "EDV" in driver.qualifications
        assert any(s.zone.startswith(p) for s in sample.plan.stops_of(route.route_id) for p in driver.zones)


def test_some_stand_by_and_some_are_new(sample):
    assert sum(d.standby for d in sample.roster.drivers) == 6
    assert [d.zones for d in sample.roster.drivers if d.nursery] == [{}, {}, {}]


def test_a_load_too_big_for_any_van_gets_the_biggest():
    assert van_type(9_000_000, Random(1)) == VAN_TYPES[-1]
