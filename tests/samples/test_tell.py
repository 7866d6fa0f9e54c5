"""Nothing befalls anybody on the road of a sample day but what its story says."""

from dispatchkit.day.facts.road import MessageReceived
from dispatchkit.samples.tell import smooth


def test_the_road_of_the_stories_brings_nothing_of_its_own(station):
    road, says = smooth(station).simulator, smooth(station).driver_says
    assert (road.lost_share, road.breakdown_share, road.new_driver_slower_share) == (0, 0, 0)
    assert (says.not_delivered_told_share, says.on_break_told_share) == (0, 0)


def test_what_the_stories_do_not_say_themselves_is_as_in_the_profile(station):
    assert smooth(station).simulator.service_spread_share == station.simulator.service_spread_share
    assert smooth(station).rescue == station.rescue


def test_only_the_story_with_a_flat_tyre_has_messages(standing):
    written = {
        name: [m.message_id for m in standing(name).day.road.messages if isinstance(m, MessageReceived)]
        for name in ("calm_day", "bad_morning", "rescue_cascade")
    }
    assert written == {
        "calm_day": [], "bad_morning": [], "rescue_cascade": ["message-1", "message-2", "message-3"],
    }  # fmt: skip
