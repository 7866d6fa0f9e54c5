"""Vehicle lists, charges and inspections: what is there, what is grounded, and what blanks leave alone."""

from datetime import datetime, timedelta

import pytest

from dispatchkit.day.facts.pre_load_out import ChargeRead, VanGrounded, VanInspected
from dispatchkit.fleet.inspection import POST_TRIP, PRE_TRIP
from dispatchkit.imports.readings import (
    Charge,
    Charges,
    Inspection,
    Inspections,
    ReturnedPackage,
    Returns,
    SafetyEvent,
    SafetyEvents,
)
from tests.intake_story import ADA, MORNING, NOON, Intake, file, texts, vehicle, vehicles

VIN = "1FTBW3XM0PKA00007"
PAST_MIDNIGHT = MORNING + timedelta(hours=18, minutes=40)      # twenty to one in Chicago


def fleet(*rows):
    intake = Intake()
    intake.takes(vehicles(*rows) if rows else vehicles(vehicle("Van 7", vin=VIN), vehicle("Van 8")))
    return intake


def charges(*rows, as_of=MORNING, **more):
    return file(Charges(as_of=as_of, charges=rows), **more)


def charge(pct=80.0, miles=100.0, vin=VIN):
    return Charge(row=2, vin=vin, charge_pct=pct, range_mi=miles)


def inspections(*rows, **more):
    return file(Inspections(form="DVIC", inspections=rows), **more)


def inspection(van="Van 7", *, at: datetime | None = MORNING, passed: bool | None = True, defects=(), kind=PRE_TRIP):
    return Inspection(row=2, inspection=kind, van=van, driver_id=ADA, at=at, passed=passed, defects=defects)


def post_trip(van="Van 7", *, at):
    return inspection(van, at=at, kind=POST_TRIP)


class TestVehicles:
    def test_vans_become_the_fleet_with_the_volume_of_their_type(self):
        intake = fleet(vehicle("Van 7", service_type="Standard Parcel Electric - Rivian MEDIUM"))
        van = intake.day.pre_load_out.fleet.van["Van 7"]
        assert van.volume_cm3 == pytest.approx(500 * 28_316.846592)
        assert van.electric

    @pytest.mark.parametrize(
        ("service_type", "cubic_feet"),
        [
            ("CDV14", 700), ("Standard Parcel - Custom Delivery Van 16ft", 800), ("CDV16", 800), ("XL", 487),
            ("Standard Parcel - Extra Large Van - US", 487), ("Standard Parcel Step Van - US", 700), ("EDV", 500),
            ("EDV 700", 700),
        ],
    )  # fmt: skip
    def test_the_common_types_have_a_volume(self, service_type, cubic_feet):
        van = fleet(vehicle("Van 7", service_type=service_type)).day.pre_load_out.fleet.van["Van 7"]
        assert van.volume_cm3 == pytest.approx(cubic_feet * 28_316.846592)

    def test_a_type_that_the_profile_does_not_know_has_no_volume(self):
        intake = Intake()
        made = intake.takes(vehicles(vehicle("Van 7", service_type="Rickshaw")))
        assert intake.day.pre_load_out.fleet.van["Van 7"].volume_cm3 == 0
        assert "No volume is known for the type of Van 7" in texts(made)

    def test_a_grounded_van_is_said_and_may_not_leave(self):
        intake = Intake()
        made = intake.takes(vehicles(vehicle("Van 7", grounded=True), vehicle("Van 8")))
        assert "Van 7 is grounded" in [c.text for c in made.changes]
        assert list(intake.day.pre_load_out.grounded) == ["Van 7"]

    def test_a_filtered_list_drops_no_van_and_grounds_none_again(self):
        intake = fleet(vehicle("Van 7", grounded=True), vehicle("Van 8"))
        intake.takes(vehicles(vehicle("Van 7", grounded=False), salt="mended"))
        intake.takes(vehicles(vehicle("Van 9"), salt="filtered"))
        assert sorted(intake.day.pre_load_out.fleet.van) == ["Van 7", "Van 8", "Van 9"]
        assert intake.day.pre_load_out.grounded == {}

    def test_what_a_list_grounded_a_later_list_releases(self):
        intake = fleet(vehicle("Van 7", grounded=True))
        made = intake.takes(vehicles(vehicle("Van 7", grounded=False), salt="mended"))
        assert [c.text for c in made.changes] == ["Van 7 may be driven again"]

    def test_a_van_that_a_person_grounded_is_asked_about(self):
        intake = fleet().told(VanGrounded(at=MORNING, by="maria", van_id="Van 7", why="Flat tyre"))
        again = vehicles(vehicle("Van 7", grounded=False), salt="again")
        (question,) = intake.shows(again).questions
        assert question.details == ("Van 7: Flat tyre",)
        assert intake.shows(again, grounded="keep").changes == ()
        intake.takes(again, grounded="release")
        assert intake.day.pre_load_out.grounded == {}

    def test_a_blank_status_says_nothing(self):
        intake = fleet(vehicle("Van 7", grounded=True))
        made = intake.takes(vehicles(vehicle("Van 7", grounded=None, active=None, service_type=""), salt="blank"))
        assert made.changes == ()
        assert list(intake.day.pre_load_out.grounded) == ["Van 7"]

    def test_a_van_that_is_gone_is_not_taken_in(self):
        intake = fleet(vehicle("Van 7"), vehicle("Van 1", active=False))
        assert list(intake.day.pre_load_out.fleet.van) == ["Van 7"]

    def test_a_van_told_twice_in_two_ways_blocks(self):
        shown = Intake().shows(vehicles(vehicle("Van 7"), vehicle("Van 7", grounded=True)))
        assert "Van 7 is told twice, grounded and not" in texts(shown)


class TestCharge:
    def test_it_is_read_by_vin_in_kilometres(self):
        made = fleet().takes(charges(charge()))
        (fact,) = [f for f in made.facts if isinstance(f, ChargeRead)]
        assert (fact.van_id, fact.charge_pct, fact.range_km, fact.at) == ("Van 7", 80.0, 160.9, MORNING)

    def test_an_older_reading_and_a_blank_one_change_nothing(self):
        intake = fleet()
        intake.takes(charges(charge(80), as_of=NOON), at=NOON)
        assert intake.takes(charges(charge(95), as_of=MORNING), at=NOON).changes == ()
        assert intake.takes(charges(charge(None, None), as_of=NOON + timedelta(hours=1)), at=NOON).changes == ()
        assert intake.day.pre_load_out.charges["Van 7"].charge_pct == 80

    def test_an_unknown_vin_is_said(self):
        assert "VINs of no van of today's fleet: X" in texts(fleet().takes(charges(charge(vin="X"))))


class TestInspections:
    def test_a_passed_one_of_today_lets_the_van_leave(self):
        intake = fleet()
        made = intake.takes(inspections(inspection(VIN)))
        assert [c.text for c in made.changes] == ["1 inspection passed"]
        assert intake.day.pre_load_out.inspections["Van 7", "pre-trip"].passed

    def test_those_of_other_days_are_counted_and_not_taken(self):
        yesterday = inspection(at=MORNING - timedelta(days=1))
        made = fleet().takes(inspections(yesterday, inspection(at=None)))
        assert "1 inspection of other days, not taken" in texts(made)
        assert "1 inspection without a date, not taken" in texts(made)
        assert not [f for f in made.facts if isinstance(f, VanInspected)]

    def test_a_post_trip_past_midnight_belongs_to_the_day_that_ends_with_it(self):
        intake = fleet()
        made = intake.takes(inspections(inspection(), post_trip(at=PAST_MIDNIGHT)), at=PAST_MIDNIGHT)
        assert intake.day.pre_load_out.inspections["Van 7", "post-trip"].at == PAST_MIDNIGHT
        assert "of other days" not in texts(made)

    def test_a_post_trip_after_the_next_days_first_pre_trip_belongs_to_that_day(self):
        next_morning = PAST_MIDNIGHT + timedelta(hours=4)
        later = (inspection("Van 8", at=next_morning), post_trip(at=next_morning + timedelta(hours=1)))
        made = fleet().takes(inspections(*later), at=NOON + timedelta(days=1))
        assert "2 inspections of other days, not taken" in texts(made)

    def test_a_day_is_over_after_a_day_and_a_half_whether_a_pre_trip_follows_or_not(self):
        noon_after = NOON + timedelta(days=1)
        made = fleet().takes(inspections(post_trip(at=noon_after + timedelta(minutes=1))), at=noon_after)
        assert "1 inspection of other days, not taken" in texts(made)

    def test_a_post_trip_before_the_days_first_pre_trip_belongs_to_the_night_before(self):
        night = post_trip(at=PAST_MIDNIGHT - timedelta(days=1))
        assert "1 inspection of other days" in texts(fleet().takes(inspections(night, inspection())))
        known = fleet()
        known.takes(inspections(inspection()))
        assert "1 inspection of other days" in texts(known.takes(inspections(night)))

    def test_a_failed_one_grounds_the_van_with_its_defects(self):
        intake = fleet()
        intake.takes(inspections(inspection(passed=False, defects=("Left mirror broken",))))
        assert intake.day.pre_load_out.grounded == {"Van 7": "Left mirror broken"}
        assert intake.day.pre_load_out.defects == {"Van 7": ("Left mirror broken",)}

    def test_one_without_a_result_is_not_taken_for_passed(self):
        made = fleet().takes(inspections(inspection(passed=None)))
        assert "1 inspection without a result, not taken" in texts(made)
        assert made.changes == ()

    def test_the_same_inspection_in_another_file_is_taken_once(self):
        intake = fleet()
        intake.takes(inspections(inspection()))
        assert intake.takes(inspections(inspection(), salt="again")).changes == ()

    def test_a_van_that_the_fleet_does_not_know_is_said(self):
        assert "inspected, but not in today's fleet: Van 99" in texts(fleet().takes(inspections(inspection("Van 99"))))


def test_files_of_the_weeks_quality_are_kept_with_their_counts():
    returns = Returns(packages=(ReturnedPackage(row=2, package_id="TBA1", reason="BUSINESS CLOSED"),))
    events = SafetyEvents(events=(SafetyEvent(row=2, event_id="e1", metric="Distraction"),))
    made = Intake().takes(file(returns), file(events))
    assert "1 returned package (BUSINESS CLOSED 1), kept on record" in texts(made)
    assert "1 safety event (Distraction 1), kept on record" in texts(made)
    assert [f.kind for f in made.facts] == ["DayOpened", "FileImported", "FileImported"]
    assert all(f.reading for f in made.facts[1:])
