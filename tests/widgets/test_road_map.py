"""The map of the road without a browser: what it is told of vans, rescues, the selected route and problem areas."""

from datetime import timedelta

import msgspec
import numpy as np
import pytest

from dispatchkit.day.facts.road import PositionSeen, RescueEnded, RescueStarted, StopServed, StopsTransferred
from dispatchkit.eos import returns
from dispatchkit.pace.problem_areas import ProblemArea
from dispatchkit.records import Window
from tests.small_day import TEN, on_the_road, plan, route
from tests.widgets.story import OnPage
from widgets.on_road import marks
from widgets.on_road.areas import AreaList
from widgets.packed_stops import ABSENT, DONE, NEXT, STOP, WINDOW
from widgets.pages.road import RoadPage

NOON = TEN + timedelta(hours=2)
RESCUE = RescueStarted(
    at=NOON, by="jo", rescue_id="r1", route_id="CX1", helper_route_id="CX7", stop_ids=("CX1:3",),
    helper_order=("CX7:1", "CX7:2", "CX7:3", "CX1:3"), meet_at=NOON + timedelta(minutes=45), meet_lat=41.62,
    meet_lng=-93.61,
)  # fmt: skip
MET = StopsTransferred(
    at=NOON + timedelta(minutes=50), by="jo", rescue_id="r1", route_id="CX1", helper_route_id="CX7",
    stop_ids=("CX1:3",), helper_order=RESCUE.helper_order, handover_s=600, lat=41.62, lng=-93.61,
)  # fmt: skip


def served(stop_id, at=NOON):
    return StopServed(at=at, by="driver", route_id=stop_id.partition(":")[0], stop_id=stop_id)


def seen(route_id, at, lat=41.605, lng=-93.6):
    return PositionSeen(at=at, by="telematics", route_id=route_id, lat=lat, lng=lng)


@pytest.fixture
def at(tmp_path):
    return lambda *facts: OnPage(tmp_path, on_the_road().told(*facts), "road", RoadPage)


def van(desk, route_id):
    return desk.page.route.map._sent._rows[route_id]


def stops(desk):
    """stop_id → its colour and marks, of those that are drawn."""
    packed = np.frombuffer(desk.page.route.map.stops, dtype=STOP)
    named = zip(desk.day.plan.stops, packed, strict=True)
    return {s.stop_id: (int(p["colour"]), int(p["marks"])) for s, p in named if not p["marks"] & ABSENT}


def test_a_van_says_where_it_was_seen_how_far_it_is_and_which_way_it_goes(at):
    shown = van(at(served("CX1:1", NOON - timedelta(minutes=4)), seen("CX1", NOON)), "CX1")
    assert (shown["heading_deg"], shown["old"]) == (0, False)
    assert "1 of 3 stops, 2 behind. Seen 12:00, 0 min ago." in shown["title"]


def test_an_old_place_is_never_drawn_as_live_though_counts_are_new(at):
    desk = at(seen("CX1", NOON - timedelta(minutes=48)), seen("CX7", NOON))
    assert (van(desk, "CX1")["old"], van(desk, "CX1")["heading_deg"]) == (True, None)
    assert van(desk, "CX1")["title"].endswith("Seen 11:12, 48 min ago: old.")
    assert van(desk, "CX7")["old"] is False


def test_how_old_is_too_old_is_the_stations_own(at):
    desk = at(seen("CX1", NOON - timedelta(minutes=48)), seen("CX7", NOON))
    station = desk.shell.viewing.station
    patient = msgspec.structs.replace(station.pace, stale_after_s=3600.0)
    desk.shell.viewing.station = msgspec.structs.replace(station, pace=patient)
    desk.shell.show()
    assert van(desk, "CX1")["old"] is False


def test_a_van_that_is_back_leaves_the_map_and_is_counted_at_the_station(at, tmp_path):
    story = on_the_road().does(returns.driver_returned, route_id="CX1", at=NOON)
    desk = OnPage(tmp_path / "back", story, "road", RoadPage)
    assert "CX1" not in desk.page.route.map._sent._rows
    assert desk.page.route.map.station["label"] == "DXX1 · 1 back"


def test_the_selected_route_shows_what_is_done_what_is_next_and_where_a_window_applies(tmp_path):
    chosen, its_stops = route("CX1")
    window = Window(opens=NOON, closes=NOON + timedelta(hours=2))
    package = msgspec.structs.replace(its_stops[2].packages[0], window=window)
    its_stops[2] = msgspec.structs.replace(its_stops[2], packages=(package,))
    story = on_the_road(the_plan=plan((chosen, its_stops), route("CX7"))).told(served("CX1:1"), served("CX7:1"))
    desk = OnPage(tmp_path, story, "road", RoadPage)
    assert stops(desk) == {"CX1:2": (0, 0), "CX1:3": (0, 0), "CX7:2": (0, 0), "CX7:3": (0, 0)}
    desk.shell.select("CX1")
    shown = stops(desk)
    assert (shown["CX1:1"], shown["CX1:2"], shown["CX1:3"]) == ((1, DONE), (1, NEXT), (1, WINDOW))
    assert "CX7:1" not in shown
    assert "Ringed: a time window applies (1)." in desk.page.route._road.key.value
    desk.shell.select("")
    assert desk.page.route._road.key.layout.display == "none"


def test_the_way_of_the_selected_route_begins_at_its_van_and_follows_the_driving_order(at):
    desk = at(served("CX1:1"), seen("CX1", NOON + timedelta(minutes=1)))
    desk.shell.select("CX1")
    way = [[41.605, -93.6], *(list(desk.day.plan.stop[s].place) for s in ("CX1:2", "CX1:3"))]
    assert desk.page.route.map.route_line == way
    desk.shell.select("")
    assert desk.page.route.map.route_line == []


def test_a_rescue_under_way_says_who_takes_what_and_when(at):
    (shown,) = at(RESCUE, seen("CX1", NOON, lat=41.61), seen("CX7", NOON, lat=41.63)).page.route.map.rescues
    assert (shown["meet"], shown["from"]) == ([41.62, -93.61], [[41.61, -93.6], [41.63, -93.6]])
    assert (shown["label"], shown["title"]) == ("⇄ 12:45", "CX7 takes 1 stop of CX1 at 12:45.")


def test_a_meeting_that_is_overdue_says_so_and_one_that_took_place_or_was_called_off_is_gone(at, tmp_path):
    late = seen("CX1", NOON + timedelta(minutes=50))
    (shown,) = at(RESCUE, late).page.route.map.rescues
    assert shown["title"].endswith("They should have met by now: ask both.")
    for n, over in enumerate((MET, RescueEnded(at=NOON, by="jo", rescue_id="r1", outcome="made it up"))):
        story = on_the_road().told(RESCUE, over)
        assert OnPage(tmp_path / str(n), story, "road", RoadPage).page.route.map.rescues == []


@pytest.mark.parametrize("facts", [(RESCUE,), (RESCUE, MET)], ids=["before they meet", "after"])
@pytest.mark.parametrize("route_id", ["CX1", "CX7"])
def test_stops_that_change_hands_stand_out_with_either_of_the_two(at, facts, route_id):
    desk = at(*facts)
    desk.shell.select(route_id)
    assert stops(desk)["CX1:3"][0] == 2
    other = {"CX1": "CX7", "CX7": "CX1"}[route_id]
    assert f"Dark: shared out with {other} (1)." in desk.page.route._road.key.value


def test_a_rescue_that_was_called_off_leaves_no_stops_behind(at):
    desk = at(RESCUE, RescueEnded(at=NOON, by="jo", rescue_id="r1", outcome="made it up"))
    desk.shell.select("CX7")
    assert "CX1:3" in stops(desk)
    assert stops(desk)["CX1:3"][0] == 0


AHEAD = ProblemArea(
    zones=("A-12",), stops_done=14, over_min=3.2, failed_stops=6, lost_min=0, since=NOON,
    ahead=(("CX1", 9), ("CX7", 5)),
    reasons=("6 of 14 stops: not delivered, <missing> access code (6).",),
    outline=((41.6, -93.6), (41.61, -93.6), (41.61, -93.59)),
)  # fmt: skip
PAST = ProblemArea(
    zones=("B-3", "B-4"), stops_done=9, over_min=0, failed_stops=0, lost_min=64, reasons=(), since=NOON,
    outline=((41.7, -93.6), (41.71, -93.6), (41.71, -93.59)),
)  # fmt: skip


@pytest.fixture
def areas(at):
    """The list below the map, and where it turned the map to."""
    desk, turned_to = at(), []
    listed = AreaList(desk.shell, turned_to.append)
    listed.show_day(desk.day, (AHEAD, PAST), briefly=False)
    return desk, listed, turned_to


def test_areas_are_told_in_words_on_the_map_and_below_it(areas):
    words = ["A-12: +3 min a stop, 6 of 14 not delivered, 14 ahead", "B-3, B-4: 64 min lost, past"]
    drawn = marks.areas((AHEAD, PAST))
    assert [(area["label"], area["past"]) for area in drawn] == [(words[0], False), (words[1], True)]
    assert [button.description for button in areas[1].buttons.values()] == words


def test_one_press_turns_the_map_to_an_area_and_names_who_is_still_to_come(areas):
    _, listed, turned_to = areas
    listed.buttons["A-12"].click()
    assert turned_to == [AHEAD.outline]
    told = listed._words["A-12"].value
    assert "Since 12:00." in told
    assert "Still to enter: CX1 (9), CX7 (5)." in told
    assert "&lt;missing&gt;" in told
    listed.buttons["B-3 B-4"].click()
    assert listed._words["A-12"].value == ""
    assert "No stops are left there: it is past." in listed._words["B-3 B-4"].value


def test_beside_a_selected_route_the_list_is_one_line_until_somebody_opens_it(areas):
    desk, listed, _ = areas
    listed.show_day(desk.day, (AHEAD, PAST), briefly=True)
    assert listed.children == (listed.heading,)
    assert listed.heading.description == "▸ Where today goes wrong (2)"
    listed.heading.click()
    assert len(listed.children) == 5
    listed.show_day(desk.day, (AHEAD, PAST), briefly=True)
    assert len(listed.children) == 5


def test_a_line_keeps_its_button_while_it_stands_and_the_list_goes_with_the_last(areas):
    desk, listed, _ = areas
    kept = listed.buttons["A-12"]
    listed.show_day(desk.day, (AHEAD,), briefly=False)
    assert listed.buttons == {"A-12": kept}
    listed.show_day(desk.day, (), briefly=False)
    assert listed.layout.display == "none"


def test_a_locked_gate_on_the_road_stands_on_the_map_and_one_press_turns_it_there(tmp_path, sent):
    gated, its_stops = route("CX1", packages=(1,) * 60)
    its_stops = [msgspec.structs.replace(s, zone=f"A-{11 + k // 12}") for k, s in enumerate(its_stops)]
    story, at = on_the_road(the_plan=plan((gated, its_stops), route("CX7"))), TEN
    for k, stop in enumerate(its_stops[:32]):
        at += timedelta(minutes=(5, 6, 7)[k % 3] + (9 if stop.zone == "A-13" else 0))
        story.told(served(stop.stop_id, at))
    page = OnPage(tmp_path, story, "road", RoadPage).page.route
    (area,) = page.map.areas
    assert area["label"] == "A-13: +9 min a stop, 4 ahead"
    messages = sent(page.map)
    page.map._heard(page.map, {"event": "ready"}, [])
    page._road.areas.buttons["A-13"].click()
    assert messages[-1] == {"op": "look", "places": area["outline"]}
