"""Changes by hand in words."""

import pytest

from dispatchkit.day.facts.pre_load_out import LocksChanged, PlanEdited
from dispatchkit.plan import words
from dispatchkit.plan.edit import Change
from tests.small_day import TEN

CODES = {"r1": "CX1", "r2": "CX2"}


def told(change, *, why="", stops=("s1", "s2"), to="r2", routes=("r1", "r2")):
    fact = PlanEdited(
        at=TEN, by="maria", before="a", plan="b", change=change, to_route_id=to, stop_ids=stops, route_ids=routes,
        why=why,
    )  # fmt: skip
    return words.edited(fact, lambda r: CODES.get(r, r))


@pytest.mark.parametrize(
    ("change", "to", "said"),
    [(Change.MOVED, "r2", "Moved 2 stops from CX1 to CX2."), (Change.SWAPPED, "", "Swapped 2 stops between CX1, CX2."),
     (Change.SPLIT, "r2", "Split 2 stops off CX1 as CX2."), (Change.MERGED, "r2", "Merged CX1 into CX2."),
     (Change.REORDERED, "", "Ordered CX1, CX2 anew."), (Change.TAKEN_OFF, "", "Took 2 stops off CX1, CX2."),
     (Change.WENT_BACK, "", "Went back to an earlier plan, 2 stops on other routes."),
     (Change.PUT_BACK, "r2", "Put 2 stops back on CX2."), (Change.SHARED_OUT, "", "Shared CX1 out among CX2.")],
)  # fmt: skip
def test_every_change_has_its_sentence(change, to, said):
    assert told(change, to=to) == said
    assert set(words.SAID) == set(Change)


def test_with_the_reason():
    assert told(Change.MOVED, why="Too long.", stops=("s1",)) == "Moved 1 stop from CX1 to CX2: Too long."


def test_a_change_that_only_a_later_version_knows_still_has_one():
    assert told("turned round") == "Changed CX1."


def test_locks_say_what_and_which_way():
    fact = LocksChanged(at=TEN, by="jo", plan="a", locked=True, stop_ids=("s1",), route_ids=("r1",), orders=("r2",))
    assert words.locked(fact, lambda r: CODES[r]) == "Locked 1 stop, CX1, the order of CX2."
    open_ = LocksChanged(at=TEN, by="jo", plan="a", locked=False, route_ids=("r1",), why="Standby came")
    assert words.locked(open_, lambda r: CODES[r]) == "Unlocked CX1: Standby came."


@pytest.mark.parametrize(
    ("change", "to", "said"),
    [(Change.MOVED, "r2", "2 stops CX1 → CX2"), (Change.SWAPPED, "", "swap CX1, CX2"),
     (Change.SPLIT, "r2", "split CX1 → CX2"), (Change.MERGED, "r2", "CX1 into CX2"),
     (Change.REORDERED, "", "order of CX1, CX2"), (Change.TAKEN_OFF, "", "2 stops off CX1, CX2"),
     (Change.PUT_BACK, "r2", "2 stops → CX2"), (Change.WENT_BACK, "", "back to an earlier plan"),
     (Change.SHARED_OUT, "", "CX1 shared out"), ("turned round", "", "change of CX1, CX2")],
)  # fmt: skip
def test_a_button_says_a_change_in_a_few_words(change, to, said):
    fact = PlanEdited(
        at=TEN, by="maria", before="a", plan="b", change=change, to_route_id=to, stop_ids=("s1", "s2"),
        route_ids=("r1", "r2"), why="Too long",
    )  # fmt: skip
    assert words.briefly(fact, lambda r: CODES.get(r, r)) == said
    assert set(words.BRIEFLY) == set(Change)


def test_a_button_says_a_lock_without_its_reason():
    fact = LocksChanged(at=TEN, by="jo", plan="a", locked=True, route_ids=("r1",), why="Loaded: do not touch")
    assert words.briefly(fact, lambda r: CODES[r]) == "locked CX1"
