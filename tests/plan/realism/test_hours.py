"""Shift, chance to be in time, stems, and the return that somebody states."""

from datetime import timedelta

import pytest

from dispatchkit.plan.realism import Kind, Known
from tests.plan.realism.asked import LIMIT, NOTE, RISK, checked, found
from tests.small_day import TEN, plan, route


def test_a_route_that_its_own_times_bring_back_too_late_breaks_the_limit():
    # 4 legs of half an hour and 6 packages of a minute: 2 h 06 of work in 2 h
    [finding] = found(Kind.HOURS, plan(route("CX1", leg_s=1800, hours=2)))
    assert finding.severity is LIMIT
    assert finding.figures == {"planned_h": pytest.approx(2.1), "over_min": pytest.approx(6)}
    assert "back at 12:06, 6 min after 12:00" in finding.sentence


def test_a_route_that_is_back_to_the_minute_does_not():
    assert not found(Kind.HOURS, plan(route("CX1", leg_s=1710, hours=2)))


def test_a_route_that_fits_to_the_minute_is_as_often_late_as_not():
    [finding] = found(Kind.CHANCE, plan(route("CX1", leg_s=1710, hours=2)))
    assert finding.severity is RISK
    assert 0.3 < finding.figures["chance_in_time"] < 0.7
    assert finding.figures["help_min"] > 0


def test_a_route_with_time_to_spare_is_left_alone():
    assert not found(Kind.CHANCE, plan(route("CX1", hours=8)))


def test_the_break_is_part_of_the_shift():
    with_break = route("CX1", leg_s=1710, hours=2, break_s=1800)
    assert found(Kind.HOURS, plan(with_break))[0].figures["over_min"] == pytest.approx(30)


def test_a_long_way_out_is_told_with_both_ways():
    far, stops = route("CX1", leg_s=300)
    far = type(far)(**{f: getattr(far, f) for f in far.__struct_fields__} | {"drive_s": (2700.0, 300.0, 300.0, 1200.0)})
    [finding] = found(Kind.STEM, plan((far, stops)))
    assert finding.figures == {"stem_out_min": 45, "stem_back_min": 20}
    assert finding.stop_ids == ("CX1:1", "CX1:3")
    assert "45 min to the first stop and 20 min back" in finding.sentence


def test_a_stem_as_long_as_the_profile_allows_is_none():
    assert not found(Kind.STEM, plan(route("CX1", leg_s=2400)))


def test_a_return_that_the_file_states_is_held_against_our_own():
    # 4 legs of 5 min and 6 min of service: back at 10:26
    small = plan(route("CX1"))
    [finding] = found(Kind.STATED_TIMES, small, known=Known(stated_back_at={"CX1": TEN + timedelta(minutes=15)}))
    assert finding.severity is NOTE
    assert finding.figures["later_min"] == pytest.approx(11)
    assert not found(Kind.STATED_TIMES, small, known=Known(stated_back_at={"CX1": TEN + timedelta(minutes=24)}))


def test_the_chance_and_the_quantiles_are_of_one_distribution():
    [one] = checked(plan(route("CX1", leg_s=1710, hours=2))).routes
    assert one.p50 < one.p90
    assert (one.chance_in_time < 0.5) == (one.p50 > one.finish_by)
