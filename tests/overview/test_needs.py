"""What needs a person: each cause once, urgent first, and nothing at all when all is well."""

from datetime import timedelta

import msgspec
import pytest

from dispatchkit import course
from dispatchkit.day.facts.pre_load_out import ChargeRead
from dispatchkit.day.facts.road import (
    AlarmCleared,
    AlarmRaised,
    AlarmReopened,
    MessageReceived,
    NotDelivered,
    PositionSeen,
    RescueEnded,
    RescueStarted,
    StopServed,
)
from dispatchkit.day.facts.whole_day import FileHeld, FileImported, FileLetGo
from dispatchkit.eos import close, debrief, incidents
from dispatchkit.fleet import inspection, vans
from dispatchkit.loadout import depart
from dispatchkit.overview.needs import needs
from dispatchkit.pace import alarms
from dispatchkit.plan import commit
from dispatchkit.roster import attendance
from tests.small_day import PAIRS, SIX_PM, STATION, TEN, TWO_ROUTES, Story, at_the_dock, back, on_the_road, planned

EVENING_BEFORE = TEN - timedelta(hours=14)
AN_HOUR_BEFORE = TEN - timedelta(hours=1)
SOON = TEN - timedelta(minutes=10)
LATER = TEN + timedelta(minutes=20)


@pytest.fixture
def asked(travel):
    """The needs of a story at an instant, by id, in their order."""

    def ask(story, now):
        return {n.need_id: n for n in needs(story.day, now=now, station=STATION, travel=travel)}

    return ask


def without(story, *kinds):
    story.facts = [f for f in story.facts if f.kind not in kinds]
    return story


def opened():
    return Story().does(course.open_day, timezone="America/Chicago")


def alarm(**more):
    fields = {"alarm_id": "late:CX1:1", "route_ids": ("CX1",), "what": "CX1 will be late.", "why": "30 behind.",
              "do": "Send help.", "helps_until": TEN + timedelta(hours=1)}  # fmt: skip
    return AlarmRaised(at=TEN, by="watch", **(fields | more))


class TestACalmDay:
    def test_the_evening_before_with_everybody_assigned(self, asked):
        story = without(at_the_dock(), "DriverArrived", "VanInspected", "BriefingGiven", "LoadingStarted",
                        "LoadingFinished")  # fmt: skip
        assert asked(story, EVENING_BEFORE) == {}

    def test_at_the_dock_with_everything_ready(self, asked):
        assert asked(at_the_dock(), SOON) == {}

    def test_just_left(self, asked):
        assert asked(on_the_road(), TEN) == {}

    def test_a_closed_day_whatever_is_open(self, asked, done_day):
        done_day.does(close.close, station=STATION, at=SIX_PM)
        assert asked(done_day, SIX_PM + timedelta(days=1)) == {}

    def test_a_day_that_nobody_has_begun(self, asked):
        assert asked(opened(), EVENING_BEFORE) == {}


class TestPlan:
    def test_a_draft_waits_until_it_is_committed(self, asked):
        story = opened().does(commit.give_routes, plan=TWO_ROUTES, digest="plan").keeping("plan", TWO_ROUTES)
        assert asked(story, TEN)["plan:no plan"].why == "1 draft waits."
        story.does(commit.commit, digest="plan", plan=TWO_ROUTES)
        assert "plan:no plan" not in asked(story, EVENING_BEFORE)

    def test_stops_that_no_route_serves_wait_for_routes(self, asked):
        came = FileImported(at=TEN, by="maria", name="day.csv", original="d1", source="stop list", rows=36)
        story = opened().told(came)
        assert asked(story, TEN)["plan:no routes"].what == "36 stops came in and no route serves them yet."
        story.does(commit.give_routes, plan=TWO_ROUTES, digest="plan").keeping("plan", TWO_ROUTES)
        assert "plan:no routes" not in asked(story, TEN)

    def test_a_file_that_is_held_says_what_it_asks_until_it_is_let_go(self, asked):
        held = FileHeld(at=TEN, by="watch", name="Routes.xlsx", original="d1", why=("Its date is of yesterday.",))
        story = opened().told(held)
        need = asked(story, TEN)["plan:files held"]
        assert (need.what, need.why) == ("1 file waits for an answer: Routes.xlsx.", "Its date is of yesterday.")
        story.told(FileLetGo(at=TEN, by="maria", original="d1"))
        assert asked(story, TEN) == {}

    def test_routes_without_driver_or_van_are_one_need_each(self, asked):
        found = asked(planned(), EVENING_BEFORE)
        assert list(found) == ["plan:no driver", "plan:no van"]
        assert found["plan:no driver"].what == "2 routes without a driver: CX1, CX7."
        assert found["plan:no driver"].route_ids == ("CX1", "CX7")
        assert found["plan:no driver"].do == "Assign one; 3 drivers free."

    def test_a_call_out_leaves_a_route_and_says_who(self, asked):
        story = at_the_dock().does(attendance.call_out, driver_id="A1", attendance="No show no call")
        need = asked(story, SOON)["plan:no driver"]
        assert (need.route_ids, need.driver_ids) == (("CX1",), ("A1",))
        assert need.why == "1 driver will not come: A1."
        assert need.do == "Assign one; 1 driver free."

    def test_nobody_free_is_said(self, asked):
        story = at_the_dock()
        for driver_id in ("A1", "A3"):
            story.does(attendance.call_out, driver_id=driver_id, attendance="VTO")
        assert "Call somebody in" in asked(story, SOON)["plan:no driver"].do

    def test_drivers_are_asked_for_from_the_profile_s_minutes_on(self, asked):
        story = without(at_the_dock(), "DriverArrived")
        before = timedelta(seconds=STATION.needs.confirm_before_s)
        assert "plan:not confirmed" not in asked(story, TEN - before - timedelta(seconds=1))
        need = asked(story, TEN - before)["plan:not confirmed"]
        assert (need.driver_ids, need.helps_until) == (("A1", "A2"), TEN)
        story.does(attendance.confirm, driver_id="A1")
        assert asked(story, TEN - before)["plan:not confirmed"].driver_ids == ("A2",)

    def test_who_is_late_is_not_confirmed(self, asked):
        story = without(at_the_dock(), "DriverArrived")
        story.does(attendance.confirm, driver_id="A1")
        story.does(attendance.call_out, driver_id="A2", attendance="Late with call")
        story.facts = [*story.facts, *(f for f in at_the_dock().facts if f.kind == "DriverAssigned")]
        assert asked(story, AN_HOUR_BEFORE)["plan:not confirmed"].driver_ids == ("A2",)

    def test_a_grounded_van_wants_another_and_is_told_once(self, asked):
        story = at_the_dock().does(vans.ground, van_id="V1", why="Tyre")
        found = asked(story, SOON)
        assert list(found) == ["plan:grounded"]
        assert found["plan:grounded"].what == "1 route with a grounded van: CX1 in V1."

    @pytest.mark.parametrize(
        ("read", "told"),
        [
            ({"charge_pct": 31.0}, "1 van with little charge: V1 31 %."),
            ({"range_km": 60.0}, "1 van with little charge: V1 60 km."),
            ({"charge_pct": 80.0, "range_km": 60.0}, None),
            ({"charge_pct": 50.0}, None),
            ({}, None),
        ],
    )
    def test_a_low_charge_is_told_and_a_blank_is_not_low(self, asked, read, told):
        story = at_the_dock().told(ChargeRead(at=TEN, by="file", van_id="V1", **read))
        need = asked(story, SOON).get("plan:low charge")
        assert (need.what if need else None) == told

    def test_a_van_that_nobody_drives_may_be_empty(self, asked):
        assert asked(at_the_dock().told(ChargeRead(at=TEN, by="file", van_id="V3", charge_pct=1.0)), SOON) == {}


class TestLoadOut:
    def test_vans_without_a_dvic_are_told_from_arrival_on(self, asked):
        story = without(at_the_dock(), "VanInspected")
        arrival = TEN - timedelta(seconds=STATION.shift.before_departure_s)
        assert asked(story, arrival - timedelta(seconds=1)) == {}
        need = asked(story, arrival)["load_out:no inspection"]
        assert (need.what, need.van_ids) == ("2 vans have no DVIC today: V1, V2.", ("V1", "V2"))

    def test_a_failed_dvic_that_was_released_needs_a_new_one(self, asked):
        story = at_the_dock()
        story.does(inspection.inspect, van_id="V1", driver_id="A1", inspection="pre-trip", defects=(("Tyre", True),))
        assert list(asked(story, SOON)) == ["plan:grounded"]
        story.does(vans.clear_defect, van_id="V1", defect="Tyre").does(vans.release, van_id="V1")
        assert list(asked(story, SOON)) == ["load_out:no inspection"]

    def test_a_stand_up_is_missed_when_the_vans_should_load(self, asked):
        story = without(at_the_dock(), "BriefingGiven")
        loading = TEN - timedelta(seconds=STATION.wave.loading_s)
        assert asked(story, loading - timedelta(seconds=1)) == {}
        need = asked(story, loading)["load_out:no stand-up"]
        assert (need.what, need.helps_until) == ("1 wave without a stand-up: Wave 1.", TEN)

    def test_a_wave_that_is_still_here_is_one_need(self, asked):
        overdue = TEN + timedelta(seconds=STATION.pace.overdue_s)
        assert asked(at_the_dock(), overdue) == {}
        need = asked(at_the_dock(), overdue + timedelta(seconds=1))["load_out:overdue Wave 1"]
        assert (need.what, need.why) == ("2 routes of Wave 1 still here: CX1, CX7.", "Planned for 10:00, 15 min ago.")

    def test_a_route_that_an_alarm_names_is_not_named_twice(self, asked):
        story = at_the_dock().told(alarm(alarm_id="late:departure CX1:1"))
        assert asked(story, LATER)["load_out:overdue Wave 1"].route_ids == ("CX7",)


class TestRoad:
    def test_an_alarm_is_a_need_until_it_is_cleared(self, asked):
        story = on_the_road().told(alarm())
        assert asked(story, TEN)["alarm:late:CX1:1"].kind == "act"
        story.does(alarms.clear, alarm_id="late:CX1:1", why="Caught up")
        assert asked(story, TEN) == {}

    def test_an_alarm_that_somebody_has_taken_on_is_watched(self, asked):
        story = on_the_road().told(alarm()).does(alarms.acknowledge, alarm_id="late:CX1:1")
        need = asked(story, TEN)["alarm:late:CX1:1"]
        assert need.kind == "watch"
        assert need.why == "On its plan, chance of being late 0%. Alarm since 10:00. maria is on it."

    def test_an_alarm_speaks_of_now_and_says_since_when(self, asked):
        end = TEN + timedelta(hours=8, minutes=10)
        need = asked(on_the_road().told(alarm()), end)["alarm:late:CX1:1"]
        assert need.what.startswith("CX1 will probably be back late: by 18:")
        assert need.why.startswith("3 stops behind, chance of being late 100%.")
        assert need.why.endswith("Alarm since 10:00.")

    def test_an_alarm_whose_cause_is_not_to_be_found_any_more_keeps_its_words_and_says_of_when_they_are(self, asked):
        story = back(on_the_road().told(alarm(helps_until=SIX_PM + timedelta(hours=1))), "CX1")
        need = asked(story, SIX_PM)["alarm:late:CX1:1"]
        assert (need.what, need.do, need.saves) == ("CX1 will be late.", "Send help.", "")
        assert need.why == "At 10:00: 30 behind."
        assert need.helps_until == SIX_PM + timedelta(hours=1)

    def test_an_alarm_that_was_gone_for_a_moment_says_since_when_it_is_back(self, asked):
        story = on_the_road().told(
            alarm(), AlarmCleared(at=TEN + timedelta(minutes=5), by="watch", alarm_id="late:CX1:1"),
            AlarmReopened(at=TEN + timedelta(minutes=9), by="watch", alarm_id="late:CX1:1"),
        )  # fmt: skip
        assert "Alarm since 10:00, back since 10:09." in asked(story, LATER)["alarm:late:CX1:1"].why

    def test_a_meeting_is_watched_and_then_asked_for(self, asked):
        started = RescueStarted(
            at=TEN, by="maria", rescue_id="r1", route_id="CX1", helper_route_id="CX7", stop_ids=("CX1:3",),
            helper_order=("CX7:1", "CX1:3"), meet_at=LATER, meet_lat=41.6, meet_lng=-93.6,
        )  # fmt: skip
        story = on_the_road().told(started)
        before, due = (asked(story, at)["road:rescue r1"] for at in (TEN, LATER))
        assert (before.kind, before.what) == ("watch", "CX7 meets CX1 at 10:20.")
        assert (due.kind, due.what) == ("act", "CX7 and CX1 should have met at 10:20.")
        story.told(RescueEnded(at=LATER, by="maria", rescue_id="r1", outcome="called off"))
        assert "road:rescue r1" not in asked(story, LATER)

    def test_a_silent_route_is_known_of(self, asked):
        story = on_the_road()
        after = TEN + timedelta(seconds=STATION.pace.stale_after_s + 60)
        assert asked(story, after)["road:silent"].route_ids == ("CX1", "CX7")
        story.told(PositionSeen(at=after, by="app", route_id="CX1", lat=41.6, lng=-93.6))
        need = asked(story, after)["road:silent"]
        assert (need.kind, need.route_ids) == ("watch", ("CX7",))

    def test_routes_that_are_late_and_have_no_alarm_are_one_need(self, asked):
        end = TEN + timedelta(hours=8, minutes=10)
        need = asked(on_the_road(), end)["road:rescue van"]
        assert (need.kind, need.route_ids) == ("act", ("CX1", "CX7"))
        assert need.what == "2 routes behind: CX1, CX7."
        assert asked(on_the_road().told(alarm()), end)["road:rescue van"].route_ids == ("CX7",)


class TestClose:
    def test_who_is_back_and_not_debriefed(self, asked, served_day):
        need = asked(back(served_day, "CX1"), SIX_PM)["close:not debriefed"]
        assert (need.route_ids, need.driver_ids) == (("CX1",), ("A1",))

    def test_a_day_that_is_done_needs_nothing(self, asked, done_day):
        assert asked(done_day, SIX_PM) == {}

    def test_packages_that_came_up_after_the_debrief(self, asked, done_day):
        late = StopServed(
            at=SIX_PM, by="app", route_id="CX1", stop_id="CX1:1", not_delivered=(NotDelivered("CX1:1-a", "REFUSED"),)
        )
        need = asked(done_day.told(late), SIX_PM)["close:package difference"]
        assert need.what == "1 package not accounted for after the debrief: CX1 1."

    def test_vans_that_nobody_looked_over(self, asked, done_day):
        assert asked(without(done_day, "VanReturned"), SIX_PM)["close:vans not in"].van_ids == ("V1", "V2")

    def test_an_incident_is_known_of_and_has_to_be_documented_at_the_end(self, asked, done_day):
        for story, kind in ((on_the_road(), "watch"), (done_day, "act")):
            told = {"incident_id": "I1", "incident_type": "Dog", "description": "Bit", "route_id": "CX1"}
            story.does(incidents.open_incident, **told)
            need = asked(story, TEN)["close:incidents"]
            assert (need.kind, need.what, need.route_ids) == (kind, "1 incident not documented: I1 (Dog).", ("CX1",))
            story.does(incidents.update_incident, incident_id="I1", status="documented", note="All written")
            assert "close:incidents" not in asked(story, TEN)

    def test_the_checklist_counts_when_all_are_back(self, asked, done_day, served_day):
        assert "close:checklist" not in asked(served_day, TEN)
        assert asked(without(done_day, "ChecklistItemDone"), SIX_PM)["close:checklist"].what == (
            f"{len(STATION.close.checklist)} items of the checklist open."
        )

    def test_a_day_past_its_end_wants_to_be_closed(self, asked, done_day):
        end = SIX_PM + timedelta(seconds=STATION.needs.close_after_s)
        assert asked(done_day, end - timedelta(seconds=1)) == {}
        assert asked(done_day, end)["close:not closed"].what == (
            "The last window ended at 18:00, and the day is not closed."
        )


def test_what_has_to_be_done_comes_first_and_of_that_what_helps_soonest(asked):
    story = on_the_road().told(
        alarm(alarm_id="a:1", helps_until=None),
        alarm(alarm_id="b:1", helps_until=LATER),
        alarm(alarm_id="c:1", helps_until=TEN),
    )
    story.does(alarms.acknowledge, alarm_id="c:1")
    assert list(asked(story, TEN)) == ["alarm:b:1", "alarm:a:1", "alarm:c:1"]


def test_ids_are_the_same_however_many_it_concerns(asked):
    one = at_the_dock().does(attendance.call_out, driver_id="A1", attendance="VTO")
    two = at_the_dock()
    for _, driver_id, _ in PAIRS:
        two.does(attendance.call_out, driver_id=driver_id, attendance="VTO")
    assert list(asked(one, SOON)) == list(asked(two, SOON)) == ["plan:no driver"]


def test_no_two_needs_share_an_id(travel, done_day):
    story = without(done_day, "VanReturned", "PackagesDebriefed", "ChecklistItemDone")
    found = needs(story.day, now=SIX_PM + timedelta(days=1), station=STATION, travel=travel)
    assert len({n.need_id for n in found}) == len(found) > 3


def test_the_warning_lines_are_the_profile_s(travel):
    strict = msgspec.structs.replace(
        STATION, needs=msgspec.structs.replace(STATION.needs, charge_warn_share=0.9)
    )
    story = at_the_dock().told(ChargeRead(at=TEN, by="file", van_id="V1", charge_pct=80.0))
    assert [n.need_id for n in needs(story.day, now=SOON, station=strict, travel=travel)] == ["plan:low charge"]


def test_a_route_that_leaves_needs_nothing_of_the_dock(asked):
    story = without(at_the_dock(), "BriefingGiven")
    story.facts += [f for f in on_the_road().facts if f.kind == "RouteDeparted"]
    assert asked(story, TEN) == {}


def test_a_route_that_did_not_run_needs_no_driver(asked):
    story = at_the_dock().does(depart.depart, route_id="CX1")
    story.does(attendance.call_out, driver_id="A2", attendance="VTO")
    assert "plan:no driver" in asked(story, TEN)
    story.does(debrief.debrief, route_id="CX7", accounts=debrief.prefill(story.day, "CX7", STATION), station=STATION)
    assert asked(story, TEN) == {}


def test_drivers_who_wrote_are_one_need_between_what_to_do_and_what_to_know(asked):
    noon = TEN + timedelta(hours=2)
    wrote = [MessageReceived(at=noon, by="van", message_id=r, route_id=r, text="Gate is shut.") for r in ("CX1", "CX7")]
    told = asked(on_the_road().told(*wrote), noon + timedelta(minutes=4))
    need = told["road:messages"]
    assert need.what == "2 drivers wait for an answer: CX1, CX7."
    assert need.why == "CX1 has waited 4 min: “Gate is shut.”"
    assert need.route_ids == ("CX1", "CX7")
    kinds = [n.kind for n in told.values()]
    assert kinds == sorted(kinds)      # act, msg, watch
