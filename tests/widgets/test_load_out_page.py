"""The load-out page: one press takes a route a step on, several rows go together, a wave leaves."""

import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.day.facts.load_out import BriefingGiven, LoadingFinished, LoadingStarted
from dispatchkit.imports import OriginalFile
from dispatchkit.intake import preview, take
from dispatchkit.loadout.steps import next_step
from dispatchkit.roster import attendance
from dispatchkit.samples.papers import papers
from tests.small_day import KEY, STATION, TEN, at_the_dock, on_the_road
from tests.widgets.story import OnPage
from widgets.pages.load_out import LoadOutPage


def without(*kinds):
    story = at_the_dock()
    story.facts = [f for f in story.facts if not isinstance(f, kinds)]
    return story


@pytest.fixture
def at(tmp_path):
    return lambda story: OnPage(tmp_path, story, "load_out", LoadOutPage)


def test_a_press_on_a_row_takes_its_next_step(at):
    desk = at(without(LoadingStarted, LoadingFinished))
    desk.presses(desk.page.board, "CX1", "load")
    assert next_step(desk.day, "CX1") == "loaded"
    assert desk.said == "Loading: CX1."


def test_marked_rows_with_the_same_next_step_go_together(at):
    desk = at(at_the_dock())
    desk.page.board._heard(None, {"event": "mark", "ids": ["CX1", "CX7"]}, None)
    assert desk.page.together.description == "Leaves: 2 routes"
    desk.page.together.click()
    assert set(desk.day.load_out.departed) == {"CX1", "CX7"}


def test_marked_rows_with_different_steps_cannot_go_together(at):
    story = without(LoadingFinished)
    story.does(attendance.call_out, driver_id="A2", attendance="Called out excused")
    desk = at(story)
    desk.page.board._heard(None, {"event": "mark", "ids": ["CX1", "CX7"]}, None)
    assert desk.page.together.disabled


def test_a_wave_is_briefed_and_all_of_it_that_is_ready_leaves(at):
    desk = at(without(BriefingGiven))
    desk.presses(desk.page.waves, "Wave 1", "brief").answers(own="Ice on the ramps")
    assert desk.day.load_out.briefings["Wave 1"].topic == "Ice on the ramps"
    desk.presses(desk.page.waves, "Wave 1", "depart")
    assert set(desk.day.load_out.departed) == {"CX1", "CX7"}


def test_a_wave_can_leave_later_by_the_stations_clock(at):
    desk = at(at_the_dock())
    desk.presses(desk.page.waves, "Wave 1", "move").answers(at="10:25")
    assert f"{desk.day.load_out.waves['Wave 1'].departs_at:%H:%M}" == "15:25"


def test_a_call_out_leaves_the_route_without_a_driver_and_the_page_says_so(at):
    desk = at(at_the_dock())
    desk.page.select("CX1")
    desk.page.route.absent.click()
    desk.answers(state="Called out excused", note="Fever")
    assert "CX1" not in desk.day.pre_load_out.driver_of
    assert "CX1 has no driver. Assign one." in tuple(desk.page.route.reasons)


def test_another_driver_is_offered_only_if_he_can_take_the_route(at):
    desk = at(at_the_dock())
    desk.page.select("CX1")
    desk.page.route.driver.click()
    offered = [value for value, _ in desk.shell.dialog._question.fields[0].options]
    assert offered == ["A3", "A2"]
    desk.answers(driver="A3")
    assert desk.day.pre_load_out.driver_of["CX1"] == "A3"


def test_what_others_decided_while_the_dialog_was_open_makes_the_answer_stale(at):
    desk = at(at_the_dock())
    desk.page.select("CX1")
    desk.page.route.driver.click()
    desk.desk.decide(attendance.call_out, driver_id="A3", attendance="Called out excused")
    desk.shell.look()
    desk.answers(driver="A3")
    assert desk.day.pre_load_out.driver_of["CX1"] == "A1"
    assert desk.shell.dialog.is_open


def test_a_count_that_differs_names_what_is_missing(at):
    desk = at(without(LoadingFinished))
    desk.page.select("CX1")
    desk.page.route.count.click()
    desk.answers(packages="5", not_found="CX1:1-a")
    assert desk.day.load_out.loaded["CX1"].not_found == ("CX1:1-a",)


def test_a_route_that_left_can_not_be_changed_any_more(at):
    desk = at(on_the_road())
    desk.page.select("CX1")
    assert desk.page.route.driver.disabled
    assert desk.page.route.van.disabled


def test_the_bags_of_an_imported_route_sheet_stand_beside_the_route(at):
    desk = at(at_the_dock())
    files = papers(desk.day, {})
    (name,) = (name for name in files if name.endswith(".pdf"))
    shown = preview(
        desk.log, [OriginalFile(name=name, data=files[name])], by="maria", station=STATION, day=KEY,
        answers={"timezone": "America/Chicago"}, clock=FrozenClock(TEN),
    )  # fmt: skip
    take(desk.log, shown, by="maria", clock=FrozenClock(TEN))
    desk.shell.look()
    desk.page.select("CX1")
    assert "Route sheet:" in desk.page.route.facts.value
