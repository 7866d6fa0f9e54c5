"""The close page: back, debriefed, looked over, and closed once nothing is open."""

import pytest

from dispatchkit.day.facts.road import NotDelivered, StopServed
from tests.small_day import SIX_PM, on_the_road
from tests.widgets.story import OnPage
from widgets.pages.close import ClosePage


def all_served():
    story = on_the_road()
    for route_id in ("CX1", "CX7"):
        for stop_id in story.day.road.routes[route_id].order:
            refused = stop_id == "CX1:2"
            not_delivered = (NotDelivered(package_id="CX1:2-a", reason="REFUSED"),) if refused else ()
            fact = StopServed(at=SIX_PM, by="cortex", route_id=route_id, stop_id=stop_id, not_delivered=not_delivered)
            story.told(fact)
    return story


@pytest.fixture
def at(tmp_path):
    return lambda story: OnPage(tmp_path, story, "close", ClosePage)


def settle(desk, route_id):
    desk.presses(desk.page.board, route_id, "back").presses(desk.page.board, route_id, "debrief")
    desk.page.debrief.record.click()
    desk.presses(desk.page.board, route_id, "inspect").presses(desk.page.board, route_id, "van")


def test_a_shift_is_closed_press_by_press(at):
    desk = at(all_served())
    assert desk.page.shift.close_shift.disabled
    for route_id in ("CX1", "CX7"):
        settle(desk, route_id)
    for button in desk.page.shift.items.values():
        button.click()
    assert tuple(desk.page.shift.reasons) == ()
    desk.page.shift.close_shift.click()
    assert desk.day.course.closed_at is not None
    assert desk.said == "The shift is closed."


def test_the_debrief_starts_from_the_drivers_own_words(at):
    desk = at(all_served())
    desk.presses(desk.page.board, "CX1", "back").presses(desk.page.board, "CX1", "debrief")
    assert {p: line.value for p, line in desk.page.debrief.lines.items()} == {"CX1:2-a": "REFUSED"}
    desk.page.debrief.lines["CX1:2-a"].value = "DAMAGED"
    desk.page.debrief.record.click()
    (account,) = desk.day.end_of_shift.debriefed["CX1"].accounts
    assert (account.reason, account.status) == ("DAMAGED", "returned")


def test_a_choice_stays_while_others_work_on_other_routes(at):
    desk = at(all_served())
    desk.presses(desk.page.board, "CX1", "back").presses(desk.page.board, "CX1", "debrief")
    desk.page.debrief.lines["CX1:2-a"].value = "DAMAGED"
    desk.presses(desk.page.board, "CX7", "back")
    assert desk.page.debrief.lines["CX1:2-a"].value == "DAMAGED"


def test_nothing_is_debriefed_while_the_van_is_out(at):
    desk = at(all_served())
    desk.page.select("CX1")
    assert desk.page.debrief.record.disabled
    assert "CX1 is not back yet. Debrief it when it is." in tuple(desk.page.debrief.reasons)


def test_an_early_return_needs_a_reason_and_says_so(at):
    desk = at(on_the_road())
    desk.presses(desk.page.board, "CX1", "clear").answers(why="")
    assert desk.shell.dialog.is_open
    desk.answers(why="Snow")
    assert "CX1" in desk.day.end_of_shift.cleared


def test_an_incident_keeps_the_shift_open_until_it_is_documented(at):
    desk = at(all_served())
    desk.page.shift.incident.click()
    desk.answers(what="Mirror broken in the yard", route="CX1")
    (incident,) = desk.day.end_of_shift.incidents.values()
    assert (incident.opened.van_id, incident.status) == ("V1", "open")
    next(iter(desk.page.shift._of.values())).click()
    desk.answers(note="Photos are in the folder", status="documented")
    assert desk.day.end_of_shift.incidents["incident 1"].status == "documented"


def test_a_damage_found_after_the_trip_is_written_down(at):
    desk = at(all_served())
    desk.presses(desk.page.board, "CX1", "back").presses(desk.page.board, "CX1", "debrief")
    desk.page.debrief.record.click()
    desk.presses(desk.page.board, "CX1", "defect").answers(what="Scratch on the left door", grounds="no")
    assert desk.day.pre_load_out.inspections["V1", "post-trip"].defects == ("Scratch on the left door",)


def test_a_closed_day_is_reopened_with_a_reason(at):
    desk = at(all_served())
    for route_id in ("CX1", "CX7"):
        settle(desk, route_id)
    for button in desk.page.shift.items.values():
        button.click()
    desk.page.shift.close_shift.click()
    desk.page.shift.reopen.click()
    desk.answers(why="A package was found in van V1")
    assert desk.day.course.closed_at is None


def test_the_report_is_written_beside_the_days_and_linked(at, tmp_path, monkeypatch):
    monkeypatch.setenv("DISPATCHKIT_HOME", str(tmp_path))
    desk = at(all_served())
    desk.page.shift.report.button.click()
    assert (tmp_path / "reports" / "DXX1_2026-03-14.html").exists()
    assert 'href="/reports/DXX1_2026-03-14.html"' in desk.page.shift.report.link.value
