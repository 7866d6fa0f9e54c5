"""What drivers write to the desk: each message with its cause, once, whenever one asks."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.road import BreakTaken, MessageReceived, StopServed

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NO_CODE = "MISSING OR INCORRECT ACCESS CODE"


def of(facts, kind):
    return [f for f in facts if isinstance(f, kind)]


def saying(told, **says):
    told.station = replace(told.station, driver_says=replace(told.station.driver_says, **says))
    return told


def undelivered(story, **says):
    """A route on which nothing is handed over, always for want of a code."""
    told = story(simulator={"not_delivered_share": 1.0, "sent_back_share": 0.0}, stops=3, recorded="")
    told.station = replace(told.station, package=replace(told.station.package, attempted=(NO_CODE,)))
    return saying(told, not_delivered_told_share=1.0, **says).departed("CX1")


def test_of_a_package_that_stays_undelivered_the_driver_writes_a_minute_before_he_drives_on(story, nine):
    facts = undelivered(story).road(nine + 3 * HOUR)
    messages, served = of(facts, MessageReceived), of(facts, StopServed)
    assert [s.at - m.at for m, s in zip(messages, served, strict=True)] == [MINUTE] * 3
    assert [m.text for m in messages][2] == "No access code for stop 3, and the customer does not answer."
    assert {f.by for f in messages} == {"simulated"}


def test_a_reason_without_a_sentence_is_kept_to_himself(story, nine):
    facts = undelivered(story, not_delivered=("REFUSED: Customer refuses it.",)).road(nine + 3 * HOUR)
    assert of(facts, MessageReceived) == []


def test_what_was_written_is_not_written_again(story, nine):
    told = undelivered(story)
    written = of(told.road(nine + 3 * HOUR), StopServed)[0].at - MINUTE
    told = undelivered(story)
    assert len(of(told.road(written), MessageReceived)) == 1
    assert of(told.road(written + MINUTE / 2), MessageReceived) == []


def test_a_break_that_is_told_is_told_as_it_begins(story, nine):
    told = saying(story(break_s=1800), on_break_told_share=1.0).departed("CX1")
    facts = told.road(nine + 3 * HOUR)
    [message], [taken] = of(facts, MessageReceived), of(facts, BreakTaken)
    assert taken.at - message.at == 30 * MINUTE
    assert message.text == "On my break now, 30 min."


def held_up(story, nine, **says):
    told = saying(story(simulator={"lost_share": 1.0}), lost_at_place=("Gate {closed} at stop {stop}",), lost_of_van=())
    return of(saying(told, **says).departed("CX1").road(nine + 24 * HOUR), MessageReceived)


def test_of_a_hold_up_he_writes_when_it_drags_on_and_when_it_is_over(story, nine):
    begins, over = held_up(story, nine, lost_least_s=0.0)
    assert begins.text.startswith("Gate {closed} at stop ")      # a station's own braces are nobody's business
    assert "running behind" in over.text
    assert begins.at < over.at


def test_of_a_short_hold_up_nobody_writes(story, nine):
    assert held_up(story, nine, lost_least_s=1e6) == []


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_messages_are_as_many_as_the_profile_says(story, nine, share):
    told = saying(undelivered(story), not_delivered_told_share=share)
    assert len(of(told.road(nine + 3 * HOUR), MessageReceived)) == 3 * share
