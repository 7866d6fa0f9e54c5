from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.road import MessageSent, RescueEnded, RescueStarted, StopServed, StopsTransferred
from dispatchkit.day.facts.whole_day import DayClosed
from dispatchkit.errors import Refused
from dispatchkit.rescue import blockers, end, meet, proposals, start
from tests.pace.story import clock, cx1_forty_behind

ELEVEN = clock(11)


@pytest.fixture
def story():
    return cx1_forty_behind(ELEVEN)


@pytest.fixture
def proposal(story, station):
    return proposals(story.day(), "CX1", now=ELEVEN, station=station, travel=story.travel).options[0]


def refused(story, proposal, at=ELEVEN):
    with pytest.raises(Refused) as told:
        start(story.day(), proposal=proposal, at=at, by="maria")
    assert tuple(told.value.reasons) == tuple(blockers(story.day(), proposal, at=at))
    return told.value.reasons


def started(story, proposal):
    return story.happened(*start(story.day(), proposal=proposal, at=ELEVEN, by="maria"))


def test_starting_a_rescue_says_so_and_tells_both_drivers(story, proposal):
    fact, to_giver, to_helper = start(story.day(), proposal=proposal, at=ELEVEN, by="maria")
    assert isinstance(fact, RescueStarted)
    assert (fact.stop_ids, fact.meet_at) == (proposal.stop_ids, proposal.meet_at)
    assert fact.late_after < fact.late_before
    assert all(isinstance(m, MessageSent) for m in (to_giver, to_helper))
    assert (to_giver.to, to_helper.to) == ("driver of CX1", "driver of CX7")
    assert proposal.meet_stop_id in to_giver.text
    assert "Please meet CX1" in to_helper.text


def test_two_desks_cannot_give_the_same_stops_away_twice(story, proposal):
    reasons = refused(started(story, proposal), replace(proposal, rescue_id="another"))
    assert any("Already being rescued: CX1-" in r for r in reasons)


def test_two_desks_cannot_start_the_same_rescue_twice(story, proposal):
    assert any("was started already" in r for r in refused(started(story, proposal), proposal))


def test_stops_served_meanwhile_cannot_be_given_away(story, proposal):
    served = proposal.stop_ids[0]
    story.happened(StopServed(at=ELEVEN, by="driver", route_id="CX1", stop_id=served))
    assert refused(story, proposal) == (f"CX1 has served {served} already. Ask for new proposals.",)


def test_stops_that_are_no_longer_the_routes_cannot_be_given_away(story, proposal):
    strange = replace(proposal, stop_ids=(*proposal.stop_ids, "CX7-100"))
    assert refused(story, strange) == ("CX7-100 is not on CX1 any more. Ask for new proposals.",)


def test_nobody_rescues_himself(story, proposal):
    assert any("cannot rescue itself" in r for r in refused(story, replace(proposal, helper_route_id="CX1")))


def test_who_is_back_already_does_not_help(story, proposal):
    assert refused(story.came_back("CX7", ELEVEN), proposal) == ("CX7 is back already. Ask for new proposals.",)


def test_who_has_not_left_does_not_help(story, proposal):
    story.facts = [f for f in story.facts if not (type(f).__name__ == "RouteDeparted" and f.route_id == "CX7")]
    assert any("CX7 has not left yet" in r for r in refused(story, proposal))


def test_a_route_that_the_plan_does_not_know_is_not_rescued(story, proposal):
    assert any("no route CX99" in r for r in refused(story, replace(proposal, route_id="CX99")))


def test_a_meeting_in_the_past_is_not_kept(story, proposal):
    (reason,) = refused(story, proposal, at=proposal.meet_at)
    assert "which is past" in reason


def test_a_rescue_without_stops_is_none(story, proposal):
    assert any("without stops" in r for r in refused(story, replace(proposal, stop_ids=())))


def test_on_a_closed_day_nobody_is_rescued(story, proposal):
    (reason,) = refused(story.happened(DayClosed(at=ELEVEN, by="maria")), proposal)
    assert "is closed" in reason


def test_at_the_meeting_the_stops_change_hands(story, proposal):
    story = started(story, proposal)
    met_at = proposal.meet_at + timedelta(minutes=10)
    (fact,) = meet(story.day(), rescue_id=proposal.rescue_id, handover_s=600, at=met_at, by="maria")
    assert isinstance(fact, StopsTransferred)
    before = story.day().road.routes
    after = story.happened(fact).day().road.routes
    assert frozenset(proposal.stop_ids).isdisjoint(after["CX1"].order)
    assert frozenset(proposal.stop_ids) <= frozenset(after["CX7"].remaining)
    assert sum(len(before[r].order) for r in before) == sum(len(after[r].order) for r in after)


def test_stops_served_before_the_meeting_stay_where_they_were(story, proposal):
    story = started(story, proposal)
    served = proposal.stop_ids[0]
    story.happened(StopServed(at=ELEVEN + timedelta(minutes=5), by="driver", route_id="CX1", stop_id=served))
    (fact,) = meet(story.day(), rescue_id=proposal.rescue_id, handover_s=600, at=proposal.meet_at, by="maria")
    assert served not in fact.stop_ids
    assert served not in fact.helper_order


def test_a_meeting_is_held_once(story, proposal):
    story = started(story, proposal)
    held = {"rescue_id": proposal.rescue_id, "handover_s": 600, "by": "maria"}
    story.happened(*meet(story.day(), at=proposal.meet_at, **held))
    with pytest.raises(Refused, match="already"):
        meet(story.day(), at=proposal.meet_at, **held)


def test_a_driver_who_has_served_all_of_it_has_nothing_to_hand_over(story, proposal):
    story = started(story, proposal)
    story.happened(
        *(StopServed(at=ELEVEN + timedelta(hours=2), by="driver", route_id="CX1", stop_id=s) for s in proposal.stop_ids)
    )
    with pytest.raises(Refused, match="served those stops itself"):
        meet(story.day(), rescue_id=proposal.rescue_id, handover_s=600, at=clock(13), by="maria")


def test_a_rescue_ends_once_and_with_an_outcome(story, proposal):
    story = started(story, proposal)
    with pytest.raises(Refused, match="Say how"):
        end(story.day(), rescue_id=proposal.rescue_id, outcome=" ", at=ELEVEN, by="maria")
    (fact,) = end(story.day(), rescue_id=proposal.rescue_id, outcome="complete", at=clock(15), by="maria")
    assert isinstance(fact, RescueEnded)
    with pytest.raises(Refused, match="ended at 15:00: complete"):
        end(story.happened(fact).day(), rescue_id=proposal.rescue_id, outcome="complete", at=clock(16), by="maria")


def test_a_rescue_that_nobody_started_cannot_end(story):
    with pytest.raises(Refused, match="no rescue r9"):
        end(story.day(), rescue_id="r9", outcome="complete", at=ELEVEN, by="maria")


@pytest.mark.parametrize("home", ["CX1", "CX7"])
def test_nobody_hands_anything_over_to_or_from_a_van_that_is_back(story, proposal, home):
    story = started(story, proposal).came_back(home, clock(12))
    with pytest.raises(Refused, match=f"{home} is back already"):
        meet(story.day(), rescue_id=proposal.rescue_id, handover_s=600, at=clock(12), by="maria")
