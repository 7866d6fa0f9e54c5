"""The plan page: everybody gets a driver and a van, a call-out is replaced, a van is grounded, a draft is committed."""

import pytest

from dispatchkit.day.facts.whole_day import FactVoided
from dispatchkit.plan import commit
from tests.small_day import TWO_ROUTES, Story, on_the_road, plan, planned, route
from tests.widgets.story import OnPage
from widgets.packed_stops import pack
from widgets.pages.plan import PEOPLE, VANS, PlanPage


@pytest.fixture
def at(tmp_path):
    return lambda story: OnPage(tmp_path, story, "plan", PlanPage)


def test_everybody_is_assigned_after_a_look(at):
    desk = at(planned())
    desk.page.assign.button.click()
    assert desk.day.pre_load_out.driver_of == {}
    desk.answers()
    assert set(desk.day.pre_load_out.driver_of) == set(desk.day.pre_load_out.van_of) == {"CX1", "CX7"}
    assert desk.said == "2 routes have their driver and van."


def test_what_the_solver_refuses_is_told(at):
    story = Story().keeping("plan", TWO_ROUTES)
    story.facts = [f for f in planned().facts if type(f).__name__ not in ("RosterTaken", "FleetTaken")]
    desk = at(story)
    desk.page.assign.button.click()
    assert "no roster and no fleet yet" in desk.said
    assert desk.page.assign.button.description == "Assign everybody…"


def test_a_call_out_and_who_takes_over(at):
    desk = at(planned())
    desk.presses(desk.page.people, "A1", "out").answers(state="Called out excused")
    assert desk.day.pre_load_out.attendance["A1"] == "Called out excused"
    desk.presses(desk.page.people, "A1", "comes")
    assert desk.day.pre_load_out.attendance["A1"] == "On time"


def test_a_route_without_a_driver_gets_one_from_its_row(at):
    desk = at(planned())
    desk.presses(desk.page.routes, "CX1", "driver").answers(driver="A2")
    assert desk.day.pre_load_out.driver_of == {"CX1": "A2"}


def test_a_van_is_grounded_and_released(at):
    desk = at(planned())
    desk.presses(desk.page.fleet, "V1", "ground").answers(why="Door does not lock")
    assert desk.day.pre_load_out.grounded == {"V1": "Door does not lock"}
    desk.presses(desk.page.fleet, "V1", "release")
    assert desk.day.pre_load_out.grounded == {}


def test_another_draft_is_committed_after_a_look(at):
    desk = at(planned())
    other = plan(route("CX1", packages=(2,)), route("CX9"))
    desk.desk.decide(commit.give_routes, plan=other, digest=desk.desk.records.put(other))
    desk.shell.look()
    desk.page.commit.button.click()
    desk.answers()
    assert set(desk.day.plan.route) == {"CX1", "CX9"}


def test_a_plan_that_is_taken_back_leaves_nothing_of_its_routes_behind(at):
    desk = at(planned())
    desk.page.select("CX1")
    assert (desk.page.map.acts.layout.display, desk.page.map.facts.value != "") == (None, True)
    entries = list(desk.log.read(desk.desk.key))
    made = [e.n for e in entries if type(e.fact).__name__ in {"RoutesGiven", "RoutesBuilt", "PlanCommitted"}]
    desk.log.append(
        desk.desk.key, [FactVoided(at=entries[-1].fact.at, by="jo", n=tuple(made), why="another day's")],
        expected=entries[-1].n, learned_at=entries[-1].learned_at,
    )  # fmt: skip
    desk.shell.look()
    assert desk.day.pre_load_out.plan is None
    assert (desk.page.map.acts.layout.display, desk.page.map.facts.value) == ("none", "")
    assert desk.page.map.map.stops == pack((), ())


def test_no_draft_replaces_a_plan_on_which_vans_have_left(at):
    desk = at(on_the_road())
    other = plan(route("CX9"))
    desk.desk.decide(commit.give_routes, plan=other, digest=desk.desk.records.put(other))
    desk.shell.look()
    desk.page.commit.button.click()
    desk.answers()
    assert desk.shell.dialog.is_open
    assert set(desk.day.plan.route) == {"CX1", "CX7"}


@pytest.mark.parametrize(("subject", "which"), [("A2", PEOPLE), ("V3", VANS)])
def test_a_found_driver_or_van_turns_the_board(at, subject, which):
    desk = at(planned())
    desk.page.select(subject)
    assert desk.page.which.value == which


def test_what_left_is_not_changed(at):
    desk = at(on_the_road())
    desk.page.select("CX1")
    assert desk.page.map.acts.driver.disabled
