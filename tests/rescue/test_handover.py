from dispatchkit.day.facts.road import RescueStarted
from dispatchkit.rescue.handover import handed_over
from tests.pace.story import clock

AGREED = RescueStarted(
    at=clock(11), by="maria", rescue_id="r1", route_id="CX1", helper_route_id="CX7", stop_ids=("a", "b", "c"),
    helper_order=("a", "b", "c", "own5", "own6"), meet_at=clock(11, 30), meet_lat=41, meet_lng=-93,
)  # fmt: skip


def test_as_agreed_where_both_came_as_agreed():
    assert handed_over(AGREED, ("a", "b", "c", "d"), ("own5", "own6")) == (("a", "b", "c"), AGREED.helper_order)


def test_what_the_giver_served_meanwhile_stays_his():
    assert handed_over(AGREED, ("b", "c"), ("own5", "own6")) == (("b", "c"), ("b", "c", "own5", "own6"))


def test_what_the_helper_served_beyond_the_agreement_is_not_done_twice():
    assert handed_over(AGREED, ("a", "b", "c"), ("own6",))[1] == ("a", "b", "c", "own6")


def test_own_stops_left_out_for_the_meeting_are_served_where_he_comes_by_anyway():
    assert handed_over(AGREED, ("a", "b", "c"), ("own4", "own5", "own6"))[1] == ("a", "b", "c", "own4", "own5", "own6")


def test_without_an_own_stop_to_come_back_to_they_are_served_last():
    assert handed_over(AGREED, ("a", "b", "c"), ("own4",))[1] == ("a", "b", "c", "own4")
