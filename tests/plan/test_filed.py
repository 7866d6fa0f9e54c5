"""A plan file held against its data."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.imports import read_folder
from dispatchkit.imports.plan_file import FiledRoute, PlanFile, Unserved, plan_file_bytes
from dispatchkit.plan.filed import as_file, given_vans_cm3, of_file
from dispatchkit.plan.intake import given_plan
from dispatchkit.plan.realism import Kind, Severity
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_challenge import challenge, write_challenge
from tests.small_day import STATION
from tests.small_station_day import write_station_day

TEN = datetime(2026, 3, 14, 15, tzinfo=UTC)
TRAVEL = CalibratedTravel()


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Three vans v0, v1, v2 with twelve stops each."""
    [day] = read_folder(write_station_day(tmp_path_factory.mktemp("data"), harm=()))
    return day


@pytest.fixture(scope="module")
def given_file(found):
    """The routes as the data have them."""
    plan = given_plan(found, STATION, TRAVEL, seed=1)
    return as_file(plan, van_of={r.route_id: r.van_id for r in found.routes}, unserved={})


def judged(file, found):
    return of_file(file, found, STATION, TRAVEL)


def broken(file, found):
    return [f for f in judged(file, found).findings if f.severity is Severity.LIMIT]


def changed(file, n=0, **route):
    return replace(file, routes=tuple(replace(r, **route) if i == n else r for i, r in enumerate(file.routes)))


def test_the_routes_of_the_data_break_nothing_and_come_back_as_they_were(found, given_file):
    filed = judged(given_file, found)
    assert filed.findings == ()
    again = as_file(filed.plan, van_of={r.route_id: r.van_id for r in given_file.routes}, unserved={})
    assert again == given_file


def test_routes_of_the_data_keep_their_code_and_new_ones_are_called_by_their_id(found, given_file):
    new = changed(given_file, 2, route_id="north")
    assert [r.code for r in judged(new, found).plan.routes] == ["CX1", "CX2", "north"]


def test_a_stop_that_nobody_serves(found, given_file):
    first = given_file.routes[0].stops
    [finding] = broken(changed(given_file, stops=first[1:]), found)
    assert finding.stop_ids == (first[0],)
    assert finding.sentence.startswith("1 stop is on no route and not listed as unserved.")
    assert finding.sentence.endswith(f": {first[0]}.")
    assert finding.centre is not None


def test_a_stop_that_is_left_out_with_a_reason_breaks_nothing_and_is_told(found, given_file):
    first = given_file.routes[0].stops
    full = Unserved(stop_id=first[0], reason="No van has room left.")
    filed = judged(replace(changed(given_file, stops=first[1:]), unserved=(full,)), found)
    assert [(f.kind, f.severity) for f in filed.findings] == [(Kind.UNSERVED, Severity.RISK)]
    assert filed.findings[0].sentence == "1 stop is unserved: No van has room left."
    assert first[0] in filed.plan.stop


def test_one_left_out_without_a_reason(found, given_file):
    first = given_file.routes[0].stops
    silent = replace(changed(given_file, stops=first[1:]), unserved=(Unserved(stop_id=first[0], reason=" "),))
    assert "without a reason" in broken(silent, found)[0].sentence


def test_a_stop_on_two_routes_stays_on_the_first(found, given_file):
    a, b = given_file.routes[0].stops, given_file.routes[1].stops
    twice = changed(given_file, 1, stops=(a[0], *b))
    [finding] = broken(twice, found)
    assert "1 stop is served more than once" in finding.sentence
    assert judged(twice, found).plan.routes[1].stop_ids == b


def test_a_stop_twice_on_one_route(found, given_file):
    a = given_file.routes[0].stops
    assert "served more than once" in broken(changed(given_file, stops=(*a, a[0])), found)[0].sentence


def test_a_stop_that_is_served_and_left_out(found, given_file):
    both = replace(given_file, unserved=(Unserved(stop_id=given_file.routes[0].stops[0], reason="Closed."),))
    assert "served and listed as unserved" in broken(both, found)[0].sentence


def test_a_stop_that_the_data_do_not_know(found, given_file):
    strange = changed(given_file, stops=(*given_file.routes[0].stops, "nowhere"))
    [finding] = broken(strange, found)
    assert "1 stop is not in the data" in finding.sentence
    assert (finding.stop_ids, finding.centre) == (("nowhere",), None)


@pytest.mark.parametrize(
    ("van_id", "said"), [("", "No van is named"), ("v9", "Van v9 is not in the data"), ("v1", "is on")]
)
def test_every_route_has_a_van_of_its_own(found, given_file, van_id, said):
    findings = broken(changed(given_file, van_id=van_id), found)
    assert [said in f.sentence for f in findings] == [True]


def test_a_departure_on_another_day_is_a_slip(found, given_file):
    tomorrow = changed(given_file, departs_at=TEN + timedelta(days=2))
    [finding] = broken(tomorrow, found)
    assert "It departs on 2026-03-16 at 10:00, and the data are for 2026-03-14" in finding.sentence
    assert judged(tomorrow, found).plan.routes[0].departs_at.date() == found.service_day


def test_a_route_that_states_no_departure_leaves_with_the_first(found, given_file):
    silent = changed(given_file, 2, departs_at=None, finishes_at=None)
    assert broken(silent, found) == []
    assert judged(silent, found).plan.routes[2].departs_at == given_file.routes[0].departs_at


def test_a_route_without_stops_needs_no_van(found, given_file):
    idle = replace(given_file, routes=(*given_file.routes, FiledRoute(route_id="idle", stops=())))
    assert [(f.severity, f.route_id) for f in judged(idle, found).findings] == [(Severity.NOTE, "idle")]


def test_a_plan_of_nothing_leaves_every_stop_out(found):
    [finding] = broken(PlanFile(), found)
    assert len(finding.stop_ids) == 36
    assert "and 26 more" in finding.sentence


def test_recorded_drive_times_are_used_along_the_recorded_route_and_only_there(tmp_path):
    [day] = read_folder(write_challenge(tmp_path, challenge()))
    [route] = day.routes
    own = PlanFile(routes=(FiledRoute(route_id="r", van_id=route.code, stops=tuple(s.stop_id for s in route.stops)),))
    filed = judged(own, day)
    assert filed.plan.routes[0].drive_s == pytest.approx(route.drive_s)
    assert (filed.plan.travel, filed.findings) == ("recorded", ())
    assert list(given_vans_cm3(day)) == [route.code]


@given(st.data())
def test_however_stops_are_thrown_about_each_is_on_one_route_or_told(found, given_file, data):
    every = [*given_file.routes[0].stops[:5], *given_file.routes[1].stops[:3], "nowhere"]
    routes = tuple(
        replace(r, stops=tuple(data.draw(st.lists(st.sampled_from(every), max_size=8)))) for r in given_file.routes
    )
    left_out = data.draw(st.lists(st.sampled_from(every), max_size=3))
    unserved = tuple(Unserved(stop_id=s, reason="Why.") for s in left_out)
    filed = judged(PlanFile(routes=routes, unserved=unserved), found)
    served = [s for r in filed.plan.routes for s in r.stop_ids]
    assert len(served) == len(set(served))
    told = {s for f in filed.findings for s in f.stop_ids}
    assert set(filed.plan.stop) - set(served) <= told


def test_it_is_written_as_programs_expect_it(given_file):
    written = json.loads(plan_file_bytes(given_file))
    assert written.keys() == {"routes", "unserved"}
    assert written["routes"][0].keys() == {"route_id", "van_id", "stops", "departs_at", "finishes_at"}
