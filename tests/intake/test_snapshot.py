"""Cortex exports: drivers before the vans leave, progress after it; never a rescue, never a message."""

from datetime import timedelta

import msgspec

from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.road import MessageSent, ProgressReported, RescueStarted
from dispatchkit.imports.readings import RouteSheet, RouteSheets
from tests.intake_story import (
    ADA,
    BEN,
    CODES,
    DRIVERS,
    KEY,
    MORNING,
    NOON,
    ZOE,
    Intake,
    associates,
    file,
    itineraries,
    itinerary,
    ops,
    routes,
    schedule,
    standing,
    texts,
)

ONE = timedelta(hours=1)


def planned(*codes):
    """A day with a plan and a roster of three."""
    intake = Intake()
    intake.takes(ops(), routes(), associates(), schedule())
    return intake


def left(intake, *codes):
    for code, driver in zip(codes or CODES, DRIVERS, strict=False):
        intake.told(RouteDeparted(at=MORNING, by="maria", route_id=code, driver_id=driver, van_id=f"V{code}"))
    return intake


class TestDrivers:
    def test_named_drivers_of_the_roster_are_assigned(self):
        intake = planned()
        rows = [standing("CX101", driver=[ADA]), standing("CX102", names=["Birch, Ben"]), standing("CX103")]
        made = intake.takes(routes(*rows, as_of=MORNING + ONE))
        assert "2 drivers are assigned" in texts(made)
        assert "Cortex names no driver for 1 route: CX103" in texts(made)
        assert intake.day.pre_load_out.driver_of == {"CX101": ADA, "CX102": BEN}

    def test_somebody_who_is_not_on_the_roster_is_said_and_not_assigned(self):
        made = planned().takes(routes(standing("CX101", driver=["A00000000000X9"]), as_of=MORNING + ONE))
        assert "Not on the roster, and not assigned: CX101: A00000000000X9" in texts(made)

    def test_the_second_of_a_pair_is_a_helper(self):
        intake = planned()
        made = intake.takes(routes(standing("CX101", driver=[ADA, BEN]), as_of=MORNING + ONE))
        assert "CX101 has a helper: Ben Birch" in texts(made)
        assert intake.day.pre_load_out.driver_of == {"CX101": ADA}

    def test_another_driver_than_the_days_is_asked_about(self):
        intake = planned()
        intake.takes(routes(standing("CX101", driver=[ADA]), as_of=MORNING + ONE))
        other = routes(standing("CX101", driver=[BEN]), as_of=MORNING + 2 * ONE)
        (question,) = intake.shows(other).questions
        assert "CX101: Ada Aster (A00000000000A1) here, Ben Birch (A00000000000B2) in Cortex" in question.details
        assert intake.shows(other, drivers="keep").changes == ()
        intake.takes(other, drivers="cortex")
        assert intake.day.pre_load_out.driver_of == {"CX101": BEN}

    def test_a_route_that_has_left_keeps_its_driver(self):
        intake = left(planned(), "CX101")
        made = intake.takes(routes(standing("CX101", driver=[BEN]), as_of=MORNING + ONE))
        assert "Left with other drivers than Cortex has" in texts(made)
        assert made.changes == ()

    def test_somebody_on_two_routes_drives_the_first(self):
        intake = planned()
        made = intake.takes(
            routes(standing("CX101", driver=[ZOE]), standing("CX102", driver=[ZOE]), as_of=MORNING + ONE)
        )
        assert intake.day.pre_load_out.driver_of == {"CX101": ZOE}
        assert "on several routes; CX102 was passed over" in texts(made)

    def test_a_name_that_no_list_has_told_goes_to_the_directory(self):
        intake = planned()
        pair = standing("CX101", driver=["A00000000000X9", ADA], names=["Xan Yarrow", "A. Aster"])
        made = intake.takes(routes(pair, as_of=MORNING + ONE))
        assert [(d.subject, d.values) for d in made.details] == [("A00000000000X9", {"name": "Xan Yarrow"})]

    def test_without_a_roster_nobody_is_assigned_and_it_is_said(self):
        intake = Intake()
        made = intake.takes(ops(), routes(standing("CX101", driver=[ADA]), *(standing(c) for c in CODES[1:])))
        assert "the day has no roster" in texts(made)


class TestProgress:
    def test_a_count_is_reported_as_of_the_export(self):
        intake = left(planned())
        made = intake.takes(routes(standing("CX101", done=87), as_of=NOON), at=NOON)
        assert [c.text for c in made.changes] == ["CX101: 87 of 173 stops at 12:00"]
        (fact,) = [f for f in made.facts if isinstance(f, ProgressReported)]
        assert (fact.at, fact.source, intake.day.road.routes["CX101"].done_count) == (NOON, "cortex", 87)

    def test_only_routes_whose_count_changed_are_changes_but_a_count_that_stays_is_fresh_again(self):
        intake = left(planned())
        intake.takes(routes(standing("CX101", done=87), standing("CX102", done=40), as_of=NOON), at=NOON)
        again = routes(standing("CX101", done=87), standing("CX102", done=55), as_of=NOON + ONE)
        made = intake.takes(again, at=NOON + ONE)
        assert [c.text.split(":")[0] for c in made.changes] == ["CX102"]
        assert intake.day.road.routes["CX101"].heard_at == NOON + ONE

    def test_an_older_export_never_overwrites_a_newer_one(self):
        intake = left(planned())
        intake.takes(routes(standing("CX101", done=87), as_of=NOON), at=NOON)
        made = intake.takes(routes(standing("CX101", done=90), as_of=NOON - ONE), at=NOON)
        assert made.changes == ()
        assert intake.day.road.routes["CX101"].done_count == 87

    def test_fewer_stops_than_before_are_noted_and_the_higher_count_stays(self):
        intake = left(planned())
        intake.takes(routes(standing("CX101", done=87), as_of=NOON), at=NOON)
        made = intake.takes(routes(standing("CX101", done=80), as_of=NOON + ONE), at=NOON + ONE)
        assert "the higher count stays: CX101: 80 after 87" in texts(made)
        assert made.changes == ()

    def test_more_stops_than_planned_are_noted(self):
        made = left(planned()).takes(routes(standing("CX101", done=180), as_of=NOON), at=NOON)
        assert "More stops done than planned: CX101: 180 of 173" in texts(made)

    def test_what_is_doubtful_in_an_export_is_kept_and_marked(self):
        intake = left(planned())
        intake.takes(routes(standing("CX101", done=87), as_of=NOON), at=NOON)
        intake.takes(routes(standing("CX101", done=20), as_of=NOON + ONE), at=NOON + ONE)
        route = intake.day.road.routes["CX101"]
        (doubt,) = route.doubted["ProgressReported"].doubts
        assert (doubt.kind, route.done_count) == ("fewer", 87)

    def test_a_route_under_way_that_has_not_departed_here_is_said(self):
        made = planned().takes(routes(standing("CX101", done=5, driver=[ADA]), as_of=NOON), at=NOON)
        assert "On the road by Cortex, but not departed here: CX101" in texts(made)

    def test_progress_of_an_export_without_a_time_is_not_taken(self):
        made = left(planned()).takes(routes(standing("CX101", done=5), as_of=None))
        assert "Nothing says when" in texts(made)
        assert made.changes == ()

    def test_routes_that_the_plan_does_not_know_are_asked_about(self):
        intake = planned()
        strange = routes(standing("CX101"), standing("CX900"), as_of=MORNING + ONE)
        (question,) = intake.shows(strange).questions
        assert question.details == ("CX900: only in the file",)
        left_out = intake.shows(strange, **{question.id: "leave"})
        assert left_out.files[0].state == "left out"
        assert left_out.facts == ()

    def test_a_blank_count_is_no_nought(self):
        intake = left(planned())
        intake.takes(routes(standing("CX101", done=87), as_of=NOON), at=NOON)
        made = intake.takes(routes(standing("CX101", done=None), as_of=NOON + ONE), at=NOON + ONE)
        assert (made.changes, made.notes) == ((), ())

    def test_no_file_starts_a_rescue_or_sends_a_message(self):
        intake = left(planned())
        files = (itineraries(itinerary("CX101"), itinerary("CX101", stops=27, packages=41), as_of=NOON),)
        made = intake.takes(*files, routes(standing("CX101", done=1, driver=[ADA, BEN]), as_of=NOON), at=NOON)
        assert not [f for f in made.facts if isinstance(f, RescueStarted | MessageSent)]


def test_a_second_row_of_a_code_is_told_as_stops_taken_over():
    rows = [itinerary(c) for c in CODES]
    made = planned().shows(itineraries(*rows, itinerary("CX102", stops=27, packages=41)), plan="keep")
    assert "CX102 has a second row: 27 stops, 41 packages: somebody took stops over." in texts(made)


def test_route_sheets_are_held_against_the_plan():
    agree = RouteSheet(page=1, code="CX101", staging="STG.1", packages=319)
    other = msgspec.structs.replace(agree, code="CX102", staging="STG.7", packages=320)
    made = planned().takes(file(RouteSheets(station="DXX1", service_day=KEY.service_day, sheets=(agree, other))))
    assert "differ from the plan on 1 route: CX102: 319 packages in the plan, 320 on the sheet; STG.2" in texts(made)
    assert made.changes == ()
