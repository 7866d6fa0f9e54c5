"""Eight weeks of thin facts: they fold, they close, and what is to be learned from them is in them."""

from collections import Counter
from datetime import date, timedelta

import pytest

from dispatchkit.day.facts.end_of_shift import PackagesDebriefed
from dispatchkit.day.facts.load_out import LoadingFinished, RouteDeparted
from dispatchkit.day.facts.pre_load_out import DriverCalledOut, VanInspected
from dispatchkit.day.facts.road import RescueStarted
from dispatchkit.desk import Desk
from dispatchkit.eos.debrief import status_of_reason
from dispatchkit.samples.crew import crew
from dispatchkit.samples.history import DAYS, FIRST_DAY


@pytest.fixture(scope="module")
def keys(history):
    return [past.key for past in history.days]


@pytest.fixture(scope="module")
def days(committed, keys):
    return [Desk(committed, key, by="test").day() for key in keys]


@pytest.fixture(scope="module")
def facts(committed, keys):
    return [entry.fact for key in keys for entry in committed.read(key)]


def of(facts, kind):
    return [f for f in facts if isinstance(f, kind)]


def test_eight_weeks_end_on_the_eve_of_the_first_sample_day(keys):
    assert [k.service_day for k in keys] == [FIRST_DAY + timedelta(days=n) for n in range(DAYS)]
    assert keys[-1].service_day == date(2026, 3, 2)


def test_every_day_folds_to_a_closed_one_of_which_every_route_is_back_and_debriefed(days):
    for day in days:
        assert day.course.closed_at is not None
        routes = {r.route_id for r in day.plan.routes}
        assert routes == day.load_out.departed.keys() == day.end_of_shift.returned.keys()
        assert routes == day.end_of_shift.debriefed.keys()
        assert day.road.unknown_routes == {}


def test_nobody_who_called_out_drove_and_nobody_drove_twice(days):
    for day in days:
        drove = [left.driver_id for left in day.load_out.departed.values()]
        vans = [left.van_id for left in day.load_out.departed.values()]
        absent = set(day.pre_load_out.attendance)
        assert len(set(drove)) == len(drove)
        assert len(set(vans)) == len(vans)
        assert absent.isdisjoint(drove)
        assert day.pre_load_out.roster.driver.keys() >= {*drove, *absent}


def test_electric_vans_were_driven_by_those_who_may(days):
    for day in days:
        roster, fleet = day.pre_load_out.roster, day.pre_load_out.fleet
        for left in day.load_out.departed.values():
            assert not fleet.van[left.van_id].electric or "EDV" in roster.driver[left.driver_id].qualifications


def test_two_to_four_in_a_hundred_were_absent(days):
    absent = sum(len(day.pre_load_out.attendance) for day in days)
    assert 0.02 <= absent / sum(len(day.pre_load_out.roster.drivers) for day in days) <= 0.04


def test_a_few_are_absent_more_often_and_some_do_not_even_call(facts):
    called = of(facts, DriverCalledOut)
    counts = sorted(Counter(f.driver_id for f in called).values(), reverse=True)
    assert sum(counts[:5]) / len(called) > 2 * 5 / len(crew().members)
    assert {"Called out excused", "Called out not excused", "No show no call"} == {f.attendance for f in called}


def test_absences_cluster(history):
    """Who was absent when last on the schedule is absent again far more often than others are."""
    before, again, after_absence, shifts, absences = {}, 0, 0, 0, 0
    for past in history.days:
        for member in past.members:
            who = member.driver.driver_id
            away = who in past.absent
            shifts, absences = shifts + 1, absences + away
            after_absence += before.get(who, False)
            again += before.get(who, False) and away
            before[who] = away
    assert again / after_absence > 4 * absences / shifts


def test_rescues_are_not_shared_fairly(committed, keys):
    helped = Counter()
    for key in keys:
        day = Desk(committed, key, by="test").day()
        for rescue in day.road.rescues.values():
            helped[day.load_out.departed[rescue.started.helper_route_id].driver_id] += 1
    assert sum(helped.values()) > 25
    assert sum(n for _, n in helped.most_common(4)) > sum(helped.values()) / 2


def test_a_rescue_helps_a_route_and_is_over_before_it_is_back(days):
    for day in days:
        for rescue in day.road.rescues.values():
            assert rescue.started.route_id != rescue.started.helper_route_id
            assert rescue.started.at < rescue.ended_at < day.end_of_shift.returned[rescue.started.route_id]


def test_a_few_packages_in_a_thousand_were_not_delivered_each_for_a_reason_of_the_station(facts, station):
    loaded = sum(f.packages for f in of(facts, LoadingFinished))
    accounts = [a for f in of(facts, PackagesDebriefed) for a in f.accounts]
    assert 0.004 <= len(accounts) / loaded <= 0.01
    assert all(status_of_reason(a.reason, station) == a.status for a in accounts)


def test_some_vans_failed_their_inspection_and_did_not_leave(days, facts):
    failed = [f for f in of(facts, VanInspected) if not f.passed]
    assert 5 < len(failed) < 60
    for day in days:
        for van_id, _ in day.pre_load_out.inspections:
            assert van_id not in {left.van_id for left in day.load_out.departed.values()}


def test_what_drivers_know_of_zones_is_what_the_facts_say(history, days):
    driven = Counter()
    for day in days:
        for route_id, left in day.load_out.departed.items():
            (stop,) = day.plan.stops_of(route_id)
            driven[left.driver_id, stop.zone] += 1
    assert driven == {(who, zone): n for who, zones in history.zones.items() for zone, n in zones.items()}


def test_most_days_were_driven_by_somebody_who_belongs_there(facts, history):
    own = {m.driver.driver_id: m.home for m in crew().members}
    at_home = sum(zones.get(own[who], 0) for who, zones in history.zones.items())
    assert 0.7 < at_home / len(of(facts, RouteDeparted)) < 0.95


def test_rescues_name_routes_of_their_day(days, facts):
    assert len(of(facts, RescueStarted)) == sum(len(day.road.rescues) for day in days)
