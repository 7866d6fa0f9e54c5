"""Any sequence of real decisions, by two desks, sensible or not: what must hold of a day holds after each of them."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from dispatchkit.day import Entry, fold, follow, voids
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.road import BreakTaken, NotDelivered, ProgressReported, StopServed
from dispatchkit.day.undo import last_decision, undo
from dispatchkit.eos import checklist, close, debrief, returns
from dispatchkit.eos.balance import balance
from dispatchkit.errors import Refused
from dispatchkit.fleet import inspection, vans
from dispatchkit.fleet.inspection import POST_TRIP, PRE_TRIP
from dispatchkit.loadout import depart, waves
from dispatchkit.pace import alarms, named
from dispatchkit.pace.board import pace_board
from dispatchkit.rescue import decide as rescues
from dispatchkit.rescue.propose import Outlook, Proposal
from dispatchkit.roster import attendance, decide
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import KEY, PAIRS, STATION, TEN, at_the_dock, on_the_road, planned

ROUTES, DRIVERS, VANS = ("CX1", "CX7"), ("A1", "A2", "A3"), ("V1", "V2", "V3")
TRAVEL = CalibratedTravel()
PACKAGES = 12

route_ids, driver_ids, van_ids = (st.sampled_from(ids) for ids in (ROUTES, DRIVERS, VANS))
desks = st.sampled_from(["maria", "jo"])
stop_ids = st.sampled_from([f"{r}:{i}" for r in ROUTES for i in (1, 2, 3)])


def agreed(rescue_id, giver, helper, stops, own, at):
    """A rescue as somebody might have seen it proposed."""
    outlook = Outlook(stops_left=3, finish_p50=at, finish_p80=at, finish_by=at, chance_late=0.5)
    return Proposal(
        rescue_id=rescue_id, route_id=giver, helper_route_id=helper, stop_ids=stops, helper_order=(*stops, *own),
        meet_at=at + timedelta(minutes=20), meet_stop_id=stops[0], meet_lat=41.61, meet_lng=-93.6,
        giver_before=outlook, giver_after=outlook, helper_before=outlook, helper_after=outlook,
        fairness=0, extra_s=0.0, cost_s=0.0,
    )  # fmt: skip


class WholeDay(RuleBasedStateMachine):
    """Two routes, three drivers, three vans; a log in memory that is folded anew and followed side by side."""

    @initialize(begin=st.sampled_from([planned, at_the_dock, on_the_road]), by=desks)
    def the_day_so_far(self, begin, by):
        story = begin()
        self.artifacts, self.at = story.artifacts, TEN
        # what the night shift wrote, plan, roster and fleet, is not for maria or jo to take back
        night = len(planned().facts)
        self.log = [
            Entry(n, n, f.at, replace(f, by=by if n > night else "night")) for n, f in enumerate(story.facts, 1)
        ]
        self.day = fold(KEY, self.log, self.artifacts)

    def write(self, facts):
        first = len(self.log) + 1
        new = [Entry(first + i, first, self.at, f) for i, f in enumerate(facts)]
        self.log += new
        self.day = (
            fold(KEY, self.log, self.artifacts) if voids(new) else follow(self.day, new, self.artifacts)
        )

    def try_to(self, decision, by, **arguments):
        """Decide; a refusal says why and leaves the day as it was."""
        self.at += timedelta(minutes=1)
        reasons = ()
        try:
            facts = decision(self.day, at=self.at, by=by, **arguments)
        except Refused as refused:
            facts, reasons = None, refused.reasons
        if facts is None:
            assert reasons
            assert all(reason.strip() for reason in reasons)
            return False
        self.write(facts)
        return True

    @rule(driver_id=driver_ids, by=desks, comes=st.booleans())
    def attendance(self, driver_id, by, comes):
        if comes:
            self.try_to(attendance.confirm, by, driver_id=driver_id)
        else:
            self.try_to(attendance.call_out, by, driver_id=driver_id, attendance="Called out excused")

    @rule(route_id=route_ids, driver_id=driver_ids, van_id=van_ids, by=desks)
    def assign(self, route_id, driver_id, van_id, by):
        self.try_to(decide.assign_driver, by, route_id=route_id, driver_id=driver_id)
        self.try_to(decide.assign_van, by, route_id=route_id, van_id=van_id, station=STATION)

    @rule(van_id=van_ids, driver_id=driver_ids, kind=st.sampled_from([PRE_TRIP, POST_TRIP]), by=desks,
          grave=st.sampled_from([False, False, True]))  # fmt: skip
    def inspect(self, van_id, driver_id, kind, by, grave):
        self.try_to(
            inspection.inspect, by, van_id=van_id, driver_id=driver_id, inspection=kind,
            defects=(("Tyre", True),) if grave else (),
        )  # fmt: skip

    @rule(van_id=van_ids, by=desks)
    def ground_or_release(self, van_id, by):
        if van_id in self.day.pre_load_out.grounded:
            self.try_to(vans.clear_defect, by, van_id=van_id, defect="Tyre")
            self.try_to(vans.release, by, van_id=van_id)
        else:
            self.try_to(vans.ground, by, van_id=van_id, why="Battery")

    @rule(pair=st.sampled_from(PAIRS), by=desks, all_there=st.sampled_from([True, True, False]))
    def load(self, pair, by, all_there):
        route_id, driver_id, _ = pair
        self.try_to(depart.arrived, by, driver_id=self.day.pre_load_out.driver_of.get(route_id, driver_id))
        self.try_to(waves.set_waves, by, waves=waves.plan_waves(self.day.plan, STATION))
        for wave in self.day.load_out.waves:
            self.try_to(waves.brief, by, wave=wave, topic="Belts")
        self.try_to(depart.start_loading, by, route_id=route_id)
        lost = () if all_there else (f"{route_id}:1-a",)
        self.try_to(depart.finish_loading, by, route_id=route_id, packages=6 - len(lost), not_found=lost)

    @rule(route_id=route_ids, by=desks)
    def leave(self, route_id, by):
        before = self.day
        if self.try_to(depart.depart, by, route_id=route_id):
            (left,) = [e.fact for e in self.log[before.version :]]
            assert isinstance(left, RouteDeparted)
            assert left.van_id not in before.pre_load_out.grounded
            assert before.pre_load_out.inspections[left.van_id, PRE_TRIP].passed
            assert left.driver_id in before.load_out.arrived
            assert route_id in before.load_out.loaded

    @rule(route_id=route_ids, stop_id=stop_ids, late_min=st.integers(0, 60), refused=st.booleans())
    def serve(self, route_id, stop_id, late_min, refused):
        self.at += timedelta(minutes=5)
        left = (NotDelivered(f"{stop_id}-a", "REFUSED"),) if refused else ()
        at = self.at - timedelta(minutes=late_min)
        self.write([StopServed(at=at, by="app", route_id=route_id, stop_id=stop_id, not_delivered=left)])

    @rule(route_id=route_ids)
    def serve_the_rest(self, route_id):
        self.at += timedelta(minutes=30)
        rest = self.day.road.routes[route_id].remaining
        self.write([StopServed(at=self.at, by="app", route_id=route_id, stop_id=s) for s in rest])

    @rule(route_id=route_ids, done=st.integers(-1, 8), late_min=st.integers(-60, 60))
    def report(self, route_id, done, late_min):
        at = self.at - timedelta(minutes=late_min)
        self.write([
            ProgressReported(at=at, by="cortex", route_id=route_id, stops_done=done, source="cortex"),
            BreakTaken(at=at, by="app", route_id=route_id, duration_s=600.0),
        ])  # fmt: skip

    @rule(by=desks, giver=route_ids, helper=route_ids, n=st.integers(1, 3), number=st.integers(1, 2))
    def start_rescue(self, by, giver, helper, n, number):
        stops = self.day.road.routes[giver].remaining[-n:]
        own = self.day.road.routes[helper].remaining
        if stops:
            proposal = agreed(f"rescue:{giver}:{number}", giver, helper, stops, own, self.at)
            self.try_to(rescues.start, by, proposal=proposal)

    @precondition(lambda self: self.day.road.rescues)
    @rule(by=desks, meet=st.booleans(), data=st.data())
    def go_on_with_rescue(self, by, meet, data):
        rescue_id = data.draw(st.sampled_from(sorted(self.day.road.rescues)))
        if meet:
            self.try_to(rescues.meet, by, rescue_id=rescue_id, handover_s=600.0)
        else:
            self.try_to(rescues.end, by, rescue_id=rescue_id, outcome="complete")

    @rule(by=desks)
    def watch_the_road(self, by):
        self.try_to(alarms.watch, by, station=STATION, travel=TRAVEL)
        for alarm_id in [a for a, alarm in self.day.road.alarms.items() if alarm.cleared_at is None][:1]:
            self.try_to(alarms.clear, by, alarm_id=alarm_id, why="Seen to.")

    @rule(by=desks, route_id=route_ids, cause=st.sampled_from(["slow pace", "other", "bad luck", "", None]),
          action=st.sampled_from(["monitoring", "", None]), note=st.sampled_from(["", "Gate closed"]))  # fmt: skip
    def say_why_a_route_is_behind(self, by, route_id, cause, action, note):
        self.try_to(named.name, by, route_id=route_id, cause=cause, action=action, note=note, station=STATION)

    @rule(by=desks)
    def take_back(self, by):
        before = list(self.log)
        self.try_to(lambda _, *, at, by: undo(before, last_decision(before, by), at=at, by=by), by)

    @rule(route_id=route_ids, by=desks, clear=st.booleans())
    def come_back(self, route_id, by, clear):
        if clear:
            self.try_to(returns.clear_return, by, route_id=route_id, why="Enough.")
        self.try_to(returns.driver_returned, by, route_id=route_id)

    @rule(route_id=route_ids, by=desks)
    def account_for(self, route_id, by):
        accounts = debrief.prefill(self.day, route_id, STATION)
        self.try_to(debrief.debrief, by, route_id=route_id, accounts=accounts, station=STATION)
        if left := self.day.load_out.departed.get(route_id):
            self.try_to(
                inspection.inspect, by, van_id=left.van_id, driver_id=left.driver_id, inspection=POST_TRIP
            )
            self.try_to(returns.van_returned, by, van_id=left.van_id)

    @rule(by=desks)
    def close_the_shift(self, by):
        for item, _ in checklist.items(STATION):
            self.try_to(checklist.tick, by, item=item, station=STATION)
        if self.try_to(close.close, by, station=STATION):
            out = self.day.load_out.departed.keys() - self.day.end_of_shift.returned.keys()
            assert (balance(self.day).total.difference, out) == (0, set())

    @rule(by=desks)
    def reopen(self, by):
        self.try_to(close.reopen, by, why="A package turned up.")

    @invariant()
    def every_stop_is_on_one_route(self):
        held = [s for route in self.day.road.routes.values() for s in route.order]
        assert sorted(held) == sorted(self.day.plan.stop)

    @invariant()
    def every_package_is_somewhere_once(self):
        for route in (*balance(self.day).routes, balance(self.day).total):
            parts = (route.delivered, route.attempted, route.returned, route.missing, route.difference)
            assert min(parts) >= 0
            assert sum(parts) == route.loaded
        assert balance(self.day).total.loaded == PACKAGES

    @invariant()
    def who_and_what_is_out_is_out_once(self):
        out = [d for r, d in self.day.load_out.departed.items() if r not in self.day.end_of_shift.returned]
        assert len({d.driver_id for d in out}) == len({d.van_id for d in out}) == len(out)
        assert {self.day.pre_load_out.van_of[d.route_id] for d in out} == {d.van_id for d in out}
        assert {d.route_id for d in out} <= self.day.load_out.loaded.keys()

    @invariant()
    def no_stop_is_promised_twice(self):
        running = [r.started for r in self.day.road.rescues.values() if r.met_at is None and r.ended_at is None]
        promised = [s for r in running for s in r.stop_ids]
        assert len(set(promised)) == len(promised)
        assert {r.helper_route_id for r in running} <= self.day.load_out.departed.keys()

    @invariant()
    def folding_anew_is_following(self):
        assert fold(KEY, self.log, self.artifacts) == self.day

    @invariant()
    def the_board_stands(self):
        assert len(pace_board(self.day, now=self.at, station=STATION, travel=TRAVEL)) == len(ROUTES)


TestAWholeDayOfDecisions = WholeDay.TestCase
TestAWholeDayOfDecisions.settings = settings(
    max_examples=100, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
