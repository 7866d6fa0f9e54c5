import numpy as np

from dispatchkit.bench.routing.one_route import SHIFT_S, cases, measured
from dispatchkit.plan.engine.sequence import sequence


def test_routes_are_drawn_alike_again_and_of_four_kinds_in_turn():
    once, again = (list(cases(5, stops=40)) for _ in range(2))
    assert all(np.array_equal(a.drive_s, b.drive_s) for a, b in zip(once, again, strict=True))
    one_way = [not np.array_equal(case.drive_s, case.drive_s.T) for case in once]
    windows = [bool(np.isfinite(case.opens_s).any()) for case in once]
    assert one_way == [False, True, False, True, False]
    assert windows == [False, False, True, True, False]


def test_windows_that_are_drawn_can_be_kept():
    for case in cases(8, stops=60):
        order = sequence(
            case.drive_s, case.service_s, case.opens_s, case.closes_s, shift_s=SHIFT_S, seed=1, rounds=2_000
        )
        assert case.figures(order)[0] == 0


def test_an_order_is_compared_with_the_best_of_all_engines():
    figures = measured(count=2, peer_s=0.1, stops=30)
    assert [row["gap"] >= 0 for row in figures["cases"]] == [True, True]
    assert 0 <= figures["within_share"] <= 1
    assert 0 < figures["resequence_180_s"] <= figures["resequence_longest_s"]
