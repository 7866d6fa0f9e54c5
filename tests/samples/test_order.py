from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.samples.order import short_order

PLACE = st.tuples(st.integers(0, 500), st.integers(0, 500))


def metres(places):
    at = np.array(places, dtype=float)
    return np.rint(np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))).astype(np.int64)


def length(distance_m, order):
    return sum(distance_m[a, b] for a, b in pairwise([0, *order, 0]))


def test_a_square_is_driven_round_and_not_across():
    distance_m = metres([(0, 0), (10, 10), (0, 10), (10, 0)])
    assert short_order(distance_m) in ([2, 1, 3], [3, 1, 2])


@settings(max_examples=40, deadline=None)
@given(st.lists(PLACE, min_size=1, max_size=30))
def test_every_place_is_visited_once_and_turning_no_part_round_shortens_the_way(places):
    distance_m = metres(places)
    order = short_order(distance_m)
    assert sorted(order) == list(range(1, len(places)))
    for i in range(len(order)):
        for j in range(i + 2, len(order) + 1):
            turned = [*order[:i], *order[i:j][::-1], *order[j:]]
            assert length(distance_m, turned) >= length(distance_m, order)
