"""Who could take which route over, as rows: those without a driver first."""

import pytest

from dispatchkit.plan.absorb import Verdict, absorb
from dispatchkit.plan.effect import figures
from dispatchkit.roster import decide
from tests.plan.small_plans import TRAVEL, street, town
from tests.small_day import STATION, planned
from widgets.planning import absorb_board

NAMES = {"A1": "Ada", "A2": "Ben"}


def light(code, at_km, **more):
    return street(code, at_km=at_km, **{"stops": 12, "service_s": 900, "litres": 100} | more)


THREE = town(light("CX1", 0), light("CX2", 0.5), light("CX3", 1, stops=34, litres=200, van_m3=10))
"""CX1 and CX2 are light; what CX3 carries fits into no two other vans."""


@pytest.fixture(scope="module")
def covers():
    return absorb(THREE, STATION, TRAVEL)


@pytest.fixture
def day():
    story = planned(the_plan=THREE)
    story.does(decide.assign_driver, route_id="CX1", driver_id="A1")
    return story.does(decide.assign_driver, route_id="CX3", driver_id="A2").day


def rows(covers, day, *, alone=False):
    return absorb_board.rows(covers, day, NAMES, alone=alone)


def test_a_route_without_a_driver_comes_first(covers, day):
    assert [(row["id"], row["driver"]) for row in rows(covers, day)] == [
        ("CX2", "nobody"), ("CX1", "Ada"), ("CX3", "Ben"),
    ]  # fmt: skip
    assert absorb_board.summary(covers, day).startswith("1 without a driver · ")


def test_or_is_shown_alone(covers, day):
    assert [row["id"] for row in rows(covers, day, alone=True)] == ["CX2"]


def test_what_others_can_take_says_who_and_when_they_are_back(covers, day):
    row = next(row for row in rows(covers, day) if row["id"] == "CX2")
    assert row["can"] == {"kind": "ok", "text": "Combined"}
    assert row["by"].startswith("CX1 (+12 stops, P80 ")
    assert [act["id"] for act in row["acts"]] == ["look"]


def test_what_nobody_can_take_says_why_and_offers_nothing(covers, day):
    row = next(row for row in rows(covers, day) if row["id"] == "CX3")
    assert row["can"] == {"kind": "watch", "text": "Needs a driver"}
    assert (row["by"][0].isupper(), row["acts"]) == (True, [])


def test_without_a_driver_and_without_a_taker_somebody_has_to_act(covers):
    alone = rows(covers, planned(the_plan=THREE).day)
    assert alone[0]["id"] == "CX3"
    assert alone[0]["can"]["kind"] == "act"


def test_every_way_is_a_choice(covers):
    cover = next(c for c in covers if c.code == "CX1")
    assert cover.verdict is Verdict.COMBINE
    assert next(words for words, _ in absorb_board.choices(cover)) == "CX2 alone"


def test_both_sides_of_each_taker_are_told(covers):
    cover = next(c for c in covers if c.code == "CX1")
    now = figures(THREE, STATION, TRAVEL)
    (effect,) = absorb_board.effects(cover.by, now)
    assert (effect.before, effect.after) == (now["CX2"], cover.by[0].after)
