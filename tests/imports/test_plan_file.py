"""Plans as files: read whole or refused with every place that is wrong."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.imports import OriginalFile, Unreadable
from dispatchkit.imports.plan_file import (
    FiledRoute,
    PlanFile,
    Unserved,
    is_plan_file,
    plan_file_bytes,
    read_plan_file,
)

TEN = datetime(2026, 3, 14, 15, tzinfo=UTC)
GOOD = {
    "routes": [
        {
            "route_id": "CX1", "van_id": "V1", "stops": ["A", "B"],
            "departs_at": "2026-03-14T15:00:00Z", "finishes_at": "2026-03-14T18:00:00-05:00",
        }
    ],
    "unserved": [{"stop_id": "C", "reason": "No van has room left."}],
}  # fmt: skip


def file(content):
    return OriginalFile(name="plan.json", data=content if isinstance(content, bytes) else json.dumps(content).encode())


def refused(content):
    with pytest.raises(Unreadable) as raised:
        read_plan_file(file(content))
    return str(raised.value)


def test_a_plan_is_read_with_its_times_in_utc():
    plan = read_plan_file(file(GOOD))
    assert plan.routes == (
        FiledRoute(
            route_id="CX1", van_id="V1", stops=("A", "B"), departs_at=TEN, finishes_at=TEN + timedelta(hours=8)
        ),
    )
    assert plan.unserved == (Unserved(stop_id="C", reason="No van has room left."),)


def test_numbers_are_ids_too():
    plan = read_plan_file(file({"routes": [{"route_id": "1", "stops": [12, "13"]}], "unserved": [{"stop_id": 14}]}))
    assert plan.routes[0].stops == ("12", "13")
    assert plan.unserved[0].stop_id == "14"


def test_everything_that_is_wrong_is_told_at_once():
    said = refused(
        {
            "routes": [
                {"route_id": "CX1", "stops": "A, B"},
                {"stops": ["A"]},
                {"route_id": "CX3", "stops": ["A", None]},
                {"route_id": "CX4", "stops": ["A"], "departs_at": "2026-03-14T15:00:00"},
                "CX5",
                {"route_id": "CX6", "stops": ["A"], "finishes_at": "0001-01-01T00:00:00+05:00"},
            ],
            "unserved": [{"reason": "lost"}],
        }
    )
    for place in ("routes / 1", "routes / 2", "routes / 3", "routes / 4", "routes / 5", "routes / 6", "unserved / 1"):
        assert place in said
    assert "offset from UTC" in said


def test_two_routes_of_one_name():
    assert "Two routes are called CX1" in refused({"routes": [{"route_id": "CX1", "stops": []}] * 2})


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b'{"stops": []}', b'{"routes": {}}', b"\xff\xfe", b'{"routes": ["\xff"]}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_plan_is_not_taken_for_one_and_refused_in_a_sentence(data):
    assert not is_plan_file(file(data))
    assert "plan.json" in refused(data)


def test_a_list_of_unserved_stops_that_is_none():
    assert '"unserved" is no list' in refused({"routes": [], "unserved": "none"})


IDS = st.text(min_size=1, max_size=8)
AT = st.integers(-(10**8), 10**8).map(lambda seconds: TEN + timedelta(seconds=seconds))
ROUTES = st.builds(
    FiledRoute, route_id=IDS, van_id=st.text(max_size=4), stops=st.lists(IDS, max_size=5).map(tuple),
    departs_at=st.none() | AT, finishes_at=st.none() | AT,
)  # fmt: skip
PLANS = st.builds(
    PlanFile,
    routes=st.lists(ROUTES, max_size=4, unique_by=lambda r: r.route_id).map(tuple),
    unserved=st.lists(st.builds(Unserved, stop_id=IDS, reason=st.text(max_size=9)), max_size=3).map(tuple),
)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.fixed_dictionaries({"routes": ANYTHING | st.lists(ANYTHING, max_size=3), "unserved": ANYTHING}))
def test_whatever_a_program_writes_is_read_or_refused_in_sentences(content):
    with suppress(Unreadable):
        assert isinstance(read_plan_file(file(content)), PlanFile)


@given(PLANS)
def test_what_is_written_is_read_again(plan):
    written = file(plan_file_bytes(plan))
    assert is_plan_file(written)
    assert read_plan_file(written) == plan


def test_a_file_always_has_both_lists():
    assert json.loads(plan_file_bytes(PlanFile())) == {"routes": [], "unserved": []}
