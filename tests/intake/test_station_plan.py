"""The station's plan becomes counted routes, is held against the plan there is, and never replaces it in silence."""

from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest

from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import PlanCommitted, RoutesGiven
from dispatchkit.day.facts.whole_day import DayClosed
from dispatchkit.imports.problems import Problem
from dispatchkit.intake.proposal import Kept
from dispatchkit.records import DayKey
from tests.intake_story import (
    AT_SITE,
    CODES,
    KEY,
    MORNING,
    STATION,
    Intake,
    file,
    itineraries,
    itinerary,
    ops,
    ops_row,
    routes,
    standing,
    texts,
    unusable,
)
from tests.small_day import plan as placed
from tests.small_day import route

NO_DSP = msgspec.structs.replace(AT_SITE, site=msgspec.structs.replace(AT_SITE.site, dsp=""))


def many(n, **more):
    return [ops_row(f"CX{100 + i}", row=i + 2, **more) for i in range(n)]


def counted(*rows, **more):
    """A day with a plan of these rows."""
    intake = Intake(**more)
    rows = rows or tuple(ops_row(code) for code in CODES)
    intake.takes(ops(*rows), routes(*(standing(row.code) for row in rows)))
    return intake


class TestFirstPlan:
    def test_counted_stops_have_no_place_and_anonymous_packages(self):
        plan = counted(ops_row("CX101", packages=4, duration_min=420.0)).day.plan
        (planned,) = plan.routes
        assert (plan.travel, plan.knows_places, len(planned.stop_ids)) == ("counted", False, 173)
        assert planned.stop_ids[:2] == ("CX101:1", "CX101:2")
        assert [p.package_id for s in plan.stops for p in s.packages] == [f"CX101:{n}/1" for n in (1, 2, 3, 4)]

    def test_packages_are_dealt_out_evenly(self):
        plan = counted(ops_row("CX101", packages=319)).day.plan
        assert sorted({len(s.packages) for s in plan.stops}) == [1, 2]
        assert (plan.package_count, plan.stops[0].packages[1].package_id) == (319, "CX101:1/2")

    def test_drive_service_and_break_fill_the_routes_duration(self):
        plan = counted(ops_row("CX101", duration_min=420.0)).day.plan
        (planned,) = plan.routes
        service_s = sum(s.service_s for s in plan.stops)
        assert sum(planned.drive_s) + service_s + planned.break_s == pytest.approx(420 * 60)
        assert service_s == pytest.approx((420 * 60 - planned.break_s) * STATION.intake.service_share)
        assert len(set(planned.drive_s)) == 1

    def test_a_wave_is_the_stations_local_time(self):
        (planned,) = counted(ops_row("CX101", wave=time(11, 15))).day.plan.routes
        assert planned.departs_at == datetime(2026, 2, 22, 17, 15, tzinfo=UTC)
        assert planned.finish_by == planned.departs_at + timedelta(seconds=STATION.shift.on_road_limit_s)

    @pytest.mark.parametrize(
        ("day", "utc_hour"), [(date(2026, 3, 7), 17), (date(2026, 3, 8), 16), (date(2026, 11, 1), 17)]
    )
    def test_the_clock_of_that_day_counts_when_it_is_put_forward_or_back(self, day, utc_hour):
        intake = Intake(key=DayKey("DXX1", day))
        snapshot = file(msgspec.structs.replace(routes(standing("CX101")).reading, service_day=day))
        intake.takes(ops(ops_row("CX101"), day=day), snapshot)
        assert intake.day.plan.routes[0].departs_at.hour == utc_hour

    def test_waves_and_staging_are_set(self):
        intake = counted(ops_row("CX101"), ops_row("CX102"), ops_row("CX103", wave=time(11, 35)))
        waves = intake.day.load_out.waves
        assert {w: s.route_ids for w, s in waves.items()} == {
            "Wave 11:15": ("CX101", "CX102"),
            "Wave 11:35": ("CX103",),
        }
        assert intake.day.plan.route["CX101"].staging == "STG.1"

    def test_a_return_past_midnight_is_on_the_next_day(self):
        intake = Intake()
        intake.takes(ops(ops_row("CX101", wave=time(18))), itineraries(itinerary("CX101", returns=time(0, 30))))
        assert intake.day.plan.routes[0].finish_by == datetime(2026, 2, 23, 6, 30, tzinfo=UTC)

    def test_without_stops_it_asks_instead_of_guessing(self):
        shown = Intake().shows(ops())
        (question,) = shown.questions
        assert (question.id, [o.id for o in question.options]) == ("stops", ["estimate", "wait"])
        assert "1.84 packages a stop" in question.text
        assert not shown.can_be_taken
        assert shown.facts == ()

    def test_stops_are_estimated_where_a_person_says_so(self):
        intake = Intake()
        made = intake.takes(ops(), stops="estimate")
        assert len(intake.day.plan.routes[0].stop_ids) == round(319 / 1.84)
        assert "are estimated" in texts(made)

    def test_a_plan_that_waits_becomes_the_days_with_the_next_export(self):
        intake = Intake()
        intake.takes(ops(), stops="wait")
        assert intake.day.pre_load_out.plan is None
        intake.takes(routes(*(standing(code, stops=181) for code in CODES)))
        assert [len(r.stop_ids) for r in intake.day.plan.routes] == [181] * 3

    def test_a_row_without_packages_and_stops_blocks_the_import(self):
        shown = Intake().shows(ops(ops_row("CX101", packages=None)))
        assert "No file tells the packages or the stops of CX101" in texts(shown)
        assert shown.blockers

    def test_a_blank_number_of_packages_is_never_nought(self):
        intake = Intake()
        intake.takes(ops(ops_row("CX101", packages=None)), routes(standing("CX101", stops=100)))
        assert intake.day.plan.package_count == 184

    def test_a_draft_commits_nothing(self):
        intake = Intake()
        made = intake.takes(ops(), routes(), commit=False)
        assert "kept as a draft" in texts(made)
        assert intake.day.pre_load_out.plan is None
        assert len(intake.day.pre_load_out.drafts) == 1


class TestWhose:
    def test_a_plan_of_another_dsp_is_refused(self):
        shown = Intake().shows(ops(*(ops_row(c, dsp="OTHR") for c in CODES)))
        assert "holds no route of QWER, only of OTHR (3 routes)" in texts(shown)
        assert shown.blockers

    def test_only_our_rows_of_a_station_wide_plan_are_taken(self):
        rows = (ops_row("CX101"), ops_row("CV1", dsp="OTHR"), ops_row("CX102", dsp="qwer "))
        intake = Intake()
        intake.takes(ops(*rows), routes(standing("CX101"), standing("CX102")))
        assert [r.code for r in intake.day.plan.routes] == ["CX101", "CX102"]

    def test_several_dsps_and_no_own_one_is_a_question_with_counts(self):
        intake = Intake(station=NO_DSP)
        rows = (ops_row("CX101"), ops_row("CX102"), ops_row("CV1", dsp="OTHR"))
        (question,) = intake.shows(ops(*rows), routes()).questions
        assert {o.id: o.text for o in question.options} == {"QWER": "QWER: 2 routes", "OTHR": "OTHR: 1 route"}
        intake.takes(ops(*rows), dsp="OTHR", stops="estimate")
        assert [r.code for r in intake.day.plan.routes] == ["CV1"]

    def test_where_the_profile_names_none_the_dsp_of_the_days_plan_is_ours(self):
        intake = counted(station=NO_DSP)
        shown = intake.shows(ops(*(ops_row(f"CV{n}", dsp="OTHR") for n in range(3)), name="late.xlsx"))
        assert "late.xlsx holds no route of QWER, the DSP of this day, only of OTHR (3 routes)" in texts(shown)
        assert (shown.questions, shown.can_be_taken) == ((), False)
        both = ops(*(ops_row(code) for code in CODES), ops_row("CV1", dsp="OTHR"), salt="both")
        assert intake.takes(both).questions == ()
        assert [r.code for r in intake.day.plan.routes] == list(CODES)

    def test_an_export_of_another_dsp_is_refused_too(self):
        shown = counted(station=NO_DSP).shows(
            routes(standing("CV1", dsp="OTHR"), as_of=MORNING + timedelta(hours=1))
        )
        assert "holds no route of QWER" in texts(shown)

    def test_plans_of_two_dsps_in_one_batch_are_a_question(self):
        two = (ops(name="a.xlsx"), ops(ops_row("CV1", dsp="OTHR"), name="b.xlsx"))
        intake = Intake(station=NO_DSP)
        (question,) = intake.shows(*two, routes()).questions
        assert {o.id: o.text for o in question.options} == {"QWER": "QWER: 3 routes", "OTHR": "OTHR: 1 route"}
        asked = intake.shows(*two, routes(), dsp="QWER").questions
        assert [q.id.partition("-")[0] for q in asked] == ["other"]
        assert "b.xlsx holds no route of QWER, only of OTHR (1 route)" in asked[0].text

    def test_a_plan_of_another_day_or_station_is_asked_about(self):
        for other in (ops(day=date(2026, 2, 21)), ops(station="DYY2")):
            (question,) = [q for q in Intake().shows(other, routes()).questions if q.id.startswith("elsewhere")]
            assert "not of DXX1/2026-02-22" in question.text
            left = Intake().shows(other, routes(), **{question.id: "leave"})
            assert [f.state for f in left.files] == ["left out", "new"]
            taken = Intake().shows(other, routes(), **{question.id: "take"})
            assert any(isinstance(f, PlanCommitted) for f in taken.facts)

    def test_a_new_day_needs_a_time_zone_and_offers_those_that_fit(self):
        shown = Intake(station=STATION).shows(routes(name="Routes_DXX1_2026-02-22_13_40 (PST).xlsx"))
        (question,) = shown.questions
        assert (question.id, [o.id for o in question.options]) == ("timezone", ["America/Los_Angeles"])
        intake = Intake(station=STATION)
        intake.takes(routes(), timezone="Europe/Berlin")
        assert intake.day.course.timezone == "Europe/Berlin"
        assert "is not a time zone" in texts(Intake(station=STATION).shows(routes(), timezone="Mars/Olympus"))


class TestAgainstAPlan:
    def test_the_same_figures_in_other_bytes_change_nothing(self):
        intake = counted()
        made = intake.shows(ops(salt="saved again"))
        assert (made.changes, made.questions, [f.kind for f in made.facts]) == ((), (), ["FileImported"])

    def test_codes_that_disagree_by_more_than_a_tenth_stop_the_import(self):
        intake = counted(*many(20))
        few = intake.shows(ops(*many(19), ops_row("CX900")))
        assert not [q for q in few.questions if q.id.startswith("codes")]
        assert "Route codes differ" in texts(few)
        shown = intake.shows(ops(*many(18), ops_row("CX900"), ops_row("CX901")))
        (question,) = shown.questions
        assert "differ in 4 of 22 route codes" in question.text
        assert {o.id for o in question.options} == {"known", "leave", "anew"}

    def test_a_counted_plan_can_be_made_anew_while_nobody_has_left(self):
        intake = counted(*many(4))
        other = ops(ops_row("CX900"), ops_row("CX901"))
        (question,) = intake.shows(other).questions
        intake.takes(other, **{question.id: "anew"}, stops="estimate")
        assert [r.code for r in intake.day.plan.routes] == ["CX900", "CX901"]

    def test_other_figures_are_asked_about_and_adopted_only_when_a_person_says_so(self):
        intake = counted()
        other = ops(ops_row("CX101", packages=331, staging="STG.9"), ops_row("CX102"), ops_row("CX103"))
        (question,) = intake.shows(other).questions
        assert "CX101: staging STG.1 → STG.9, packages 319 → 331" in question.details
        assert not [f for f in intake.shows(other, plan="keep").facts if isinstance(f, PlanCommitted)]
        intake.takes(other, plan="adopt")
        assert intake.day.plan.route["CX101"].staging == "STG.9"

    def test_a_blank_never_clears_a_value(self):
        intake = counted()
        blank = {"staging": "", "service_type": "", "duration_min": None, "wave": None, "packages": None}
        made = intake.shows(ops(*(ops_row(c, **blank) for c in CODES)))
        assert (made.questions, made.changes) == ((), ())

    def test_a_route_that_a_filtered_plan_does_not_mention_stays(self):
        intake = counted(*many(20))
        other = ops(ops_row("CX100", staging="STG.9"), *many(19)[1:])
        intake.takes(other, plan="adopt")
        assert (len(intake.day.plan.routes), intake.day.plan.route["CX100"].staging) == (20, "STG.9")

    def test_a_plan_on_which_vans_have_left_is_never_replaced(self):
        intake = counted()
        intake.told(RouteDeparted(at=MORNING, by="maria", route_id="CX101", driver_id="A1", van_id="V1"))
        made = intake.shows(ops(*(ops_row(c, packages=331) for c in CODES)))
        assert (made.questions, made.changes) == ((), ())
        assert "differs from the plan on which vans have left" in texts(made)

    def test_two_plans_of_one_batch_that_differ_are_asked_about(self):
        both = (ops(ops_row("CX101"), name="a.xlsx"), ops(ops_row("CX101", packages=331), name="b.xlsx"))
        (question,) = Intake().shows(*both, routes()).questions
        assert [o.text for o in question.options] == ["a.xlsx", "b.xlsx"]
        intake = Intake()
        intake.takes(*both, routes(standing("CX101")), plan_file="2")
        assert intake.day.plan.package_count == 331

    def test_two_rows_of_a_code_with_other_figures_block(self):
        shown = Intake().shows(ops(ops_row("CX101", row=7), ops_row("CX101", row=19, packages=5)), routes())
        assert "CX101 stands in row 7 and in row 19" in texts(shown)

    def test_exports_that_count_other_stops_are_asked_about(self):
        files = (ops(), itineraries(*(itinerary(c, stops=120) for c in CODES)), routes())
        (question,) = Intake().shows(*files).questions
        assert (question.id, "CX101: 120 in Itineraries, 173 in Routes" in question.details) == ("counts", True)
        intake = Intake()
        intake.takes(*files, counts="routes")
        assert len(intake.day.plan.routes[0].stop_ids) == 173

    def test_a_plan_with_places_keeps_its_stops_and_takes_the_stations_load_out(self):
        plan = placed(route("CX101", departs_at=MORNING + timedelta(hours=5)), service_day=KEY.service_day)
        intake = Intake()
        intake.takes(routes(standing("CX101", stops=3)))
        kept = Kept.of(plan)
        intake.told(
            RoutesGiven(at=MORNING, by="maria", plan=kept.digest, routes=1, stops=3, packages=6),
            PlanCommitted(at=MORNING, by="maria", plan=kept.digest),
            kept=(kept,),
        )
        other = ops(ops_row("CX101", packages=7, wave=time(11, 35)))
        made = intake.shows(other)
        assert "CX101: 6 here, 7 by the station" in texts(made)
        intake.takes(other, plan="adopt")
        now = intake.day.plan
        assert (now.stops, now.routes[0].wave, now.routes[0].staging) == (plan.stops, "Wave 11:35", "STG.1")


class TestFiles:
    def test_a_file_taken_before_is_repeated_and_writes_nothing(self):
        intake = Intake()
        intake.takes(ops(), routes())
        made = intake.shows(ops(), routes())
        assert [f.state for f in made.files] == ["repeated", "repeated"]
        assert (made.facts, made.changes) == ((), ())

    def test_the_same_file_twice_in_a_batch_is_read_once(self):
        made = Intake().shows(ops(), ops(), routes())
        assert [f.state for f in made.files] == ["new", "repeated", "new"]

    def test_of_two_names_of_the_same_bytes_the_later_instant_counts(self):
        early = routes(*(standing(c, stops=181) for c in CODES), as_of=MORNING - timedelta(hours=2))
        late = msgspec.structs.replace(
            early, reading=msgspec.structs.replace(early.reading, as_of=MORNING)
        )
        for files in ((early, late), (late, early)):
            made = Intake().shows(ops(), *files)
            states = {f.as_of: f.state for f in made.files[1:]}
            assert states == {MORNING: "new", MORNING - timedelta(hours=2): "repeated"}
            assert "543 stops" in texts(made)

    def test_an_older_export_is_kept_on_record_and_changes_nothing(self):
        intake = counted()
        old = routes(standing("CX101", done=10), as_of=MORNING - timedelta(hours=1))
        made = intake.takes(old)
        assert [f.state for f in made.files] == ["stale"]
        assert ([f.kind for f in made.facts], made.changes) == (["FileImported"], ())

    def test_a_file_that_cannot_be_used_is_asked_about_or_blocks(self):
        alone = Intake().shows(unusable())
        assert (alone.questions, len(alone.blockers)) == ((), 1)
        (question,) = Intake().shows(unusable(), ops(), routes()).questions
        made = Intake().shows(unusable(), ops(), routes(), **{question.id: "leave"})
        assert made.can_be_taken
        assert [f.state for f in made.files] == ["left out", "new", "new"]

    def test_why_a_file_cannot_be_used_names_the_row_and_the_column(self):
        problems = (
            Problem(file="odd.csv", row=7, column="Transporter ID", message="'x' is no id.", fix="Correct it."),
            Problem(file="odd.csv", message="The file is cut off."),
        )
        made = Intake().shows(file(None, name="odd.csv", problems=problems))
        assert made.blockers == ("odd.csv cannot be used. Row 7, 'Transporter ID': 'x' is no id. The file is cut off.",)

    def test_an_answer_that_is_none_blocks_and_one_that_nobody_asked_is_said(self):
        assert "'perhaps' is no answer to 'stops'" in texts(Intake().shows(ops(), stops="perhaps"))
        assert "'colour' is not asked" in texts(Intake().shows(ops(), routes(), colour="red"))

    def test_a_closed_day_takes_nothing(self):
        intake = counted().told(DayClosed(at=MORNING, by="maria"))
        made = intake.shows(ops(salt="again"))
        assert (made.facts, made.blockers) == ((), ("DXX1/2026-02-22 is closed. Reopen it first, and say why.",))
