import pytest

from dispatchkit.plan.habits.steps import Habits, Step, habits_of, steps
from dispatchkit.plan.habits.zones import zone_of
from dispatchkit.station import load


@pytest.mark.parametrize(
    ("there", "step"),
    [
        ("A-1.1A", Step.SAME_ZONE), ("A-1.2A", Step.NEXT_ROW), ("A-1.1B", Step.NEXT_SHELF),
        ("A-1.3A", Step.SAME_AISLE), ("A-1.2B", Step.SAME_AISLE), ("A-2.1A", Step.ACROSS), ("A-2.2B", Step.ACROSS),
        ("A-2.3A", Step.NEXT_AISLE), ("A-3.1A", Step.ELSEWHERE), ("B-1.1A", Step.ELSEWHERE),
    ],
)  # fmt: skip
def test_steps_are_told_apart_by_the_names_of_zones(there, step):
    found = steps([zone_of("A-1.1A"), zone_of(there)])
    assert found.tolist() == [[Step.SAME_ZONE, step], [step, Step.SAME_ZONE]]


def test_habits_count_nothing_within_a_zone():
    assert Habits(1, 2, 3, 4, 5, 6).by_step_s.tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_a_step_that_drivers_would_be_paid_for_is_refused():
    with pytest.raises(ValueError, match="count less"):
        Habits(1, 2, 3, -4, 5, 6)


def test_the_profile_has_habits_and_the_zone_beside_counts_least():
    by_step_s = habits_of(load()).by_step_s
    assert by_step_s[Step.NEXT_ROW] == min(by_step_s[1:]) > 0
