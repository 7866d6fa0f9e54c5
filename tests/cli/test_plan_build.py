"""`dispatchkit plan build`: routes from a folder's stops and vans, as a file that `plan check` reads."""

import json

import pytest

from tests.small_station_day import write_station_day
from tests.small_stop_list import stop, stops, write_stop_list


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
    assert "on no route" in " ".join(said.out.split())
    left = json.loads((data / "plan.json").read_text("utf-8"))["unserved"]
    assert left
    assert {stop["reason"] for stop in left} == {"No van has room left."}


def build(call, data, *more):
    return call("plan", "build", data, "--budget", "1", "--out", data.parent / "plan.json", *more)


def test_a_stop_list_becomes_routes_that_the_check_confirms(call, tmp_path):
    data = write_stop_list(tmp_path / "lists", stops(9))
    told = build(call, data, "--json").json
    file = json.loads((data.parent / "plan.json").read_text("utf-8"))
    assert sorted(stop for route in file["routes"] for stop in route["stops"]) == sorted(map(str, range(1, 10)))
    assert told["drive_s"] == int(told["drive_s"])
    [checked] = call("plan", "check", data.parent / "plan.json", data, "--json").json["plans"]
    assert checked["feasible"]
    # beside its data it needs no name of them
    assert call("plan", "check", data.parent / "plan.json", "--json").json["plans"][0]["feasible"]


def test_of_several_days_the_one_that_is_asked_for_is_built(call, tmp_path):
    for name, count in (("monday", 4), ("tuesday", 6)):
        write_stop_list(tmp_path / "lists", stops(count), name=name)
    folder = tmp_path / "lists"
    asked = call("plan", "build", folder, "--budget", "1")
    assert asked.code == 1
    assert "monday/2000-01-01, tuesday/2000-01-01. Say with --day which one" in " ".join(asked.err.split())
    plan = ("--out", folder / "p.json", "--json")
    assert call("plan", "build", folder, "--day", "tuesday/2000-01-01", "--budget", "1", *plan).json["stops"] == 6
    # the plan knows its data among several by its stops
    [checked] = call("plan", "check", folder / "p.json", "--json").json["plans"]
    assert sum(route["stops"] for route in checked["routes"]) == 6
    assert "and not friday" in call("plan", "build", folder, "--day", "friday/2000-01-01").err


def test_bad_stops_are_left_out_with_their_reason_and_the_rest_is_planned(call, tmp_path):
    rows = [*stops(4), stop(5, lat=0, lon=0), stop(6, volume=-3), stop(7, opens_s=9, closes_s=3), stop(8, volume=10**9)]
    data = write_stop_list(tmp_path / "lists", rows)
    said = build(call, data, "--json")
    assert (said.code, said.json["stops"], said.json["unserved"]) == (1, 4, 4)
    file = json.loads((data.parent / "plan.json").read_text("utf-8"))
    left = {one["stop_id"]: one["reason"] for one in file["unserved"]}
    assert sorted(left) == ["5", "6", "7", "8"]
    assert "failed address search" in left["5"]
    assert "more than the largest van holds" in left["8"]
    # the check takes the file for what it is: nothing is missing without a reason
    [checked] = call("plan", "check", data.parent / "plan.json", data, "--json").json["plans"]
    assert {finding["kind"] for finding in checked["findings"]} == {"unserved", "load"}


def test_too_few_vans_come_with_what_would_do(call, tmp_path):
    data = write_stop_list(tmp_path / "lists", stops(9), limits={"vans": 1, "van_volume": 30})
    told = build(call, data, "--json")
    assert told.code == 1
    assert told.json["mended_by"] == {"cause": "van volume", "vans": 2, "minutes": None, "tried": True}
    assert "2 more vans would take them all." in told.json["sentences"][-1]


def test_no_van_at_all_is_said_and_every_stop_is_listed(call, tmp_path):
    data = write_stop_list(tmp_path / "lists", stops(3), limits={"vans": 0})
    assert "No van goes out. Bring the list of vans." in " ".join(build(call, data).out.split())
    assert len(json.loads((data.parent / "plan.json").read_text("utf-8"))["unserved"]) == 3


def test_little_driving_alone_may_be_asked_for_and_another_road(call, data):
    for asked in (["--drive-only"], ["--balance", "--travel", "curve"]):
        assert call("plan", "build", data, "--budget", "1", *asked, "--json").json["stops"] == 36


def test_a_stop_list_has_no_routes_to_check(call, tmp_path):
    data = write_stop_list(tmp_path / "lists", stops(3))
    assert "3 stops that are on no route yet" in call("plan", "check", data).err


def test_a_plan_that_could_not_be_written_is_refused_before_it_is_built(call, data, tmp_path):
    said = call("plan", "build", data, "--out", tmp_path / "no" / "plan.json")
    assert said.code == 2
    assert "There is no folder" in said.err
