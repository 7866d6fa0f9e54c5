"""Lessons of many days, pooled."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.pace.past import NO_PAST
from dispatchkit.pace.pooling import Lesson, Served, pooled
from dispatchkit.station import load

FORECAST = load().forecast
SLOW = float(np.log(1.25))


def took(driver_id, log_service=0.0, area="A-12", doubt=0.004):
    return Served(driver_id=driver_id, area=area, log_service=log_service, doubt=doubt)


def usual(*, but=(), drivers=8):
    """A day on which everybody takes as long as planned, each in an area of his own, but for some."""
    named = {row.driver_id for row in but}
    others = (f"A{k}" for k in range(drivers) if f"A{k}" not in named)
    return Lesson(served=(*but, *(took(driver, area=f"B-{driver}") for driver in others)))


def test_without_a_day_nothing_is_known():
    assert pooled([], FORECAST) == pooled([Lesson()], FORECAST) == NO_PAST


def test_one_bad_day_moves_little_and_ten_move_nearly_all_of_it():
    def known(days):
        return pooled([usual(but=[took("A1", SLOW, area="")]) for _ in range(days)], FORECAST).drivers["A1"]

    one, ten = known(1), known(10)
    assert 0 < one.log_service < 0.75 * SLOW
    assert 0.75 * SLOW < ten.log_service < SLOW
    assert (one.days, ten.days) == (1, 10)
    assert one.doubt > ten.doubt


def test_rain_is_nobodys_hand():
    dry, wet = usual(), Lesson(served=tuple(replace(row, log_service=0.15) for row in usual().served))
    past = pooled([dry, wet, dry, wet], FORECAST)
    assert all(abs(known.log_service) < 0.01 for known in past.drivers.values())


def test_a_slow_area_is_no_slow_driver_where_others_drove_there_too():
    """Eight drivers by turns in one area of lifts; in theirs they all take as long as planned."""
    days = [usual(but=[took(f"A{k}", SLOW, area="A-12")]) for k in range(8) for _ in range(3)]
    past = pooled(days, FORECAST)
    assert past.areas["A-12"].log_service > 0.75 * SLOW
    assert all(abs(known.log_service) < 0.05 for known in past.drivers.values())


def test_a_slow_driver_makes_no_area_slow_where_others_are_quick():
    days = [usual(but=[took("A0", SLOW, area=f"B-A{k}"), took(f"A{k}", area="C-1")]) for k in range(1, 8)] * 3
    past = pooled(days, FORECAST)
    assert past.drivers["A0"].log_service > 0.8 * SLOW
    assert max(past.areas[f"B-A{k}"].log_service for k in range(1, 8)) < 0.1 * SLOW


def test_a_driver_who_knows_an_area_is_told_from_one_who_is_quick_everywhere():
    """A0 and A1 share two areas; A0 knows the one, A1 the other."""
    quick = -0.15
    days = []
    for _ in range(15):
        at_home = [took("A0", quick, area="A-1"), took("A1", quick, area="A-2")]
        away = [took("A0", 0.0, area="A-2"), took("A1", 0.0, area="A-1")]
        days += [usual(but=at_home), usual(but=away)]
    past = pooled(days, FORECAST)
    assert past.pairs["A0"]["A-1"].log_service < past.pairs["A0"]["A-2"].log_service
    assert past.pairs["A1"]["A-2"].log_service < past.pairs["A1"]["A-1"].log_service
    assert past.drivers["A0"].log_service == pytest.approx(past.drivers["A1"].log_service, abs=0.01)


def test_many_stops_of_one_day_tell_no_more_of_a_driver_than_that_day_can():
    exactly = [usual(but=[took("A1", SLOW, area="", doubt=1e-6)])]
    known = pooled(exactly, FORECAST).drivers["A1"]
    alike = replace(FORECAST, driver_day_spread_share=0.0)
    assert known.doubt > pooled(exactly, alike).drivers["A1"].doubt


def test_stops_without_a_zone_tell_of_their_driver_alone():
    past = pooled([usual(but=[took("A1", SLOW, area="")])], FORECAST)
    assert "" not in past.areas
    assert past.drivers["A1"].log_service > 0


def test_what_cannot_be_true_is_left_out():
    odd = [took("A1", float("nan")), took("A1", doubt=0.0), took("A1", doubt=float("inf"))]
    assert "A1" not in pooled([usual(but=odd)], FORECAST).drivers


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from("ABCD"), st.sampled_from(["", "A-1", "A-2"]), st.floats(-1, 1)), max_size=5
        ),
        min_size=1,
        max_size=6,
    )
)
def test_nobody_is_believed_more_than_what_was_seen_and_the_order_of_days_does_not_matter(days):
    lessons = [Lesson(served=tuple(took(driver, log, area=area) for driver, area, log in rows)) for rows in days]
    past = pooled(lessons, FORECAST)
    seen = [abs(log) for rows in days for _, _, log in rows]
    known = [*past.drivers.values(), *past.areas.values()]
    assert all(abs(k.log_service) <= max(seen) + 1e-6 and k.doubt > 0 and k.days <= len(days) for k in known)
    other = pooled(lessons[::-1], FORECAST)
    for name, held in past.drivers.items():
        assert other.drivers[name].log_service == pytest.approx(held.log_service, abs=1e-3)
