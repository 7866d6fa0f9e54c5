"""What the plan that a day has in hand comes to, read off its log."""

import pytest

from dispatchkit import in_hand
from dispatchkit.errors import NotFound, Refused
from dispatchkit.log import open_log
from dispatchkit.plan import keep
from dispatchkit.plan.absorb import Verdict
from dispatchkit.plan.effect import figures
from dispatchkit.roster import decide
from dispatchkit.travel.source import calibrated
from tests.plan.small_plans import TWO_STREETS, by_hand
from tests.small_day import STATION, at_the_dock, planned
from tests.small_log import written

TRAVEL = calibrated(STATION)


@pytest.fixture
def log(tmp_path):
    with open_log(tmp_path / "days.sqlite") as opened:
        yield opened


@pytest.fixture
def desk(log):
    return written(log, planned(the_plan=TWO_STREETS))


def drafted(desk, edited):
    """Keep a change as the draft."""
    put = desk.records.put
    desk.decide(keep.keep, edited=edited, before=put(edited.before), digest=put(edited.plan), why="Too long")


def test_the_days_plan_is_checked_with_its_drivers(log, desk):
    desk.decide(decide.assign_driver, route_id="CX1", driver_id="A1")
    found = in_hand.checked(log, desk.day(), STATION)
    assert [(r.code, r.driver_id) for r in found.routes] == [("CX1", "A1"), ("CX2", "")]
    assert in_hand.DRAFT not in [f.sentence for f in found.findings]


def test_a_draft_is_checked_and_said_to_be_one(log, desk):
    drafted(desk, by_hand(TWO_STREETS).merge("CX1", "CX2"))
    found = in_hand.checked(log, desk.day(), STATION)
    assert [r.code for r in found.routes] == ["CX2"]
    assert in_hand.DRAFT in [f.sentence for f in found.findings]


def test_a_day_without_a_plan_has_nothing_to_check(log):
    story = planned(the_plan=TWO_STREETS)
    story.facts = [f for f in story.facts if type(f).__name__ not in ("RoutesGiven", "PlanCommitted")]
    desk = written(log, story)
    with pytest.raises(NotFound, match="has no plan yet"):
        in_hand.checked(log, desk.day(), STATION)


def test_who_could_take_over_what_is_in_hand(log, desk):
    assert [c.verdict for c in in_hand.covers(log, desk.day(), STATION)] == [Verdict.COMBINE, Verdict.COMBINE]


def test_a_locked_route_takes_nothing_more(log, desk):
    digest = desk.day().pre_load_out.in_hand
    desk.decide(keep.change_locks, digest=digest, plan=TWO_STREETS, locked=True, route_ids=["CX2"])
    first, second = in_hand.covers(log, desk.day(), STATION)
    assert (first.verdict, second.verdict) == (Verdict.REPLACE, Verdict.COMBINE)


def test_where_every_route_has_begun_help_is_a_rescue_but_the_morning_can_be_asked_about(log):
    day = written(log, at_the_dock()).day()
    with pytest.raises(Refused, match="Help on the road is a rescue"):
        in_hand.covers(log, day, STATION)
    assert len(in_hand.covers(log, day, STATION, as_planned=True)) == 2


def test_figures_are_those_of_the_forecast_with_the_days_drivers(log, desk):
    day = desk.day()
    told = in_hand.figures_in_hand(log, day, STATION)
    assert told == figures(TWO_STREETS, STATION, TRAVEL, driver_of=day.pre_load_out.driver_of)


def test_two_plans_of_the_day_are_held_against_each_other(log, desk):
    before = desk.day().pre_load_out.in_hand
    drafted(desk, by_hand(TWO_STREETS).move(["CX1:4"], "CX2"))
    after = desk.day().pre_load_out.in_hand
    found = in_hand.held_against(log, desk.day(), before, after, STATION)
    assert [(m.from_code, m.to_code) for m in found.moved] == [("CX1", "CX2")]
    assert desk.day().pre_load_out.plan_digest == before
