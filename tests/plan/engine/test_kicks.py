"""What follows from an order, worked out for a part of it, is what follows from it as a whole."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.plan.engine.kicks import Stops, Way, reckon, reckon_all

HOUR_S = 3600.0


def stops_of(rng, places):
    drive_s = rng.uniform(30, 900, (places, places)).astype(np.float32)
    opens_s, closes_s = np.zeros(places), np.full(places, 9 * HOUR_S)
    windows = rng.permutation(np.arange(1, places))[: places // 3]
    opens_s[windows] = rng.uniform(0, places * 500, windows.size)
    closes_s[windows] = opens_s[windows] + rng.uniform(60, HOUR_S, windows.size)
    near = np.tile(np.arange(places, dtype=np.int32), (places, 1))
    return Stops(drive_s, drive_s, opens_s, closes_s, rng.uniform(30, 200, places), near, near, 0.0)


def way_of(order):
    line = np.array([0, *order, 0], dtype=np.int32)
    return Way(line, np.zeros(line.size - 1, dtype=np.int64), *(np.zeros(line.size) for _ in range(5)))


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10_000), places=st.integers(3, 30), timed=st.booleans())
def test_a_piece_turned_again_and_again_leaves_the_same_times_as_the_whole_order_worked_out_anew(seed, places, timed):
    rng = np.random.default_rng(seed)
    stops, way = stops_of(rng, places), way_of(rng.permutation(np.arange(1, places)))
    reckon_all(stops, way, timed)
    for _ in range(5):
        x, z = np.sort(rng.choice(places, 2, replace=False))
        way.order[x + 1 : z + 1] = way.order[x + 1 : z + 1][::-1].copy()
        reckon(stops, way, x, z, timed)
    whole = way_of(way.order[1:-1])
    reckon_all(stops, whole, timed)
    for name in Way._fields:
        np.testing.assert_allclose(getattr(way, name), getattr(whole, name), atol=1e-6, err_msg=name)
