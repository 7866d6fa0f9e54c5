import re
from datetime import date, timedelta

import pytest

from dispatchkit.samples.crew import crew

WEEK = [date(2026, 3, 2) + timedelta(days=n) for n in range(7)]


def test_forty_five_drivers_have_ids_as_the_trade_writes_them():
    ids = [m.driver.driver_id for m in crew().members]
    assert len(set(ids)) == 45
    assert all(re.fullmatch(r"A[A-Z0-9]{13}", i) for i in ids)


def test_there_is_a_van_for_each_neighbourhood_and_three_spare():
    assert len(crew().areas) == 20
    assert len(crew().fleet.vans) == 23
    assert [v.service_type for v in crew().fleet.vans[:20]] == [kind.name for kind in crew().kinds]


@pytest.mark.parametrize("day", WEEK, ids=lambda day: f"{day:%a}")
def test_each_day_every_neighbourhood_has_just_one_of_its_own_drivers_and_some_stand_by(day):
    on = crew().on(day)
    homes = sorted(m.home for m in on if m.home and not m.stands_by(day))
    assert homes == sorted(a.prefix for a in crew().areas)
    assert 2 <= sum(m.stands_by(day) for m in on) <= 3
    assert 25 <= len(on) <= 26


def test_nobody_works_more_than_four_days_a_week():
    assert {sum(m.works(day) for day in WEEK) for m in crew().members} == {4}


def test_who_belongs_to_an_electric_van_may_drive_it():
    electric = {area.prefix for area, kind in zip(crew().areas, crew().kinds, strict=True) if kind.electric}
    assert electric
    assert all("EDV" in m.driver.qualifications for m in crew().members if m.home in electric)


def test_a_roster_says_what_each_knows_and_who_stands_by():
    day, someone = WEEK[0], crew().on(WEEK[0])[0].driver.driver_id
    roster = crew().roster(day, zones={someone: {"K-12": 3, "K-11": 20}}, last_van={someone: "van-07"})
    assert [d.driver_id for d in roster.drivers] == [m.driver.driver_id for m in crew().on(day)]
    assert roster.driver[someone].zones == {"K-11": 20, "K-12": 3}
    assert roster.driver[someone].last_van_id == "van-07"
    assert sum(d.standby for d in roster.drivers) == sum(m.stands_by(day) for m in crew().on(day))
