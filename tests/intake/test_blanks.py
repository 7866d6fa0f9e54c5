"""What a plan leaves open is filled by files without a question; only what they say otherwise is asked about."""

from datetime import UTC, datetime, time, timedelta

import msgspec
import pytest

from dispatchkit.day.facts.load_out import RouteDeparted, WaveSet
from dispatchkit.day.facts.pre_load_out import PlanCommitted, RoutesGiven
from dispatchkit.intake.proposal import Kept
from tests.intake_story import (
    CODES,
    KEY,
    MORNING,
    Intake,
    itineraries,
    itinerary,
    ops,
    ops_row,
    routes,
    standing,
    texts,
)
from tests.small_day import plan as placed
from tests.small_day import route

LEAVES = datetime(2026, 2, 22, 15, 20, tzinfo=UTC)      # 09:20 in Chicago
TWENTY = [f"CX{100 + i}" for i in range(20)]


@pytest.fixture
def placed_day():
    """Twenty routes with places, in the wave "Wave 1" that leaves at 09:20; nothing is known of their staging."""
    plan = placed(*(route(code, departs_at=LEAVES) for code in TWENTY), service_day=KEY.service_day)
    plan = msgspec.structs.replace(
        plan, routes=tuple(msgspec.structs.replace(r, wave="Wave 1", staging="", service_type="") for r in plan.routes)
    )
    kept = Kept.of(plan)
    intake = Intake()
    intake.takes(routes(*(standing(code, stops=3) for code in TWENTY)))
    intake.told(
        RoutesGiven(at=MORNING, by="maria", plan=kept.digest, routes=20, stops=60, packages=120),
        PlanCommitted(at=MORNING, by="maria", plan=kept.digest),
        WaveSet(at=MORNING, by="maria", wave="Wave 1", departs_at=LEAVES, route_ids=tuple(TWENTY)),
        kept=(kept,),
    )
    return intake


def of_station(wave=time(9, 20), **more):
    return ops(*(ops_row(code, wave=wave, packages=6, **more) for code in TWENTY))


def test_the_stations_word_for_the_same_departure_is_no_question_and_blanks_are_filled(placed_day):
    made = placed_day.takes(of_station(commercial_packages=4))
    assert "20 routes of the plan changed" in [c.text for c in made.changes]
    first = placed_day.day.plan.route["CX100"]
    assert (first.wave, first.staging, first.commercial_packages) == ("Wave 1", "STG.0", 4)
    assert first.departs_at == LEAVES
    assert list(placed_day.day.load_out.waves) == ["Wave 1"]
    assert not [f for f in made.facts if isinstance(f, WaveSet)]


def test_once_filled_the_same_figures_change_nothing(placed_day):
    placed_day.takes(of_station())
    again = placed_day.shows(ops(*(ops_row(code, wave=time(9, 20), packages=6) for code in TWENTY), salt="again"))
    assert (again.questions, again.changes) == ((), ())


def test_another_departure_is_asked_about_by_route_in_the_details(placed_day):
    (question,) = placed_day.shows(of_station(wave=time(9, 40))).questions
    assert question.text == "Day-of-Ops plan.xlsx differs from the day's plan on 20 routes. Which holds?"
    assert len(question.details) == 20
    assert "wave Wave 1 → Wave 09:40, leaves 09:20 → 09:40" in question.details[0]


def test_who_keeps_the_plans_own_figures_has_its_blanks_filled_all_the_same(placed_day):
    placed_day.takes(of_station(wave=time(9, 40)), plan="keep")
    first = placed_day.day.plan.route["CX100"]
    assert (first.wave, first.departs_at, first.staging) == ("Wave 1", LEAVES, "STG.0")


def test_waves_that_were_moved_by_hand_stay_where_a_file_only_fills_blanks(placed_day):
    later = LEAVES + timedelta(minutes=20)
    placed_day.told(WaveSet(at=MORNING, by="maria", wave="Wave 1", departs_at=later, route_ids=tuple(TWENTY)))
    placed_day.takes(of_station())
    assert placed_day.day.load_out.waves["Wave 1"].departs_at == later


def test_once_vans_have_left_nothing_is_filled_and_it_is_said(placed_day):
    placed_day.told(RouteDeparted(at=MORNING, by="maria", route_id="CX100", driver_id="A1", van_id="V1"))
    made = placed_day.shows(of_station())
    assert (made.questions, made.changes) == ((), ())
    assert "on which vans have left, and changes nothing" in texts(made)


def test_a_planned_return_that_comes_later_replaces_the_assumed_one_without_a_question():
    intake = Intake()
    intake.takes(ops(), routes())
    made = intake.takes(itineraries(*(itinerary(code) for code in CODES)))
    assert "3 routes of the plan changed" in [c.text for c in made.changes]
    assert intake.day.plan.routes[0].finish_by == datetime(2026, 2, 23, 2, 5, tzinfo=UTC)
    other = itineraries(*(itinerary(code, returns=time(20, 30)) for code in CODES), as_of=MORNING + timedelta(hours=1))
    (question,) = intake.shows(other).questions
    assert question.details[0] == "CX101: back by 20:05 → 20:30"


def test_a_wave_that_comes_later_replaces_the_assumed_departure_without_a_question():
    intake = Intake()
    intake.takes(ops(*(ops_row(code, wave=None) for code in CODES)), routes())
    made = intake.takes(ops())
    assert "3 routes in 1 wave" in [c.text for c in made.changes]
    assert {r.wave for r in intake.day.plan.routes} == {"Wave 11:15"}


def test_an_export_changes_only_the_routes_that_it_was_asked_about():
    intake = Intake()
    intake.takes(ops(), routes(*(standing(code) for code in CODES)), itineraries(*(itinerary(c) for c in CODES)))
    rows = [itinerary("CX101", stops=120), itinerary("CX102", stops=170), itinerary("CX103")]
    newer = itineraries(*rows, as_of=MORNING + timedelta(hours=1))
    (question,) = intake.shows(newer, counts="itineraries").questions
    assert [d.partition(":")[0] for d in question.details] == ["CX101"]
    intake.takes(newer, counts="itineraries", plan="adopt")
    assert [len(r.stop_ids) for r in intake.day.plan.routes] == [120, 173, 173]
