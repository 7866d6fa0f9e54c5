"""Looking at the plan on its page: the check, who could take over, what was done, two plans side by side."""

import pytest

from dispatchkit.log import open_log
from dispatchkit.plan import keep
from dispatchkit.plan.edit import Change
from tests.plan.small_plans import TWO_STREETS, by_hand, street, town
from tests.small_day import planned
from tests.small_log import written
from tests.widgets.story import OnPage
from widgets.pages.plan import PlanPage
from widgets.planning.looks import ABSORB, CHECK, COMPARE, HISTORY
from widgets.shell import Shell
from widgets.viewing import Viewing

TOO_LONG = town(street("CX1"), street("CX2", at_km=0.5, stops=40, service_s=600, hours=4))


@pytest.fixture
def at(tmp_path):
    return lambda plan=TWO_STREETS: OnPage(tmp_path, planned(the_plan=plan), "plan", PlanPage)


def rows_of(board):
    return list(board._sent.everything()["changed"].values())


def moved(desk):
    """Another desk moves a stop, and the page follows."""
    edited = by_hand(TWO_STREETS).move(["CX1:4"], "CX2")
    put = desk.desk.records.put
    desk.desk.decide(keep.keep, edited=edited, before=put(edited.before), digest=put(edited.plan), why="Too long")
    desk.shell.look()


def test_a_reload_finds_the_same_tab(tmp_path):
    log = open_log(tmp_path / "days.sqlite")
    viewing = Viewing(log, written(log, planned(the_plan=TWO_STREETS)).key, by="maria")
    viewing.asked = {"tab": HISTORY}
    page = Shell(viewing, "plan", PlanPage).content
    assert page.which.value == HISTORY
    assert "1 plan so far" in page.middle._head.value


class TestCheck:
    def test_a_plan_is_checked_without_being_asked_and_its_chances_stand_with_the_routes(self, at):
        desk = at()
        assert [row["chance"] for row in rows_of(desk.page.routes)] == [None, None]
        desk.page.looks.work()
        assert {row["chance"]["text"] for row in rows_of(desk.page.routes)} == {"100%"}
        desk.page.which.value = CHECK
        assert "All 2 routes look like they can be finished." in desk.page.looks.check.said.value
        assert "Checked at " in desk.page.looks.check.age.value
        assert desk.page.looks.check.again.layout.display == "none"

    def test_a_hard_route_needs_a_person_and_is_shown_on_the_map(self, at):
        desk = at(TOO_LONG)
        desk.page.which.value = CHECK
        needs = desk.page.needs.attention.children
        assert any("cannot be driven as it stands" in box._words.value for box in needs)
        desk.presses(desk.page.looks.check.board, "CX2", "map")
        assert desk.page.map.route_id == "CX2"
        desk.page.which.value = COMPARE
        (look,) = [b for box in needs for b in box._row.children if b.description == "Look at the check"]
        look.click()
        assert desk.page.which.value == CHECK

    def test_once_the_plan_changed_the_old_answer_is_called_old(self, at):
        desk = at()
        desk.page.looks.work()
        moved(desk)
        assert "changed since" in desk.page.looks.check.age.value
        assert [row["chance"] for row in rows_of(desk.page.routes)] == [None, None]


class TestAbsorb:
    def test_a_route_is_given_away_after_a_look_at_both_sides_with_a_reason(self, at):
        desk = at()
        desk.page.which.value = ABSORB
        panel, changing = desk.page.looks.absorb, desk.page.changing
        assert "2 without a driver · 2 of 2 could be taken over" in desk.page.middle._head.value
        desk.presses(panel.board, "CX1", "look")
        assert (panel.who.value, desk.page.map.route_id) == ("CX2 alone", "CX1")
        assert "4 → 8" in panel.takers.value
        panel.give.click()
        assert desk.day.pre_load_out.in_hand == desk.day.pre_load_out.plan_digest
        assert changing.proposal.edited.change is Change.SHARED_OUT
        changing.proposed.why.value = "Called out"
        changing.proposed.keep.click()
        assert list(desk.page.hand.plan.route) == ["CX2"]
        assert panel.give.disabled or panel.detail.layout.display == "none"


class TestHistory:
    def test_the_newest_comes_first_with_who_and_why(self, at):
        desk = at()
        moved(desk)
        desk.page.which.value = HISTORY
        first, *_, last = rows_of(desk.page.looks.history.board)
        assert (first["who"], first["what"]) == ("maria", "Moved 1 stop from CX1 to CX2: Too long.")
        assert (first["stands"], first["acts"]) == ({"kind": "ok", "text": "In hand"}, [])
        assert last["what"].startswith("The station gave 2 routes")
        assert [act["id"] for act in last["acts"]] == ["look", "compare", "back"]

    def test_an_earlier_plan_is_on_the_map_until_one_goes_back(self, at):
        desk = at()
        moved(desk)
        in_hand = desk.page.map.map.stops
        earlier = rows_of(desk.page.looks.history.board)[-1]
        desk.presses(desk.page.looks.history.board, earlier["id"], "look")
        shown = desk.page.map.earlier
        assert "not the one in hand" in shown.said.value
        assert shown.elsewhere_now(desk.page.hand.plan) == {"CX1:4"}
        assert desk.page.map.map.stops != in_hand
        assert not desk.page.map.map.selecting
        shown.back.click()
        assert desk.page.map.map.stops == in_hand
        assert desk.page.map.map.selecting

    def test_one_goes_back_to_an_earlier_plan_after_a_look(self, at):
        desk = at()
        moved(desk)
        earlier = rows_of(desk.page.looks.history.board)[-1]
        desk.presses(desk.page.looks.history.board, earlier["id"], "back")
        proposed = desk.page.changing.proposed
        assert "Back to the plan of" in proposed.said.value
        proposed.why.value = "It was better"
        proposed.keep.click()
        assert desk.page.hand.plan == TWO_STREETS
        newest = rows_of(desk.page.looks.history.board)[0]
        assert newest["what"] == "Went back to an earlier plan, 1 stop on other routes: It was better."

    def test_what_was_taken_back_says_so(self, at):
        desk = at()
        moved(desk)
        desk.shell.undo()
        assert rows_of(desk.page.looks.history.board)[0]["stands"]["text"] == "Taken back by maria"


class TestCompare:
    def test_one_plan_has_nothing_to_be_held_against(self, at):
        desk = at()
        desk.page.which.value = COMPARE
        assert "one plan so far" in desk.page.looks.compare.said.value

    def test_an_earlier_plan_is_held_against_the_one_in_hand(self, at):
        desk = at()
        moved(desk)
        earlier = rows_of(desk.page.looks.history.board)[-1]
        desk.presses(desk.page.looks.history.board, earlier["id"], "compare")
        panel = desk.page.looks.compare
        assert desk.page.which.value == COMPARE
        assert [words.split(" · ")[0] for words, _ in panel.first.options] == ["In hand now", "The day's plan"]
        assert "1 of 8 stops are on another route." in panel.said.value
        panel.moved.click()
        assert desk.page.changing.selection.stop_ids == ("CX1:4",)
        first, second = panel.first.value, panel.second.value
        panel.turn.click()
        assert (panel.first.value, panel.second.value) == (second, first)
