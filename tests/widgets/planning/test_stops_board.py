"""The stops of a route as rows: in the order to drive them, with what is late and what is locked."""

import pytest

from dispatchkit.plan.locks import NO_LOCKS, Locks
from tests.plan.small_plans import TWO_STREETS, street, town
from widgets.planning.stops_board import at_place, rows

ZONE = "America/Chicago"


def test_every_stop_has_its_place_and_its_hour():
    made = rows(TWO_STREETS, "CX1", NO_LOCKS, timezone=ZONE)
    assert [(row["id"], row["nth"]) for row in made] == [(f"CX1:{n}", n) for n in (1, 2, 3, 4)]
    assert [row["reached"]["text"] for row in made][:2] == ["10:01", "10:02"]


def test_locked_and_late_stops_are_marked_by_a_word_and_a_sign():
    plan = town(street("CX1", windows={2: (0, 0.01)}))
    locks = Locks(stop_ids=frozenset({"CX1:1"}))
    first, second, *_ = rows(plan, "CX1", locks, timezone=ZONE, late={"CX1:2"})
    assert (first["locked"], second["locked"]) == ("■ locked", "–")
    assert second["reached"]["text"].startswith("▲ ")
    assert second["window"] == "10:00–10:00"


def test_the_first_stop_cannot_go_earlier_nor_the_last_later():
    made = rows(TWO_STREETS, "CX1", NO_LOCKS, timezone=ZONE)
    off = [[act["id"] for act in row["acts"] if act["disabled"]] for row in made]
    assert off == [["earlier"], [], [], ["later"]]


def test_whoever_may_change_nothing_reads_why_on_the_buttons():
    acts = rows(TWO_STREETS, "CX1", NO_LOCKS, timezone=ZONE, forbids="Sign in as a dispatcher.")[1]["acts"]
    assert {(act["title"], act["disabled"]) for act in acts} == {("Sign in as a dispatcher.", True)}


def test_a_route_that_is_no_more_has_no_rows():
    assert rows(TWO_STREETS, "CX9", NO_LOCKS, timezone=ZONE) == []


@pytest.mark.parametrize(
    ("nth", "order"), [(1, "cabd"), (2, "acbd"), (4, "abdc"), (0, "cabd"), (9, "abdc")]
)
def test_a_stop_goes_to_any_place_and_never_beyond_the_ends(nth, order):
    assert at_place(tuple("abcd"), "c", nth) == tuple(order)
