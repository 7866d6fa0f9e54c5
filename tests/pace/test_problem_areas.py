"""Where today goes wrong: an area, never the driver and never the weather."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.day.facts.end_of_shift import ReturnCleared
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.road import BreakTaken, NotDelivered, StopServed
from dispatchkit.pace.outline import outline
from dispatchkit.pace.problem_areas import problem_areas
from dispatchkit.station import load
from tests.pace.story import PaceStory, a_route, clock

NO_CODE = "MISSING OR INCORRECT ACCESS CODE"
STATION = load()


def in_zones(code, *zones, block=0, of=14, **plan):
    """A route whose stops stand in these zones one after another, `of` stops each."""
    route, stops = a_route(code, stops=of * len(zones), block=block, **plan)
    return route, [replace(s, zone=zones[k // of]) for k, s in enumerate(stops)]


def went(story, route_id, until, *, rate=1.0, extra_min=None, failed=(), reason=NO_CODE, spread=0.3, seed=7):
    """Stop after stop with chance in it; `extra_min` are added to each stop of a zone, `failed` come back whole."""
    chance = np.random.default_rng([seed, *route_id.encode()])
    planned = story.plan.route[route_id]
    at = next(f.at for f in story.facts if isinstance(f, RouteDeparted) and f.route_id == route_id)
    for stop_id, drive_s in zip(planned.stop_ids, planned.drive_s, strict=False):
        stop = story.plan.stop[stop_id]
        took_s = rate * (drive_s + stop.service_s) * chance.lognormal(-(spread**2) / 2, spread)
        at += timedelta(seconds=took_s, minutes=(extra_min or {}).get(stop.zone, 0))
        if at > until:
            break
        left = tuple(NotDelivered(p.package_id, reason) for p in stop.packages) if stop_id in failed else ()
        story.happened(StopServed(at=at, by="driver", route_id=route_id, stop_id=stop_id, not_delivered=left))
    return story


def two_routes(zones_1=("A-11", "A-12", "A-13"), zones_2=("B-1", "B-2", "B-3"), **more):
    story = PaceStory(in_zones("CX1", *zones_1, **more), in_zones("CX7", *zones_2, block=3, **more))
    return story.departed("CX1").departed("CX7")


def found(story):
    return problem_areas(story.day(), station=STATION, travel=story.travel)


def test_a_locked_gate_in_a_12_is_an_area_with_its_minutes_its_beginning_and_who_is_still_to_come():
    story = two_routes()
    went(story, "CX1", clock(9, 50), extra_min={"A-12": 4})
    went(story, "CX7", clock(9, 50))
    (area,) = found(story)
    assert area.zones == ("A-12",)
    assert 3 < area.over_min < 5
    assert area.ahead == (("CX1", 14 - area.stops_done),)
    first = min(at for s, at in story.day().road.routes["CX1"].served.items() if story.plan.stop[s].zone == "A-12")
    assert first <= area.since < clock(9, 50)
    assert "min a stop beyond what its routes need elsewhere today" in area.reasons[0]


def test_one_slow_driver_is_none():
    story = two_routes()
    assert found(went(went(story, "CX1", clock(11), rate=1.8), "CX7", clock(11))) == ()


def test_a_slow_driver_who_has_been_in_one_area_only_is_none_either():
    """Nothing tells the area from the driver, and one route alone is not believed without."""
    story = PaceStory(in_zones("CX1", "A-12", of=60), in_zones("CX7", "B-1", "B-2", of=30, block=3))
    story.departed("CX1").departed("CX7")
    assert found(went(went(story, "CX1", clock(11), rate=1.8), "CX7", clock(11))) == ()


def test_two_routes_that_both_crawl_in_the_zone_they_share_are_an_area_though_they_were_nowhere_else():
    others = [in_zones(f"CX{k}", f"B-{k}", f"C-{k}", block=2 * k, of=20) for k in range(3, 6)]
    story = PaceStory(in_zones("CX1", "A-12", of=12), in_zones("CX2", "A-12", of=12, block=1), *others)
    for route in story.plan.routes:
        story.departed(route.route_id)
        went(story, route.route_id, clock(9, 30), extra_min={"A-12": 4})
    (area,) = found(story)
    assert area.zones == ("A-12",)
    assert {route_id for route_id, _ in area.ahead} == {"CX1", "CX2"}


def test_rain_everywhere_is_none():
    story = two_routes()
    assert found(went(went(story, "CX1", clock(12), rate=1.5), "CX7", clock(12), rate=1.5)) == ()


def test_an_area_whose_stops_are_all_done_stays_as_past_and_the_one_ahead_stands_first():
    story = two_routes(("A-11", "A-12", "A-13", "A-14", "A-15", "A-16"))
    went(story, "CX1", clock(13), extra_min={"A-12": 5, "A-16": 5})
    went(story, "CX7", clock(13))
    ahead, past = found(story)
    assert (past.zones, past.stops_ahead, past.ahead) == (("A-12",), 0, ())
    assert (ahead.zones, ahead.stops_ahead > 0) == (("A-16",), True)


def test_a_route_that_heads_back_will_not_enter_it_again():
    story = two_routes()
    went(story, "CX1", clock(9, 50), extra_min={"A-12": 4})
    went(story, "CX7", clock(9, 50))
    story.happened(ReturnCleared(at=clock(9, 51), by="maria", route_id="CX1"))
    assert found(story)[0].ahead == ()


def test_stops_without_an_access_code_are_an_area_and_the_reason_is_said():
    story = two_routes()
    went(story, "CX1", clock(9, 50), failed={f"CX1-{k}" for k in (15, 17, 18, 20)})
    went(story, "CX7", clock(9, 50))
    (area,) = found(story)
    assert (area.zones, area.failed_stops, area.over_min) == (("A-12",), 4, 0)
    assert f"4 of {area.stops_done} stops: not delivered, missing or incorrect access code (4)." in area.reasons


def test_two_stops_without_a_code_are_customers_and_no_area():
    story = two_routes()
    assert found(went(went(story, "CX1", clock(9, 50), failed={"CX1-15", "CX1-17"}), "CX7", clock(9, 50))) == ()


def test_a_driver_who_brings_back_packages_from_everywhere_is_no_area():
    story = two_routes()
    went(story, "CX1", clock(11), failed={f"CX1-{k}" for k in range(0, 42, 3)})
    assert found(went(story, "CX7", clock(11))) == ()


def test_packages_that_are_damaged_or_refused_say_nothing_of_the_area():
    story = two_routes()
    went(story, "CX1", clock(9, 50), failed={f"CX1-{k}" for k in (15, 17, 18, 20)}, reason="DAMAGED")
    assert found(went(story, "CX7", clock(9, 50))) == ()


def test_one_route_that_lost_half_an_hour_is_no_area_but_two_in_the_same_zone_are():
    others = [in_zones(f"CX{k}", f"B-{k}", f"C-{k}", block=2 * k, of=20) for k in range(3, 6)]
    shared = [in_zones("CX1", "A-11", "A-12", of=10), in_zones("CX2", "A-11", "A-12", of=10, block=1)]
    story = PaceStory(*shared, *others)
    for route in story.plan.routes:
        story.departed(route.route_id)
    for k in (3, 4, 5):
        story.drove(f"CX{k}", clock(10, 30))
    story.drove("CX1", clock(10, 30), lost_min=30, lost_at=clock(9, 5)).drove("CX2", clock(10, 30))
    assert found(story) == ()
    story.facts = [f for f in story.facts if not (isinstance(f, StopServed) and f.route_id == "CX2")]
    story.drove("CX2", clock(10, 30), lost_min=30, lost_at=clock(9, 5))
    (area,) = found(story)
    assert (area.zones, area.lost_min) == (("A-12",), 60)
    assert "Several routes lost time at one go there, 60 min in all." in area.reasons


def test_a_break_in_an_area_is_not_its_fault():
    story = two_routes()
    went(story, "CX1", clock(9, 40))
    went(story, "CX7", clock(9, 40))
    last = story.day().road.routes["CX1"].last_served
    story.facts = [f for f in story.facts if f is not last]
    rested = last.at + timedelta(minutes=60)
    story.happened(BreakTaken(at=rested, by="driver", route_id="CX1", duration_s=3600))
    story.happened(replace(last, at=rested + timedelta(minutes=2)))
    assert found(story) == ()


def test_troubled_zones_beside_each_other_are_one_area_and_far_ones_are_two():
    story = two_routes(tuple(f"A-1{k}" for k in range(1, 9)))
    went(story, "CX1", clock(18), extra_min={"A-12": 5, "A-13": 5, "A-17": 5})
    went(story, "CX7", clock(18))
    assert {area.zones for area in found(story)} == {("A-12", "A-13"), ("A-17",)}


def test_a_day_on_which_nothing_was_told_stop_by_stop_has_no_areas():
    assert found(two_routes()) == ()
    assert found(two_routes().reported("CX1", 30, clock(10))) == ()


def test_stops_without_a_place_make_an_area_that_is_told_and_not_drawn():
    story = two_routes()
    bare = tuple(replace(s, lat=None, lng=None) for s in story.plan.stops)
    story.plan = replace(story.plan, stops=bare)
    went(story, "CX1", clock(9, 50), extra_min={"A-12": 4})
    went(story, "CX7", clock(9, 50))
    (area,) = found(story)
    assert (area.zones, area.outline) == (("A-12",), ())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_day_of_nothing_but_chance_has_no_areas(seed):
    """120 areas of ten stops in all these days: at a chance of 1 in 10,000 each one would be a surprise."""
    story = PaceStory(*(in_zones(f"CX{k}", *(f"{k}-{z}" for z in range(4)), of=10, block=k) for k in range(2)))
    for route in story.plan.routes:
        story.departed(route.route_id)
        went(story, route.route_id, clock(12), spread=0.6, seed=seed)
    assert found(story) == ()


def test_an_outline_goes_around_its_places_even_around_a_single_one():
    corners = outline([(41.0, -93.0)], 100)
    assert len(corners) == 12
    row = outline([(41.0, -93.0), (41.0, -92.99), (41.0, -92.98)], 100)
    assert min(lng for _, lng in row) < -93.0
    assert max(lng for _, lng in row) > -92.98
    assert max(lat for lat, _ in row) == pytest.approx(41.0 + 100 / 111_195, abs=1e-6)
