"""JSON of programs that were written by somebody else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.pace.telematics import is_json, sent

AT = "2026-03-14T11:04:00-06:00"


def test_one_object_may_tell_a_count_a_stop_and_a_place():
    body = {"route": "CX101", "at": AT, "stops_done": 87, "stops": 173, "stop": "S1", "lat": 41.6, "lng": -93.6}
    told, problems = sent(json.dumps(body))
    assert [(t.stops_done, t.of, t.stop_id, t.place) for t in told] == [
        (87, 173, "", None), (None, None, "S1", None), (None, None, "", (41.6, -93.6)),
    ]  # fmt: skip
    assert problems == ()


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: {"reports": r}])
def test_a_list_with_and_without_a_name(wrap):
    told, _ = sent(json.dumps(wrap([{"route": "CX1", "stops_done": 1}, {"route": "CX2", "stops_done": 2}])))
    assert [(t.route, t.source) for t in told] == [("CX1", "telematics"), ("CX2", "telematics")]


@pytest.mark.parametrize(
    ("report", "says"),
    [
        ({"route": "CX1"}, "tells nothing"),
        ({"route": " ", "stops_done": 1}, "names no route"),
        ({"route": "CX1", "stops_done": -1}, "fewer than none"),
        ({"route": "CX1", "stops_done": "many"}, "Expected `int"),
        ({"route": "CX1", "stops_done": 1, "at": "2026-03-14T11:04:00"}, "no zone"),
        ({"route": "CX1", "stops_done": 1, "at": "noon"}, "Invalid"),
        ({"route": "CX1", "lat": 41.6}, "not a latitude"),
        ({"route": "CX1", "lat": 941.6, "lng": 2}, "not a latitude"),
        ({"route": "CX1", "stops_done": 1, "speed": 3}, "unknown field `speed`"),
        ({"route": "x" * 300, "stops_done": 1}, "too long"),
        ({"route": "CX\u202e1", "stops_done": 1}, "do not print"),
        (7, "Expected `object`"),
    ],
)
def test_a_report_that_cannot_be_used_is_said_and_the_others_are_taken(report, says):
    told, problems = sent(json.dumps([report, {"route": "CX2", "stops_done": 5}]))
    assert [t.route for t in told] == ["CX2"]
    assert problems[0].startswith("Report 1: ")
    assert says in " ".join(problems)


@pytest.mark.parametrize("text", ["", "{", "[1,", "[" * 5000, b"\xff\xfe"])
def test_what_is_no_json_is_said(text):
    told, (problem,) = sent(text)
    assert (told, "not JSON that can be read" in problem) == ((), True)


def test_typed_lines_are_not_taken_for_json():
    assert [is_json(t) for t in ("CX101 87", ' {"route"', "[", "")] == [False, True, True, False]


KEYS = st.sampled_from(["route", "at", "lat", "lng", "stop", "stops_done", "reports"])
LEAVES = st.none() | st.booleans() | st.floats() | st.text(max_size=5)


@given(st.recursive(LEAVES, lambda c: st.lists(c, max_size=3) | st.dictionaries(KEYS, c), max_leaves=8))
def test_no_json_breaks_it(value):
    told, problems = sent(json.dumps(value))
    nothing_sent = value == [] or (isinstance(value, dict) and value.get("reports") == [])
    assert told or problems or nothing_sent
