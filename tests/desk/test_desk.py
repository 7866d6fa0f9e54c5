"""The desk: decide, refuse, follow, look back, undo; two of them on one day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dispatchkit import course
from dispatchkit.clock import FrozenClock
from dispatchkit.day.facts.end_of_shift import PackagesDebriefed
from dispatchkit.day.facts.road import AlarmRaised, ProgressReported
from dispatchkit.day.facts.whole_day import DayClosed, NoteAdded
from dispatchkit.desk import Desk
from dispatchkit.eos import close
from dispatchkit.errors import Damaged, NotFound, Refused, Stale
from dispatchkit.log import open_log
from dispatchkit.records import DayKey, Driver, Plan, Roster
from dispatchkit.roles import Role

KEY = DayKey("DXX1", date(2026, 3, 14))
NINE = datetime(2026, 3, 14, 14, tzinfo=UTC)


@pytest.fixture
def log(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        yield log


@pytest.fixture
def clock():
    return FrozenClock(NINE)


@pytest.fixture
def maria(log, clock):
    desk = Desk(log, KEY, by="maria", clock=clock)
    desk.decide(course.open_day, timezone="America/Chicago")
    return desk


@pytest.fixture
def jo(log, clock, maria):
    return Desk(log, KEY, by="jo", clock=clock)


def notes(desk):
    return [n.text for n in desk.day().course.notes]


def progress(done):
    return ProgressReported(at=NINE, by="cortex", route_id="CX1", stops_done=done, source="cortex")


def test_what_one_desk_writes_another_sees(maria, jo):
    maria.decide(course.note, text="Bridge closed")
    assert notes(jo) == ["Bridge closed"]


def test_a_fact_carries_who_and_when(maria, clock):
    (entry,) = maria.decide(course.note, text="Bridge closed")
    assert (entry.fact.by, entry.fact.at, entry.learned_at) == ("maria", clock.now(), clock.now())


def test_a_refused_decision_writes_nothing(maria):
    before = maria.day().version
    with pytest.raises(Refused, match="nothing written"):
        maria.decide(course.note, text="  ")
    assert maria.day().version == before


def test_who_looked_before_another_decided_is_told_what_changed(maria, jo):
    seen = jo.day().version
    maria.decide(course.note, text="Bridge closed")
    with pytest.raises(Stale, match=r"Note added .by maria"):
        jo.decide(course.note, text="Bridge open", seen=seen)
    assert notes(jo) == ["Bridge closed"]


def test_what_one_decided_in_another_window_is_news_too(maria, log, clock):
    at_home = Desk(log, KEY, by="maria", clock=clock)
    seen = at_home.day().version
    maria.decide(course.note, text="Bridge closed")
    with pytest.raises(Stale, match=r"Note added .by maria, in another window"):
        at_home.decide(course.note, text="Bridge open", seen=seen)
    assert notes(maria) == ["Bridge closed"]


def test_what_one_decided_at_this_desk_is_no_news_here(maria):
    seen = maria.day().version
    maria.decide(course.note, text="Bridge closed")
    maria.decide(course.note, text="Use the ferry", seen=seen)
    assert notes(maria) == ["Bridge closed", "Use the ferry"]


def test_a_decision_that_another_window_overtakes_is_refused_under_the_same_name_too(maria, log, clock):
    other = Desk(log, KEY, by="maria", clock=clock)

    def overtaken(_day, *, at, by):
        other.decide(course.note, text="the other window was faster")
        return [NoteAdded(at=at, by=by, text="decided")]

    with pytest.raises(Stale, match="in another window"):
        maria.decide(overtaken)
    assert notes(maria) == ["the other window was faster"]


def a_note(text):
    return NoteAdded(at=NINE, by="kim", text=text)


DOINGS = {
    "decide": lambda desk: desk.decide(course.note, text="mine"),
    "append": lambda desk: desk.append([a_note("mine")], expected=desk.day().version),
    "observe": lambda desk: desk.observe([progress(3)]),
    "undo": lambda desk: desk.undo(),
}


@pytest.mark.parametrize("doing", DOINGS.values(), ids=DOINGS)
def test_read_only_reads_everything_and_writes_nothing(maria, log, clock, doing):
    maria.decide(course.note, text="Bridge closed")
    kim = Desk(log, KEY, by="kim", clock=clock, role=Role.READ_ONLY)
    before = kim.day().version
    with pytest.raises(Refused, match="You are signed in as read-only"):
        doing(kim)
    assert kim.day().version == before
    assert (notes(kim), len(kim.entries())) == (["Bridge closed"], before)


@pytest.mark.parametrize("doing", DOINGS.values(), ids=DOINGS)
def test_a_trainer_writes_nothing_on_the_real_day(maria, log, clock, doing):
    tina = Desk(log, KEY, by="tina", clock=clock, role=Role.TRAINER)
    with pytest.raises(Refused, match="DXX1/2026-03-14 is the real day"):
        doing(tina)
    assert notes(maria) == []


def test_a_trainer_decides_on_a_training_run(log, clock):
    run = DayKey("DXX1", KEY.service_day, "training")
    tina = Desk(log, run, by="tina", clock=clock, role=Role.TRAINER)
    tina.decide(course.open_day, timezone="America/Chicago")
    tina.decide(course.note, text="What if the bridge closes?")
    assert notes(tina) == ["What if the bridge closes?"]


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.LEAD])
def test_dispatchers_and_leads_decide_on_every_day(maria, log, clock, role):
    Desk(log, KEY, by="jo", clock=clock, role=role).decide(course.note, text="Bridge closed")
    assert notes(maria) == ["Bridge closed"]


def test_progress_that_came_in_makes_no_decision_stale(maria, jo):
    seen = jo.day().version
    maria.observe([progress(3)])
    jo.decide(course.note, text="Bridge open", seen=seen)
    assert notes(jo) == ["Bridge open"]


def test_an_alarm_that_came_up_makes_no_decision_stale(maria, jo):
    seen = jo.day().version
    raised = AlarmRaised(at=NINE, by="watch", alarm_id="late:CX1:1", route_ids=("CX1",), what="w", why="y", do="d")
    maria.observe([raised])
    jo.decide(course.note, text="Bridge open", seen=seen)
    assert notes(jo) == ["Bridge open"]


def test_a_decision_overtaken_by_progress_while_it_was_made_is_made_again(maria, jo):
    def overtaken_once(day, *, at, by):
        if not day.road.unknown_routes:
            jo.observe([progress(1)])
        return [NoteAdded(at=at, by=by, text="decided")]

    maria.decide(overtaken_once)
    assert notes(maria) == ["decided"]


def test_a_decision_overtaken_by_a_decision_is_refused(maria, jo):
    def overtaken(_day, *, at, by):
        jo.decide(course.note, text="jo was faster")
        return [NoteAdded(at=at, by=by, text="decided")]

    with pytest.raises(Stale, match="by jo"):
        maria.decide(overtaken)
    assert notes(maria) == ["jo was faster"]


def test_the_day_at_an_instant_knows_only_what_was_known_then(maria, clock):
    maria.decide(course.note, text="early")
    clock.set(NINE + timedelta(hours=2))
    maria.decide(course.note, text="late")
    assert [n.text for n in maria.day_at(NINE + timedelta(hours=1)).course.notes] == ["early"]


def test_undo_takes_back_what_one_decided_last_and_is_seen_by_all(maria, jo):
    maria.decide(course.note, text="keep")
    maria.decide(course.note, text="typo")
    jo.decide(course.note, text="jo's")
    maria.undo()
    assert notes(maria) == notes(jo) == ["keep", "jo's"]


def test_nothing_left_to_undo_is_said(jo):
    with pytest.raises(Refused, match="nothing by jo"):
        jo.undo()


def test_an_empty_decision_writes_nothing(maria):
    before = maria.day().version
    assert maria.observe([]) == []
    assert maria.day().version == before


def test_a_record_reads_back_in_another_program(maria, jo):
    roster = Roster(drivers=(Driver(driver_id="A1"),))
    assert jo.records.record(maria.records.put(roster), Roster) == roster


def test_a_record_of_another_kind_is_not_taken_for_a_plan(maria, jo):
    digest = maria.records.put(Roster(drivers=()))
    with pytest.raises(Damaged, match="plan"):
        jo.records.record(digest, Plan)


def test_a_record_that_is_not_there_is_said(maria):
    with pytest.raises(NotFound):
        maria.records.record("0" * 64, Plan)


def test_on_a_closed_day_nothing_is_taken_back_until_it_is_reopened(maria, jo, clock):
    maria.decide(course.note, text="keep me")
    jo.decide(lambda _day, *, at, by: [DayClosed(at=at, by=by)])
    with pytest.raises(Refused, match=r"closed\. Reopen it first"):
        maria.undo()
    jo.decide(close.reopen, why="A package turned up.")
    maria.undo()
    assert notes(jo) == []


def test_what_was_debriefed_before_a_close_can_be_taken_back_after_the_reopening(maria, jo):
    maria.decide(lambda _day, *, at, by: [PackagesDebriefed(at=at, by=by, route_id="CX1")])
    jo.decide(lambda _day, *, at, by: [DayClosed(at=at, by=by)])
    jo.decide(close.reopen, why="A package turned up.")
    maria.undo()
    assert jo.day().end_of_shift.debriefed == {}


def test_what_the_world_told_is_written_though_somebody_decides_meanwhile(maria, jo, log, monkeypatch):
    """Jo's note lands after maria's desk has read the day and before it writes: the report is no decision on it."""
    maria.day()
    append = log.append

    def overtaken(*arguments, **more):
        monkeypatch.undo()
        jo.decide(course.note, text="jo was faster")
        return append(*arguments, **more)

    monkeypatch.setattr(log, "append", overtaken)
    maria.observe([progress(1)])
    assert set(maria.day().road.unknown_routes) == {"CX1"}
    assert notes(maria) == ["jo was faster"]


def test_a_void_is_not_known_before_it_was_learned(maria, clock):
    maria.decide(course.note, text="typo")
    clock.set(NINE + timedelta(hours=2))
    maria.undo()
    assert [n.text for n in maria.day_at(NINE + timedelta(hours=1)).course.notes] == ["typo"]
    assert maria.day_at(NINE + timedelta(hours=2)).course.notes == ()
