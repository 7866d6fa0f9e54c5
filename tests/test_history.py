"""What a station's earlier days tell a day that begins."""

import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.whole_day import DayClosed, DayReopened, FactVoided, NoteAdded
from dispatchkit.desk import Desk
from dispatchkit.history import LESSON, PAST, Histories
from dispatchkit.log import open_log
from dispatchkit.pace.past import NO_PAST
from dispatchkit.pace.pooling import Lesson
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_past import begins, clock, key, lived

STATION = load()


@pytest.fixture
def log(tmp_path):
    with open_log(tmp_path / "days.sqlite") as opened:
        yield opened


def past_of(log, desk, station=STATION):
    return Histories(log, station, CalibratedTravel()).of(desk.day())


def test_the_first_day_of_a_station_has_no_past_and_neither_has_a_day_without_a_plan(log):
    assert past_of(log, begins(log, 0)) == NO_PAST
    assert Histories(log, STATION, CalibratedTravel()).of(Desk(log, key(9), by="maria").day()) == NO_PAST


def test_earlier_closed_days_tell_and_runs_beside_them_other_stations_and_open_days_do_not(log):
    lived(log, 0)
    lived(log, 1, closed=False)
    lived(log, 1, branch="2")
    past = past_of(log, begins(log, 2))
    assert {driver: known.days for driver, known in past.drivers.items()} == {"A1": 1, "A2": 1, "A3": 1, "A4": 1}
    assert past.drivers["A1"].log_service > max(past.drivers[f"A{k}"].log_service for k in (2, 3, 4))


def test_only_so_many_days_count_as_the_profile_says(log):
    for number in range(4):
        lived(log, number)
    few = replace(STATION, forecast=replace(STATION.forecast, past_count=2))
    desk = begins(log, 4)
    assert past_of(log, desk).drivers["A1"].days == 4
    assert past_of(log, desk, few).drivers["A1"].days == 2


def test_who_looks_back_later_sees_the_past_as_it_was_when_the_day_began(log):
    lived(log, 0)
    today = begins(log, 1)
    before = past_of(log, today)
    note = NoteAdded(at=clock(3, 9), by="maria", about="A1", text="It was the lift.")
    log.append(key(0), [note], expected=log.version(key(0)), learned_at=clock(3, 9))
    assert past_of(log, today) == before


def test_a_day_is_folded_once_and_what_it_told_is_kept(log, monkeypatch):
    lived(log, 0)
    desk = begins(log, 1)
    first = past_of(log, desk)

    def never(*_):
        raise AssertionError("It was learned before.")

    monkeypatch.setattr("dispatchkit.history.fold", never)
    monkeypatch.setattr("dispatchkit.history.pooled", never)
    assert past_of(log, desk) == first
    with log.store.reading() as connection:
        kept = connection.exec_driver_sql("SELECT day, what FROM derived ORDER BY day").all()
    assert kept == [("DXX1/2026-03-10", LESSON), ("DXX1/2026-03-11", PAST)]


def test_what_is_learned_ahead_is_found_when_a_day_asks(log, monkeypatch):
    lived(log, 0)
    desk = begins(log, 1)
    Histories(log, STATION, CalibratedTravel()).learn()
    monkeypatch.setattr("dispatchkit.history.lesson", lambda *_: pytest.fail("It was learned before."))
    assert past_of(log, desk).drivers["A1"].days == 1


def test_what_is_told_of_yesterday_before_the_first_van_leaves_counts_in_a_program_that_ran_all_night(log):
    yesterday = lived(log, 0, closed=False)
    today, histories = begins(log, 1), Histories(log, STATION, CalibratedTravel())
    assert histories.of(today.day()) == NO_PAST
    closing = DayClosed(at=clock(0, 23), by="maria")
    log.append(yesterday.key, [closing], expected=log.version(yesterday.key), learned_at=clock(0, 23))
    assert histories.of(today.day()).drivers["A1"].days == 1


def test_a_past_that_stays_is_the_same_object_so_that_nothing_is_worked_out_again_for_it(log):
    lived(log, 0)
    desk, histories = begins(log, 1), Histories(log, STATION, CalibratedTravel())
    assert histories.of(desk.day()) is histories.of(desk.day())


@pytest.mark.parametrize("changed", [DayReopened, FactVoided])
def test_a_day_that_was_changed_after_it_was_learned_is_learned_again(log, changed):
    yesterday = lived(log, 0)
    desk = begins(log, 1)
    assert past_of(log, desk).drivers["A1"].days == 1
    closed = log.version(yesterday.key)
    told = {"n": (closed,)} if changed is FactVoided else {}
    opened = changed(at=clock(0, 23), by="maria", why="CX1 came back later.", **told)
    log.append(yesterday.key, [opened], expected=closed, learned_at=clock(0, 23))
    assert past_of(log, desk) == NO_PAST


def test_by_another_travel_curve_days_are_learned_again(log, monkeypatch):
    lived(log, 0)
    desk = begins(log, 1)
    past_of(log, desk)
    monkeypatch.setattr("dispatchkit.history.lesson", lambda *_: Lesson())
    assert past_of(log, desk) != NO_PAST
    assert Histories(log, STATION, CalibratedTravel(factor=1.3)).of(desk.day()) == NO_PAST


def test_where_the_store_may_only_be_read_the_past_is_worked_out_all_the_same(log, tmp_path):
    lived(log, 0)
    desk = begins(log, 1)
    with open_log(f"sqlite:///file:{tmp_path / 'days.sqlite'}?mode=ro&uri=true", create=False) as only_read:
        past = Histories(only_read, STATION, CalibratedTravel()).of(Desk(only_read, desk.key, by="jo").day())
        assert only_read.derived.found(PAST, {desk.key: ""}) == {}
    assert past == past_of(log, desk)
