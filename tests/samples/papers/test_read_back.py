"""What the program's own readers make of the papers: every whole one is read, every malformed one is seen through."""

import msgspec
import pytest

from dispatchkit.imports.given import OriginalFile
from dispatchkit.imports.reports import read_reports
from dispatchkit.samples.papers import cortex, papers, quality
from dispatchkit.samples.papers.malformed import malformed
from dispatchkit.station import load
from tests.samples.papers.story import BACK, CODES, LOST, ONE_PM, PLAN, THREE_PM

SOURCES = {
    "DayOfOpsPlan.xlsx": "Day-of-Ops plan",
    "Routes_": "Routes export",
    "Itineraries_": "Itineraries export",
    "Route_Sheets_": "Route sheets",
    "AssociateData": "Associates",
    "Schedule": "Schedule",
    "VehiclesData": "Vehicles",
    "EV_Charge": "EV charge",
    "DVIC": "DVIC",
    "Whip Around": "Whip Around",
    "DA_Overview": "Weekly overview",
    "RTS_Detail": "Return detail",
    "Safety_Events": "Safety events",
}

SEEN_THROUGH = {
    "title rows": "DayOfOpsPlan",
    "two header rows": "VehiclesData",
    "a csv": "VehiclesData",
    "blanks in headers": "DA_Overview",
    "last name first": "AssociateData",
    "utf-16": "AssociateData",
    "a workbook": "AssociateData",
    "semicolons": "DVIC",
    "macros": "DayOfOpsPlan",
}
"""Malformed in a way that leaves no doubt: they say what the whole paper says."""

REFUSED = {
    "text in numbers": "'1l2' is not a whole number",
    "two ids for one name": "1 names stand beside 2 transporter ids",
    "merged cells": "same block",
    "unknown and missing columns": "operationalStatus: The column is missing",
    "one id twice": "stands in row 2 already",
    "forty date formats": "'2026-W11-6' is not a date",
    "endless line": "more than 32,767 characters",
    "password": "protected with a password",
    "cut off": "damaged or cut off",
    "swollen": "comes to more than 100 MB",
    "empty": "The file is empty",
    "a scan": "no text",
}
"""Malformed so that somebody has to do something: a word of the sentence that says what."""

TO_BE_ASKED = {"another DSP", "other codes", "rescued route twice", "of last week", "blank counts", "formulas"}
"""Read as they are; what they mean for the day is asked when they are compared with it."""


@pytest.fixture(scope="module")
def read(known):
    station = load()

    def by_name(files):
        originals = [OriginalFile(name=name, data=data) for name, data in files.items()]
        found = read_reports(originals, station=station, near=known.service_day)
        return {file.original.name: file for file in found}

    return by_name


@pytest.fixture(scope="module")
def whole(day, names, read):
    return read(papers(day, names, snapshots=[ONE_PM, THREE_PM]))


@pytest.fixture(scope="module")
def spoilt(day, names, read):
    found = read({name: made.content for name, made in malformed(day, names).items()})
    return {name.rpartition(".")[0].rpartition(" - ")[2]: file for name, file in found.items()}


def one(files, part):
    (found,) = [file for name, file in files.items() if part in name]
    return found


def said(file):
    """What a file says, without where in it that stands."""

    def without_rows(value):
        if isinstance(value, dict):
            return {k: without_rows(v) for k, v in value.items() if k not in ("row", "as_of", "service_day", "station")}
        return [without_rows(v) for v in value] if isinstance(value, list | tuple) else value

    return without_rows(msgspec.to_builtins(file.reading))


def test_every_whole_paper_is_known_for_what_it_is_and_read_without_a_problem(whole):
    for name, file in whole.items():
        assert file.source == next(source for part, source in SOURCES.items() if part in name)
        assert [p for p in file.problems if p.blocks] == []


def test_the_snapshot_says_when_it_was_made_and_how_far_everybody_was(known, whole):
    snapshot = whole[cortex.snapshot_name(known, "Routes", THREE_PM)].reading
    assert snapshot.as_of == THREE_PM
    done = {code: sum(at <= THREE_PM for at in known.day.road.routes[code].served.values()) for code in CODES}
    assert {r.code: r.stops_done for r in snapshot.routes} == done
    assert snapshot.routes[0].driver_names == tuple(known.name(known.driver_id(c)) for c in CODES[:2])


def test_plan_and_route_sheets_have_the_packages_of_the_day(whole):
    counts = {r.code: sum(len(s.packages) for s in PLAN.stops_of(r.route_id)) for r in PLAN.routes}
    assert {r.code: r.packages for r in one(whole, "DayOfOpsPlan").reading.routes} == counts
    sheets = one(whole, "Route_Sheets").reading.sheets
    assert {s.code: sum(b.packages for b in (*s.bags, *s.overflow)) for s in sheets} == counts


def test_vans_inspections_and_returns_agree_with_the_log(known, whole):
    vehicles = one(whole, "VehiclesData").reading.vehicles
    assert {v.name for v in vehicles if v.grounded} == {"van-10", "van-11"}
    failed = [i for i in one(whole, "DVIC").reading.inspections if not i.passed]
    assert [(i.van, i.defects) for i in failed] == [(known.vin("van-09"), ("Wiper torn",))]
    assert {p.package_id for p in one(whole, "RTS_Detail").reading.packages} == {BACK, LOST}


def test_the_overview_has_every_metric_of_everybody_who_has_figures(whole):
    weeks = one(whole, "DA_Overview").reading.weeks
    with_figures = [w for w in weeks if w.score is not None]
    assert len(weeks) - len(with_figures) == 1
    assert {sum(m.value is not None for m in w.metrics.values()) for w in with_figures} == {len(quality.METRICS)}


def test_every_malformed_paper_is_expected_in_one_way(spoilt):
    assert set(spoilt) == SEEN_THROUGH.keys() | REFUSED.keys() | TO_BE_ASKED


@pytest.mark.parametrize(("words", "paper"), SEEN_THROUGH.items())
def test_a_malformed_paper_that_leaves_no_doubt_says_what_the_whole_one_says(spoilt, whole, words, paper):
    assert said(spoilt[words]) == said(one(whole, paper))
    assert not any(p.blocks for p in spoilt[words].problems)


@pytest.mark.parametrize(("words", "sentence"), REFUSED.items())
def test_a_malformed_paper_that_needs_somebody_gives_a_sentence(spoilt, words, sentence):
    assert any(sentence in str(p) and p.blocks for p in spoilt[words].problems)


def test_what_is_blank_is_unknown_and_a_formula_is_text(spoilt, known):
    assert [r.packages is None for r in spoilt["blank counts"].reading.routes] == [False, True] * 5
    assert spoilt["formulas"].reading.associates[1].name == "=1+1"
    assert {r.dsp for r in spoilt["another DSP"].reading.routes} == {"QVLT"}
    assert max(spoilt["of last week"].reading.days) < known.service_day
