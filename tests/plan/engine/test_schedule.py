import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.plan.engine.schedule import schedule

SECONDS = st.integers(0, 5_000)
NEVER = float("nan")


@st.composite
def routes(draw):
    n = draw(st.integers(0, 12))
    some = st.lists(SECONDS, min_size=n, max_size=n)
    opens = draw(st.lists(st.one_of(st.just(NEVER), st.integers(-5_000, 40_000)), min_size=n, max_size=n))
    return {
        "drive_s": [*draw(some), draw(SECONDS)],
        "service_s": draw(some),
        "opens_s": opens,
        "closes_s": [o + 3_600 for o in opens],
        "break_s": draw(st.sampled_from([0, 1_800])),
    }


def by_hand(drive_s, service_s, opens_s, closes_s, break_s, break_after):
    """The same route stop by stop, as one would with pencil and paper."""
    now, done, late = 0.0, [], []
    for i, (leg, service) in enumerate(zip(drive_s, service_s, strict=False)):
        now += leg
        if opens_s[i] == opens_s[i]:
            now = max(now, opens_s[i])
        late.append(max(0.0, now - closes_s[i]) if closes_s[i] == closes_s[i] else 0.0)
        now += service
        done.append(now)
        now += break_s if i == break_after else 0
    return done, late, now + drive_s[-1]


@given(routes())
def test_it_is_what_one_works_out_stop_by_stop(route):
    times = schedule(**route)
    done, late, back = by_hand(**route, break_after=times.break_after)
    assert times.done_s == pytest.approx(np.array(done))
    assert times.late_s == pytest.approx(np.array(late))
    assert times.back_s == pytest.approx(back)


@given(routes())
def test_stops_follow_each_other_and_none_is_served_before_its_window_opens(route):
    times = schedule(**route)
    starts = times.arrive_s + times.wait_s
    assert (times.wait_s >= 0).all()
    assert (np.diff(times.done_s) >= 0).all()
    assert not (starts < np.array(route["opens_s"], dtype=float) - 1e-6).any()
    assert times.done_s == pytest.approx(starts + np.array(route["service_s"], dtype=float))


@given(routes(), st.integers(0, 10_000))
def test_windows_that_shift_with_the_departure_change_nothing_but_the_clock(route, later):
    # leaving `later` is the same as windows that come so much sooner: nobody waits longer, nobody is less late
    sooner = route | {
        "opens_s": [o - later for o in route["opens_s"]], "closes_s": [c - later for c in route["closes_s"]]
    }  # fmt: skip
    now, then = schedule(**route), schedule(**sooner)
    assert (then.done_s <= now.done_s + 1e-6).all()
    assert (then.done_s + later >= now.done_s - 1e-6).all()
    assert (then.late_s >= now.late_s - 1e-6).all()


def test_four_stops_in_a_line_without_windows():
    times = schedule([10, 10, 10, 10, 40], [5, 5, 5, 5])
    assert times.done_s.tolist() == [15, 30, 45, 60]
    assert (times.back_s, times.break_after) == (100, None)


def test_a_van_that_comes_early_waits_and_everything_behind_it_moves():
    times = schedule([10, 10, 10], [5, 5], opens_s=[100, NEVER], closes_s=[200, NEVER])
    assert times.arrive_s.tolist() == [10, 115]
    assert times.wait_s.tolist() == [90, 0]
    assert times.back_s == 130


def test_a_van_that_comes_after_closing_serves_late():
    times = schedule([10, 10, 10], [5, 5], opens_s=[NEVER, 0], closes_s=[NEVER, 20])
    assert times.late_s.tolist() == [0, 5]


def test_the_break_is_taken_after_the_stop_nearest_half_of_the_work():
    times = schedule([10, 10, 10, 10, 20], [10, 10, 10, 10], break_s=30)
    assert times.break_after == 1       # 40 of 100 seconds; 60 is as near, the earlier one counts
    assert times.done_s.tolist() == [20, 40, 90, 110]
    assert times.back_s == 130


def test_a_single_stop_has_its_break_before_the_way_back():
    times = schedule([10, 10], [5], break_s=30)
    assert (times.done_s.tolist(), times.back_s) == ([15], 55)


def test_a_route_without_stops_goes_out_and_comes_back():
    times = schedule([0], [])
    assert (times.done_s.size, times.back_s, times.break_after) == (0, 0, None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 2], [3, 4]), "2 stops need 3 legs"),
        (([1, -2], [3]), "Negative or unknown"),
        (([1, float("nan")], [3]), "Negative or unknown"),
        (([1, 2], [3], [0, 0], None), "1 stops need 1 windows"),
    ],
)
def test_arrays_that_do_not_belong_together_are_not_scheduled(arguments, message):
    with pytest.raises(ValueError, match=message):
        schedule(*arguments)
