"""What the processes of a build work on: orders of single routes, whenever their van leaves."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.engine.build_tasks import first_order, ordered_on
from dispatchkit.plan.engine.evaluate import evaluate_route

PLACES = (1, 2, 3)


@pytest.fixture
def second_wave(town):
    """A van of the second wave, an hour after the first; the stop near by closes four minutes after it left."""
    problem = town.problem([1, 9, 9.5], windows={1: (3_600, 3_840)}, shift_s=36_000)
    return replace(problem, van_leaves_s=(3_600.0,))


@pytest.fixture
def drive_s(town, second_wave):
    """Seconds by which the way home leads past the stop near by: it would be served last, were it open."""
    seconds = town.seconds(second_wave).astype(np.float32)
    seconds[1, 2:] += 400
    return seconds


def counted(looks):
    """A clock by which so many looks are had."""
    calls = iter(range(10_000))
    return lambda: next(calls) / looks


def test_windows_count_from_the_instant_at_which_the_van_leaves(second_wave, drive_s):
    order = [place + 1 for place in first_order(second_wave.of_van(0, PLACES), lambda: drive_s, 1)]
    assert evaluate_route(second_wave, drive_s, 0, order).feasible


def test_they_count_from_there_too_when_an_order_is_searched_on(second_wave, drive_s):
    before = evaluate_route(second_wave, drive_s, 0, [1, 2, 3])
    order = ordered_on(second_wave.of_van(0, PLACES), lambda: drive_s, 1, 1.0, clock=counted(3))
    after = evaluate_route(second_wave, drive_s, 0, order)
    assert (before.feasible, after.feasible) == (True, True)
    assert after.drive_s <= before.drive_s


def test_a_vans_own_shift_is_kept(town):
    problem = replace(town.problem([1, 2], service_s=600, shift_s=36_000), van_leaves_s=(0.0,), van_shift_s=(1_650.0,))
    drive_s = town.seconds(problem).astype(np.float32)
    order = ordered_on(problem.of_van(0, (1, 2)), lambda: drive_s, 1, 1.0, clock=counted(3))
    assert evaluate_route(problem, drive_s, 0, order).feasible


def test_a_build_hands_its_tasks_on_without_loading_the_compiler():
    loaded = "import sys, dispatchkit.plan.solving; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
