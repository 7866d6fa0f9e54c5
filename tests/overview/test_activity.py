"""The log as people read it: a sentence for every kind of fact, observations counted, what was taken back marked."""

from datetime import UTC, datetime, timedelta
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from dispatchkit.day import Entry
from dispatchkit.day.facts import KINDS
from dispatchkit.day.facts.end_of_shift import PackageAccount
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import DriverAssigned, DriverCalledOut, VanAssigned
from dispatchkit.day.facts.road import (
    AlarmAcknowledged,
    AlarmRaised,
    Doubt,
    NotDelivered,
    PositionSeen,
    ProgressReported,
    RescueEnded,
    RescueStarted,
    StopServed,
)
from dispatchkit.day.facts.whole_day import DayOpened, FactVoided, NoteAdded
from dispatchkit.overview.activity import Activity, activity, filtered
from dispatchkit.overview.sentences import SENTENCES, Words
from tests.small_day import TEN, on_the_road

NAMES = {"A1": "Ann Example"}
CODES = {"r1": "CX1", "r7": "CX7"}


def code_of(route_id):
    return CODES.get(route_id, route_id)


def name_of(driver_id):
    return NAMES.get(driver_id, "")


def log(*facts, after=0, first_n=None):
    """Entries of these facts, each decided alone, unless they share `first_n`."""
    return [Entry(n, first_n or n, fact.at, fact) for n, fact in enumerate(facts, after + 1)]


def read(*facts):
    return activity(log(*facts), code_of=code_of, name_of=name_of)


def texts(*facts):
    return [deed.text for deed in read(*facts)]


def left(route_id="r1", by="maria"):
    return RouteDeparted(at=TEN, by=by, route_id=route_id, driver_id="A1", van_id="V7")


def served(n=1, *, at=TEN, by="simulator", route_id="r1"):
    return StopServed(at=at, by=by, route_id=route_id, stop_id=f"{route_id}:{n}")


def void(*n, by="maria"):
    return FactVoided(at=TEN, by=by, n=n, why="Taken back.")


def made_up(kind):
    """A fact of the kind with something in every field."""
    some = {str: "x", int: 3, float: 2.0, bool: True, datetime: TEN}
    values = {}
    for field, hint in get_type_hints(kind).items():
        if field.startswith("__") or field not in kind.__struct_fields__:
            continue
        options = get_args(hint)
        if hint in some:
            values[field] = some[hint]
        elif type(None) in options:
            values[field] = some[next(o for o in options if o is not type(None))]
        else:
            values[field] = {
                int: (1, 2),
                str: ("x", "y"),
                NotDelivered: (NotDelivered("p1", "REFUSED"),),
                Doubt: (Doubt("fewer", "3 stops are fewer than the 40 known at 10:00."),),
                PackageAccount: (PackageAccount("p1", "returned", "REFUSED"),),
            }[options[0]]
    return kind(**values)


def least(kind):
    """A fact of the kind with nothing in it that may be left out."""
    full = made_up(kind)
    return kind(**{f.name: getattr(full, f.name) for f in fields(kind) if f.required})


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_of_fact_has_a_sentence(kind):
    words = Words(code_of=code_of, name_of=name_of)
    for fact in (made_up(kind), least(kind)):
        text = words.say(fact)
        assert text
        assert kind.__name__ not in text
        assert "{" not in text
        assert ".." not in text


def test_no_sentence_is_left_of_a_fact_that_is_gone():
    assert set(SENTENCES) == set(KINDS.values())


def test_a_departure_is_told_in_the_words_of_the_trade():
    (deed,) = read(left())
    assert deed.text == "CX1 left with Ann Example in van V7."
    assert (deed.by, deed.phase, deed.kind, deed.observed) == ("maria", "load_out", "RouteDeparted", False)
    assert deed.about == {"r1", "A1", "V7"}


def test_a_driver_without_a_name_is_told_by_transporter_id():
    fact = DriverCalledOut(at=TEN, by="jo", driver_id="A9", attendance="VTO", note="Asked by the station.")
    assert texts(fact) == ["A9 will not come: VTO: Asked by the station."]


def test_the_newest_stands_first():
    assert texts(left("r1"), left("r7")) == [
        "CX7 left with Ann Example in van V7.",
        "CX1 left with Ann Example in van V7.",
    ]


def test_instants_are_told_by_the_station_s_clock():
    opened = DayOpened(at=TEN, by="m", station="DXX1", service_day="2026-03-14", timezone="America/Chicago")
    alarm = AlarmRaised(at=TEN, by="w", alarm_id="a", route_ids=(), what="Late.", why="", do="", helps_until=TEN)
    assert texts(opened, alarm)[0] == "Alarm: Late. Help before 10:00."
    assert texts(alarm) == ["Alarm: Late. Help before 15:00."]


def test_help_that_came_too_late_already_is_not_promised():
    before = TEN - timedelta(minutes=1)
    alarm = AlarmRaised(at=TEN, by="w", alarm_id="a", route_ids=(), what="Late.", why="", do="", helps_until=before)
    assert texts(alarm) == ["Alarm: Late."]


def test_alarms_and_rescues_are_told_by_what_they_are_about():
    alarm = AlarmRaised(at=TEN, by="w", alarm_id="late:CX1:1", route_ids=("r1",), what="CX1 is late.", why="", do="")
    rescue = RescueStarted(at=TEN, by="m", rescue_id="0f3a", route_id="r1", helper_route_id="r7", stop_ids=("s",),
                           helper_order=(), meet_at=TEN, meet_lat=0, meet_lng=0)  # fmt: skip
    over = RescueEnded(at=TEN, by="m", rescue_id="0f3a", outcome="complete")
    taken = AlarmAcknowledged(at=TEN, by="m", alarm_id="late:CX1:1")
    assert texts(alarm, rescue, taken, over)[:2] == [
        "The rescue of CX1 by CX7 ended: complete.",
        "Took the alarm 'CX1 is late' on.",
    ]


def test_what_people_wrote_is_not_taken_for_a_place_to_fill():
    note = NoteAdded(at=TEN, by="maria", text="Gate code {route_id} {0} {", about="r1")
    assert texts(note) == ["Note on CX1: Gate code {route_id} {0} {"]


class TestObservations:
    def test_a_quarter_of_an_hour_of_one_source_is_one_deed(self):
        facts = [served(n, route_id=r, at=TEN + timedelta(minutes=n)) for n in range(3) for r in ("r1", "r7")]
        (deed,) = read(*facts)
        assert deed.text == "6 stops served on 2 routes."
        assert (deed.by, deed.n, deed.at, deed.observed) == ("simulator", 6, TEN + timedelta(minutes=2), True)
        assert deed.about == {"r1", "r7"}

    def test_the_next_quarter_another_source_and_another_kind_are_others(self):
        seen = PositionSeen(at=TEN, by="simulator", route_id="r1", lat=41.6, lng=-93.6)
        facts = (served(1), served(2, at=TEN + timedelta(minutes=15)), served(3, by="cortex"), seen)
        assert texts(*facts) == [
            "1 position of 1 route.",
            "1 stop served on 1 route.",
            "1 stop served on 1 route.",
            "1 stop served on 1 route.",
        ]

    def test_they_stand_where_the_newest_of_them_stands(self):
        assert [d.kind for d in read(served(1), left(), served(2))] == ["StopServed", "RouteDeparted"]


class TestTakingBack:
    def test_a_void_reaches_back_to_what_was_taken_in_long_ago(self):
        feed = Activity(code_of=code_of, name_of=name_of)
        feed.take(log(left()))
        assert [d.voided for d in feed.deeds] == [False]
        feed.take(log(void(1), after=1))
        assert [(d.kind, d.voided) for d in feed.deeds] == [("FactVoided", False), ("RouteDeparted", True)]
        assert feed.deeds[0].text == "Took entry 1 back: Taken back."

    def test_a_void_that_is_voided_brings_it_back(self):
        assert [d.voided for d in read(left(), void(1), void(2))] == [False, True, False]

    def test_a_whole_decision_is_told_as_so_many_entries(self):
        assert read(left("r1"), left("r7"), void(1, 2))[0].text == "Took 2 entries from 1 on back: Taken back."


def test_entries_that_are_known_already_are_passed_over():
    feed = Activity(code_of=code_of, name_of=name_of)
    entries = log(left(), served(1), served(2))
    feed.take(entries)
    feed.take(entries)
    assert [d.text for d in feed.deeds] == ["2 stops served on 1 route.", "CX1 left with Ann Example in van V7."]
    assert feed.version == 3


def test_facts_of_one_decision_share_their_first():
    facts = (DriverAssigned(at=TEN, by="m", route_id="r1", driver_id="A1", why="Standby."),
             VanAssigned(at=TEN, by="m", route_id="r1", van_id="V1"))  # fmt: skip
    deeds = activity(log(*facts, first_n=1), code_of=code_of, name_of=name_of)
    assert [(d.first_n, d.text) for d in deeds] == [(1, "Van V1 carries CX1."), (1, "Ann Example takes CX1: Standby.")]


@given(st.lists(st.integers(0, 20)), st.data())
def test_taking_in_piece_by_piece_is_the_same_as_all_at_once(cuts, data):
    kinds = st.sampled_from(["left", "served", "void"])
    facts = []
    for n, kind in enumerate(data.draw(st.lists(kinds, max_size=20)), 1):
        at = datetime(2026, 3, 14, 15, n, tzinfo=UTC)
        made = {"left": left(), "served": served(n, at=at), "void": void(data.draw(st.integers(1, max(1, n - 1))))}
        facts.append(made[kind])
    entries = log(*facts)
    feed, last = Activity(code_of=code_of, name_of=name_of), 0
    for cut in sorted(c for c in cuts if c <= len(entries)):
        feed.take(entries[last:cut])
        assert len(feed.deeds) <= cut
        last = cut
    feed.take(entries[last:])
    assert feed.deeds == activity(entries, code_of=code_of, name_of=name_of)


class TestFilters:
    @pytest.fixture
    def deeds(self):
        note = NoteAdded(at=TEN, by="jo", text="Dock 4 is closed", about="V7")
        return read(left("r1"), left("r7", by="jo"), note, served(1), void(1))

    def test_without_a_filter_all_stay(self, deeds):
        assert filtered(deeds) == deeds

    @pytest.mark.parametrize(
        ("by", "kinds"),
        [
            ({"who": "jo"}, ["NoteAdded", "RouteDeparted"]),
            ({"phase": "load_out"}, ["RouteDeparted", "RouteDeparted"]),
            ({"phase": "day"}, ["FactVoided", "NoteAdded"]),
            ({"about": "V7"}, ["NoteAdded", "RouteDeparted", "RouteDeparted"]),
            ({"about": "V"}, []),
            ({"text": "DOCK closed"}, ["NoteAdded"]),
            ({"text": "cx7"}, ["RouteDeparted"]),
            ({"text": "dock open"}, []),
            ({"decisions_only": True}, ["FactVoided", "NoteAdded", "RouteDeparted", "RouteDeparted"]),
            ({"who": "jo", "phase": "load_out"}, ["RouteDeparted"]),
        ],
    )
    def test_each_filter_keeps_its_own(self, deeds, by, kinds):
        assert [d.kind for d in filtered(deeds, **by)] == kinds


def test_a_whole_day_reads_as_sentences():
    facts = on_the_road().facts
    deeds = activity(log(*facts), code_of=lambda r: r, name_of=lambda d: "")
    assert len(deeds) == len(facts)
    assert deeds[0].text == "CX7 left with A2 in van V2."
    assert all(d.text.endswith(".") for d in deeds)


def test_a_count_that_is_doubted_is_told_by_itself_with_the_reason():
    doubt = Doubt("fewer", "3 stops are fewer than the 40 known at 10:00.")
    of = {"at": TEN, "by": "cortex", "route_id": "r1", "source": "cortex"}
    said = texts(ProgressReported(stops_done=40, **of), ProgressReported(stops_done=3, doubts=(doubt,), **of))
    marked = "CX1: 3 stops done by cortex, marked because: 3 stops are fewer than the 40 known at 10:00."
    assert said == [marked, "1 count of stops on 1 route."]
