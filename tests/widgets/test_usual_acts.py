"""What needs a person can be done from where it is said: every need of a page has its one usual act."""

from datetime import timedelta

import pytest

from dispatchkit.day.facts.load_out import BriefingGiven
from dispatchkit.day.facts.road import AlarmRaised
from dispatchkit.eos import incidents
from dispatchkit.roster import attendance
from tests.small_day import TEN, at_the_dock, back, on_the_road, planned
from tests.widgets.story import OnPage
from widgets.pages.close import ClosePage
from widgets.pages.load_out import LoadOutPage
from widgets.pages.plan import PlanPage

LATE_WAVE = AlarmRaised(
    at=TEN + timedelta(minutes=40), by="watch", alarm_id="late:wave Wave 1:1", route_ids=("CX1", "CX7"),
    what="Wave 1 is 40 min late.", why="2 routes have not left.", do="Find what holds them.",
)  # fmt: skip


@pytest.fixture
def on(tmp_path):
    pages = {"plan": PlanPage, "load_out": LoadOutPage, "close": ClosePage}
    return lambda story, here: OnPage(tmp_path, story, here, pages[here])


def acts(desk):
    return {need_id: list(box._buttons) for need_id, box in desk.page.needs.attention._drawn.items()}


def press(desk, need_id, label):
    desk.page.needs.attention._drawn[need_id]._buttons[label].click()


def test_a_day_without_a_plan_is_committed_from_the_sentence_that_asks_for_it(on):
    story = planned()
    story.facts = [f for f in story.facts if f.kind != "PlanCommitted"]
    desk = on(story, "plan")
    press(desk, "plan:no plan", "Commit a draft…")
    desk.answers()
    assert desk.day.pre_load_out.plan is not None


def test_a_driver_who_calls_out_is_replaced_from_the_sentence_about_it(on):
    story = at_the_dock().does(attendance.call_out, driver_id="A1", attendance="Called out excused")
    desk = on(story, "plan")
    assert "Driver for CX1…" in acts(desk)["plan:no driver"]
    press(desk, "plan:no driver", "Driver for CX1…")
    desk.answers(driver="A3")
    assert desk.day.pre_load_out.driver_of["CX1"] == "A3"


def test_a_late_wave_with_an_alarm_holds_vans_back_on_the_load_out_page_too(on):
    """The alarm speaks for its routes: without it the page would say that nothing holds a van back."""
    desk = on(at_the_dock().told(LATE_WAVE), "load_out")
    shown = acts(desk)["alarm:late:wave Wave 1:1"]
    assert shown[:2] == ["Show CX1", "Show CX7"]
    assert "I take it" in shown


def test_an_alarm_about_vans_that_have_left_is_no_matter_of_the_load_out(on):
    assert acts(on(on_the_road().told(LATE_WAVE), "load_out")) == {}


def test_a_wave_is_briefed_from_the_sentence_that_asks_for_it(on):
    story = at_the_dock()
    story.facts = [f for f in story.facts if not isinstance(f, BriefingGiven)]
    desk = on(story, "load_out")
    press(desk, "load_out:no stand-up", "Brief Wave 1…")
    desk.answers()
    assert "Wave 1" in desk.day.load_out.briefings


def test_vans_that_came_in_and_incidents_are_led_to_from_their_sentences(on):
    story = back(on_the_road(), "CX1").does(
        incidents.open_incident, incident_id="I1", incident_type="Collision", description="Mirror", route_id="CX1",
        van_id="V1", driver_id="A1",
    )  # fmt: skip
    desk = on(story, "close")
    press(desk, "close:vans not in", "Show V1")
    assert desk.page.debrief.route_id == "CX1"
    press(desk, "close:incidents", "Document I1…")
    assert desk.shell.dialog.is_open


def test_the_balance_of_the_day_adds_up_while_packages_are_open(on):
    desk = on(on_the_road(), "close")
    assert desk.page.back._head.value.count("12 open") == 1
