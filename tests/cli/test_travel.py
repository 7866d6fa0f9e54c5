"""Travel times on the command line: fit a curve, look at an engine, plan by it."""

import json
import re

import pytest

from dispatchkit.desk import Desk
from dispatchkit.home import PROFILE
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from tests.fake_engines import fake_engine, road_s
from tests.small_challenge import challenge, write_challenge
from tests.small_station_day import DAY


@pytest.fixture
def osrm():
    with fake_engine("osrm") as served:
        yield served


@pytest.fixture
def recorded(tmp_path):
    """A folder of four recorded routes; the roads are those of the engines of the tests."""
    files = {}
    for n in range(1, 5):
        for name, content in challenge().items():
            (route,) = content.values()
            files.setdefault(name, {})[f"RouteID_{n}"] = json.loads(json.dumps(route).replace('"P', f'"P{n}-'))
        stops = files["route_data.json"][f"RouteID_{n}"]["stops"]
        at = {name: (round(stop["lat"] + n / 500, 5), stop["lng"]) for name, stop in stops.items()}
        for name, (lat, _) in at.items():
            stops[name]["lat"] = lat if name != "ST" else 41.88
        at["ST"] = (41.88, -87.63)
        files["travel_times.json"][f"RouteID_{n}"] = {a: {b: road_s(at[a], at[b]) for b in at} for a in at}
    return write_challenge(tmp_path / "recorded", files)


def own_profile(home, *lines):
    home.mkdir(parents=True, exist_ok=True)
    (home / PROFILE).write_text("\n".join(["[travel]", *lines]))


def test_a_curve_is_fitted_judged_and_driven_by(call, home, recorded, station_day, tmp_path):
    said = call("travel", "fit", recorded, "--out", home.parent / "curve.json")
    assert "Each route was estimated by a curve fitted to the other 3" in said.out
    assert all(f"CX{n}" in said.out for n in range(1, 5))
    told = call("travel", "fit", recorded, "--json").json
    assert [route["stops"] for route in told["routes"]] == [3, 3, 3, 3]
    assert 0.8 < told["ratio_mean"] < 1.2
    assert told["ratio_sd"] >= 0
    assert told["drive_s"] == sorted(told["drive_s"])
    assert sum(band["pairs"] for band in told["bands"]) == 4 * 12

    own_profile(home, f'curve = {{ value = "{home.parent / "curve.json"}", unit = "file", source = "this test" }}')
    assert call("import", station_day).code == 0
    own_profile(home, 'curve = { value = "gone.json", unit = "file", source = "this test" }')
    refused = call("run-day", station_day)
    assert (refused.code, "gone.json cannot be read" in refused.err) == (1, True)


def test_too_few_routes_or_none_recorded_are_sentences(call, station_day, tmp_path):
    one = call("travel", "fit", write_challenge(tmp_path / "one"))
    assert (one.code, "1 routes are too few" in one.err) == (1, True)
    none = call("travel", "fit", station_day)
    assert (none.code, "travel_times.json" in none.err) == (1, True)


def test_an_engine_is_looked_at_before_it_is_trusted(call, osrm, recorded):
    told = call("travel", "check", osrm.address, "--data", recorded, "--routes", 2, "--json").json
    assert (told["legs"], told["without_way"], told["requests"]) == (8, 0, 2)
    assert told["ratio"] == pytest.approx(told["curve_s"] / told["engine_s"])
    assert sum(band["pairs"] for band in told["bands"]) == 8
    said = call("travel", "check", osrm.address, "--points", "41.9,-88.0 41.91,-88.0 41.92,-88.0").out
    assert f"OSRM at {osrm.url} answers a request in" in said
    osrm.islands = {(41.91, -88.0)}
    said = call("travel", "check", osrm.address, "--points", "41.9,-88.0 41.91,-88.0 41.92,-88.0").out
    assert "For 2 legs the engine found no way" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Name an engine"),
        (("osrm+http://127.0.0.1:1",), "--data FOLDER or --points"),
        (("osrm+http://127.0.0.1:1", "--points", "41.9,-88.0"), "two places or more"),
        (("osrm+http://127.0.0.1:1", "--points", "here there"), "two places or more"),
        (("osrm+http://127.0.0.1:1", "--points", "141.9,-88.0 41.9,-88"), "two places or more"),
    ],
)
def test_a_look_needs_an_engine_and_a_way(call, words, message):
    asked = call("travel", "check", *words)
    assert asked.code == 2
    assert message in " ".join(re.sub(r"[│╭╮╰╯─]", " ", asked.err).split())


def test_an_engine_that_is_not_there_is_a_sentence(call, home):
    own_profile(home, 'pause = { value = 0, unit = "s", source = "this test" }')
    refused = call("travel", "check", "osrm+http://127.0.0.1:1", "--points", "41.9,-88.0 41.91,-88.0")
    assert refused.code == 1
    assert "OSRM at http://127.0.0.1:1 did not answer after 3 tries (no connection)." in refused.err


def test_a_plan_is_made_by_the_roads_of_the_profiles_engine(call, osrm, home, station_day):
    own_profile(home, f'engine = {{ value = "{osrm.address}", unit = "engine address", source = "this test" }}')
    assert call("import", station_day).code == 0
    with open_log(str(home / "days.sqlite")) as log:
        plan = Desk(log, DayKey.parse(DAY), by="a test").day().plan
    route = plan.routes[0]
    first = plan.stop[route.stop_ids[0]].place
    assert plan.travel == "OSRM"
    assert route.drive_s[0] == pytest.approx(road_s(plan.station_place, first), abs=0.1)
    asked = len(osrm.asked)
    assert "kept answers are forgotten" in call("travel", "forget").out
    assert call("import", station_day).code == 0
    assert len(osrm.asked) > asked


def test_one_run_can_go_by_another_engine_or_by_the_curve(call, osrm, home, station_day):
    own_profile(home, 'engine = { value = "osrm+http://127.0.0.1:1", unit = "engine address", source = "this test" }')
    assert call("import", station_day, "--travel", "curve").code == 0
    assert osrm.asked == []
    assert call("run-day", station_day, "--travel", osrm.address, "--json").json["delivered"] == 36
    assert osrm.asked
    asked = len(osrm.asked)
    call("travel", "forget")
    assert {route["stops"] for route in call("plan", "check", station_day, "--travel", osrm.address, "--json").json[
        "plans"][0]["routes"]} == {12}   # fmt: skip
    assert len(osrm.asked) > asked
    refused = call("run-day", station_day, "--travel", "the usual one")
    assert (refused.code, "no routing engine" in refused.err) == (1, True)


def test_an_engine_that_is_silent_stops_the_import_unless_the_curve_may_stand_in(call, home, station_day):
    silent = (
        'engine = { value = "osrm+http://127.0.0.1:1", unit = "engine address", source = "this test" }',
        'pause = { value = 0, unit = "s", source = "this test" }',
    )
    own_profile(home, *silent)
    refused = call("import", station_day)
    assert (refused.code, "did not answer after 3 tries" in refused.err) == (1, True)
    own_profile(home, *silent, 'when_silent = { value = "curve", unit = "refuse or curve", source = "this test" }')
    taken = call("import", station_day)
    assert taken.code == 0
    assert "by the calibrated curve instead" in taken.out
