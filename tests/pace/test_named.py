"""What a dispatcher knows better than the figures about a route that is behind."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.road import ActionNamed, RescueStarted, RootCauseNamed
from dispatchkit.day.facts.whole_day import DayClosed
from dispatchkit.errors import Refused
from dispatchkit.pace.named import in_words, name, named_action, named_cause
from tests.pace.story import clock, cx1_forty_behind

ELEVEN = clock(11)


@pytest.fixture
def says(station):
    """Say something of CX1 and let it be written; returns the kinds of facts."""

    def say(story, at=ELEVEN, by="maria", **what):
        facts = name(story.day(), station=station, at=at, by=by, **({"route_id": "CX1"} | what))
        story.happened(*facts)
        return [type(fact) for fact in facts]

    return say


def test_root_cause_and_action_are_one_fact_each(says):
    story = cx1_forty_behind(ELEVEN)
    assert says(story, cause="slow pace", action="rescue planned") == [RootCauseNamed, ActionNamed]
    assert named_cause(story.day(), "CX1").cause == "slow pace"
    assert named_action(story.day(), "CX1").action == "rescue planned"


def test_what_is_said_already_is_not_said_again(says):
    story = cx1_forty_behind(ELEVEN)
    says(story, cause="slow pace", action="monitoring")
    assert says(story, cause="slow pace", action="monitoring") == []


def test_one_may_be_named_without_the_other_and_the_newer_word_counts(says):
    story = cx1_forty_behind(ELEVEN)
    says(story, cause="slow pace")
    says(story, action="monitoring", by="jo")
    says(story, cause="high stop count", by="jo")
    assert (named_cause(story.day(), "CX1").cause, named_action(story.day(), "CX1").by) == ("high stop count", "jo")


def test_what_was_named_is_left_to_the_figures_again(says):
    story = cx1_forty_behind(ELEVEN)
    says(story, cause="slow pace", action="monitoring")
    says(story, cause="", action="")
    assert (named_cause(story.day(), "CX1"), named_action(story.day(), "CX1")) == (None, None)
    assert says(story, cause="", action="") == []


@pytest.mark.parametrize(
    ("what", "why_not"),
    [
        ({"route_id": "CX9", "cause": "slow pace"}, "There is no route CX9"),
        ({"cause": "bad luck"}, "'bad luck' is no root cause. Choose one of: spread-out route, slow pace"),
        ({"action": "praying"}, "'praying' is no action. Choose one of: rescue planned"),
        ({"cause": "other"}, "Say in a few words what it is"),
        ({"cause": "other", "note": "  "}, "Say in a few words what it is"),
    ],
)
def test_what_nobody_could_make_anything_of_is_refused(says, what, why_not):
    with pytest.raises(Refused, match=why_not):
        says(cx1_forty_behind(ELEVEN), **what)


def test_nothing_is_named_on_a_closed_day(says):
    with pytest.raises(Refused, match="is closed"):
        says(cx1_forty_behind(ELEVEN).happened(DayClosed(at=ELEVEN, by="maria")), cause="slow pace")


def test_another_cause_is_said_in_words_of_ones_own(says):
    story = cx1_forty_behind(ELEVEN)
    says(story, cause="other", note=" Road closed at the mill ")
    assert named_cause(story.day(), "CX1").note == "Road closed at the mill"


def test_the_words_are_the_station_s(station):
    own = replace(station, hourly=replace(station.hourly, root_causes=("weather: snow", "other: other")))
    (fact,) = name(cx1_forty_behind(ELEVEN).day(), route_id="CX1", cause="snow", station=own, at=ELEVEN, by="jo")
    assert fact.cause == "snow"


def rescue(at):
    return RescueStarted(
        at=at, by="jo", rescue_id="r1", route_id="CX1", helper_route_id="CX7", stop_ids=("CX1-199",), helper_order=(),
        meet_at=at + timedelta(minutes=30), meet_lat=41, meet_lng=-93,
    )  # fmt: skip


def test_a_rescue_that_came_after_an_action_says_more_and_one_before_it_less(says):
    story = cx1_forty_behind(ELEVEN)
    says(story, action="rescue planned")
    assert named_action(story.happened(rescue(ELEVEN + timedelta(minutes=5))).day(), "CX1") is None
    says(story, action="monitoring", at=ELEVEN + timedelta(minutes=6))
    assert named_action(story.day(), "CX1").action == "monitoring"


def test_whoever_takes_over_reads_who_said_what_and_when(says):
    story = cx1_forty_behind(ELEVEN)
    assert in_words(story.day()) == ()
    says(story, cause="other", note="Gate closed", action="rescue planned")
    assert in_words(story.day()) == (
        "CX1: root cause other, Gate closed (maria at 11:00); rescue planned (maria at 11:00).",
    )
    says(story, cause="", action="")
    assert in_words(story.day()) == ()
