"""A route that is back after midnight belongs to the day on which it left."""

from datetime import date

from dispatchkit.samples.days.past_midnight import after_midnight


def test_a_few_are_back_after_midnight_and_it_is_one_closed_day(standing):
    shift = standing("past_midnight")
    assert 1 <= len(after_midnight(shift)) <= 5
    assert shift.day.course.closed_at is not None
    assert shift.key.service_day == date(2026, 3, 10)
    assert len(shift.day.end_of_shift.returned) == 20
