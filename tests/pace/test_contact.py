"""The last contact with a driver: what somebody said, and no sign of life of a device."""

from dispatchkit.day.facts.road import MessageReceived, MessageSent, PositionSeen, ProgressReported
from dispatchkit.pace.contact import COUNTED, SAID, WAS_TOLD, Contact, contacts
from tests.pace.story import PaceStory, a_route, clock


def after(*facts):
    return contacts(PaceStory(a_route("CX1"), a_route("CX7", block=1)).departed("CX1").happened(*facts).day())


def said(at):
    return MessageReceived(at=at, by="maria", message_id=f"m{at:%H%M}", route_id="CX1", text="Gate is locked.")


def told(at, route_id="CX1"):
    return MessageSent(at=at, by="maria", to="driver of CX1", text="Skip it.", route_id=route_id)


def counted(at, source="typed"):
    return ProgressReported(at=at, by="maria", route_id="CX1", stops_done=20, source=source)


def test_the_newest_word_counts_whichever_way_it_went():
    assert after(said(clock(10)), told(clock(11)))["CX1"] == Contact(at=clock(11), what=WAS_TOLD)
    assert after(told(clock(11)), said(clock(11, 30)))["CX1"] == Contact(at=clock(11, 30), what=SAID)


def test_a_count_that_somebody_typed_was_told_by_the_driver():
    assert after(said(clock(9)), counted(clock(10)))["CX1"] == Contact(at=clock(10), what=COUNTED)


def test_what_a_device_or_an_export_tells_is_no_contact():
    seen = PositionSeen(at=clock(10), by="telematics", route_id="CX1", lat=41.0, lng=-93.0)
    assert after(counted(clock(10), "cortex"), seen) == {}


def test_a_message_about_no_route_is_contact_with_none_and_one_route_is_not_another():
    assert after(told(clock(10), route_id="")) == {}
    assert "CX7" not in after(said(clock(10)))
