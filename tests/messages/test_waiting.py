"""Who wrote to the desk and has had no answer."""

from datetime import timedelta

from dispatchkit.day.facts.road import MessageReceived
from dispatchkit.messages import told
from dispatchkit.messages.waiting import waiting
from tests.small_day import TEN, at_the_dock, back, on_the_road

NOON = TEN + timedelta(hours=2)
MINUTE = timedelta(minutes=1)


def wrote(route_id, at=NOON, text="Locker is full."):
    return MessageReceived(at=at, by="telematics", message_id=f"{route_id} {at}", route_id=route_id, text=text)


def routes(story):
    return [each.route_id for each in waiting(story.day)]


def test_who_wrote_first_has_waited_longest_however_late_the_message_came_in():
    story = on_the_road().told(wrote("CX1", NOON + MINUTE), wrote("CX7"))
    assert routes(story) == ["CX7", "CX1"]


def test_one_who_writes_twice_waits_once_since_the_first_and_is_read_by_the_last():
    story = on_the_road().told(wrote("CX1"), wrote("CX1", NOON + 4 * MINUTE, "Still full."))
    (one,) = waiting(story.day)
    assert (one.since, one.text) == (NOON, "Still full.")


def test_an_answer_ends_the_waiting_until_the_driver_writes_again():
    story = on_the_road().told(wrote("CX1"))
    story.does(told.answered, route_id="CX1", text="Bring it back.", at=NOON + MINUTE)
    assert routes(story) == []
    assert routes(story.told(wrote("CX1", NOON + 2 * MINUTE))) == ["CX1"]


def test_what_was_said_on_the_phone_waits_for_nothing_and_answers_what_was_written():
    story = on_the_road().told(wrote("CX1"))
    story.does(told.received, route_id="CX1", text="It is settled.", at=NOON + MINUTE)
    assert routes(story) == []


def test_who_is_not_on_the_road_says_it_at_the_station():
    assert routes(at_the_dock().told(wrote("CX1"))) == []
    assert routes(back(on_the_road().told(wrote("CX1")), "CX1")) == []
