from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from widgets.hour_ticks import hour_ticks
from widgets.timeline import Bar, Event, Lane, Span, Timeline

TEN = datetime(2026, 3, 14, 10, tzinfo=UTC)
TEN_S = TEN.timestamp()
SPAN = Span(begin_s=TEN_S, end_s=TEN_S + 4 * 3600)
TICKS = hour_ticks(TEN, TEN + timedelta(hours=4), ZoneInfo("America/Chicago"))


def lane(route_id="CX1", *, done_until_s=TEN_S + 600, events=()):
    bars = (
        Bar(kind="plan", from_s=TEN_S, to_s=TEN_S + 7200, title="planned 05:00–07:00"),
        Bar(kind="done", from_s=TEN_S, to_s=done_until_s, title="on the road since 05:00"),
    )
    return Lane(id=route_id, label=route_id, bars=bars, events=events)


def a_timeline():
    return Timeline(label="Routes of the day")


def test_a_lane_that_did_not_change_is_not_sent_again(sent):
    timeline = a_timeline()
    messages = sent(timeline)
    timeline._heard(timeline, {"event": "ready"}, [])
    timeline.show([lane("CX1"), lane("CX2")], SPAN, TICKS, TEN_S)
    timeline.show([lane("CX1"), lane("CX2", done_until_s=TEN_S + 900)], SPAN, TICKS, TEN_S + 300)
    assert list(messages[-1]["changed"]) == ["CX2"]
    assert list(messages[-1]["changed"]["CX2"]) == ["bars"]


def test_time_that_passes_moves_the_line_of_now_and_sends_no_lane(sent):
    timeline = a_timeline()
    messages = sent(timeline)
    timeline._heard(timeline, {"event": "ready"}, [])
    timeline.show([lane()], SPAN, TICKS, TEN_S)
    count = len(messages)
    timeline.show([lane()], SPAN, TICKS, TEN_S + 60)
    assert (len(messages), timeline.now_s) == (count, TEN_S + 60)


def test_hours_and_span_reach_the_browser():
    timeline = a_timeline()
    timeline.show([lane()], SPAN, TICKS, None)
    assert timeline.ticks[0] == {"at": TEN_S, "label": "05:00"}
    assert timeline.span == {"begin_s": TEN_S, "end_s": TEN_S + 4 * 3600}
    assert timeline.now_s is None


def test_a_choice_reaches_every_listener_and_the_selection():
    timeline, heard = a_timeline(), []
    timeline.on_select(heard.append)
    timeline._heard(timeline, {"event": "select", "id": "CX1"}, [])
    assert (timeline.selected, heard) == ("CX1", ["CX1"])


def test_two_lanes_with_one_id_are_refused():
    with pytest.raises(ValueError, match="CX1"):
        a_timeline().show([lane("CX1"), lane("CX1")], SPAN, TICKS, TEN_S)


def test_a_stretch_of_no_length_is_refused():
    with pytest.raises(ValueError, match="no length"):
        Span(begin_s=TEN_S, end_s=TEN_S)


def test_what_turns_text_round_is_spelt_out(sent):
    timeline = a_timeline()
    messages = sent(timeline)
    timeline.show([lane(events=(Event(kind="file", at_s=TEN_S, title="routes\u202e.xlsx"),))], SPAN, TICKS, TEN_S)
    timeline._heard(timeline, {"event": "ready"}, [])
    assert messages[-1]["changed"]["CX1"]["events"][0]["title"] == "routes\\u202e.xlsx"
