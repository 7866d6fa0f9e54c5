"""Routes of a small challenge folder, ordered anew and scored against their drivers."""

from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.imports import RecordedTimes
from dispatchkit.intake import read_days
from dispatchkit.plan import given_orders
from dispatchkit.plan.given_orders import By, learned_habits, ordered_routes
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_challenge import challenge, place, write_challenge

ROUNDS = 100


def with_zones(files, route_id="RouteID_1"):
    """Stops AA and CC lie in one zone, NA in another."""
    for stop, zone in (("AA", "A-1.1A"), ("NA", "A-2.3C"), ("CC", "A-1.1A")):
        files["route_data.json"][route_id]["stops"][stop]["zone_id"] = zone
    return files


def twice(files):
    """The same route on another day too."""
    for content in files.values():
        content["RouteID_2"] = content["RouteID_1"]
    files["route_data.json"]["RouteID_2"] = files["route_data.json"]["RouteID_1"] | {"date_YYYY_MM_DD": "2018-08-09"}
    return files


@pytest.fixture
def ordered(tmp_path):
    def order(files, **more):
        days = read_days(write_challenge(tmp_path / "data", files), load())
        return list(ordered_routes(days, load(), lambda _: CalibratedTravel(), seed=1, rounds=ROUNDS, **more))

    return order


def test_every_route_comes_back_with_all_its_stops_and_the_station_first(ordered):
    (one,) = ordered(challenge())
    assert set(one.positions) == {"ST", "AA", "NA", "CC"}
    assert (one.positions["ST"], sorted(one.positions.values())) == (0, [0, 1, 2, 3])


def test_a_driven_route_is_scored_beside_nearest_neighbour(ordered):
    (one,) = ordered(challenge())
    assert one.score is not None
    assert one.nearest_score is not None


def test_the_drivers_order_kept_scores_nothing(ordered):
    (one,) = ordered(challenge(), as_given=True)
    assert (one.by, one.score, list(one.positions)) == (By.GIVEN, 0.0, ["ST", "CC", "AA", "NA"])


def test_a_route_without_a_drivers_order_is_not_scored(ordered):
    files = challenge()
    del files["actual_sequences.json"]
    (one,) = ordered(files, as_given=True)
    assert (one.by, one.score, one.nearest_score) == (By.DRIVING, None, None)


def test_the_only_route_with_zones_goes_by_the_profile(ordered):
    (one,) = ordered(with_zones(challenge()))
    assert one.by is By.PROFILE
    assert abs(one.positions["AA"] - one.positions["CC"]) == 1


def test_a_scored_route_goes_by_the_habits_of_the_others(ordered):
    assert {one.by for one in ordered(twice(with_zones(challenge())))} == {By.LEARNED}


def test_what_the_scored_route_itself_shows_changes_nothing_about_its_order(tmp_path):
    # the first route's own driving times are another's to learn from, never its own
    days = read_days(write_challenge(tmp_path / "data", twice(with_zones(challenge()))), load())
    first, second = days

    def habits_seen(days):
        seen = []
        real = given_orders.learned
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(given_orders, "learned", lambda routes, **more: seen.append(routes) or real(routes, **more))
            list(ordered_routes(days, load(), lambda _: CalibratedTravel(), seed=1, rounds=ROUNDS))
        return seen

    changed = np.array(second.recorded["RouteID_2"].seconds) * 2
    marked = replace(second, recorded={"RouteID_2": RecordedTimes(second.recorded["RouteID_2"].stop_ids, changed)})
    for_first, for_second = habits_seen([first, marked])
    assert [route.drive_s.max() for route in for_first] == [120.0]
    assert [route.drive_s.max() for route in for_second] == [60.0]


def test_without_habits_it_is_driving_alone(ordered):
    assert {one.by for one in ordered(twice(with_zones(challenge())), by_habit=False)} == {By.DRIVING}


def test_a_zone_that_is_not_named_for_its_place_is_no_habit(ordered):
    files = challenge()
    files["route_data.json"]["RouteID_1"]["stops"]["AA"] = place(1) | {"zone_id": "north"}
    (one,) = ordered(files)
    assert one.by is By.DRIVING


def test_habits_to_be_kept_are_learned_from_all_driven_routes(tmp_path):
    days = read_days(write_challenge(tmp_path / "data", twice(with_zones(challenge()))), load())
    assert (learned_habits(days, load()).by_step_s >= 0).all()
