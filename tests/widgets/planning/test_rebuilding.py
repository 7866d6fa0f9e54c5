"""A route whose van drops out on the plan page: what could step in, who takes its stops, and keeping that."""

import pytest

from dispatchkit.day.facts.pre_load_out import PlanEdited
from dispatchkit.fleet import vans
from dispatchkit.records import Plan
from dispatchkit.roster import attendance
from tests.plan.small_plans import street, town
from tests.small_day import at_the_dock, planned
from tests.widgets.story import OnPage
from widgets.pages.plan import PlanPage

THREE = town(street("CX1"), street("CX2", at_km=0.6), street("CX3", at_km=1.0))


@pytest.fixture
def at(tmp_path):
    return lambda story: OnPage(tmp_path, story, "plan", PlanPage)


def nobody_free():
    """Three routes, and neither a van nor a driver that could step in."""
    story = planned(THREE)
    for van_id in ("V1", "V2", "V3"):
        story.does(vans.ground, van_id=van_id, why="Flat tyre")
    for driver_id in ("A1", "A2", "A3"):
        story.does(attendance.call_out, driver_id=driver_id, attendance="Called out excused")
    return story


def drops_out(desk, route_id):
    """Press the button of the selected route."""
    desk.page.select(route_id)
    desk.page.map.acts.drops_out.button.click()
    return desk


def test_who_takes_its_stops_is_shown_and_nothing_is_written(at):
    desk = at(nobody_free())
    before = desk.day.version
    proposed = drops_out(desk, "CX2").page.changing.proposed
    assert "The plan without CX2" in proposed.said.value
    assert "4 stops go to CX3 +4." in proposed.said.value
    assert "No other stop changed route." in proposed.said.value
    assert "4 → 8" in proposed.table.value
    assert desk.day.version == before


def test_it_is_kept_with_a_reason(at):
    desk = drops_out(at(nobody_free()), "CX2")
    proposed = desk.page.changing.proposed
    proposed.why.value = "Van does not start"
    proposed.keep.click()
    draft = desk.desk.records.record(desk.day.pre_load_out.in_hand, Plan)
    assert [(r.code, len(r.stop_ids)) for r in draft.routes] == [("CX1", 4), ("CX3", 8)]
    last = desk.desk.entries()[-1].fact
    assert isinstance(last, PlanEdited)
    assert (last.change, last.why) == ("rebuilt", "Van does not start")


def test_first_it_is_told_who_could_step_in(at):
    desk = drops_out(at(planned(THREE)), "CX2")
    shown = " ".join(desk.shell.dialog._question.shown["sentences"])
    assert "Free and able to carry CX2 are V1, V2, V3." in shown
    desk.answers()
    assert "The plan without CX2" in desk.page.changing.proposed.said.value


def test_orders_are_kept_where_that_is_asked(at):
    desk = drops_out(at(nobody_free()), "CX2")
    proposed = desk.page.changing.proposed
    assert proposed.anew.value
    proposed.anew.value = False
    order = desk.page.changing.proposal.edited.plan.route["CX3"].stop_ids
    assert [s for s in order if s.startswith("CX3")] == list(THREE.route["CX3"].stop_ids)


def test_a_route_that_is_being_loaded_is_not_shared_out(at):
    desk = at(at_the_dock())
    desk.page.select("CX1")
    button = desk.page.map.acts.drops_out.button
    assert button.disabled
    assert "being loaded" in button.tooltip
