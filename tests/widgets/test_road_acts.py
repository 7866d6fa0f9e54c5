"""The road page pressed: alarms are taken, put off and ended, rescues followed, words left about a route."""

from datetime import timedelta

import msgspec
import pytest

from dispatchkit.day.facts.road import AlarmRaised, MessageReceived, RescueStarted
from dispatchkit.roles import Role
from tests.small_day import TEN, on_the_road, plan, route
from tests.widgets.story import OnPage
from widgets.pages.road import RoadPage
from widgets.shell import Shell
from widgets.viewing import Viewing

NOON = TEN + timedelta(hours=2)
LATE = AlarmRaised(at=NOON, by="watch", alarm_id="late:CX1:1", route_ids=("CX1",), what="CX1 will be late.",
                   why="40 stops behind.", do="Send help.", helps_until=TEN + timedelta(hours=3))  # fmt: skip
RESCUE = RescueStarted(
    at=NOON, by="jo", rescue_id="r1", route_id="CX1", helper_route_id="CX7", stop_ids=("CX1:3",),
    helper_order=("CX7:1", "CX7:2", "CX7:3", "CX1:3"), meet_at=NOON, meet_lat=41.6, meet_lng=-93.6,
)  # fmt: skip


@pytest.fixture
def at(tmp_path):
    return lambda *facts: OnPage(tmp_path, on_the_road().told(*facts), "road", RoadPage)


def buttons(desk, need_id):
    return desk.page.needs.attention._drawn[need_id]._buttons


def test_an_alarm_speaks_of_now_and_says_since_when_it_stands(at):
    words = at(LATE).page.needs.attention._drawn["alarm:late:CX1:1"]._words.value
    assert "CX1 will probably be back in time" in words
    assert "Alarm since 12:00." in words
    assert "40 stops behind" not in words


def test_a_route_of_an_alarm_that_needs_no_help_is_shown_and_offered_no_rescue(at):
    offered = list(buttons(at(LATE), "alarm:late:CX1:1"))
    assert offered[0] == "Show CX1"
    assert "See rescue of CX1" not in offered


def test_an_alarm_is_put_away_until_later(at):
    desk = at(LATE)
    buttons(desk, "alarm:late:CX1:1")["Later…"].click()
    desk.answers(after="30")
    assert desk.day.road.alarms["late:CX1:1"].shelved_until == NOON + timedelta(minutes=30)
    assert desk.said == "It asks again at 12:30."
    assert "alarm:late:CX1:1" not in desk.page.needs.attention._drawn


def test_a_station_says_itself_for_how_long_an_alarm_can_be_put_away(at):
    desk = at(LATE)
    station = desk.shell.viewing.station
    later = msgspec.structs.replace(station.alarm, later_s=(2700.0, 5400.0, 7200.0))
    desk.shell.viewing.station = msgspec.structs.replace(station, alarm=later)
    buttons(desk, "alarm:late:CX1:1")["Later…"].click()
    (field,) = desk.shell.dialog._question.fields
    assert [shown for _, shown in field.options] == ["45 min", "90 min", "2 h"]
    desk.answers(after="45")
    assert desk.day.road.alarms["late:CX1:1"].shelved_until == NOON + timedelta(minutes=45)


def test_an_alarm_is_over_when_somebody_says_why(at):
    desk = at(LATE)
    buttons(desk, "alarm:late:CX1:1")["It is over…"].click()
    desk.answers(why="A sweeper took twenty stops")
    assert desk.day.road.alarms["late:CX1:1"].cleared_at == NOON
    desk.shell.undo()
    assert "alarm:late:CX1:1" in desk.page.needs.attention._drawn


def test_what_needs_a_person_on_the_road_is_the_same_here_as_on_the_home_page(at):
    """Routes that are only behind have no alarm, and home sends the dispatcher here for them."""
    desk = at(RESCUE)
    assert "road:rescue r1" in desk.page.needs.attention._drawn


def test_both_have_met_and_the_stops_are_the_helpers(at):
    desk = at(RESCUE)
    buttons(desk, "road:rescue r1")["They met…"].click()
    desk.answers(minutes="12")
    assert desk.day.road.routes["CX7"].order[-1] == "CX1:3"
    assert desk.said == "Written down: CX7 has the stops of CX1."
    desk.shell.select("CX7")
    assert desk.page.route.met.layout.display == "none"
    desk.page.route.end.click()
    desk.answers()
    assert desk.day.road.rescues["r1"].outcome == "complete"


def test_a_rescue_is_called_off_with_the_reason(at):
    desk = at(RESCUE)
    desk.shell.select("CX1")
    desk.page.route.end.click()
    desk.answers(outcome="CX1 made it up")
    assert desk.day.road.rescues["r1"].outcome == "CX1 made it up"
    assert desk.page.route.end.layout.display == "none"


def test_a_note_a_message_and_a_break_are_written_down_about_the_chosen_route(at):
    desk = at()
    desk.shell.select("CX1")
    route = desk.page.route
    route.note.click()
    desk.answers(text="<b>Gate</b> 4")
    route.message.click()
    desk.answers(text="Dog at 12 Elm")
    assert "&lt;b&gt;Gate" in route.told.value
    assert "CX1 says: Dog at 12 Elm" in route.told.value
    assert desk.day.course.notes[-1].about == "CX1"


def test_a_slip_of_the_pen_is_undone_and_nothing_else(at):
    desk = at(LATE)
    buttons(desk, "alarm:late:CX1:1")["I take it"].click()
    desk.shell.select("CX1")
    desk.page.route.break_taken.click()
    desk.answers(minutes="25")
    assert desk.day.road.routes["CX1"].break_s == 25 * 60
    desk.shell.undo()
    assert desk.day.road.routes["CX1"].break_s == 0
    assert desk.day.road.alarms["late:CX1:1"].acknowledged_by == "maria"


def test_whoever_only_reads_sees_why_every_act_of_the_road_is_off(at):
    desk = at(LATE, RESCUE)
    viewing = Viewing(desk.log, desk.desk.key, by="guest", role=Role.READ_ONLY)
    page = Shell(viewing, "road", RoadPage)
    page.select("CX1")
    route = page.content.route
    shown = [b for box in page.content.needs.attention._drawn.values() for b in box._buttons.values()]
    acts = [b for b in shown if not b.description.startswith(("See", "Show"))]
    assert acts
    for button in (*acts, route.note, route.message, route.break_taken, route.met, route.end):
        assert button.disabled
        assert button.tooltip == viewing.forbids


def test_progress_is_typed_by_route_and_number_and_moves_the_board(at):
    desk = at()
    desk.page.type_progress.click()
    desk.answers(told="CX1 1")
    assert desk.day.road.routes["CX1"].reported.stops_done == 1


def test_a_line_that_nobody_understands_stays_in_the_dialog(at):
    desk = at()
    desk.page.type_progress.click()
    desk.answers(told="CX1 many")
    assert desk.shell.dialog.is_open
    assert desk.day.road.routes["CX1"].reported is None


def test_what_is_not_believed_is_marked_until_somebody_says_it_is_true(at):
    desk = at()
    desk.page.type_progress.click()
    desk.answers(told="CX1 99")
    desk.page.select("CX1")
    assert "marked because" in " ".join(desk.page.route.marks)
    assert desk.page.route.believe.layout.display is None
    desk.page.route.believe.click()
    assert tuple(desk.page.route.marks) == ()


def test_a_route_that_needs_a_van_of_its_own_is_offered_help_and_is_no_rescue_under_way(tmp_path):
    due_at_ten = plan(route("CX1", departs_at=TEN - timedelta(hours=2), hours=2), route("CX7"))
    word = MessageReceived(at=NOON, by="jo", message_id="m1", route_id="CX1", text="Stuck.")
    desk = OnPage(tmp_path, on_the_road(the_plan=due_at_ten).told(word), "road", RoadPage)
    assert "See rescue of CX1" in buttons(desk, "road:rescue van")


def test_who_waits_for_an_answer_gets_one_and_the_page_turns_to_the_route(tmp_path):
    wrote = MessageReceived(at=NOON, by="van", message_id="m1", route_id="CX1", text="Gate <b>shut</b>.")
    desk = OnPage(tmp_path, on_the_road().told(wrote), "road", RoadPage)
    assert "<b>" not in desk.page.needs.attention._drawn["road:messages"]._words.value
    buttons(desk, "road:messages")["Answer CX1…"].click()
    assert desk.page.route.route_id == "CX1"
    assert desk.shell.dialog._question.shown["sentences"] == ["“Gate <b>shut</b>.”"]
    desk.answers(text="Code is 1234.")
    assert (desk.day.road.messages[-1].text, desk.day.road.messages[-1].by) == ("Code is 1234.", "maria")
    assert desk.said == "Written down: what CX1 was told."
    assert "road:messages" not in desk.page.needs.attention._drawn
