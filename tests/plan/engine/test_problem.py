from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.engine.problem import Problem


def columns(**change):
    good = {
        "lat": np.array([42.0, 42.1]),
        "lng": np.array([-88.0, -88.1]),
        "volume": np.array([0.0, 5.0]),
        "service_s": np.array([0.0, 60.0]),
        "opens_s": np.array([np.nan, 0.0]),
        "closes_s": np.array([np.nan, 100.0]),
        "van_volume": (10.0,),
        "shift_s": 3_600.0,
    }
    return good | change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lat": np.array([42.0])}, "one value per place"),
        ({"lat": np.array([42.0, np.nan])}, "without coordinates"),
        ({"volume": np.array([0.0, -1.0])}, "Negative or unknown"),
        ({"service_s": np.array([0.0, np.nan])}, "Negative or unknown"),
        ({"opens_s": np.array([np.nan, 200.0])}, "closes before it opens"),
        ({"van_volume": ()}, "at least one van"),
        ({"van_volume": (-1.0,)}, "less than nothing"),
        ({"shift_s": 1_800.0, "break_s": 1_800.0}, "no time to drive"),
        ({"packages": np.array([0.0, -2.0])}, "Negative or unknown"),
        ({"van_leaves_s": (0.0, 60.0)}, "Every van needs its own"),
        ({"van_share": (0.0,)}, "share of the others"),
        ({"zone": np.array([-1])}, "Every place needs a zone"),
        ({"strange_s": np.zeros((2, 2), dtype=np.float32)}, "a row per van"),
    ],
)
def test_a_problem_that_makes_no_sense_is_not_made(change, message):
    Problem(**columns())
    with pytest.raises(ValueError, match=message):
        Problem(**columns(**change))


def test_a_part_is_renumbered_in_the_order_asked_for(town):
    whole = town.problem([1, 2, 3], vans=(10, 20, 30), windows={3: (5, 9)})
    part = whole.part([0, 3, 1], [2])
    assert (part.stops, part.van_volume, part.closes_s[1]) == (2, (30,), 9)
    assert part.lat.tolist() == whole.lat[[0, 3, 1]].tolist()


def test_a_part_keeps_what_is_said_of_its_vans(town):
    whole = replace(
        town.problem([1, 2, 3], vans=(10, 20)), van_leaves_s=(0.0, 900.0), zone=np.array([-1, 4, 4, 5]),
        strange_s=np.arange(8, dtype=np.float32).reshape(2, 4),
    )  # fmt: skip
    part = whole.part([0, 3], [1])
    assert (part.leaves_s.tolist(), part.shifts_s.tolist(), part.shares.tolist()) == ([900], [36_000], [1])
    assert (part.zone.tolist(), part.strange_s.tolist()) == ([-1, 5], [[4, 7]])
