"""An answer that takes seconds: asked for once, kept, never shown as newer than it is."""

import asyncio
import time
from operator import mul

import pytest

from dispatchkit.errors import Refused
from tests.small_day import planned
from tests.widgets.story import OnPage
from widgets.pages.plan import PlanPage
from widgets.planning.worked_out import FAULT, KEPT, WorkedOut

AGES_S = 600.0


def count(so_far, *, told, enough):
    told(f"{so_far} of 38 routes")
    return enough()


def refuse():
    raise Refused(["This plan counts stops without saying where they are."])


@pytest.fixture
def shell(tmp_path):
    return OnPage(tmp_path, planned(), "plan", PlanPage).shell


@pytest.fixture
def shown():
    return []


@pytest.fixture
def answer(shell, shown):
    return WorkedOut(shell, "Checking", "Checked", lambda: shown.append(True))


def test_what_was_asked_once_is_kept_and_told_with_its_time(answer, shown):
    answer.want("a", mul, 2, 21)
    assert (answer.of("a"), answer.newest, len(shown)) == (42, 42, 2)
    assert answer.words("a").startswith("Checked at ")
    answer.want("a", refuse)
    assert (answer.of("a"), len(shown)) == (42, 2)


def test_an_answer_to_something_else_is_shown_and_said_to_be_old(answer):
    answer.want("a", mul, 2, 21)
    assert answer.of("b") is None
    assert answer.newest == 42
    assert "changed since" in answer.words("b")


def test_going_back_asks_nobody_anew(answer):
    answer.want("a", mul, 2, 1)
    answer.want("b", mul, 2, 2)
    answer.want("a", refuse)
    assert answer.newest == 2
    assert "changed since" not in answer.words("a")


def test_a_refusal_is_told_where_the_answer_would_stand_and_not_asked_again_by_itself(answer):
    answer.want("a", refuse)
    assert answer.state("a") == "This plan counts stops without saying where they are."
    answer.want("a", mul, 2, 21)
    assert answer.of("a") is None
    answer.want("a", mul, 2, 21, again=True)
    assert (answer.of("a"), answer.state("a")) == (42, "")


def test_a_fault_is_not_told_as_if_somebody_had_cancelled(answer, shell, callback_failures):
    answer.want("a", mul, "two", "three")
    assert answer.state("a") == FAULT
    assert "a fault in the program" in shell.status.text
    assert len(callback_failures) == 1
    callback_failures.clear()


def test_so_many_are_kept_and_no_more(answer, shell):
    for n in range(KEPT + 2):
        answer._asked = str(n)
        answer._take(n)
    assert answer.of("0") is None
    assert answer.of(str(KEPT + 1)) == KEPT + 1


def test_what_is_cancelled_is_left_until_the_person_asks(answer):
    async def page():
        answer.want("a", time.sleep, AGES_S)
        assert answer.is_working
        assert answer.words("a") == "Checking…"
        answer.want("a", time.sleep, AGES_S)  # on its way already
        answer.cancel()

    asyncio.run(page())
    assert (answer.is_working, answer.state("a")) == (False, "Cancelled.")
    answer.want("a", mul, 2, 21)
    assert answer.of("a") is None


def test_work_that_tells_how_far_it_is_is_told_so(shell):
    said = []
    answer = WorkedOut(shell, "Checking", "Checked", list, came_on=lambda: said.append(answer.words("a")))
    answer.want("a", count, 7)
    assert said == ["Checking: 7 of 38 routes…"]
    assert answer.of("a") is False
