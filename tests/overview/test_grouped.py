"""Sentences that say the same of several things are told as one; nothing is lost, and nothing is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.overview.grouped import grouped
from tests.small_day import at_the_dock, plan, planned, route

SIX_ROUTES = plan(*(route(f"CX{n}") for n in range(1, 7)))


@pytest.fixture(scope="module")
def day():
    return planned(the_plan=SIX_ROUTES).day


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            ["Van V7 has no DVIC today.", "Van V9 has no DVIC today.", "Van V12 has no DVIC today."],
            "3 vans have no DVIC today: V7, V9, V12.",
        ),
        (
            ["CX1 has no driver. Assign one.", "CX2 has no driver. Assign one."],
            "2 routes have no driver: CX1, CX2. Assign one.",
        ),
        (
            ["CX1 is in no wave. Put it into one.", "CX2 is in no wave. Put it into one."],
            "2 routes are in no wave: CX1, CX2. Put them into one.",
        ),
        (
            ["Driver A1 of CX1 has not arrived.", "Driver A2 of CX2 has not arrived."],
            "2 drivers have not arrived: A1, A2.",
        ),
        (
            ["CX1 is not back; 1 package is not accounted for.", "CX2 is not back; 40 packages are not accounted for."],
            "2 routes are not back; 41 packages are not accounted for: CX1, CX2.",
        ),
        (
            ["CX1 is not debriefed.", "CX2 is not debriefed; 2 packages are not accounted for."],
            "2 routes are not debriefed; 2 packages are not accounted for: CX1, CX2.",
        ),
        (
            ["Not ticked yet: Keys are in the box.", "Not ticked yet: Lights are off."],
            "Not ticked yet (2): Keys are in the box; Lights are off.",
        ),
        (
            ["Van V1 is grounded: Tyre.", "Van V2 is grounded: Tyre."],
            "2 vans (V1, V2) are grounded: Tyre.",
        ),
        (
            ["Van V1 failed its DVIC: Tyre. Have it mended.", "Van V2 failed its DVIC: Tyre. Have it mended."],
            "2 vans (V1, V2) failed their DVIC: Tyre. Have them mended.",
        ),
        (
            [f"CX{n} never left. Debrief it as a route that did not run." for n in (1, 2)],
            "2 routes never left: CX1, CX2. Debrief them as routes that did not run.",
        ),
    ],
)
def test_what_is_said_of_several_is_told_once(day, said, told):
    assert grouped(said, day) == (told,)


@pytest.mark.parametrize(
    "sentence",
    ["Van V7 has no DVIC today.", "Not ticked yet: Keys are in the box.", "The rescue of CX1 by CX2 is over."],
)
def test_what_stands_alone_stays_as_it_is(day, sentence):
    assert grouped([sentence], day) == (sentence,)


def test_a_wave_that_all_its_routes_name_is_told_once():
    day = at_the_dock().day
    said = [f"Wave 1 of {code} has had no stand-up. Brief it." for code in ("CX1", "CX7")]
    assert grouped(said, day) == ("Wave 1 has had no stand-up. Brief it.",)


def test_different_reasons_stay_apart(day):
    said = ["Van V1 is grounded: Tyre.", "Van V2 is grounded: Brakes."]
    assert grouped(said, day) == tuple(said)


def test_a_subject_that_the_day_does_not_know_is_not_guessed_at(day):
    said = ["Dock 1 has no light.", "Dock 2 has no light."]
    assert grouped(said, day) == tuple(said)


def test_many_are_counted_and_the_first_named(day):
    (told,) = grouped((f"Van V{n} has no DVIC today." for n in range(40)), day)
    assert told == "40 vans have no DVIC today: V0, V1, V2, V3, V4, V5, V6, V7 and 32 more."


@given(st.lists(st.text(min_size=1, max_size=60)))
def test_no_text_makes_it_fail_and_a_sentence_of_its_own_kind_is_kept(day, texts):
    told = grouped([*texts, "Van V7 has no DVIC today."], day)
    assert "Van V7 has no DVIC today." in told
    assert len(told) <= len(texts) + 1
