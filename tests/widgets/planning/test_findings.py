"""Findings as rows: what needs a person first, each with its reason and its place on the map."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatchkit.plan.realism import Finding, Kind, Severity, check
from tests.plan.small_plans import TRAVEL, TWO_STREETS, street, town
from tests.small_day import STATION
from widgets.planning import findings

ZONE = "America/Chicago"


def checked(plan):
    return check(plan, STATION, TRAVEL, timezone=ZONE)


def rows(found, *, everything=False):
    return list(findings.rows(found, lambda sentence: sentence, everything=everything))


TOO_LONG = town(street("CX1"), street("CX2", at_km=0.5, stops=40, service_s=600, hours=4))
"""CX2 has forty stops of ten minutes, and four hours."""


@pytest.fixture(scope="module")
def well():
    return checked(TWO_STREETS)


@pytest.fixture(scope="module")
def too_long():
    return checked(TOO_LONG)


def test_where_all_is_well_it_says_so_and_nothing_else(well):
    assert findings.heading(well) == "All 2 routes look like they can be finished."
    assert findings.need(well) is None
    assert rows(well) == []
    assert "No route is hard." not in findings.details(well)


def test_one_route_is_not_called_all(well):
    alone = replace(well, routes=well.routes[:1])
    assert findings.heading(alone) == "The route looks like it can be finished."


def test_everything_shows_every_route_with_its_figures(well):
    shown = rows(well, everything=True)
    routes = {row["id"]: row for row in shown if "/" not in row["id"]}
    assert set(routes) == {"CX1", "CX2"}
    assert routes["CX1"]["weight"] == {"kind": "ok", "text": "Fine"}
    for told in ("100% in time by", "P50", "P90", "4 stops", "4 packages", "van 2% full", "stems", "beside CX2"):
        assert told in routes["CX1"]["why"]


def test_a_hard_route_comes_first_and_its_findings_below_it(too_long):
    first, second, *_ = rows(too_long)
    assert (first["id"], first["weight"]["kind"], first["weight"]["text"]) == ("CX2", "act", "Hard")
    assert (second["id"], second["weight"]) == ("CX2/0", {"kind": "act", "text": "Hours"})
    assert "Take stops off" in second["why"]


def test_the_need_is_the_gravest_sentence(too_long):
    need = findings.need(too_long)
    assert "cannot be driven as it stands" in need.what
    assert need.why.startswith("CX2 is back by")
    assert need.grave


def test_a_row_leads_to_its_route_and_to_the_stops_that_it_is_about(too_long):
    late = Finding(kind=Kind.WINDOW, severity=Severity.RISK, sentence="Late.", route_id="CX1", stop_ids=("CX1:2",))
    found = replace(too_long, routes=(replace(too_long.routes[0], findings=(late,)), *too_long.routes[1:]))
    assert findings.about("CX1/0", found) == ("CX1", ("CX1:2",))
    assert findings.about("CX2", found) == ("CX2", ())
    assert findings.about("CX1/7", found) == ("CX1", ())


def test_what_is_about_the_plan_as_a_whole_names_no_route(well):
    left = Finding(kind=Kind.UNSERVED, severity=Severity.RISK, sentence="1 stop is on no route.", stop_ids=("s1",))
    found = replace(well, findings=(left,))
    assert [row["id"] for row in rows(found)] == ["plan/0"]
    assert findings.about("plan/0", found) == ("", ("s1",))


def test_notes_are_kept_for_those_who_ask(well):
    note = Finding(kind=Kind.UNKNOWN, severity=Severity.NOTE, sentence="The order was made here.")
    found = replace(well, findings=(note,))
    assert rows(found) == []
    assert rows(found, everything=True)[0]["weight"] == {"kind": "plain", "text": "Unknown"}


def test_a_small_chance_is_marked_by_a_sign_too(well, too_long):
    assert findings.chance_words(well.routes[0], ZONE)["text"] == "100%"
    assert findings.chance_words(too_long.routes[1], ZONE)["text"].startswith("● ")


def test_names_take_the_place_of_ids_and_nothing_in_a_sentence_acts(well):
    odd = Finding(kind=Kind.DRIVER, severity=Severity.RISK, sentence="A1 is new \u202e here.", route_id="CX1")
    found = replace(well, routes=(replace(well.routes[0], findings=(odd,)), *well.routes[1:]))
    *_, row = findings.rows(found, lambda sentence: sentence.replace("A1", "Ada"), everything=False)
    assert row["why"].startswith("Ada is new")
    assert "\u202e" not in row["why"]


def test_a_route_that_lost_its_day_by_a_minute_is_not_fine():
    tight = replace(TWO_STREETS, routes=tuple(
        replace(r, finish_by=r.departs_at + timedelta(minutes=6)) for r in TWO_STREETS.routes
    ))  # fmt: skip
    assert {row["weight"]["text"] for row in rows(checked(tight)) if "/" not in row["id"]} == {"Hard"}
