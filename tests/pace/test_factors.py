import numpy as np
import pytest
from msgspec.structs import replace

from dispatchkit.pace.ahead import Left, ahead
from dispatchkit.pace.factors import Stretches, a_usual_day, learn, leg_s2
from dispatchkit.pace.past import NO_PAST, before_today
from dispatchkit.pace.running import as_if_done_s, expected_whole_s


def stretches(factors, *, stops=80, told=None):
    """Routes whose every leg and stop takes its factor (drive, service) times its plan."""
    chance = np.random.default_rng(7)
    shape = (len(factors), stops)
    drive_s, service_s = chance.uniform(20, 120, shape), chance.uniform(40, 200, shape)
    drive, service = np.array(factors, dtype=float).T[:, :, None]
    known = np.ones(shape) if told is None else (np.arange(stops) < np.array(told)[:, None]).astype(float)
    took_s = drive * drive_s + service * service_s
    return Stretches(drive_s, service_s, leg_s2(drive_s, 340), service_s**2, took_s, known)


@pytest.fixture
def learned(station):
    def of(known, **changed):
        forecast = replace(station.forecast, **changed)
        routes = known.took_s.shape[-2]
        mean, cov = before_today([""] * routes, np.zeros(routes), NO_PAST, forecast)
        return learn(known, mean, cov, a_usual_day(forecast), forecast)

    return of


def test_before_anything_is_told_routes_are_expected_to_take_as_long_as_planned(learned, station):
    nothing = learned(stretches([(1, 1)] * 3, told=[0, 0, 0]))
    left = Left(*(np.full(3, x) for x in (6000.0, 9000.0, 1e5, 1e6, 1800.0, 6e5)))
    assert ahead(left, nothing, station.forecast).mean_s == pytest.approx(6000 + 9000 + 1800)


def test_slow_service_and_slow_driving_are_told_apart(learned):
    days_differ = {"day_drive_spread_share": 0.3, "day_service_spread_share": 0.3, "day_together_share": 0.0}
    drive, service = np.exp(learned(stretches([(1.0, 1.3)] * 12, stops=150), **days_differ).mean[0])
    assert drive == pytest.approx(1.0, abs=0.05)
    assert service == pytest.approx(1.27, abs=0.05)


def test_what_all_routes_say_of_the_day_reaches_the_one_that_has_said_nothing(learned):
    told = [60] * 30 + [0]
    slow = learned(stretches([(1.2, 1.15)] * 31, told=told))
    assert np.exp(slow.mean[-1]) == pytest.approx([1.2, 1.15], abs=0.05)
    alone = learned(stretches([(1.2, 1.15)], told=[0]))
    assert np.exp(alone.mean[0, 1]) < 1.0
    assert np.linalg.det(slow.cov[-1]) < np.linalg.det(alone.cov[0])


def test_one_slow_driver_is_no_slow_day(learned):
    mixed = learned(stretches([(1, 1)] * 20 + [(1, 1.5)], told=[40] * 21))
    service = np.exp(mixed.mean[:, 1])
    assert service[-1] > 1.25
    assert service[:-1].max() < 1.05


def test_the_doubt_shrinks_with_every_stop(learned):
    doubt = [np.linalg.det(learned(stretches([(1, 1)], told=[n])).cov[0]) for n in (0, 5, 20, 80)]
    assert doubt == sorted(doubt, reverse=True)


def test_the_shape_of_the_noise_does_not_matter_for_the_mean(learned):
    known = stretches([(1, 1)] * 40, stops=150)
    chance = np.random.default_rng(3)
    two_sorts = known.took_s * np.where(chance.random(known.took_s.shape) < 0.5, 0.5, 1.5)
    assert np.exp(learned(known._replace(took_s=two_sorts)).mean).mean() == pytest.approx(1.0, abs=0.02)


def test_two_parcels_scanned_at_once_and_a_wrong_clock_do_not_carry_the_route_away(learned):
    known = stretches([(1, 1)] * 2)
    known.took_s[0, 5:8] = 0.0
    known.took_s[1, 9] = 86_400
    assert np.exp(learned(known).mean) == pytest.approx(np.ones((2, 2)), abs=0.12)


def test_many_looks_at_once_are_the_same_as_one_after_another(learned):
    looks = [stretches([(1, 1.2), (1.1, 1)], told=[n, 2 * n]) for n in (3, 10, 30)]
    at_once = learned(Stretches(*(np.stack(parts) for parts in zip(*looks, strict=True))))
    for k, look in enumerate(looks):
        assert at_once.mean[k] == pytest.approx(learned(look).mean)


class TestRunning:
    def test_a_stop_that_runs_long_already_will_take_longer_than_one_that_begins(self):
        whole_s, weight = expected_whole_s(np.array([0.0, 60, 120, 600]), np.full(4, 120.0), np.full(4, 3600.0))
        assert whole_s[0] == pytest.approx(120)
        assert np.all(np.diff(whole_s) > 0)
        assert whole_s[3] > 600
        assert np.all(np.diff(weight) > 0)

    def test_with_the_running_ones_counted_the_morning_is_not_quicker_than_it_is(self):
        chance = np.random.default_rng(5)
        took_s = 120 * np.exp(0.5 * chance.standard_normal(40_000) - 0.125)
        run_s, mean_s = np.full(took_s.shape, 90.0), np.full(took_s.shape, 120.0)
        whole_s, _ = expected_whole_s(run_s, mean_s, mean_s**2 * np.expm1(0.25))
        seen = np.where(took_s <= run_s, took_s, whole_s)
        assert seen.mean() == pytest.approx(120, rel=0.01)
        assert took_s[took_s <= run_s].mean() < 80

    def test_what_has_hardly_begun_says_nothing_wild(self):
        assert as_if_done_s(np.array([120.01]), np.array([120.0]), np.array([0.0])) == pytest.approx(121.0)
