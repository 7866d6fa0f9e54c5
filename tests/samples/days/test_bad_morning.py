"""Three call-outs, a grounded van and a late wave are in it, each answered well."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatchkit.day.facts.pre_load_out import DriverAssigned, DriverCalledOut
from dispatchkit.samples.crew import crew

CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture(scope="module")
def day(standing):
    return standing("bad_morning").day


@pytest.fixture(scope="module")
def facts(standing):
    return [entry.fact for entry in standing("bad_morning").desk.entries()]


def test_three_call_out_between_ten_past_five_and_twenty_to_six(facts):
    at = [f.at.astimezone(CHICAGO) for f in facts if isinstance(f, DriverCalledOut)]
    assert [f"{x:%H:%M}" for x in at] == ["05:10", "05:22", "05:38"]


def test_each_route_has_another_driver_at_once(facts, day):
    out = [f for f in facts if isinstance(f, DriverCalledOut)]
    instead = [f for f in facts if isinstance(f, DriverAssigned) and f.at in {o.at for o in out}]
    assert [f.at for f in instead] == [o.at for o in out]
    assert {f.driver_id for f in instead}.isdisjoint(o.driver_id for o in out)
    assert {f.driver_id for f in instead} <= {left.driver_id for left in day.load_out.departed.values()}


def test_one_van_fails_its_inspection_and_a_spare_one_leaves_instead(day):
    (grounded,) = day.pre_load_out.grounded
    left = {left.van_id for left in day.load_out.departed.values()}
    assert grounded not in left
    assert left & {van.van_id for van in crew().fleet.vans[20:]}


def test_one_wave_leaves_late_and_that_is_one_alarm_somebody_has_taken_on(day):
    (alarm,) = (alarm for alarm in day.road.alarms.values() if len(alarm.raised.route_ids) > 1)
    assert set(alarm.raised.route_ids) == {r.route_id for r in day.plan.routes if r.wave == "Wave 2"}
    assert alarm.acknowledged_by
    late = [left.at - day.plan.route[r].departs_at for r, left in day.load_out.departed.items()]
    assert sum(x > timedelta(minutes=30) for x in late) == 10


def test_at_eleven_all_are_out(day):
    assert len(day.load_out.departed) == 20
