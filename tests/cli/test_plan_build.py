"""`dispatchkit plan build`: routes from a folder's stops and vans, as a file that `plan check` reads."""

import json

import pytest

from tests.small_station_day import write_station_day


@pytest.fixture
def data(tmp_path):
    return write_station_day(tmp_path / "data", harm=())


def test_every_stop_is_on_a_route_once_and_the_check_finds_the_same(call, data):
    told = call("plan", "build", data, "--budget", "1", "--out", data / "plan.json", "--json").json
    file = json.loads((data / "plan.json").read_text("utf-8"))
    stops = [stop for route in file["routes"] for stop in route["stops"]]
    assert len(stops) == len(set(stops)) == told["stops"] == 36
    assert (told["unserved"], file["unserved"]) == (0, [])
    assert all(route["departs_at"] < route["finishes_at"] and route["van_id"] for route in file["routes"])
    [checked] = call("plan", "check", data / "plan.json", "--json").json["plans"]
    assert checked["feasible"]
    assert sum(route["stops"] for route in checked["routes"]) == 36


def test_people_get_sentences_and_nothing_is_kept_unasked(call, data):
    before = set(data.iterdir())
    said = call("plan", "build", data, "--budget", "1")
    assert said.code == 0
    assert "36 stops on" in said.out
    assert "Say --out FILE" in said.out
    assert set(data.iterdir()) == before


def test_what_no_van_has_room_for_is_left_out_by_name(call, data):
    vehicles = data / "vehicles.csv"
    rows = vehicles.read_text("utf-8").splitlines()
    small = [",".join([*row.split(",")[:-1], "2000"]) for row in rows[1:]]
    vehicles.write_text("\n".join([rows[0], *small]) + "\n", "utf-8")
    said = call("plan", "build", data, "--budget", "1", "--out", data / "plan.json")
    assert said.code == 1
    assert "no van has room for them" in " ".join(said.out.split())
    left = json.loads((data / "plan.json").read_text("utf-8"))["unserved"]
    assert left
    assert {stop["reason"] for stop in left} == {"No van has room for it."}
