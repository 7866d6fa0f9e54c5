"""One file in the way does not cost the batch: it can be left out, and then counts for nothing."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.intake_story import (
    CODES,
    KEY,
    MORNING,
    Intake,
    associates,
    itineraries,
    itinerary,
    ops,
    ops_row,
    routes,
    schedule,
    standing,
    texts,
    unusable,
    vehicle,
    vehicles,
)

LAST_WEEK = KEY.service_day - timedelta(days=14)


@pytest.mark.parametrize(
    ("what", "file"),
    [
        ("stale", schedule(day=LAST_WEEK)),
        ("unusable", unusable()),
        ("other-dsp", ops(*(ops_row(code, dsp="OTHR") for code in CODES), name="theirs.xlsx")),
        ("twice", vehicles(vehicle("Van 7"), vehicle("Van 7", grounded=True))),
        ("twice", ops(ops_row("CX101", row=7), ops_row("CX101", row=19, packages=5), name="twice.xlsx")),
    ],
)
def test_a_file_in_the_way_can_be_left_out_and_blocks_only_where_it_is_alone(what, file):
    alone = Intake().shows(file)
    assert alone.blockers
    assert not [q for q in alone.questions if q.id.startswith(what)]
    batch = (file, associates())
    shown = Intake().shows(*batch)
    (question,) = [q for q in shown.questions if q.id.startswith(what)]
    assert (shown.blockers, [o.id for o in question.options]) == ((), ["leave"])
    intake = Intake()
    made = intake.takes(*batch, **{question.id: "leave"})
    assert [f.state for f in made.files] == ["left out", "new"]
    assert [f.name for f in intake.day.course.files] == ["Associates list.xlsx"]


def test_an_export_that_is_left_out_tells_no_stops_either():
    other = itineraries(*(itinerary(f"CX9{i}", stops=50) for i in range(9)), itinerary("CX101", stops=120))
    files = (ops(), routes(), other)
    shown = Intake().shows(*files, counts="itineraries")
    (question,) = [q for q in shown.questions if q.id.startswith("codes")]
    intake = Intake()
    made = intake.takes(*files, **{question.id: "leave"})
    assert [len(r.stop_ids) for r in intake.day.plan.routes] == [173] * 3
    assert [f.state for f in made.files] == ["new", "new", "left out"]


def test_a_newer_export_of_another_station_makes_ours_stale_only_until_it_is_left_out():
    theirs = routes(standing("CX101"), as_of=MORNING + timedelta(hours=1), name="theirs.xlsx")
    theirs = replace(theirs, reading=replace(theirs.reading, station="DYY2"))
    files = (ops(), routes(), theirs)
    (question,) = [q for q in Intake().shows(*files).questions if q.id.startswith("elsewhere")]
    made = Intake().shows(*files, **{question.id: "leave"})
    assert [f.state for f in made.files] == ["new", "new", "left out"]
    assert "3 routes, 519 stops" in texts(made)


def test_an_older_export_of_another_day_is_asked_about_as_well():
    yesterday = routes(as_of=MORNING - timedelta(days=1), name="yesterday.xlsx")
    yesterday = replace(yesterday, reading=replace(yesterday.reading, service_day=date(2026, 2, 21)))
    (question,) = Intake().shows(ops(), routes(), yesterday).questions
    assert (question.id.partition("-")[0], "2026-02-21" in question.text) == ("elsewhere", True)


def test_questions_are_short_however_much_they_are_about():
    codes = [f"CX{100 + i}" for i in range(40)]
    intake = Intake()
    intake.takes(ops(*(ops_row(c) for c in codes)), routes(*(standing(c) for c in codes)))
    others = ops(*(ops_row(c, packages=100 + i) for i, c in enumerate(codes)), *(ops_row(f"CV{i}") for i in range(9)))
    shown = intake.shows(others, unusable())
    assert len(shown.questions) >= 2
    assert max(len(q.text) for q in shown.questions) < 200
    assert max(len(q.details) for q in shown.questions) == 9


def test_a_row_that_names_no_dsp_is_not_ours_and_it_is_said():
    made = Intake().shows(ops(ops_row("CX101"), ops_row("CX102", dsp="")), routes(standing("CX101")))
    assert "names no DSP for CX102: not taken" in texts(made)


def test_a_text_without_end_does_not_fill_a_sentence():
    made = Intake().shows(ops(ops_row("CX101"), ops_row("C" * 30_000, dsp="")), routes(standing("CX101")))
    assert max(map(len, made.notes)) < 400
