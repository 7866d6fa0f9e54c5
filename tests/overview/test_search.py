"""Finding things of a day by what people call them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit import course
from dispatchkit.day.facts.road import NotDelivered, StopServed
from dispatchkit.day.facts.whole_day import FileHeld, FileImported
from dispatchkit.eos import debrief, incidents
from dispatchkit.fleet import vans
from dispatchkit.overview.search import find
from tests.small_day import SIX_PM, STATION, TEN, Story, at_the_dock, back, on_the_road, plan, planned, route

NAMES = {"A1": "Zoë Exámple", "A2": "Bo Sample", "A3": "Robo Tester"}
PHONES = {"A1": "+1 (312) 555-0100", "A2": "312 555 0177"}


def found(story, text, **more):
    return [(h.kind, h.id) for h in find(story.day, text, names=NAMES, **more)]


def the(story, text, kind=None):
    return next(h for h in find(story.day, text, names=NAMES) if kind in (None, h.kind))


@pytest.fixture(scope="module")
def dock():
    return at_the_dock(the_plan=plan(route("CX1", zone="A-1.1A"), route("CX7", zone="B-2.3C")))


@pytest.mark.parametrize("text", ["", "   ", "-", "…", "()"])
def test_nothing_is_found_by_nothing(dock, text):
    assert found(dock, text) == []


def test_a_day_without_anything_has_nothing():
    assert found(Story().does(course.open_day, timezone="America/Chicago"), "CX1") == []


@pytest.mark.parametrize("text", ["CX1", "cx1", " Cx1 "])
def test_a_code_finds_its_route_first_then_its_stops_and_packages(dock, text):
    hits = found(dock, text)
    assert hits[0] == ("route", "CX1")
    assert [kind for kind, _ in hits] == ["route"] + ["stop"] * 3 + ["package"] * 6


def test_the_beginning_of_a_code_finds_all_that_begin_with_it(dock):
    assert found(dock, "cx")[:2] == [("route", "CX1"), ("route", "CX7")]


@pytest.mark.parametrize("text", ["zoe", "ZOË", "example", "Zoe Example", "example zoe", "A1"])
def test_a_driver_is_found_by_name_without_accents_in_any_order_and_by_transporter_id(dock, text):
    assert ("driver", "A1") in found(dock, text)


def test_a_name_that_begins_so_comes_before_one_that_has_it_within(dock):
    assert found(dock, "bo") == [("driver", "A2"), ("driver", "A3")]


def test_a_van_is_found_as_people_say_it(dock):
    assert found(dock, "V1")[0] == found(dock, "van v1")[0] == ("van", "V1")


@pytest.mark.parametrize(
    ("text", "who"), [("555-0177", ["A2"]), ("5550100", ["A1"]), ("(312)", []), ("312 555", ["A1", "A2"])]
)
def test_a_phone_is_found_by_four_digits_or_more_however_written(dock, text, who):
    assert found(dock, text, phones=PHONES) == [("driver", d) for d in who]


def test_a_zone_is_found_with_its_routes(dock):
    hit = the(dock, "a-1.1")
    assert (hit.kind, hit.title, hit.detail, hit.route_id) == ("zone", "Zone A-1.1A", "3 stops on CX1.", "CX1")


def test_no_more_than_asked_for(dock):
    assert len(find(dock.day, "cx1", names=NAMES, limit=3)) == 3


def test_two_letters_find_no_stop_and_no_package_for_they_are_in_all_of_them(dock):
    assert {kind for kind, _ in found(dock, "cx")} == {"route"}


def test_notes_incidents_and_files():
    story = on_the_road().does(course.note, text="Dock 4 is closed", about="CX1")
    story.does(incidents.open_incident, incident_id="I1", incident_type="Dog bite", description="At the gate")
    story.told(FileImported(at=TEN, by="jo", name="Routes_DXX1.xlsx", original="d1", source="routes", rows=40))
    story.told(FileHeld(at=TEN, by="watch", name="Schedule.xlsx", original="d2", why=("Which week?",)))
    assert (the(story, "dock").id, the(story, "dock").detail) == ("1", "By maria at 10:00 on CX1.")
    assert (the(story, "dog").title, the(story, "gate").detail) == ("Dog bite (I1)", "Open: At the gate")
    assert the(story, "routes_dxx1").detail == "Read at 10:00 by jo: 40 rows."
    assert the(story, "schedule").detail == "Waits for an answer: Which week?"


class TestWhereThingsAre:
    def test_a_route_through_its_day(self):
        night, out = planned(), on_the_road()
        assert the(night, "CX1").detail == "Not left, no driver, no van; 0 of 3 stops done."
        assert the(out, "CX1").detail == "On the road with Zoë Exámple in van V1; 0 of 3 stops done."
        pages = [the(story, "CX1").page for story in (night, at_the_dock(), out, back(on_the_road(), "CX1"))]
        assert pages == ["plan", "load_out", "road", "close"]

    def test_a_driver_with_and_without_a_route(self, dock):
        assert the(dock, "zoe").title == "Zoë Exámple (A1)"
        assert the(dock, "zoe").detail == "CX1, not left; nothing heard."
        assert (the(dock, "robo").detail, the(dock, "robo").page) == ("No route; nothing heard.", "plan")

    def test_a_grounded_van_says_why(self):
        story = at_the_dock().does(vans.ground, van_id="V1", why="Tyre.")
        assert the(story, "V1").detail == "CX1, not left; grounded: Tyre."

    def test_a_stop_says_whose_it_is_and_when_it_was_served(self):
        story = on_the_road().told(StopServed(at=TEN, by="app", route_id="CX1", stop_id="CX1:1"))
        assert the(story, "CX1:1").detail == "Stop 1 of 3 on CX1, served at 10:00; 2 packages."
        assert the(story, "CX1:2").detail == "Stop 2 of 3 on CX1, to do; 2 packages."

    def test_a_package_from_the_dock_to_the_debrief(self):
        package, reason = "CX1:1-a", (NotDelivered("CX1:1-a", "REFUSED"),)
        served = StopServed(at=TEN, by="app", route_id="CX1", stop_id="CX1:1", not_delivered=reason)
        story = at_the_dock()
        assert the(story, package).detail == "Not left yet; CX1, stop CX1:1."
        story = on_the_road()
        assert the(story, package).detail == "In the van; CX1, stop CX1:1."
        story.told(served)
        assert the(story, package).detail == "In the van (REFUSED); CX1, stop CX1:1."
        assert the(story, "CX1:1-b").detail == "Delivered; CX1, stop CX1:1."
        back(story, "CX1")
        assert the(story, package).detail == "Not accounted for (REFUSED); CX1, stop CX1:1."
        accounts = debrief.prefill(story.day, "CX1", STATION)
        story.does(debrief.debrief, route_id="CX1", accounts=accounts, station=STATION, at=SIX_PM)
        assert the(story, package).detail == "Returned (REFUSED); CX1, stop CX1:1."
        assert the(story, package).page == "close"


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(dock, text):
    assert len(find(dock.day, text, names=NAMES, phones=PHONES)) <= 20
