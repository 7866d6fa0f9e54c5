"""The way back: cleared, returned, checked in; in this order, and each once."""

from datetime import timedelta

from dispatchkit.day.facts.end_of_shift import ReturnCleared, VanReturned
from dispatchkit.day.facts.whole_day import NoteAdded
from dispatchkit.eos import returns
from dispatchkit.fleet import inspection
from tests.small_day import SIX_PM, TEN, at_the_dock, back, on_the_road, says

NOON = TEN + timedelta(hours=2)


def test_a_route_with_every_stop_served_is_cleared(served_day):
    assert returns.clear_return(served_day.day, route_id="CX1", at=NOON, by="maria") == [
        ReturnCleared(at=NOON, by="maria", route_id="CX1")
    ]


def test_open_stops_and_time_left_need_a_reason_which_is_kept():
    day = on_the_road().day
    assert list(returns.clear_return_blockers(day, "CX1", NOON)) == [
        "CX1 has 3 stops open and time until 18:00. Say why it returns."
    ]
    assert returns.clear_return(day, route_id="CX1", why="Van trouble", at=NOON, by="maria") == [
        ReturnCleared(at=NOON, by="maria", route_id="CX1"),
        NoteAdded(at=NOON, by="maria", text="Cleared to return: Van trouble", about="CX1"),
    ]


def test_out_of_time_needs_no_other_reason():
    assert not list(returns.clear_return_blockers(on_the_road().day, "CX1", SIX_PM))


def test_a_route_is_cleared_once(served_day):
    served_day.does(returns.clear_return, route_id="CX1")
    assert says(returns.clear_return_blockers(served_day.day, "CX1", NOON)) == "CX1 is cleared to return already."


def test_what_has_not_left_neither_is_cleared_nor_returns():
    day = at_the_dock().day
    assert says(returns.clear_return_blockers(day, "CX1", SIX_PM)) == "CX1 has not left."
    assert says(returns.driver_returned_blockers(day, "CX1")) == "CX1 has not left."


def test_what_is_back_neither_is_cleared_nor_returns_again():
    day = back(on_the_road(), "CX1").day
    assert says(returns.clear_return_blockers(day, "CX1", SIX_PM)) == "CX1 is back already."
    assert says(returns.driver_returned_blockers(day, "CX1")) == "CX1 is back already."


def test_a_van_is_checked_in_after_its_post_trip_and_once():
    story = back(on_the_road(), "CX1")
    assert says(returns.van_returned_blockers(story.day, "V1")) == "Van V1 has no post-trip DVIC. Inspect it first."
    story.does(inspection.inspect, van_id="V1", driver_id="A1", inspection="post-trip")
    assert returns.van_returned(story.day, van_id="V1", damage="Mirror", at=SIX_PM, by="maria") == [
        VanReturned(at=SIX_PM, by="maria", van_id="V1", damage="Mirror")
    ]
    story.does(returns.van_returned, van_id="V1")
    assert says(returns.van_returned_blockers(story.day, "V1")) == "Van V1 is checked in already."


def test_a_van_that_is_out_or_never_left_is_not_checked_in():
    day = on_the_road().day
    assert says(returns.van_returned_blockers(day, "V1")) == "Van V1 is on the road with CX1."
    assert says(returns.van_returned_blockers(day, "V3")) == "Van V3 has not left today."
