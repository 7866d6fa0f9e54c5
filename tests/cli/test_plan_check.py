"""`dispatchkit plan check`: of a folder, a plan file, a day; sentences by route, exit code 1 for a broken limit."""

import json

import pytest

from tests.small_challenge import challenge, write_challenge
from tests.small_station_day import DAY, write_station_day


@pytest.fixture
def data(tmp_path):
    return write_station_day(tmp_path / "data", harm=())


@pytest.fixture
def plan_file(call, data):
    """A good plan of the data, beside them."""
    routes = call("plan", "check", data, "--json").json["plans"][0]["routes"]
    written = {
        "routes": [
            {
                "route_id": r["route_id"], "van_id": f"v{n}", "departs_at": r["departs_at"], "finishes_at": r["p50"],
                "stops": [f"{r['code']}:S{i}" for i in range(12)],
            }
            for n, r in enumerate(routes)
        ],
        "unserved": [],
    }  # fmt: skip
    path = data / "plan.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    return path


def edited(path, edit):
    content = json.loads(path.read_text("utf-8"))
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_folder_of_given_routes(call, data):
    said = call("plan", "check", data)
    assert said.code == 0
    assert "DXX1/2026-03-14" in said.out
    assert "No route is hard." in said.out
    assert "chance" in said.out


def test_the_same_for_programs(call, data):
    [plan] = call("plan", "check", data, "--json").json["plans"]
    assert (plan["feasible"], plan["station"], len(plan["routes"])) == (True, "DXX1", 3)
    assert all(0 < r["chance_in_time"] <= 1 for r in plan["routes"])


def test_the_challenge_s_routes(call, tmp_path):
    said = call("plan", "check", write_challenge(tmp_path / "ten", challenge()), "--json")
    assert [len(plan["routes"]) for plan in said.json["plans"]] == [1]


def test_a_good_plan_file_beside_its_data(call, plan_file):
    said = call("plan", "check", plan_file, "--json")
    assert said.code == 0
    assert [r["van_id"] for r in said.json["plans"][0]["routes"]] == ["v0", "v1", "v2"]


def test_one_whose_data_are_elsewhere(call, plan_file, data, tmp_path):
    elsewhere = plan_file.rename(tmp_path / "plan.json")
    assert call("plan", "check", elsewhere, data).code == 0
    lonely = elsewhere.rename(tmp_path / "home" / "plan.json") if (tmp_path / "home").mkdir() is None else elsewhere
    assert "its data are not beside it" in call("plan", "check", lonely).err


def test_a_stop_that_is_forgotten_ends_with_1_and_a_sentence(call, plan_file):
    said = call("plan", "check", edited(plan_file, lambda plan: plan["routes"][0]["stops"].pop()))
    assert said.code == 1
    assert "■ The plan: 1 stop is on no route and not listed as unserved" in said.out
    assert "It cannot be driven as it stands" in said.out


def test_two_routes_on_one_van(call, plan_file):
    said = call("plan", "check", edited(plan_file, lambda plan: plan["routes"][1].update(van_id="v0")))
    assert (said.code, "Van v0 is on" in said.out) == (1, True)


def test_a_plan_file_that_is_damaged_says_where(call, plan_file):
    said = call("plan", "check", edited(plan_file, lambda plan: plan["routes"][1].update(stops="all")))
    assert said.code == 1
    assert "plan.json, routes / 2" in said.err


def test_a_plan_file_knows_its_data_between_the_days_of_two_stations_by_its_stops(call, plan_file, data, tmp_path):
    other = write_station_day(tmp_path / "other", station="DYY2", vans=2, harm=())
    for name in ("customers.csv", "vehicles.csv", "departures.csv", "depots.csv"):
        rows = (other / name).read_text("utf-8").split("\n", 1)[1]
        with (data / name).open("a", encoding="utf-8") as table:
            table.write(rows.replace("Route", "Other").replace("c0-", "d0-").replace("c1-", "d1-"))
    [plan] = call("plan", "check", plan_file, "--json").json["plans"]
    assert plan["station"] == "DXX1"
    nobody = data / "nobody.json"
    nobody.write_text('{"routes": [{"route_id": "R", "stops": ["CX9:XX"]}]}', encoding="utf-8")
    said = call("plan", "check", nobody)
    assert (said.code, "several days" in said.err) == (1, True)


def test_a_day_of_the_store(call, data):
    assert call("import", data, "--timezone", "America/Chicago").code == 0
    said = call("plan", "check", DAY, "--json")
    assert said.code == 0
    assert len(said.json["plans"][0]["routes"]) == 3
    assert not any("This is a draft" in finding["sentence"] for finding in said.json["plans"][0]["findings"])


def test_a_draft_is_checked_where_nothing_is_committed(call, data):
    call("import", data, "--timezone", "America/Chicago", "--draft")
    [plan] = call("plan", "check", DAY, "--json").json["plans"]
    assert len(plan["routes"]) == 3
    assert any("This is a draft" in finding["sentence"] for finding in plan["findings"])


def test_the_sample_day_is_promised_as_the_pace_board_forecasts_it_in_the_morning(call):
    call("prepare", "--only", "past_midnight", "--only", "history")
    [plan] = call("plan", "check", "DXX2/2026-03-10", "--at", "08:00", "--json").json["plans"]
    board = call("pace", "DXX2/2026-03-10", "--at", "08:00", "--json").json["routes"]
    assert len(board) == len(plan["routes"]) == 20
    promised = {r["route_id"]: r["chance_in_time"] for r in plan["routes"]}
    assert promised == pytest.approx({line["route_id"]: 1 - line["chance_late"] for line in board})


def test_what_is_neither_a_file_nor_a_day(call, data):
    assert call("plan", "check", "nowhere").code == 2
    assert "There is no day DXX9/2026-03-14" in (call("import", data), call("plan", "check", "DXX9/2026-03-14"))[1].err


def test_what_only_a_day_or_only_a_file_has(call, data):
    assert call("plan", "check", DAY, data).code == 2
    assert call("plan", "check", data, "--at", "08:00").code == 2
    assert call("plan", "check", DAY, "--travel", "curve").code == 2


def test_data_beside_a_folder_are_one_too_many(call, data):
    said = call("plan", "check", data, data)
    assert (said.code, "is no plan file" in said.err) == (1, True)


def replaced(name, old, new):
    def damage(folder):
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return damage


def without_vans(folder):
    header = (folder / "vehicles.csv").read_text("utf-8").split("\n", 1)[0]
    (folder / "vehicles.csv").write_text(header + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(replaced("customers.csv", "41.600000", ""), id="a stop without coordinates"),
        pytest.param(replaced("customers.csv", "-93.600000,41.600000", "0.0,0.0"), id="on the null island"),
        pytest.param(replaced("customers.csv", "41.600000", "46.100000"), id="500 km away"),
        pytest.param(replaced("customers.csv", '"c0-1"', '"c0-0"'), id="an id twice"),
        pytest.param(replaced("customers.csv", "90.0,10,10,10", "90.0,-10,10,10"), id="a negative volume"),
        pytest.param(replaced("customers.csv", "23:00:00", "15:00:00"), id="a window that ends before it starts"),
    ],
)
def test_a_stop_that_nobody_can_plan_is_told_and_the_rest_is_checked(call, data, damage):
    damage(data)
    said = call("plan", "check", data, "--json")
    assert said.code == 1
    [plan] = said.json["plans"]
    assert sum(route["stops"] for route in plan["routes"]) == 35
    [told] = [f for f in plan["findings"] if f["kind"] == "unserved"]
    assert "is left out. customers.csv row" in told["sentence"]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(without_vans, id="no vans"),
        pytest.param(replaced("customers.csv", "DXX1", "DYY9"), id="a station that nobody knows"),
    ],
)
def test_data_that_cannot_be_used_are_refused_in_sentences(call, data, damage):
    damage(data)
    said = call("plan", "check", data)
    assert said.code == 1
    assert said.out == ""
    assert "Nothing was imported." in said.err
    assert len(said.err.splitlines()) > 1


def test_an_absurd_volume_is_told_by_package(call, data):
    replaced("customers.csv", "90.0,10,10,10", "90.0,9000,9000,9000")(data)
    said = call("plan", "check", data)
    assert said.code == 1
    assert "Package c0-0 at stop" in said.out
    assert "is said to have 729,000.0 m³" in said.out.replace("729000.0", "729,000.0")
    assert ">999%" in said.out


def test_more_than_all_vans_hold(call, data):
    table = data / "vehicles.csv"
    table.write_text(table.read_text("utf-8").replace("4247527.0", "10000.0"), encoding="utf-8")
    departures = data / "departures.csv"
    departures.write_text(departures.read_text("utf-8").replace("4247527.0", "10000.0"), encoding="utf-8")
    said = call("plan", "check", data)
    assert said.code == 1
    assert "all vans together hold" in said.out
    assert "of the van; 100% is the most" in said.out
