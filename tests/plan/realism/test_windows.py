"""Customers' windows and businesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.plan.realism import Kind
from tests.plan.realism.asked import LIMIT, NOTE, RISK, by_rule, checked, found, window, with_windows
from tests.small_day import plan, route

SMALL = plan(route("CX1"))
"""Leaves at 10:00; the stops are reached at 10:05, 10:12 and 10:19."""


def test_a_stop_that_is_reached_after_closing_breaks_the_limit():
    [finding] = found(Kind.WINDOW, with_windows(SMALL, **{"CX1:2": ("09:00", "10:10")}))
    assert (finding.severity, finding.stop_ids) == (LIMIT, ("CX1:2",))
    assert finding.figures == {"late_min": pytest.approx(2)}
    assert "Stop 2 of 3 (a business, CX1:2) is reached at 10:12, after it has closed at 10:10" in finding.sentence


def test_a_stop_that_is_reached_a_minute_before_closing_is_probably_missed():
    [finding] = found(Kind.WINDOW, with_windows(SMALL, **{"CX1:2": ("09:00", "10:13")}))
    assert finding.severity is RISK
    assert 0.25 <= finding.figures["chance_missed"] < 0.5
    assert "is planned at 10:12, expected at 10:12 and closes at 10:13" in finding.sentence


def test_a_stop_with_hours_to_spare_is_fine():
    assert not found(Kind.WINDOW, with_windows(SMALL, **{"CX1:2": ("09:00", "17:00")}))


def test_a_long_wait_for_a_door_is_a_note_and_a_short_one_is_none():
    [finding] = found(Kind.WAIT, with_windows(SMALL, **{"CX1:2": ("10:42", "17:00")}))
    assert (finding.severity, finding.figures) == (NOTE, {"wait_min": pytest.approx(30)})
    assert not found(Kind.WAIT, with_windows(SMALL, **{"CX1:2": ("10:27", "17:00")}))


def test_the_wait_puts_off_everything_behind_it():
    waited = with_windows(SMALL, **{"CX1:2": ("10:42", "17:00"), "CX1:3": ("09:00", "10:30")})
    assert [f.stop_ids for f in found(Kind.WINDOW, waited)] == [("CX1:3",)]


def test_businesses_are_told_by_their_closing_and_counted_by_the_hour():
    until = {"CX1:1": "18:00", "CX1:2": "21:00", "CX1:3": "17:00"}
    shops = with_windows(SMALL, **{stop_id: ("09:00", closes) for stop_id, closes in until.items()})
    assert checked(shops).routes[0].businesses_by_hour == {10: 2}


def test_a_window_of_the_whole_day_is_no_business():
    assert checked(with_windows(SMALL, **{"CX1:1": ("00:00", "23:59")})).routes[0].businesses_by_hour == {}


def test_businesses_stacked_at_midday():
    late = plan(route("CX1", leg_s=7500))     # 12:05, 14:12, 16:19
    shops = with_windows(late, **{f"CX1:{i}": ("09:00", "18:00") for i in (1, 2, 3)})
    [finding] = found(Kind.MIDDAY, shops, station=by_rule(midday_stops_count=1))
    assert (finding.severity, finding.stop_ids) == (RISK, ("CX1:1",))
    assert not found(Kind.MIDDAY, shops, station=by_rule(midday_stops_count=2))
    assert not found(Kind.MIDDAY, late, station=by_rule(midday_stops_count=1))


def test_two_packages_of_one_stop_for_two_times():
    first, *rest = SMALL.stops
    a, b = first.packages
    packages = replace(a, window=window("09:00", "10:30")), replace(b, window=window("14:00", "18:00"))
    [finding] = found(Kind.WINDOW, replace(SMALL, stops=(replace(first, packages=packages), *rest)))
    assert "one must be there by 10:30, one not before 14:00" in finding.sentence


@given(closes_min=st.integers(min_value=1, max_value=400))
def test_a_later_closing_is_never_missed_more_often(closes_min):
    def missed(minutes):
        text = f"{10 + minutes // 60}:{minutes % 60:02d}"
        closing = with_windows(SMALL, **{"CX1:3": ("09:00", text)})
        [finding] = found(Kind.WINDOW, closing, station=by_rule(window_missed_share=0.0))
        return 1.0 if finding.severity is LIMIT else finding.figures["chance_missed"]

    assert 0 <= missed(closes_min + 5) <= missed(closes_min) <= 1
