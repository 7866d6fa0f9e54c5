"""Inspections: what they find, what they ground, and when they cannot be made."""

from dispatchkit.day.facts.pre_load_out import DefectReported, VanGrounded, VanInspected
from dispatchkit.fleet import inspection
from dispatchkit.fleet.ready import van_blockers
from tests.small_day import TEN, back, on_the_road, planned, says


def pre_trip(story, *defects):
    return story.does(inspection.inspect, van_id="V1", driver_id="A1", inspection="pre-trip", defects=defects)


def test_a_clean_inspection_is_one_fact():
    [fact] = inspection.inspect(
        planned().day, van_id="V1", driver_id="A1", inspection="pre-trip", duration_s=240, at=TEN, by="maria"
    )
    assert fact == VanInspected(
        at=TEN, by="maria", van_id="V1", driver_id="A1", inspection="pre-trip", passed=True, duration_s=240
    )


def test_a_grave_defect_grounds_the_van_and_a_scratch_does_not():
    facts = inspection.inspect(
        planned().day,
        van_id="V1",
        driver_id="A1",
        inspection="pre-trip",
        defects=(("Brake light", True), ("Scratch", False)),
        at=TEN,
        by="maria",
    )
    assert facts[1:] == [
        DefectReported(at=TEN, by="maria", van_id="V1", defect="Brake light", grounds=True),
        DefectReported(at=TEN, by="maria", van_id="V1", defect="Scratch"),
        VanGrounded(at=TEN, by="maria", van_id="V1", why="Brake light"),
    ]
    assert not facts[0].passed
    assert not list(van_blockers(pre_trip(planned(), ("Scratch", False)).day, "V1"))


def test_unknown_vans_drivers_and_kinds_are_refused():
    day = planned().day
    assert "Van V9" in says(inspection.inspect_blockers(day, "V9", "A1", "pre-trip"))
    assert "Driver A9" in says(inspection.inspect_blockers(day, "V1", "A9", "pre-trip"))
    assert "'weekly' is not an inspection" in says(inspection.inspect_blockers(day, "V1", "A1", "weekly"))


def test_a_defect_needs_words():
    assert "no words" in says(inspection.inspect_blockers(planned().day, "V1", "A1", "pre-trip", ((" ", True),)))


def test_a_van_on_the_road_cannot_be_inspected():
    assert "on the road with CX1" in says(inspection.inspect_blockers(on_the_road().day, "V1", "A1", "pre-trip"))


def test_a_van_that_stayed_has_no_post_trip():
    assert "has not left today" in says(inspection.inspect_blockers(planned().day, "V1", "A1", "post-trip"))
    assert not list(inspection.inspect_blockers(back(on_the_road(), "CX1").day, "V1", "A1", "post-trip"))
