"""The tempting helper makes two routes late, the good one none: by the program's own proposals, and as it comes."""

import pytest

from dispatchkit.pace.alarms import standing_at
from dispatchkit.rescue import blockers, decide
from dispatchkit.run_day import on_road
from dispatchkit.samples.days.rescue_cascade import apart_m, giver_of, good, naive

NAME = "rescue_cascade"


@pytest.fixture(scope="module")
def shift(standing):
    return standing(NAME)


@pytest.fixture(scope="module")
def tempting(shift):
    return naive(shift)


@pytest.fixture(scope="module")
def ways(shift):
    return good(shift)


def test_one_route_is_lost_without_help_and_nothing_is_decided_yet(shift, ways):
    assert ways.nothing.chance_late > 0.99
    assert shift.day.road.rescues == {}
    (alarm,) = standing_at(shift.day, shift.clock.now())
    assert alarm.raised.route_ids == (giver_of(shift.day.plan),)


def test_the_nearest_van_looks_good_until_one_looks_at_its_own_route(shift, tempting):
    giver = giver_of(shift.day.plan)
    others = [r for r in shift.day.load_out.departed if r not in (giver, tempting.helper_route_id)]
    assert all(apart_m(shift.day, giver, tempting.helper_route_id) < apart_m(shift.day, giver, r) for r in others)
    assert tempting.helper_before.chance_late < 0.05


def test_sending_it_makes_two_routes_late(tempting):
    assert tempting.giver_after.chance_late > 0.9
    assert tempting.helper_after.chance_late > 0.9


def test_the_program_does_not_propose_it(ways, tempting):
    assert tempting.helper_route_id not in {option.helper_route_id for option in ways.options}


def test_the_good_way_is_farther_and_makes_nobody_late(shift, ways, tempting):
    best, giver = ways.options[0], giver_of(shift.day.plan)
    assert apart_m(shift.day, giver, best.helper_route_id) > 2 * apart_m(shift.day, giver, tempting.helper_route_id)
    assert best.giver_after.chance_late < 0.2
    assert best.helper_after.chance_late < 0.02
    assert list(blockers(shift.day, best, at=shift.clock.now())) == []


@pytest.mark.parametrize(("choose", "late"), [(None, 1), (naive, 2), (lambda s: good(s).options[0], 0)],
                         ids=["nothing", "the nearest", "the good one"])  # fmt: skip
def test_so_it_comes_when_the_day_goes_on(playable, choose, late):
    with playable(NAME) as shift:
        if choose is not None:
            shift.desk.decide(decide.start, proposal=choose(shift))
        on_road.drive(shift, send_help=False)
        day = shift.day
        assert len(day.end_of_shift.returned) == len(day.plan.routes)
        assert sum(at > day.plan.route[r].finish_by for r, at in day.end_of_shift.returned.items()) == late


def test_the_driver_said_three_times_that_it_will_not_take_long(shift):
    messages = [m for m in shift.day.road.messages if m.route_id == giver_of(shift.day.plan)]
    assert len(messages) == 3
