"""Writing a day and reading it back, on both databases."""

import math
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatchkit.day import facts
from dispatchkit.day.entry import Entry
from dispatchkit.day.facts.road import PositionSeen, RescueStarted
from dispatchkit.day.facts.whole_day import NoteAdded
from dispatchkit.errors import NotFound, Stale
from dispatchkit.log import open_log
from dispatchkit.records import DayKey


def test_what_was_appended_is_read_back_in_its_place(log, day, ten, note):
    first = log.append(day, [note("a"), note("b")], expected=0, learned_at=ten)
    second = log.append(day, [note("c")], expected=2, learned_at=ten + timedelta(seconds=1))
    assert [(e.n, e.first_n) for e in first + second] == [(1, 1), (2, 1), (3, 3)]
    assert log.read(day) == first + second
    assert log.read(day, after=2) == second
    assert log.version(day) == 3


def test_days_and_branches_do_not_mix(log, day, ten, note):
    branch = DayKey(day.station, day.service_day, "training")
    log.append(day, [note("real")], expected=0, learned_at=ten)
    log.append(branch, [note("drill")], expected=0, learned_at=ten)
    assert [e.fact.text for e in log.read(branch)] == ["drill"]
    assert [e.fact.text for e in log.read(day)] == ["real"]


def test_a_log_opened_again_still_has_the_day(log, url, day, ten, note):
    log.append(day, [note("kept")], expected=0, learned_at=ten)
    with open_log(url, create=False) as again:
        assert [e.fact.text for e in again.read(day)] == ["kept"]


def test_the_past_is_what_had_been_learned_by_then(log, day, ten, note):
    for minute in range(3):
        log.append(day, [note(str(minute))], expected=minute, learned_at=ten + timedelta(minutes=minute))
    assert [e.fact.text for e in log.read(day, until=ten + timedelta(minutes=1))] == ["0", "1"]
    assert log.read(day, until=ten - timedelta(microseconds=1)) == []
    assert [e.fact.text for e in log.read(day, after=1, until=ten + timedelta(minutes=1))] == ["1"]


def test_facts_of_some_kinds_are_read_without_the_others(log, day, ten, note):
    seen = PositionSeen(at=ten, by="van", route_id="CX1", lat=41.6, lng=-93.6)
    log.append(day, [note("a"), seen, note("b")], expected=0, learned_at=ten)
    log.append(day, [note("c")], expected=3, learned_at=ten + timedelta(minutes=1))
    assert [e.n for e in log.read(day, kinds=[NoteAdded])] == [1, 3, 4]
    assert [e.n for e in log.read(day, kinds=[NoteAdded, PositionSeen], after=1, until=ten)] == [2, 3]


def test_clocks_that_disagree_never_leave_a_gap_in_the_past(log, day, ten, note):
    for n, second in enumerate((0, 9, 3)):   # the third desk's clock is slow
        log.append(day, [note(str(n))], expected=n, learned_at=ten + timedelta(seconds=second))
    assert [e.n for e in log.read(day, until=ten + timedelta(seconds=5))] == [1]
    assert [e.n for e in log.read(day, until=ten + timedelta(seconds=9))] == [1, 2, 3]


def test_instants_of_other_zones_are_kept_as_the_same_instant(log, day, note):
    chicago = timezone(timedelta(hours=-5))
    at = datetime(2018, 8, 8, 5, 0, 0, 1, tzinfo=chicago)
    (entry,) = log.append(day, [note("x", at=at)], expected=0, learned_at=at)
    assert log.read(day) == [entry]
    assert entry.learned_at == at
    assert entry.learned_at.tzinfo is UTC
    assert log.read(day, until=at) == [entry]


def test_the_head_of_a_day_says_how_far_it_is(log, day, ten, a_full_day):
    a_full_day(log)
    (head,) = log.days()
    assert (head.key, head.version) == (day, 4)
    assert (head.first_learned_at, head.last_learned_at) == (ten, ten + timedelta(minutes=5))
    assert log.require(day) == head


def test_a_day_that_is_not_there_names_the_nearest(log, ten, note):
    for station, service_day in (("DCH4", "2018-08-01"), ("DCH4", "2018-08-07"), ("DSE5", "2018-08-08")):
        key = DayKey(station, date.fromisoformat(service_day))
        log.append(key, [note("x")], expected=0, learned_at=ten)
    missing = DayKey("DCH4", date(2018, 8, 8))
    with pytest.raises(NotFound, match=r"nearest: DCH4/2018-08-07, DCH4/2018-08-01, DSE5/2018-08-08"):
        log.require(missing)
    assert log.read(missing) == []
    assert log.version(missing) == 0


def test_an_empty_log_says_what_to_do_first(log, day):
    with pytest.raises(NotFound, match="import a day first"):
        log.require(day)


def test_nothing_is_no_decision(log, day, ten):
    with pytest.raises(ValueError, match="at least one fact"):
        log.append(day, [], expected=0, learned_at=ten)


def test_an_instant_without_zone_is_refused(log, day, note):
    with pytest.raises(ValueError, match="time zone"):
        log.append(day, [note("x")], expected=0, learned_at=datetime(2018, 8, 8, 10))   # noqa: DTZ001


def test_a_character_that_databases_drop_is_refused(log, day, ten, note):
    with pytest.raises(ValueError, match="NUL"):
        log.append(day, [note("x", by="ma\0ria")], expected=0, learned_at=ten)
    assert log.days() == []


def test_a_batch_is_written_whole_or_not_at_all(log, day, ten, note):
    with pytest.raises(UnicodeEncodeError):
        log.append(day, [note("good"), note("half a character: \ud800")], expected=0, learned_at=ten)
    assert log.days() == []


def test_the_desk_that_comes_second_is_told_what_changed(log, url, day, ten, note):
    log.append(day, [note("opened")], expected=0, learned_at=ten)
    rescue = RescueStarted(
        at=ten, by="jo", rescue_id="r", route_id="CX1", helper_route_id="CX7",
        stop_ids=(), helper_order=(), meet_at=ten, meet_lat=0, meet_lng=0,
    )  # fmt: skip
    with open_log(url) as second:
        second.append(day, [rescue], expected=1, learned_at=ten + timedelta(minutes=4))
    with pytest.raises(Stale, match="Rescue started by jo at 10:04 UTC") as told:
        log.append(day, [note("mine")], expected=1, learned_at=ten)
    assert told.value.changes == ("Rescue started by jo at 10:04 UTC.",)
    assert log.version(day) == 2


def test_of_many_changes_five_are_told(log, day, ten, note):
    log.append(day, [note("x", by=f"desk{i}") for i in range(8)], expected=0, learned_at=ten)
    with pytest.raises(Stale) as told:
        log.append(day, [note("mine")], expected=0, learned_at=ten)
    assert len(told.value.changes) == 6
    assert told.value.changes[-1] == "And 3 more."


def test_a_day_that_shrank_is_told(log, day, ten, note):
    with pytest.raises(Stale, match="holds 0 facts where you saw 7"):
        log.append(day, [note("x")], expected=7, learned_at=ten)


def test_of_eight_desks_that_append_at_once_one_is_first(log, day, ten, note):
    start = threading.Barrier(8)

    def desk(name):
        start.wait()
        try:
            log.append(day, [note("mine", by=name)], expected=0, learned_at=ten)
        except Stale as stale:
            return stale.changes
        return ()

    with ThreadPoolExecutor(8) as desks:
        told = list(desks.map(desk, [f"desk{i}" for i in range(8)]))
    (entry,) = log.read(day)
    assert told.count(()) == 1
    assert set(told) == {(), (f"Note added by {entry.fact.by} at 10:00 UTC.",)}


OPEN_WHEN_TOLD = """
import sys
from dispatchkit.log import open_log
print("ready", flush=True)
sys.stdin.readline()
open_log(sys.argv[1]).close()
"""


def test_three_programs_may_make_a_new_log_at_once(url):
    command = [sys.executable, "-c", OPEN_WHEN_TOLD, url]
    programs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for program in programs:
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        program.communicate()
    assert [p.returncode for p in programs] == [0, 0, 0]
    with open_log(url, create=False) as log:
        assert log.days() == []


unicode_text = st.one_of(
    st.sampled_from(["'; DROP TABLE facts; --", '=cmd|" /C calc"!A0', "<b>x</b>", "\u202e123\u202c", "\\u0000"]),
    st.text(st.characters(exclude_categories=["Cs"])),
)
branches = count()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(unicode_text, min_size=1, max_size=4), by=unicode_text.filter(lambda t: t and "\0" not in t))
def test_any_text_comes_back_to_the_byte(log, day, ten, note, texts, by):
    key = DayKey(day.station, day.service_day, f"b{next(branches)}")
    written = [note(text, by=by) for text in texts]
    log.append(key, written, expected=0, learned_at=ten)
    read = log.read(key)
    assert read == [Entry(n, 1, ten, fact) for n, fact in enumerate(written, 1)]
    assert [facts.encode(e.fact) for e in read] == [facts.encode(f) for f in written]
    assert log.verify(key).ok


@pytest.mark.parametrize("nowhere", [math.nan, math.inf])
def test_a_fact_that_could_not_be_read_back_is_not_written(file_log, day, ten, nowhere):
    seen = PositionSeen(at=ten, by="telematics", route_id="CX1", lat=nowhere, lng=0.0)
    with pytest.raises(ValueError, match="PositionSeen cannot be kept"):
        file_log.append(day, [seen], expected=0, learned_at=ten)
    assert file_log.read(day) == []
