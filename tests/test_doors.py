"""At which doors a station's earlier days were."""

import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.whole_day import NoteAdded
from dispatchkit.doors import VISITS, earlier_outcomes
from dispatchkit.log import open_log
from tests.small_past import begins, clock, key, lived


@pytest.fixture
def log(tmp_path):
    with open_log(tmp_path / "days.sqlite") as opened:
        yield opened


def days_of(log, desk, days=56):
    outcomes = earlier_outcomes(log, desk.key, desk.day().plan, days=days)
    return sorted({visit.service_day.isoformat() for visit in outcomes.visits})


def is_kept(log, version):
    """Whether the first day's visits are kept as it stood at this version."""
    return key(0) in log.derived.found(VISITS, {key(0): f"1 {version}"})


def test_closed_days_before_this_one_tell_and_runs_beside_them_open_days_and_later_ones_do_not(log):
    lived(log, 0)
    lived(log, 1, closed=False)
    lived(log, 1, branch="2")
    desk = begins(log, 2)
    lived(log, 3)
    assert days_of(log, desk) == ["2026-03-10"]


def test_every_door_of_the_day_is_there_once(log):
    lived(log, 0)
    desk = begins(log, 1)
    assert len(earlier_outcomes(log, desk.key, desk.day().plan, days=56).visits) == 4 * 30


def test_a_plan_without_routes_asks_for_nothing(log):
    lived(log, 0)
    plan = replace(begins(log, 1).day().plan, routes=())
    assert earlier_outcomes(log, key(1), plan, days=56).visits == ()


def test_only_the_newest_days_count(log):
    for number in range(3):
        lived(log, number)
    assert days_of(log, begins(log, 3), days=2) == ["2026-03-11", "2026-03-12"]


def test_a_day_is_worked_out_once_and_again_only_when_something_was_written(log):
    past = lived(log, 0)
    desk = begins(log, 2)
    before = days_of(log, desk)
    version = log.require(key(0)).version
    assert is_kept(log, version)
    log.append(
        key(0), [NoteAdded(at=clock(1, 9), by="maria", text="Later")], expected=past.day().version,
        learned_at=clock(1, 9),
    )  # fmt: skip
    assert days_of(log, desk) == before
    assert is_kept(log, version + 1)


def test_what_was_written_after_the_first_van_left_is_not_known_yet(log):
    past = lived(log, 0)
    desk = begins(log, 1)
    version = past.day().version
    log.append(
        key(0), [NoteAdded(at=clock(5, 9), by="maria", text="Much later")], expected=version, learned_at=clock(5, 9)
    )
    assert days_of(log, desk) == ["2026-03-10"]
    assert is_kept(log, version)
