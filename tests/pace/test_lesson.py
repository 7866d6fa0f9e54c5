"""What a day that is over tells."""

from datetime import timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.day.facts.road import RescueEnded, RescueStarted, StopsTransferred
from dispatchkit.pace.lesson import lesson
from dispatchkit.pace.pooling import pooled
from dispatchkit.pace.timetable import timetables
from dispatchkit.records import PlannedRoute, Stop
from tests.pace.story import PaceStory, a_route, clock

MEET = {"meet_lat": 41.0, "meet_lng": -93.0}
EVENING = clock(20)


@pytest.fixture
def told(station):
    def of(story):
        return lesson(story.day(), timetables(story.plan, story.travel), station)

    return of


def by_driver(found):
    return {row.driver_id.removeprefix("driver of "): row for row in found.served}


def a_day(slow=1.3, *, until=EVENING):
    """CX1's driver takes `slow` times as long as planned; five others keep to the plan."""
    story = PaceStory(*(a_route(f"CX{k}", block=k, stops=120) for k in range(1, 7)))
    for route in story.plan.routes:
        story.departed(route.route_id)
        story.drove(route.route_id, until, rate=slow if route.route_id == "CX1" else 1.0)
    return story


def rescued(story, at):
    """At an instant CX2 takes over whatever CX1 has not served, and serves it."""
    left = tuple(story.day().road.routes["CX1"].remaining)
    order = (*story.day().road.routes["CX2"].remaining, *left)
    ids = {"rescue_id": "r1", "route_id": "CX1", "helper_route_id": "CX2", "stop_ids": left, "helper_order": order}
    return story.happened(
        RescueStarted(at=at, by="maria", meet_at=at, **ids, **MEET),
        StopsTransferred(at=at, by="maria", **ids, lat=41.0, lng=-93.0, handover_s=600),
        RescueEnded(at=at + timedelta(hours=2), by="maria", rescue_id="r1", outcome="complete"),
    )


def test_a_slow_driver_is_told_from_those_who_kept_to_the_plan(told):
    rows = by_driver(told(a_day()))
    assert rows["CX1"].log_service - rows["CX3"].log_service == pytest.approx(np.log(1.3), abs=0.06)
    assert rows["CX1"].doubt == pytest.approx(rows["CX3"].doubt, rel=0.7)


def test_each_area_tells_for_itself(told):
    planned, stops = a_route("CX1", stops=120)
    zoned = [replace(s, zone="A-12.1A" if k < 60 else "A-13.2B") for k, s in enumerate(stops)]
    story = PaceStory((planned, zoned)).departed("CX1").drove("CX1", EVENING)
    assert [row.area for row in told(story).served] == ["A-12", "A-13"]


def test_a_rescued_driver_is_judged_by_the_stops_that_he_served(told, station):
    """His route ends early because others ended it: that makes him no quicker."""
    alone, helped = a_day(), rescued(a_day(until=clock(11)), clock(11))
    helped.came_back("CX1", clock(11, 40))
    with_rescue, without = by_driver(told(helped))["CX1"], by_driver(told(alone))["CX1"]
    assert with_rescue.log_service >= without.log_service - 0.02
    assert with_rescue.doubt > without.doubt
    known = [pooled([told(story)] * 20, station.forecast).drivers["driver of CX1"] for story in (helped, alone)]
    assert known[0].log_service >= known[1].log_service - 0.02


def test_a_bare_count_tells_less_than_stops_do(told):
    at = clock(12)
    counted = PaceStory(a_route("CX1", stops=120)).departed("CX1")
    counted.reported("CX1", 60, at)
    (row,) = told(counted).served
    (stops,) = told(PaceStory(a_route("CX1", stops=120)).departed("CX1").drove("CX1", at)).served
    assert row.doubt > stops.doubt


def test_a_route_that_never_left_and_a_day_without_a_plan_tell_nothing(told, station):
    assert told(PaceStory(a_route("CX1"))).served == ()
    bare = PaceStory()
    bare.facts = []
    assert lesson(bare.day(), timetables(bare.plan, bare.travel), station).served == ()


def whole(code, hours=7.0):
    """A route of which the plan knows only its whole time."""
    route = PlannedRoute(
        route_id=code, code=code, stop_ids=(f"{code}-all",), drive_s=(hours * 3600, 0.0), departs_at=clock(8),
        finish_by=clock(18),
    )  # fmt: skip
    return route, [Stop(stop_id=f"{code}-all", packages=(), zone=f"A-{code[2:]}")]


class TestWholeRoutes:
    """Days of which nothing was kept but when routes left and came back."""

    def came_back(self, slow=1.15):
        story = PaceStory(*(whole(f"CX{k}") for k in range(1, 7)))
        for route in story.plan.routes:
            story.departed(route.route_id)
            rate = slow if route.route_id == "CX1" else 1.0
            back = route.departs_at + timedelta(hours=7 * rate)
            story.happened(DriverReturned(at=back, by="maria", route_id=route.route_id))
        return story

    def test_the_whole_time_tells_of_the_driver_by_what_share_of_it_is_service(self, told, station):
        rows = by_driver(told(self.came_back()))
        assert rows["CX1"].log_service == pytest.approx(np.log(1.15) / station.intake.service_share)
        assert (rows["CX1"].area, rows["CX3"].log_service) == ("A-1", 0.0)

    def test_one_who_was_helped_would_have_been_out_longer_and_the_helper_tells_nothing(self, told):
        def helped(slow):
            at, story = clock(12), self.came_back(slow)
            ids = {"rescue_id": "r1", "route_id": "CX1", "helper_route_id": "CX2", "stop_ids": (), "helper_order": ()}
            return story.happened(
                RescueStarted(at=at, by="maria", meet_at=at, **ids, **MEET),
                RescueEnded(at=at, by="maria", rescue_id="r1", outcome="complete"),
            )

        for slow in (0.8, 1.0, 1.15, 1.4):
            alone, rows = by_driver(told(self.came_back(slow))), by_driver(told(helped(slow)))
            assert rows["CX1"].log_service > alone["CX1"].log_service
            assert rows["CX1"].doubt > alone["CX1"].doubt
            assert "CX2" not in rows

    def test_a_rescue_that_was_called_off_changes_nothing(self, told):
        story = self.came_back()
        ids = {"rescue_id": "r1", "route_id": "CX1", "helper_route_id": "CX2", "stop_ids": (), "helper_order": ()}
        story.happened(
            RescueStarted(at=clock(12), by="maria", meet_at=clock(12), **ids, **MEET),
            RescueEnded(at=clock(12), by="maria", rescue_id="r1", outcome="called off"),
        )
        assert told(story) == told(self.came_back())
