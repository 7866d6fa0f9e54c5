import pytest

from dispatchkit.records import DayKey
from dispatchkit.roles import Role, role_blockers

REAL = DayKey.parse("DXX1/2026-03-14")
RUN = DayKey.parse("DXX1/2026-03-14@training")


@pytest.mark.parametrize(
    ("role", "on_the_day", "on_a_run"),
    [
        (Role.DISPATCHER, True, True),
        (Role.LEAD, True, True),
        (Role.TRAINER, False, True),
        (Role.READ_ONLY, False, False),
    ],
)
def test_who_may_decide_where(role, on_the_day, on_a_run):
    assert [not any(role_blockers(role, key)) for key in (REAL, RUN)] == [on_the_day, on_a_run]


def test_who_may_not_is_told_as_what_he_is_signed_in_and_where_he_may():
    assert next(role_blockers(Role.READ_ONLY, RUN)).startswith("You are signed in as read-only")
    (reason,) = role_blockers(Role.TRAINER, REAL)
    assert "DXX1/2026-03-14 is the real day" in reason
    assert "Open a run of it" in reason
