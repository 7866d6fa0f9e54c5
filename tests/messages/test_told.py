"""What drivers told the desk, written down by hand, and taken back where it was a slip."""

from datetime import timedelta

import msgspec
import pytest

from dispatchkit.day import Entry
from dispatchkit.day.undo import last_decision, undo
from dispatchkit.eos import returns
from dispatchkit.errors import Refused
from dispatchkit.messages import told
from dispatchkit.station import load
from tests.small_day import TEN, at_the_dock, on_the_road

NOON = TEN + timedelta(hours=2)
STATION = load()


def test_what_a_driver_said_is_written_down_with_who_heard_it():
    story = on_the_road().does(told.received, route_id="CX1", text="  Gate code is wrong ", at=NOON)
    said = story.day.road.messages[-1]
    assert (said.route_id, said.text, said.by, said.at) == ("CX1", "Gate code is wrong", "maria", NOON)


def test_two_messages_are_two():
    story = on_the_road()
    for text in ("Gate is shut", "Gate is open"):
        story.does(told.received, route_id="CX1", text=text, at=NOON)
    assert len({m.message_id for m in story.day.road.messages}) == 2


@pytest.mark.parametrize(
    ("route_id", "text", "why"), [("CX1", "  ", "nothing written"), ("CX9", "hello", "no route CX9")]
)
def test_a_message_says_something_about_a_route_of_the_plan(route_id, text, why):
    with pytest.raises(Refused, match=why):
        told.received(on_the_road().day, route_id=route_id, text=text, at=NOON, by="maria")


def test_a_break_is_taken_off_what_the_route_still_owes():
    story = on_the_road().does(told.break_taken, station=STATION, route_id="CX1", duration_min=30, at=NOON)
    assert story.day.road.routes["CX1"].break_s == 30 * 60


def test_nobody_has_a_break_before_leaving_or_after_coming_back():
    with pytest.raises(Refused, match="CX1 has not left yet"):
        told.break_taken(
            at_the_dock().day, station=STATION, route_id="CX1", duration_min=30, at=NOON, by="maria"
        )  # fmt: skip
    story = on_the_road()
    story.does(returns.clear_return, route_id="CX1", why="all done", at=NOON)
    story.does(returns.driver_returned, route_id="CX1", at=NOON)
    with pytest.raises(Refused, match="CX1 is back already"):
        told.break_taken(
            story.day, station=STATION, route_id="CX1", duration_min=30, at=NOON, by="maria"
        )  # fmt: skip


@pytest.mark.parametrize("duration_min", [0, -5, 241])
def test_a_break_has_a_length_that_somebody_can_mean(duration_min):
    with pytest.raises(Refused, match="lasts from 1 to 240 minutes"):
        told.break_taken(
            on_the_road().day, station=STATION, route_id="CX1", duration_min=duration_min, at=NOON, by="maria"
        )  # fmt: skip


def test_a_station_says_itself_how_long_a_break_can_be():
    own = msgspec.structs.replace(STATION, shift=msgspec.structs.replace(STATION.shift, longest_break_s=20 * 60.0))
    with pytest.raises(Refused, match="lasts from 1 to 20 minutes"):
        told.break_taken(on_the_road().day, station=own, route_id="CX1", duration_min=30, at=NOON, by="maria")


def test_a_break_is_not_longer_than_the_route_is_out():
    with pytest.raises(Refused, match="left less than 30 minutes ago"):
        told.break_taken(
            on_the_road().day, station=STATION, route_id="CX1", duration_min=30, at=TEN + timedelta(minutes=20), by="jo"
        )  # fmt: skip


def test_a_slip_in_what_was_written_down_by_hand_is_taken_back():
    """Else `undo` would go past it and take back whatever was decided before."""
    story = on_the_road().does(told.break_taken, station=STATION, route_id="CX1", duration_min=30, at=NOON)
    entries = [Entry(n, n, fact.at, fact) for n, fact in enumerate(story.facts, 1)]
    last = last_decision(entries, "maria")
    assert [e.fact for e in last] == [story.facts[-1]]
    assert undo(entries, last, at=NOON, by="maria")[0].n == (len(entries),)


def test_an_answer_is_written_down_for_the_driver_the_route_left_with():
    story = on_the_road().does(told.answered, route_id="CX1", text=" Leave it at the desk. ", at=NOON)
    said = story.day.road.messages[-1]
    assert (said.to, said.route_id, said.text, said.by) == ("A1", "CX1", "Leave it at the desk.", "maria")


@pytest.mark.parametrize(("story", "text", "why"), [
    (on_the_road, "  ", "nothing written"),
    (at_the_dock, "Come here", "CX1 has not left yet"),
])  # fmt: skip
def test_an_answer_says_something_to_a_driver_who_is_out(story, text, why):
    with pytest.raises(Refused, match=why):
        told.answered(story().day, route_id="CX1", text=text, at=NOON, by="maria")
