"""`dispatchkit plan rebuild`: a plan file or a day's plan in hand without a van, a driver or a route."""

import json

import pytest

from dispatchkit.fleet import vans
from dispatchkit.log import open_log
from dispatchkit.roster import attendance, decide
from tests.small_day import KEY, PAIRS, STATION, on_the_road, planned
from tests.small_log import written
from tests.small_station_day import write_station_day

DAY = str(KEY)
REBUILD = ("plan", "rebuild")
KEYS = {"out", "given", "moved", "moved_share", "left", "asked", "sentences", "routes"}


def crewed():
    """The night before, with a driver and a van for each route."""
    story = planned()
    for route_id, driver_id, van_id in PAIRS:
        story.does(decide.assign_driver, route_id=route_id, driver_id=driver_id)
        story.does(decide.assign_van, route_id=route_id, van_id=van_id, station=STATION)
    return story


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder of data with the plan that was built of it."""
    folder = write_station_day(tmp_path_factory.mktemp("built") / "data", harm=())
    rows = (folder / "departures.csv").read_text("utf-8").splitlines()
    van_ids = [row.split(",")[0].strip('"') for row in rows[1:]]
    routes = [
        {"route_id": f"R{n}", "van_id": van, "departs_at": "2026-03-14T15:00:00Z",
         "stops": [s for s in _stop_ids(folder) if s.startswith(f"CX{n}:")]}
        for n, van in enumerate(van_ids, 1)
    ]  # fmt: skip
    (folder / "plan.json").write_text(json.dumps({"routes": routes}), "utf-8")
    return folder


def _stop_ids(folder):
    from dispatchkit.cli.checked import data_of_one_day
    from dispatchkit.station import load

    return [stop.stop_id for stop in data_of_one_day(folder, load()).stops]


@pytest.fixture
def plan(built, tmp_path):
    """That folder's plan file, in a copy of the folder."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for file in built.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder / "plan.json"


class TestAPlanFile:
    def test_without_a_van_every_stop_is_served_and_the_check_agrees(self, call, plan):
        van = json.loads(plan.read_text("utf-8"))["routes"][1]["van_id"]
        told = call(*REBUILD, plan, "--drop", van, "--out", plan, "--json")
        assert (told.code, told.err) == (0, "")
        assert KEYS | {"file", "warnings"} == told.json.keys()
        assert (len(told.json["given"]), told.json["moved"], told.json["left"]) == (12, [], [])
        after = json.loads(plan.read_text("utf-8"))
        assert [route["van_id"] for route in after["routes"]].count(van) == 0
        assert sum(len(route["stops"]) for route in after["routes"]) == 36
        [checked] = call("plan", "check", plan, "--json").json["plans"]
        assert checked["feasible"]

    def test_people_see_both_sides_and_nothing_is_kept_unasked(self, call, plan):
        before = plan.read_bytes()
        said = call(*REBUILD, plan, "--cut", "R2")
        assert "12 stops go to" in said.out
        assert "No other stop changed route." in said.out
        assert "Say --out FILE" in said.out
        assert plan.read_bytes() == before

    def test_stops_left_out_on_purpose_are_in_the_file_with_the_reason(self, call, plan):
        assert call(*REBUILD, plan, "--cut", "R2", "--leave-out", "--out", plan).code == 0
        left = json.loads(plan.read_text("utf-8"))["unserved"]
        assert (len(left), {one["reason"] for one in left}) == (12, {"Left out on purpose."})
        back = call(*REBUILD, plan, "--loose", "--out", plan, "--json").json
        assert (len(back["given"]), json.loads(plan.read_text("utf-8"))["unserved"]) == (12, [])

    def test_stops_that_came_in_since_are_served(self, call, plan):
        file = json.loads(plan.read_text("utf-8"))
        came = [file["routes"][0]["stops"].pop(), file["routes"][2]["stops"].pop()]
        plan.write_text(json.dumps(file), "utf-8")
        told = call(*REBUILD, plan, "--out", plan, "--json").json
        assert (set(told["given"]), told["out"], told["moved"]) == (set(came), [], [])

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--drop", "V77"), "No route of the plan has van V77"),
            (("--cut", "CX77"), "There is no route CX77 in the plan"),
            ((), "Nothing has changed"),
            (("--driver-out", "A1"), "A plan file names no drivers"),
            (("--cut", "R2", "--keep", "why"), "Say --out FILE instead"),
        ],
    )
    def test_what_cannot_be_is_a_sentence(self, call, plan, words, said):
        told = call(*REBUILD, plan, *words)
        assert told.code
        assert said in " ".join((told.out + told.err).replace("│", " ").split())


class TestADay:
    @pytest.fixture
    def say(self, call, tmp_path):
        """Call the command on the day of a story."""

        def on(story, *words):
            store = tmp_path / "days.sqlite"
            if not store.exists():
                with open_log(store) as log:
                    written(log, story)
            return call(*words, "--store", store)

        return on

    def test_a_van_that_drops_out_is_shown_with_what_could_step_in(self, say):
        said = say(crewed(), *REBUILD, DAY, "--drop", "V1")
        assert "3 stops go to CX7 +3." in said.out
        assert "Free and able to carry CX1 is V3." in said.out
        assert "Nothing is kept" in said.out

    def test_with_a_reason_it_is_the_draft_and_stands_in_the_history(self, say):
        story = crewed()
        told = say(story, *REBUILD, DAY, "--drop", "V1", "--keep", "V1 does not start", "--json").json
        assert told["kept"]
        assert told.keys() > KEYS
        last = say(story, "plan", "history", DAY, "--json").json[-1]
        assert last["what"] == "Rebuilt the plan, 3 stops on other routes: V1 does not start."

    def test_a_driver_who_can_be_replaced_leaves_the_plan_as_it_is(self, say):
        said = say(crewed(), *REBUILD, DAY, "--driver-out", "A1")
        assert said.code == 1
        assert "Nothing has to be rebuilt: the van of CX1 is there, and A3 can drive it." in " ".join(said.err.split())

    def test_a_driver_whom_nobody_can_replace_takes_his_route_along(self, say):
        story = crewed().does(attendance.call_out, driver_id="A3", attendance="Called out excused")
        assert say(story, *REBUILD, DAY, "--driver-out", "A1", "--json").json["out"] == ["CX1"]

    def test_on_the_road_a_rescue_helps(self, say):
        said = say(on_the_road(), *REBUILD, DAY, "--drop", "V1")
        assert "Help on the road is a rescue." in " ".join(said.err.split())

    def test_a_grounded_van_is_no_way_out(self, say):
        story = crewed().does(vans.ground, van_id="V3", why="Flat tyre")
        assert "able to carry" not in say(story, *REBUILD, DAY, "--drop", "V1").out
