"""The plan in hand changed by hand on the page: chosen, looked at on both sides, kept with a reason, taken back."""

import numpy as np
import pytest

from dispatchkit.day.facts.pre_load_out import PlanEdited
from dispatchkit.log import open_log
from dispatchkit.plan import keep
from dispatchkit.plan.edit import ByHand
from dispatchkit.records import Plan
from dispatchkit.roles import Role
from dispatchkit.station import load
from dispatchkit.travel.source import calibrated
from tests.plan.small_plans import TWO_STREETS, on_both_sides, street, town
from tests.small_day import at_the_dock, on_the_road, planned
from tests.small_log import written
from tests.widgets.story import OnPage
from widgets.packed_stops import BELOW_FROM, CHOSEN, GOES, LOCKED, STOP
from widgets.pages.plan import STOPS, PlanPage
from widgets.planning.plan_map import OTHERS, SELECTED
from widgets.shell import Shell
from widgets.viewing import Viewing

THREE = town(street("CX1"), street("CX2", at_km=0.5), street("CX3", at_km=1.0))


class AtPlan(OnPage):
    """The plan page, with what a person does on its map and in its tables."""

    @property
    def hand(self):
        """The plan in hand, as the log has it."""
        return self.desk.records.record(self.day.pre_load_out.in_hand, Plan)

    @property
    def changing(self):
        return self.page.changing

    @property
    def proposed(self):
        return self.page.changing.proposed

    def draws_around(self, *stop_ids, add=False):
        """Draw around stops on the map."""
        shown = [s for s, stop in self.page.hand.plan.stop.items() if stop.place]
        live_map = self.page.map.map
        indices = [shown.index(s) for s in stop_ids]
        live_map._heard(live_map, {"event": "stops", "i": indices, "add": add}, None)
        return self

    def marks(self, board, *stop_ids):
        board._heard(board, {"event": "mark", "ids": list(stop_ids)}, None)
        return self

    def moves_to(self, route_id):
        """Look at what it does to give the chosen stops to a route."""
        self.changing.give(self.changing.selection.stop_ids, route_id)
        return self

    def keeps(self, why="Too long"):
        self.proposed.why.value = why
        self.proposed.keep.click()
        return self

    def rows_of(self, board):
        """What a board shows, by the rows' ids."""
        return board._sent.everything()["changed"]

    def looks(self, stop_id):
        """Colour and marks of a stop on the map."""
        stops = np.frombuffer(self.page.map.map.stops, dtype=STOP)
        shown = [s for s, stop in self.page.hand.plan.stop.items() if stop.place]
        one = stops[shown.index(stop_id)]
        return int(one["colour"]), int(one["marks"])


def is_shown(widget):
    return widget.layout.display != "none"


@pytest.fixture
def at(tmp_path):
    return lambda story: AtPlan(tmp_path, story, "plan", PlanPage)


@pytest.fixture
def maria(at):
    return at(planned(TWO_STREETS))


class TestChoosing:
    def test_a_line_drawn_on_the_map_and_marks_in_the_table_choose_the_same(self, maria):
        maria.draws_around("CX1:1", "CX1:2")
        assert "2 stops of CX1" in maria.changing.bar.said.value
        maria.page.select("CX1")
        assert maria.page.stops.board.marked == ["CX1:1", "CX1:2"]
        maria.marks(maria.page.stops.board, "CX1:4")
        assert maria.changing.selection.stop_ids == ("CX1:4",)
        assert maria.looks("CX1:4")[1] == CHOSEN

    def test_a_press_on_a_stop_turns_to_its_route(self, maria):
        maria.draws_around("CX2:1")
        assert (maria.page.map.route_id, maria.page.routes.selected) == ("CX2", "CX2")

    def test_a_press_that_adds_leaves_the_route_selected(self, maria):
        maria.draws_around("CX2:1").draws_around("CX1:1", add=True)
        assert (maria.page.map.route_id, len(maria.changing.selection.stop_ids)) == ("CX2", 2)

    def test_the_whole_zone_and_only_the_selected_route(self, maria):
        maria.draws_around("CX1:1").draws_around("CX2:3", add=True)
        maria.changing.bar.zone.click()
        assert maria.changing.selection.stop_ids == ("CX1:1", "CX1:2", "CX2:3", "CX2:4")
        maria.changing.bar.only.click()
        assert maria.changing.selection.stop_ids == ("CX1:1", "CX1:2")

    def test_escape_on_the_map_chooses_nothing(self, maria):
        maria.draws_around("CX1:1").draws_around()
        assert not maria.changing.selection
        assert not is_shown(maria.changing.bar._acts)


class TestLooking:
    def test_both_sides_are_shown_and_nothing_is_written(self, maria):
        before = maria.day.version
        maria.draws_around("CX1:1", "CX1:2").moves_to("CX2")
        assert "4 → 2" in maria.proposed.table.value
        assert "4 → 6" in maria.proposed.table.value
        assert (maria.looks("CX1:1")[1], maria.day.version) == (GOES, before)
        assert maria.page.map.map.foreseen_line

    def test_routes_around_are_offered_and_a_press_shows_what_it_does(self, at):
        maria = at(planned(THREE))
        maria.page.select("CX1")
        maria.page.map.acts.merge.click()
        first, second = maria.changing.takers.offers.children
        assert (first.description.split()[0], second.description.split()[0]) == ("CX2", "CX3")
        second.click()
        assert "4 stops CX1 → CX3" in maria.proposed.said.value
        assert not is_shown(maria.changing.takers)

    def test_leaving_it_keeps_the_choice(self, maria):
        maria.draws_around("CX1:1").moves_to("CX2")
        maria.proposed.leave.click()
        assert (maria.changing.proposal, maria.changing.selection.stop_ids) == (None, ("CX1:1",))
        assert maria.page.map.map.foreseen_line == []

    def test_what_a_rule_forbids_is_said_in_its_own_words(self, at):
        maria = at(planned(town(street("CX1"), street("CX2", van_m3=0.08))))
        maria.draws_around("CX1:1").moves_to("CX2")
        assert "Move fewer or smaller stops" in " ".join(maria.proposed.reasons)
        assert not is_shown(maria.proposed.keep)

    def test_serving_late_has_to_be_wanted(self, at):
        maria = at(planned(town(street("CX1"), street("CX2", windows={1: (0, 0.05)}))))
        maria.page.select("CX2")
        maria.presses(maria.page.stops.board, "CX2:1", "place").answers(nth="4")
        assert "too late to CX2:1" in " ".join(maria.proposed.reasons)
        assert not is_shown(maria.proposed.keep)
        maria.proposed.late.value = True
        assert is_shown(maria.proposed.keep)
        assert "too late to CX2:1" in " ".join(maria.proposed.warned)

    def test_a_change_that_makes_a_route_uncertain_is_warned_of(self, at):
        long = {"stops": 8, "service_s": 2400, "hours": 7}
        maria = at(planned(town(street("CX1", **long), street("CX2", at_km=0.5, **long))))
        maria.draws_around("CX1:1", "CX1:2").moves_to("CX2")
        assert "CX2 would be in time" in " ".join(maria.proposed.warned)


class TestKeeping:
    def test_a_kept_change_is_the_draft_with_who_and_why(self, maria):
        maria.draws_around("CX1:1", "CX1:2").moves_to("CX2").keeps()
        fact = maria.desk.entries()[-1].fact
        assert isinstance(fact, PlanEdited)
        assert (fact.by, fact.why, fact.stop_ids) == ("maria", "Too long", ("CX1:1", "CX1:2"))
        assert len(maria.hand.route["CX2"].stop_ids) == 6
        assert maria.said == "Kept as the draft: 2 stops CX1 → CX2."
        assert "Draft in hand, not the day&#x27;s plan yet" in maria.page.line.said.value
        assert not maria.changing.selection

    def test_without_a_reason_nothing_is_kept_and_nothing_is_lost(self, maria):
        before = maria.day.version
        maria.draws_around("CX1:1").moves_to("CX2").keeps(why=" ")
        assert "Say why" in maria.said
        assert (maria.day.version, maria.changing.proposal is None) == (before, False)

    def test_the_page_keeps_what_the_command_line_would(self, maria):
        maria.draws_around("CX1:1", "CX1:2").moves_to("CX2").keeps()
        hands = ByHand(TWO_STREETS, travel=calibrated(load()), station=load())
        assert maria.hand == hands.move(["CX1:1", "CX1:2"], "CX2").plan

    def test_undo_and_redo_say_of_what(self, maria):
        maria.draws_around("CX1:1", "CX1:2").moves_to("CX2").keeps()
        assert maria.page.line.undo.description == "Undo: 2 stops CX1 → CX2"
        maria.page.line.undo.click()
        assert maria.hand == TWO_STREETS
        assert not is_shown(maria.page.line.undo)
        assert maria.page.line.redo.description == "Redo: 2 stops CX1 → CX2"
        maria.page.line.redo.click()
        assert len(maria.hand.route["CX2"].stop_ids) == 6

    def test_what_somebody_else_kept_meanwhile_ends_the_question(self, maria):
        maria.draws_around("CX1:1").moves_to("CX2")
        edited = ByHand(TWO_STREETS, travel=calibrated(load()), station=load()).move(["CX1:4"], "CX2")
        put = maria.desk.records.put
        maria.desk.decide(keep.keep, edited=edited, before=put(TWO_STREETS), digest=put(edited.plan), why="Faster")
        maria.shell.look()
        assert maria.changing.proposal is None
        assert "another one now" in maria.said

    def test_the_draft_is_committed_with_its_waves(self, maria):
        maria.draws_around("CX1:1", "CX1:2").moves_to("CX2").keeps()
        maria.page.commit.button.click()
        maria.answers()
        assert maria.day.pre_load_out.in_hand == maria.day.pre_load_out.plan_digest
        assert len(maria.day.plan.route["CX2"].stop_ids) == 6
        assert maria.day.load_out.waves


class TestRoutes:
    def test_split_swap_and_take_off(self, maria):
        maria.draws_around("CX1:3", "CX1:4")
        maria.changing.bar.split.click()
        maria.keeps("Too many stops")
        assert maria.hand.route["CX1B"].stop_ids == ("CX1:3", "CX1:4")
        assert maria.rows_of(maria.page.routes)["CX1B"]["stands"]["text"] == "Draft"
        maria.draws_around("CX1:1", "CX2:1")
        maria.changing.bar.swap.click()
        maria.keeps("Nearer")
        assert "CX2:1" in maria.hand.route["CX1"].stop_ids
        maria.draws_around("CX2:4")
        maria.changing.bar.off.click()
        maria.keeps("Station keeps it")
        assert "CX2:4" not in {s for r in maria.hand.routes for s in r.stop_ids}
        maria.changing.bar.loose.click()
        assert maria.changing.selection.stop_ids == ("CX2:4",)
        maria.moves_to("CX2").keeps("It is here after all")
        assert "CX2:4" in maria.hand.route["CX2"].stop_ids

    def test_a_route_is_merged_into_another(self, maria):
        maria.page.select("CX1")
        maria.page.map.acts.stops.click()
        maria.moves_to("CX2")
        assert "CX1" in maria.proposed.table.value
        assert "CX1, no more" in maria.proposed.table.value
        maria.keeps("No driver")
        assert set(maria.hand.route) == {"CX2"}

    def test_stops_are_driven_earlier_later_and_at_any_place_as_one_change(self, maria):
        maria.page.select("CX1")
        board = maria.page.stops.board
        maria.presses(board, "CX1:1", "later").presses(board, "CX1:1", "later").presses(board, "CX1:4", "place")
        maria.answers(nth="1")
        maria.keeps("Gate opens late")
        assert maria.hand.route["CX1"].stop_ids == ("CX1:4", "CX1:2", "CX1:3", "CX1:1")
        assert sum(isinstance(e.fact, PlanEdited) for e in maria.desk.entries()) == 1

    def test_the_best_order_is_looked_for_and_said_to_be_there_already(self, maria):
        maria.page.select("CX1")
        maria.page.map.acts.order.click()
        assert "No better order of CX1" in " ".join(maria.proposed.reasons)

    def test_a_route_is_put_in_the_order_in_which_drivers_go(self, at):
        maria = at(planned(on_both_sides()))
        maria.page.select("CX1")
        maria.page.map.acts.by_habit.click()
        assert "as drivers go" in maria.proposed.said.value
        maria.proposed.late.value = True        # asked for once more, and in the same way
        maria.keeps("Drivers know it so")
        houses = [int(stop_id[-1]) for stop_id in maria.hand.route["CX1"].stop_ids]
        assert [house % 2 for house in houses] in ([1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1])

    def test_zones_whose_names_say_nothing_are_said_to(self, maria):
        maria.page.select("CX1")
        maria.page.map.acts.by_habit.click()
        assert "No zone of CX1 has a name" in " ".join(maria.proposed.reasons)

    def test_locks_of_stops_order_and_route_are_marked_and_hold(self, maria):
        maria.page.select("CX1")
        maria.draws_around("CX2:1")
        maria.changing.bar.lock.click()
        maria.page.select("CX1")
        maria.page.map.acts.lock.click()
        maria.page.map.acts.lock_order.click()
        assert maria.looks("CX2:1")[1] & LOCKED
        assert maria.looks("CX1:3")[1] & LOCKED
        assert not maria.looks("CX2:2")[1] & LOCKED
        rows = maria.rows_of(maria.page.routes)
        assert [rows[r]["code"]["text"] for r in ("CX1", "CX2")] == ["CX1 ■", "CX2 □"]
        assert [rows[r]["code"]["title"] for r in ("CX1", "CX2")] == ["CX1 is locked", "CX2: 1 stop locked"]
        maria.draws_around("CX1:2").moves_to("CX2")
        assert "CX1 is locked" in " ".join(maria.proposed.reasons)
        maria.page.map.acts.lock.click()
        assert maria.page.map.acts.lock.description == "Lock route"


class TestWhoMayNot:
    def test_routes_that_are_loaded_keep_their_stops(self, at):
        maria = at(at_the_dock())
        maria.draws_around("CX1:1").moves_to("CX7")
        assert maria.proposed.keep.disabled
        assert "Being loaded" in " ".join(maria.proposed.reasons)

    def test_after_the_first_departure_the_buttons_say_why_not(self, at):
        maria = at(on_the_road())
        maria.draws_around("CX1:1")
        assert maria.changing.bar.move.disabled
        assert "by a rescue" in maria.changing.bar.move.tooltip

    def test_a_viewer_looks_and_changes_nothing(self, tmp_path):
        log = open_log(tmp_path / "days.sqlite")
        desk = written(log, planned(TWO_STREETS))
        page = Shell(Viewing(log, desk.key, by="kim", role=Role.READ_ONLY), "plan", PlanPage).content
        page.changing.choose(["CX1:1"])
        assert page.changing.bar.move.disabled
        page.select("CX1")
        assert page.map.acts.lock.disabled


def test_routes_are_coloured_when_somebody_asks_and_the_selected_one_still_stands_out(maria):
    maria.page.select("CX1")
    assert [maria.looks(s)[0] for s in ("CX1:1", "CX2:1")] == [SELECTED, OTHERS]
    maria.page.line.coloured.value = True
    assert maria.looks("CX1:1")[0] == SELECTED
    assert maria.looks("CX2:1")[0] >= BELOW_FROM


def test_the_tab_of_stops_says_whose_they_are(maria):
    maria.page.select("CX1")
    maria.page.which.value = STOPS
    assert "CX1 · 4 stops" in maria.page.middle._head.value
