"""Progress from anywhere: new, known, older, or kept and marked; a day of CX1 and CX7 that left at half past eight."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.day import Entry, fold
from dispatchkit.day.facts.road import PositionSeen, ProgressReported, StopServed
from dispatchkit.errors import Refused
from dispatchkit.pace.as_fact import identity, told_before
from dispatchkit.pace.board import pace_board
from dispatchkit.pace.report import Outcome, believe, marks, take, weigh
from dispatchkit.pace.told import CORTEX, TELEMATICS, TYPED, Told
from dispatchkit.records import DayKey
from tests.pace.story import SERVICE_DAY, OnePlan, PaceStory, a_route, clock

HERE = (41.02, -93.0)


def count(done, at=None, *, route="CX1", source=CORTEX, **more):
    return Told(route=route, source=source, at=at, stops_done=done, **more)


def seen(place, at=None, *, route="CX1", **more):
    return Told(route=route, source=TELEMATICS, at=at, place=place, **more)


def scan(stop_id, at, *, route="CX1", **more):
    return Told(route=route, source="scanner", at=at, stop_id=stop_id, **more)


class Reporting:
    """A day that reports come in on."""

    def __init__(self, station):
        self.station = station
        self.story = PaceStory(a_route("CX1"), a_route("CX7", block=1), a_route("CX9", block=2))
        self.story.departed("CX1").departed("CX7")
        self.last = ()

    def day(self):
        return self.story.day()

    def tell(self, *told, now):
        """Let reports come at `now`; what became of each."""
        known = told_before(self.story.facts)
        self.last = weigh(self.day(), told=told, station=self.station, at=now, by="maria", known=known)
        self.story.facts += [f for one in self.last for f in one.facts]
        return [str(one.outcome) for one in self.last]

    def kinds(self):
        return [doubt.kind for one in self.last for doubt in one.doubts]

    def route(self, route_id="CX1"):
        return self.day().road.routes[route_id]


@pytest.fixture
def day(station):
    return Reporting(station)


class TestWhatIsNew:
    def test_a_count_is_taken_as_of_its_own_time(self, day):
        assert day.tell(count(20, clock(9, 30)), now=clock(9, 40)) == ["taken"]
        assert (day.route().done_count, day.route().heard_at) == (20, clock(9, 30))

    @pytest.mark.parametrize("name", ["CX1", "cx1", " CX1 ", "1", "001"])
    def test_a_route_is_known_by_code_or_figures(self, day, name):
        assert day.tell(count(20, clock(9, 30), route=name), now=clock(9, 40)) == ["taken"]

    def test_figures_that_several_routes_have_are_asked_about(self, station):
        story = PaceStory(a_route("CX1"), a_route("CV1", block=1))
        (one,) = weigh(story.day(), told=[count(5, route="1")], station=station, at=clock(9), by="maria")
        assert (one.outcome, one.facts) == (Outcome.REFUSED, ())
        assert "may be any of CV1" in one.sentence

    def test_a_typed_count_is_its_typists(self, day):
        day.tell(count(20, source=TYPED), now=clock(9, 30))
        assert (day.route().reported.by, day.route().reported.at) == ("maria", clock(9, 30))

    def test_a_scan_and_a_position_are_taken_too(self, day):
        assert day.tell(scan("CX1-0", clock(8, 40)), seen(HERE, clock(8, 41)), now=clock(9)) == ["taken", "taken"]
        assert day.route().served == {"CX1-0": clock(8, 40)}
        assert day.route().position.at == clock(8, 41)


class TestTwiceAndLate:
    def test_the_same_report_twice_writes_nothing(self, day):
        for told in (count(20, clock(9, 30)), seen(HERE, clock(9, 31)), scan("CX1-3", clock(9, 32))):
            day.tell(told, now=clock(9, 40))
            before = len(day.story.facts)
            assert day.tell(told, now=clock(10, 30)) == ["known"]
            assert day.tell(told, told, now=clock(10, 31)) == ["known", "known"]
            assert len(day.story.facts) == before

    def test_an_older_report_never_overwrites_a_newer_one_and_is_not_written(self, day):
        day.tell(count(40, clock(10)), now=clock(10))
        assert day.tell(count(31, clock(9, 40)), now=clock(10, 1)) == ["older"]
        assert day.route().done_count == 40

    def test_typing_the_same_again_in_the_same_minute_is_one_report_and_later_it_is_news(self, day):
        day.tell(count(20, source=TYPED), now=clock(9, 30))
        assert day.tell(count(20, source=TYPED), now=clock(9, 30) + timedelta(seconds=40)) == ["known"]
        assert day.tell(count(20, source=TYPED), now=clock(9, 45)) == ["taken"]
        assert day.route().heard_at == clock(9, 45)

    @given(
        st.lists(st.tuples(st.integers(0, 200), st.integers(520, 720), st.booleans()), min_size=1, max_size=12),
        st.randoms(use_true_random=False),
    )
    def test_whatever_comes_in_any_order_and_twice_is_written_once(self, station, reports, random):
        day = Reporting(station)
        told = [
            count(done, clock(0) + timedelta(minutes=minute)) if counts
            else seen((41.0 + done / 1000, -93.0), clock(0) + timedelta(minutes=minute))
            for done, minute, counts in reports
        ]  # fmt: skip
        again = list(told)
        random.shuffle(again)
        other = day.route("CX7")
        for one in (*told, *again):
            day.tell(one, now=clock(12))
        written = [identity(fact) for fact in day.story.facts if isinstance(fact, ProgressReported | PositionSeen)]
        assert len(written) == len(set(written))
        assert day.route("CX7") == other


class TestMarked:
    @pytest.mark.parametrize(
        ("told", "kind", "says"),
        [
            (count(20, clock(9, 30), service_day=date(2026, 3, 13)), "other day", "It is of 13 March"),
            (count(20, clock(9, 30) - timedelta(days=1)), "other day", "It is of 13 March, 09:30"),
            (count(20, clock(9, 30), station="DYY2"), "other station", "It is of station DYY2"),
            (count(20, clock(8, 10)), "not left", "before CX1 was out"),
            (count(20, clock(10, 40)), "clock", "an hour off, so it was perhaps not changed"),
            (count(170, clock(9, 30)), "more than planned", "more than the 160 that CX1 has"),
            (count(90, clock(9, 30)), "too fast", "90 stops in 60 min"),
            (count(20, clock(9, 30), of=90), "other total", "It has 90 stops for CX1, and the plan has 160"),
            (count(20, clock(9, 30), driver_id="driver of CX7"), "driver", "who left with CX7"),
            (count(20, clock(9, 30), route="CX900"), "not in the plan", "CX900 is not in today's plan"),
            (seen((0.0, 0.0), clock(9, 30)), "nowhere", "0, 0 is what a device without reception tells"),
            (seen((48.0, 11.0), clock(9, 30)), "far", "km from the station"),
            (scan("CX7-3", clock(9, 30)), "other stop", "Stop CX7-3 is CX7's"),
        ],
    )
    def test_what_cannot_be_is_kept_marked_and_explained_and_moves_nothing(self, day, station, told, kind, says):
        travel = day.story.travel
        before = pace_board(day.day(), now=clock(9, 40), station=station, travel=travel)
        assert day.tell(told, now=clock(9, 40)) == ["marked"]
        assert kind in day.kinds()
        assert says in day.last[0].sentence
        after = pace_board(day.day(), now=clock(9, 40), station=station, travel=travel)
        shown = [[(x.done, x.finish_p50, x.heard_at) for x in board] for board in (before, after)]
        assert shown[0] == shown[1]
        if kind != "not in the plan":
            (line,) = (x for x in after if x.code == "CX1")
            assert "marked because" in line.marked[0]
            assert says in " ".join(line.marked)
        else:
            assert "CX900" in day.day().road.unknown_routes
        assert day.tell(told, now=clock(9, 41)) == ["known"]

    def test_fewer_done_than_before_is_marked_and_the_higher_count_stays(self, day):
        day.tell(count(30, clock(9, 40)), now=clock(9, 40))
        assert day.tell(count(12, clock(9, 55)), now=clock(9, 55)) == ["marked"]
        assert (day.kinds(), day.route().done_count) == (["fewer"], 30)

    def test_more_at_an_earlier_time_is_a_clock_that_is_wrong(self, day):
        day.tell(count(30, clock(10, 30)), now=clock(10, 30))
        assert day.tell(count(36, clock(9, 40)), now=clock(10, 40)) == ["marked"]
        assert day.kinds() == ["clock"]

    def test_a_van_does_not_jump_fifty_kilometres_and_one_that_drove_them_is_there(self, day):
        day.tell(seen(HERE, clock(9, 30)), now=clock(9, 30))
        there = (41.47, -93.0)
        assert day.tell(seen(there, clock(9, 35)), now=clock(9, 35)) == ["marked"]
        assert "50 km from where the van was 5 min before" in day.last[0].sentence
        assert (day.route().position.lat, day.route().position.lng) == HERE
        other = Reporting(day.station)
        other.tell(seen(HERE, clock(9, 30)), now=clock(9, 30))
        assert other.tell(seen(there, clock(10, 5)), now=clock(10, 5)) == ["taken"]

    def test_one_driver_on_two_routes_of_the_same_snapshot_marks_both(self, day):
        both = [count(20, clock(9, 30), route=r, driver_id="D1") for r in ("CX1", "CX7")]
        assert day.tell(*both, now=clock(9, 40)) == ["marked", "marked"]
        assert "on two routes" in day.last[0].sentence

    def test_a_route_that_nobody_saw_off_is_believed_once_it_was_to_leave(self, day):
        assert day.tell(count(5, clock(9), route="CX9"), now=clock(9)) == ["taken"]


class TestBelieved:
    def test_a_later_report_that_agrees_is_believed(self, day):
        day.tell(count(90, clock(9, 30)), now=clock(9, 30))
        assert day.route().done_count == 0
        assert day.tell(count(93, clock(9, 40)), now=clock(9, 40)) == ["taken"]
        assert "agrees with the report that was marked" in day.last[0].sentence
        assert (day.route().done_count, marks(day.route())) == (93, ())

    def test_one_that_does_not_agree_is_marked_too(self, day):
        day.tell(count(90, clock(9, 30)), now=clock(9, 30))
        assert day.tell(count(150, clock(9, 31)), now=clock(9, 31)) == ["marked"]

    def test_the_same_wrong_station_again_is_no_confirmation(self, day):
        day.tell(count(20, clock(9, 30), station="DYY2"), now=clock(9, 30))
        assert day.tell(count(24, clock(9, 40), station="DYY2"), now=clock(9, 40)) == ["marked"]
        assert day.route().done_count == 0

    def test_a_report_without_doubt_is_believed_and_answers_the_mark(self, day):
        day.tell(count(90, clock(9, 30)), now=clock(9, 30))
        assert day.tell(count(27, clock(9, 40)), now=clock(9, 40)) == ["taken"]
        assert (day.route().done_count, marks(day.route())) == (27, ())

    def test_stops_told_one_by_one_are_not_taken_back_by_two_lower_counts(self, day):
        day.story.drove("CX1", clock(9, 30))
        done = day.route().done_count
        day.tell(count(3, clock(9, 31)), now=clock(9, 31))
        assert day.tell(count(4, clock(9, 45)), now=clock(9, 45)) == ["marked"]
        assert day.route().done_count == done

    def test_a_dispatcher_who_asked_the_driver_says_that_it_is_right(self, day):
        day.tell(count(90, clock(9, 30)), now=clock(9, 30))
        (fact,) = believe(day.day(), route_id="CX1", at=clock(9, 35), by="maria")
        day.story.happened(fact)
        assert isinstance(fact, ProgressReported)
        assert (day.route().done_count, fact.by, marks(day.route())) == (90, "maria", ())
        with pytest.raises(Refused, match="No report of CX1 is marked"):
            believe(day.day(), route_id="CX1", at=clock(9, 36), by="maria")

    def test_two_scans_that_came_before_the_departure_was_written_both_count(self, day):
        story = day.story
        story.facts = [f for f in story.facts if getattr(f, "route_id", "") != "CX1"]
        early = clock(8, 20)
        day.tell(scan("CX1-0", early), now=clock(8, 21))
        assert day.kinds() == ["not left"]
        day.tell(scan("CX1-1", early + timedelta(minutes=4)), now=clock(8, 25))
        assert set(day.route().served) == {"CX1-0", "CX1-1"}


class TestTheDay:
    def test_nothing_is_reported_on_a_day_without_a_plan(self, station):
        with pytest.raises(Refused, match="has no plan yet"):
            take(fold(DayKey("DXX1", SERVICE_DAY), []), told=[count(1)], station=station, at=clock(9), by="maria")

    def test_too_many_at_once_are_refused(self, day):
        with pytest.raises(Refused, match="5001 reports at once are too many"):
            day.tell(*[count(1, clock(9))] * 5001, now=clock(9))

    def test_what_a_clock_ahead_claimed_is_kept_beside_when_it_came(self, day):
        day.tell(count(20, clock(10, 40)), now=clock(9, 40))
        fact = day.route().doubted["ProgressReported"]
        assert (fact.at, fact.claimed_at) == (clock(9, 40), clock(10, 40))

    def test_a_log_of_earlier_days_has_no_doubts_and_reads_as_it_did(self):
        story = PaceStory(a_route("CX1")).departed("CX1").reported("CX1", 40, clock(10))
        entries = [Entry(n, n, f.at, f) for n, f in enumerate(story.facts, 1)]
        day = fold(DayKey("DXX1", SERVICE_DAY), entries, OnePlan(story.plan))
        assert day.road.routes["CX1"].done_count == 40
        assert StopServed(at=clock(9), by="driver", route_id="CX1", stop_id="x").doubts == ()
