"""Who is asked to help: the nearest vans, and more of them where they have no room together."""

from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.rebuilding.near import nearest_vans


@pytest.fixture
def ask(town):
    """Ask who is near in a town."""

    def asked(problem, routes, waiting, able, *, least):
        drive_s = town.seconds(problem)
        return nearest_vans(
            problem, routes, waiting, able, least=least, seconds=lambda places: drive_s[np.ix_(places, places)]
        )

    return asked


def test_the_nearest_come_first_and_no_more_than_are_wanted(town, ask):
    problem = town.problem([1, 2, 3, 4, 5], vans=[9, 9, 9, 9])
    routes = ((1,), (2,), (), (4,))
    assert ask(problem, routes, [5], [0, 1, 3], least=2) == ((3, 1), True)


def test_whoever_is_not_able_is_not_asked(town, ask):
    problem = town.problem([1, 2, 3], vans=[9, 9, 9])
    assert ask(problem, ((1,), (2,), ()), [3], [0], least=2) == ((0,), True)


def test_full_vans_bring_others_along_but_not_the_whole_town(town, ask):
    problem = town.problem([1, 2, 3, 4, 5], vans=[1, 1, 1, 9, 9])
    routes = ((4,), (3,), (2,), (1,), ())
    assert ask(problem, routes, [5], [0, 1, 2, 3], least=2) == ((0, 1, 2, 3), True)
    assert ask(problem, routes, [5], [0, 1, 2, 3], least=1) == ((0, 1), False)


def test_an_idle_van_is_asked_first(town, ask):
    problem = replace(town.problem([1, 9], vans=[9, 9]), volume=np.array([0.0, 1.0, 1.0]))
    assert ask(problem, ((2,), ()), [1], [0, 1], least=1) == ((1,), True)


def test_room_is_time_too(town, ask):
    problem = town.problem([1, 2, 3], vans=[9, 9, 9], shift_s=600.0)
    assert ask(problem, ((1,), (2,), ()), [3], [0, 1], least=1) == ((1, 0), False)
