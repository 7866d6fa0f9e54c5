"""The hourly report on the road page: one press shows it, and each route behind has two choices."""

from datetime import timedelta

import pytest

from dispatchkit.day.facts.road import PositionSeen
from dispatchkit.roles import Role
from tests.small_day import TEN, on_the_road, plan, planned, route
from tests.widgets.story import OnPage
from widgets.pages.close import ClosePage
from widgets.pages.road import RoadPage
from widgets.shell import Shell
from widgets.viewing import Viewing

ONE = TEN + timedelta(hours=3)
LONG = plan(route("CX1", packages=(1,) * 60), route("CX7"))


def cx1_behind():
    """CX1 has done nothing for three hours, of which nobody knows why."""
    return on_the_road(the_plan=LONG).told(PositionSeen(at=ONE, by="van", route_id="CX1", lat=41.6, lng=-93.6))


@pytest.fixture
def opened(tmp_path):
    """The road page with the report open."""

    def open_report(story=None):
        desk = OnPage(tmp_path, story or cx1_behind(), "road", RoadPage)
        desk.page.open_report.value = True
        return desk

    return open_report


def test_one_press_shows_the_report_and_another_puts_it_away(opened, sent):
    desk = opened()
    to_place = sent(desk.shell.place)
    report = desk.page.report
    assert report.is_open
    assert report.text.text.splitlines()[0] == "DXX1 14 Mar 13:00"
    assert "CX1 | A1 | 30 BEHIND" in report.text.text
    assert report.text.file_name == "hourly DXX1 2026-03-14 1300.txt"
    report.close_it.click()
    assert not report.is_open
    assert desk.page.open_report.value is False
    assert to_place == [{"op": "focus", "to": ".opens-hourly"}]     # whoever goes by keyboard goes on where they were
    assert "opens-hourly" in desk.page.open_report._dom_classes


def test_what_is_closed_is_not_worked_out(tmp_path):
    desk = OnPage(tmp_path, cx1_behind(), "road", RoadPage)
    assert desk.page.report.text.text == ""


def test_a_root_cause_is_one_choice_and_everybody_sees_who_said_so(opened):
    desk = opened()
    choices = desk.page.report.routes["CX1"]
    assert choices.cause.options[0][0].startswith("By the figures: ")
    choices.cause.value = "connection issue"
    assert desk.day.road.named["CX1"].cause.by == "maria"
    assert "Root cause: connection issue (maria at 13:00)" in desk.page.report.text.text
    other = Shell(Viewing(desk.log, desk.desk.key, by="jo"), "road", RoadPage).content
    other.open_report.value = True
    assert other.report.routes["CX1"].cause.value == "connection issue"


def test_an_action_is_one_choice_and_is_left_to_the_figures_again(opened):
    desk = opened()
    desk.page.report.routes["CX1"].action.value = "rescue planned"
    assert "Action: rescue planned (maria at 13:00)" in desk.page.report.text.text
    desk.page.report.routes["CX1"].action.value = ""
    assert desk.day.road.named["CX1"].action is None
    assert "rescue planned" not in desk.page.report.text.text


def test_another_cause_asks_what_it_is_and_is_not_shown_as_chosen_before(opened):
    desk = opened()
    choices = desk.page.report.routes["CX1"]
    choices.cause.value = "other"
    assert choices.cause.value == ""
    desk.answers(note="<b>Gate</b> closed")
    assert choices.cause.value == "other"
    assert "Root cause: other (<b>Gate</b> closed; maria at 13:00)" in desk.page.report.text.text


def test_a_choice_is_undone_like_any_decision(opened):
    desk = opened()
    desk.page.report.routes["CX1"].cause.value = "slow pace"
    desk.shell.undo()
    assert desk.page.report.routes["CX1"].cause.value == ""


def test_a_choice_that_somebody_else_was_faster_than_is_not_shown_as_made(opened):
    desk = opened()
    jo = Shell(Viewing(desk.log, desk.desk.key, by="jo"), "road", RoadPage).content
    jo.open_report.value = True
    jo.report.routes["CX1"].cause.value = "slow pace"
    choices = desk.page.report.routes["CX1"]
    choices.cause.value = "high stop count"
    assert "jo" in desk.said
    assert choices.cause.value != "high stop count"
    assert desk.day.road.named["CX1"].cause.cause == "slow pace"


def test_whoever_only_reads_copies_the_report_and_chooses_nothing(opened):
    desk = opened()
    viewing = Viewing(desk.log, desk.desk.key, by="guest", role=Role.READ_ONLY)
    page = Shell(viewing, "road", RoadPage).content
    assert not page.open_report.disabled
    page.open_report.value = True
    assert page.report.text.text
    for choice in (page.report.routes["CX1"].cause, page.report.routes["CX1"].action):
        assert (choice.disabled, choice.tooltip) == (True, viewing.forbids)


def test_names_in_the_text_turn_no_line_round(opened):
    desk = opened()
    desk.page.report.text.show("CX1 | A\u202eda\nline two", file_name="x.txt")
    assert desk.page.report.text.text == "CX1 | A\\u202eda\nline two"


def test_without_a_route_behind_it_says_so(opened):
    desk = opened(on_the_road())
    assert desk.page.report.routes == {}
    assert "No route is behind." in desk.page.report._list.children[0].value


def test_a_day_without_routes_has_no_report(tmp_path):
    story = planned()
    story.facts = [f for f in story.facts if f.kind == "DayOpened"]
    desk = OnPage(tmp_path, story, "road", RoadPage)
    assert desk.page.open_report.disabled
    assert desk.page.open_report.tooltip == "There is no plan yet. Commit one, and this page shows its routes."


def test_what_was_named_goes_along_when_the_day_is_handed_over(opened, tmp_path):
    desk = opened()
    desk.page.report.routes["CX1"].cause.value = "slow pace"
    shell = Shell(Viewing(desk.log, desk.desk.key, by="maria"), "close", ClosePage)
    shell.content.shift.hand_over.click()
    shown = shell.dialog._question.shown["sentences"]
    assert shown[1:] == ["CX1: root cause slow pace (maria at 13:00)."]
    values = {"text": "All well.", "to": "jo"}
    shell.dialog._heard(shell.dialog, {"event": "confirm", "turn": shell.dialog._turn, "values": values}, None)
    assert desk.day.course.notes[-1].text == "All well. CX1: root cause slow pace (maria at 13:00)."
