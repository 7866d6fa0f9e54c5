"""Changes by hand as facts of a day that two desks plan: kept with who and why, taken back, done again, committed."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.clock import FrozenClock
from dispatchkit.day.facts.load_out import LoadingStarted
from dispatchkit.day.facts.pre_load_out import LocksChanged, PlanEdited
from dispatchkit.day.rules import NoArtifacts
from dispatchkit.desk import Desk
from dispatchkit.errors import Refused, Stale
from dispatchkit.log import open_log
from dispatchkit.plan import commit, history, keep
from dispatchkit.plan.locks import NO_LOCKS
from dispatchkit.records import Plan
from tests.plan.small_plans import TWO_STREETS, by_hand
from tests.small_day import KEY, TEN, Story, on_the_road, planned, says


class Planner:
    """A desk at which a plan is changed."""

    def __init__(self, log, by):
        self.desk = Desk(log, KEY, by=by, clock=FrozenClock(TEN - timedelta(hours=12)))

    @property
    def before(self):
        return self.desk.day().pre_load_out

    @property
    def hands(self):
        plan = self.desk.records.record(self.before.in_hand, Plan)
        return by_hand(plan, locks=self.before.locks.get(self.before.in_hand, NO_LOCKS))

    def keeps(self, edited, why="Too long", **more):
        put = self.desk.records.put
        return self.desk.decide(
            keep.keep, edited=edited, before=put(edited.before), digest=put(edited.plan), why=why, **more
        )

    def locks(self, locked=True, **what):
        before = self.before
        plan = self.desk.records.record(before.in_hand, Plan)
        return self.desk.decide(keep.change_locks, digest=before.in_hand, plan=plan, locked=locked, **what)

    def takes_back(self):
        return self.desk.decide(history.take_back, entries=self.desk.entries)

    def does_again(self):
        return self.desk.decide(history.redo, entries=self.desk.entries)


@pytest.fixture
def maria(tmp_path):
    with open_log(tmp_path / "days.sqlite", create=True) as log:
        desk = Planner(log, "maria")
        digest = desk.desk.records.put(TWO_STREETS)
        desk.desk.decide(commit.give_routes, plan=TWO_STREETS, digest=digest)
        yield desk


@pytest.fixture
def jo(maria):
    return Planner(maria.desk.log, "jo")


class TestKeeping:
    def test_a_kept_change_is_a_fact_that_says_what_who_and_why(self, maria):
        first = maria.before.in_hand
        [entry] = maria.keeps(maria.hands.move(["CX1:4"], "CX2"), why=" CX1 is too long ")
        assert entry.fact == PlanEdited(
            at=entry.fact.at, by="maria", before=first, plan=maria.before.in_hand, change="moved", to_route_id="CX2",
            stop_ids=("CX1:4",), route_ids=("CX1", "CX2"), why="CX1 is too long",
        )  # fmt: skip

    def test_the_changed_draft_takes_the_place_of_the_one_before(self, maria):
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"))
        assert maria.before.drafts == (maria.before.in_hand,)

    def test_the_days_plan_stays_while_a_draft_is_made_of_it(self, maria):
        digest = maria.before.in_hand
        maria.desk.decide(commit.commit, digest=digest, plan=TWO_STREETS)
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"))
        assert maria.before.plan == TWO_STREETS
        assert maria.before.drafts == (digest, maria.before.in_hand)

    def test_nothing_is_kept_without_a_reason(self, maria):
        with pytest.raises(Refused, match="Say why"):
            maria.keeps(maria.hands.move(["CX1:4"], "CX2"), why=" ")

    def test_nothing_is_kept_where_there_is_no_plan(self):
        assert "no plan yet" in says(keep.in_hand_blockers(Story().day, ""))

    def test_a_change_of_another_draft_than_the_one_in_hand_is_refused(self, maria, jo):
        hers = maria.hands.move(["CX1:4"], "CX2")
        jo.keeps(jo.hands.move(["CX2:1"], "CX1"))
        with pytest.raises(Refused, match="another one than the one you looked at"):
            maria.keeps(hers)

    def test_a_desk_that_looked_before_the_other_one_decided_is_told_so(self, maria, jo):
        hers, seen = maria.hands.move(["CX1:4"], "CX2"), maria.desk.day().version
        jo.keeps(jo.hands.move(["CX2:1"], "CX1"))
        with pytest.raises(Stale, match=r"Plan edited \(by jo\)"):
            maria.keeps(hers, seen=seen)

    def test_nothing_is_changed_once_a_van_has_left(self):
        day = on_the_road().day
        assert "CX1, CX7 left on the plan" in says(keep.in_hand_blockers(day, day.pre_load_out.in_hand))

    def test_a_route_whose_bags_are_at_the_van_is_not_changed_and_others_are(self):
        day = planned().told(LoadingStarted(at=TEN, by="maria", route_id="CX1")).day
        assert "Being loaded, or loaded already: CX1" in says(keep.loading_blockers(day, ("CX1", "CX7")))
        assert not says(keep.loading_blockers(day, ("CX7",)))


class TestLocking:
    def test_what_is_locked_stays_locked_through_other_changes(self, maria):
        maria.locks(stop_ids=["CX1:1"])
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"))
        with pytest.raises(Refused, match="Locked to its route: CX1:1"):
            maria.hands.move(["CX1:1"], "CX2")

    def test_a_lock_of_the_other_desk_holds_when_a_change_is_kept(self, maria, jo):
        hers = maria.hands.move(["CX1:4"], "CX2")
        jo.locks(route_ids=["CX2"])
        with pytest.raises(Refused, match="CX2 is locked"):
            maria.keeps(hers)

    def test_unlocking_opens_it_again(self, maria):
        maria.locks(orders=["CX1"])
        with pytest.raises(Refused, match="order of CX1 is locked"):
            maria.hands.reorder("CX1", ["CX1:2", "CX1:1", "CX1:3", "CX1:4"])
        maria.locks(locked=False, orders=["CX1"])
        assert maria.hands.reorder("CX1", ["CX1:2", "CX1:1", "CX1:3", "CX1:4"])

    def test_what_is_locked_already_is_not_locked_again(self, maria):
        maria.locks(route_ids=["CX1"], stop_ids=["CX2:1"])
        [entry] = maria.locks(route_ids=["CX1", "CX2"])
        assert isinstance(entry.fact, LocksChanged)
        assert entry.fact.route_ids == ("CX2",)
        assert maria.locks(route_ids=["CX1"]) == []

    @pytest.mark.parametrize(
        ("what", "said"), [({}, "Nothing is named"), ({"stop_ids": ["CX9:1"], "orders": ["CX9"]}, "CX9:1, CX9")]
    )
    def test_only_what_is_there_is_locked(self, maria, what, said):
        with pytest.raises(Refused, match=said):
            maria.locks(**what)


class TestTakingBack:
    def test_taking_back_gives_the_draft_before(self, maria):
        first = maria.before.in_hand
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"))
        maria.takes_back()
        assert (maria.before.in_hand, maria.before.drafts) == (first, (first,))

    def test_and_doing_it_again_gives_the_changed_one_with_its_reason(self, maria):
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"), why="Too long")
        changed = maria.before.in_hand
        maria.takes_back()
        [entry] = maria.does_again()
        assert (maria.before.in_hand, entry.fact.why) == (changed, "Too long")

    def test_several_are_done_again_in_the_order_in_which_they_were_made(self, maria):
        seen = [maria.before.in_hand]
        for stop in ("CX1:1", "CX1:2"):
            maria.keeps(maria.hands.move([stop], "CX2"))
            seen.append(maria.before.in_hand)
        maria.takes_back()
        maria.takes_back()
        again = [maria.before.in_hand]
        for _ in range(2):
            maria.does_again()
            again.append(maria.before.in_hand)
        assert again == seen

    def test_a_new_change_ends_what_could_be_done_again(self, maria):
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"))
        maria.takes_back()
        maria.keeps(maria.hands.move(["CX2:1"], "CX1"))
        with pytest.raises(Refused, match="Nothing was taken back"):
            maria.does_again()

    def test_what_another_desk_built_on_is_not_taken_back(self, maria, jo):
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"))
        jo.keeps(jo.hands.move(["CX1:3"], "CX2"))
        with pytest.raises(Refused, match=r"Plan edited \(by jo\) builds on it"):
            maria.takes_back()

    def test_a_button_knows_before_it_is_pressed_what_would_be_taken_back_and_why_not(self, maria, jo):
        def why_not(desk):
            return says(history.take_back_blockers(desk.desk.day(), desk.desk.entries(), desk.desk.by))

        assert "no change of the plan by maria" in why_not(maria)
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"))
        assert [e.fact.stop_ids for e in history.last_by_hand(maria.desk.entries(), "maria")] == [("CX1:4",)]
        assert why_not(maria) == ""
        jo.keeps(jo.hands.move(["CX1:3"], "CX2"))
        assert "by jo" in why_not(maria)

    def test_one_takes_back_ones_own(self, maria, jo):
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"))
        with pytest.raises(Refused, match="no change of the plan by jo"):
            jo.takes_back()

    def test_a_committed_change_stays(self, maria):
        maria.keeps(maria.hands.move(["CX1:4"], "CX2"))
        plan = maria.desk.records.record(maria.before.in_hand, Plan)
        maria.desk.decide(commit.commit, digest=maria.before.in_hand, plan=plan)
        with pytest.raises(Refused, match="Plan committed"):
            maria.takes_back()

    def test_a_lock_is_taken_back_and_set_again_too(self, maria):
        maria.locks(route_ids=["CX1"])
        maria.takes_back()
        assert maria.hands.move(["CX1:4"], "CX2")
        maria.does_again()
        with pytest.raises(Refused, match="CX1 is locked"):
            maria.hands.move(["CX1:4"], "CX2")


def test_the_history_tells_everything_with_what_was_taken_back(maria, jo):
    maria.keeps(maria.hands.move(["CX1:4"], "CX2"), why="Too long")
    jo.locks(route_ids=["CX1"], why="Regulars")
    jo.takes_back()
    steps = history.history(maria.desk.entries())
    assert [(s.fact.kind, s.fact.by, s.why, s.undone_by) for s in steps] == [
        ("RoutesGiven", "maria", "", ""), ("PlanEdited", "maria", "Too long", ""),
        ("LocksChanged", "jo", "Regulars", "jo"),
    ]  # fmt: skip
    assert steps[1].plan == steps[2].plan == maria.before.in_hand


def test_a_route_that_was_split_off_and_merged_away_is_still_called_by_its_code(maria):
    maria.keeps(maria.hands.split("CX1", ["CX1:4"], code="CX9"))
    maria.keeps(maria.hands.merge("CX9", "CX2"))
    assert "CX9" not in maria.desk.records.record(maria.before.in_hand, Plan).route
    assert history.codes(maria.desk.entries(), maria.desk.records)["CX9"] == "CX9"


def test_plans_whose_bytes_were_erased_name_no_routes(maria):
    assert history.codes(maria.desk.entries(), NoArtifacts()) == {}


def test_a_change_and_locks_that_another_version_wrote_are_folded_and_told(maria):
    plan = maria.before.in_hand
    fact = PlanEdited(at=TEN, by="jo", before="never seen", plan=plan, change="\x1b[31mturned", route_ids=("gone",))
    maria.desk.log.append(
        KEY, [fact], expected=maria.desk.day().version, learned_at=TEN
    )
    assert maria.before.in_hand == plan
    assert history.history(maria.desk.entries())[-1].plan == plan


class TestCommitting:
    def test_a_changed_draft_becomes_the_days_plan(self, maria):
        made = maria.hands.merge("CX1", "CX2")
        maria.keeps(made)
        maria.desk.decide(commit.commit, digest=maria.before.in_hand, plan=made.plan)
        assert maria.before.plan == made.plan

    def test_a_route_that_is_no_more_gives_its_driver_and_van_back(self):
        story = planned(TWO_STREETS).keeping("merged", by_hand(TWO_STREETS).merge("CX1", "CX2").plan)
        driver_of = {"CX1": "A1", "CX2": "A2"}
        before = replace(story.day.pre_load_out, driver_of=driver_of, van_of={"CX1": "V1", "CX2": "V2"})
        after = story.does(commit.give_routes, plan=story.artifacts.held["merged"], digest="merged")
        from dispatchkit.day.facts.pre_load_out import PlanCommitted
        from dispatchkit.day.pre_load_out import RULES

        fact = PlanCommitted(at=TEN, by="maria", plan="merged")
        committed = RULES[PlanCommitted](before, fact, after.artifacts)
        assert (committed.driver_of, committed.van_of) == ({"CX2": "A2"}, {"CX2": "V2"})

    def test_routes_that_are_being_loaded_keep_their_stops(self):
        made = by_hand(TWO_STREETS).move(["CX1:4"], "CX2").plan
        story = planned(TWO_STREETS).does(commit.give_routes, plan=made, digest="changed")
        assert not says(commit.commit_blockers(story.day, "changed", made))
        story.told(LoadingStarted(at=TEN, by="maria", route_id="CX2"))
        assert "Being loaded, or loaded, with other stops: CX2" in says(
            commit.commit_blockers(story.day, "changed", made)
        )


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["CX1:1", "CX1:2", "CX2:1", "CX2:2"]), min_size=1, max_size=5))
def test_taking_everything_back_gives_the_first_draft(tmp_path_factory, stops):
    with open_log(tmp_path_factory.mktemp("kept") / "days.sqlite", create=True) as log:
        maria = Planner(log, "maria")
        first = maria.desk.records.put(TWO_STREETS)
        maria.desk.decide(commit.give_routes, plan=TWO_STREETS, digest=first)
        for stop in stops:
            on = next(r.route_id for r in maria.hands.plan.routes if stop in r.stop_ids)
            maria.keeps(maria.hands.move([stop], "CX2" if on == "CX1" else "CX1"))
        for _ in stops:
            maria.takes_back()
        assert (maria.before.in_hand, maria.before.drafts) == (first, (first,))
