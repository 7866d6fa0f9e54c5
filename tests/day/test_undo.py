"""Undo takes a whole decision back, unless something stands on it."""

import pytest

from dispatchkit.day.entry import Entry
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import DriverAssigned, VanAssigned
from dispatchkit.day.facts.road import BreakTaken, ProgressReported
from dispatchkit.day.facts.whole_day import DayClosed, FileImported, NoteAdded
from dispatchkit.day.undo import last_decision, undo, undo_blockers
from dispatchkit.errors import Refused


def entries(story, *appends):
    """Each argument is one append: a list of facts."""
    log, n = [], 0
    for append in appends:
        first = n + 1
        for fact in append:
            n += 1
            log.append(Entry(n, first, fact.at, fact))
    return log


def note(story, text, by="maria"):
    return NoteAdded(at=story.ten, by=by, text=text)


def pair(story):
    return [
        DriverAssigned(at=story.ten, by="maria", route_id="CX1", driver_id="A1"),
        VanAssigned(at=story.ten, by="maria", route_id="CX1", van_id="7"),
    ]


def test_one_press_takes_the_whole_decision_back(story):
    log = entries(story, [note(story, "first")], pair(story))
    (void,) = undo(log, last_decision(log, "maria"), at=story.ten, by="maria")
    assert void.n == (2, 3)


def test_undo_is_ones_own(story):
    log = entries(story, [note(story, "mine")], [note(story, "his", by="jo")])
    assert [e.fact.text for e in last_decision(log, "maria")] == ["mine"]


def test_progress_in_between_does_not_hide_the_decision(story):
    seen = ProgressReported(at=story.ten, by="maria", route_id="CX1", stops_done=1, source="typed")
    log = entries(story, [note(story, "mine")], [seen])
    assert [e.n for e in last_decision(log, "maria")] == [1]


def test_a_van_that_left_keeps_its_driver(story):
    left = RouteDeparted(at=story.ten, by="jo", route_id="CX1", driver_id="A1", van_id="7")
    log = entries(story, pair(story), [left])
    with pytest.raises(Refused, match=r"Route departed CX1 .by jo. builds on it"):
        undo(log, last_decision(log, "maria"), at=story.ten, by="maria")


def test_another_van_that_left_does_not_matter(story):
    left = RouteDeparted(at=story.ten, by="jo", route_id="CX7", driver_id="A2", van_id="8")
    log = entries(story, pair(story), [left])
    assert not list(undo_blockers(log, last_decision(log, "maria")))


def test_a_closed_day_is_reopened_not_undone(story):
    log = entries(story, [DayClosed(at=story.ten, by="maria")])
    with pytest.raises(Refused, match="Reopen"):
        undo(log, last_decision(log, "maria"), at=story.ten, by="maria")


def test_nothing_to_take_back_is_said(story):
    with pytest.raises(Refused, match="nothing by maria"):
        undo([], (), at=story.ten, by="maria")


def test_what_a_file_told_is_taken_back_with_the_file(story):
    told = [
        FileImported(at=story.ten, by="maria", name="Routes.xlsx", original="f", source="Cortex Routes", rows=1),
        ProgressReported(at=story.ten, by="maria", route_id="CX1", stops_done=5, source="cortex"),
    ]
    log = entries(story, [note(story, "first")], told)
    (void,) = undo(log, last_decision(log, "maria"), at=story.ten, by="maria")
    assert void.n == (2, 3)


@pytest.mark.parametrize(
    ("by", "way_out"),
    [("jo", "Take that back first."), ("simulated", "was observed, not decided, and stays")],
)
def test_a_break_on_a_departure_says_whether_it_can_be_taken_back(story, by, way_out):
    left = RouteDeparted(at=story.ten, by="maria", route_id="CX1", driver_id="A1", van_id="7")
    log = entries(story, [left], [BreakTaken(at=story.ten, by=by, route_id="CX1", duration_s=1800)])
    (sentence,) = undo_blockers(log, last_decision(log, "maria"))
    assert way_out in sentence
