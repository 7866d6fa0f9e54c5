"""Breaks of a driver as the board tells them."""

from datetime import timedelta

import pytest

from dispatchkit.day.facts.road import BreakTaken
from dispatchkit.pace.breaks import breaks, in_words
from dispatchkit.pace.timetable import timetables
from tests.pace.story import PaceStory, a_route, clock


def known(story):
    return breaks(story.day(), "CX1", timetables(story.plan, story.travel))


def said(story, now, **more):
    return in_words(known(story), now, lambda at: f"{at:%H:%M}", **more)


def with_a_break(*, departs_min=0):
    story = PaceStory(a_route("CX1", break_s=1800))
    return story.departed("CX1", clock(8, 30) + timedelta(minutes=departs_min))


def took(story, minutes, ended):
    return story.happened(BreakTaken(at=ended, by="driver", route_id="CX1", duration_s=60 * minutes))


def test_a_break_is_due_where_the_plan_puts_it_as_much_later_as_the_van_left():
    on_time, late = known(with_a_break()).due_at, known(with_a_break(departs_min=20)).due_at
    assert late - on_time == timedelta(minutes=20)
    assert clock(11) < on_time < clock(12)
    assert said(with_a_break(), clock(10)) == f"due {on_time:%H:%M}"


def test_a_break_whose_time_is_past_is_owed():
    story = with_a_break()
    assert not known(story).overdue(clock(11))
    assert known(story).overdue(clock(13))
    assert said(story, clock(13)) == "30 min owed"


def test_a_break_that_was_taken_is_owed_no_more():
    story = took(with_a_break(), 30, clock(12))
    assert known(story).owed_s == 0
    assert said(story, clock(13)) == "30 min taken"


def test_of_half_a_break_both_halves_are_said():
    story = took(with_a_break(), 15, clock(11))
    assert said(story, clock(13)) == "15 min taken, 15 min owed"


@pytest.mark.parametrize(("minutes", "words"), [(0, "none told"), (20, "20 min taken")])
def test_of_a_route_that_is_back_nothing_is_due(minutes, words):
    story = took(with_a_break(), minutes, clock(12)) if minutes else with_a_break()
    assert said(story, clock(17), is_back=True) == words


def test_where_the_plan_has_no_break_there_is_nothing_to_say_until_one_is_taken():
    story = PaceStory(a_route("CX1")).departed("CX1")
    assert (known(story).due_at, said(story, clock(13))) == (None, "")
    assert said(took(story, 10, clock(12)), clock(13)) == "10 min taken"
