"""Progress, pace, the hourly report and the rates of alarms, as somebody calls them."""

import io
import json
import re
import sys
from datetime import UTC, datetime, timedelta

import pytest

from dispatchkit.day.facts.road import AlarmCleared, AlarmRaised
from dispatchkit.day.facts.whole_day import DayOpened
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.run_day.live import begun, go_on_live, resumed
from dispatchkit.station import load
from tests.small_station_day import DAY, write_station_day

STORE = "days.sqlite"


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A store with a small day whose last van left a few minutes ago."""
    folder = tmp_path_factory.mktemp("lived")
    station = load()
    with open_log(folder / STORE) as log:
        key = begun(log, write_station_day(folder / "station day"), station, seed=3, say=lambda _: None)
        last = max(r.departs_at for r in resumed(log, key, station).day.plan.routes)
        until = last + timedelta(minutes=20)
        go_on_live(resumed(log, key, station, until=until, at_once=True))
    return folder / STORE


@pytest.fixture
def store(lived, tmp_path):
    """A copy of it that a test may write to."""
    copy = tmp_path / STORE
    copy.write_bytes(lived.read_bytes())
    return copy


@pytest.fixture
def board(call, store):
    def look(*more):
        return {x["code"]: x for x in call("pace", DAY, "--store", store, "--json", *more).json["routes"]}

    return look


def type_in(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


class TestPace:
    def test_the_board_has_every_route_with_the_age_of_every_figure(self, board):
        for line in board().values():
            assert {"done", "expected", "required", "behind", "finish_p50", "chance_late", "rung"} <= line.keys()
            assert {"done", "position", "reported", "served"} == line["ages"].keys()

    def test_a_program_is_told_of_breaks_contact_course_and_causes_too(self, board):
        for line in board().values():
            assert {"taken_s", "owed_s"} <= line["breaks"].keys()
            assert {"trend", "contact", "marked"} <= line.keys()
            assert line["course"][0][1] == 0
            assert line["why"] == [] or sum(reason["share_pct"] for reason in line["why"]) == 100

    def test_a_count_that_was_typed_is_contact_with_the_driver(self, call, store, board, monkeypatch):
        line = board()["CX3"]
        assert line["contact"] is None
        type_in(monkeypatch, f"CX3 {line['done'] + 1}\n")
        call("progress", "-", "--day", DAY, "--store", store, "--by", "maria")
        assert board()["CX3"]["contact"]["what"] == "told the stops"

    def test_at_an_earlier_time_it_is_as_it_was_known_then(self, board):
        now, then = board(), board("--at", "09:05")
        assert sum(x["done"] for x in then.values()) < sum(x["done"] for x in now.values())

    def test_people_see_a_table(self, call, store):
        said = call("pace", DAY, "--store", store)
        assert (said.code, said.err) == (0, "")
        assert "CX1" in said.out

    def test_people_read_why_a_route_is_late(self, call, store):
        said = call("pace", DAY, "--store", store, "--at", "23:00")
        silent = r"(?:not back \d+ min after its last stop|no further stop heard of for \d+ min)"
        first = re.search(rf"CX2: Late because: {silent} \((\d+) %\)", " ".join(said.out.split()))
        assert first is not None
        assert int(first[1]) > 90, "whoever is silent since the morning is late for that above all"

    def test_a_time_that_is_none_is_refused(self, call, store):
        assert "'25:00' is not a time of day" in call("pace", DAY, "--store", store, "--at", "25:00").err


@pytest.mark.parametrize(
    "words",
    [("pace", DAY), ("hourly", DAY, "--by", "maria"), ("alarms", DAY), ("watch", DAY, "--by", "maria")],
    ids=lambda words: words[0],
)
def test_the_road_side_drives_by_the_stations_own_curve(call, store, tmp_path, words):
    own = '[travel]\ncurve = { value = "gone.json", unit = "file", source = "ours" }\n'
    (tmp_path / "own.toml").write_text(own)
    said = call(*words, "--store", store, "--profile", "own.toml")
    assert said.code != 0
    assert "gone.json" in said.err


class TestProgress:
    def test_typed_lines_are_taken_and_what_is_not_understood_is_said(self, call, store, board, monkeypatch):
        before = board()["CX3"]
        type_in(monkeypatch, f"CX3 {before['done'] + 1}\nwhat?\n")
        said = call("progress", "-", "--day", DAY, "--store", store, "--by", "maria")
        assert said.code == 1
        assert f"CX3: {before['done'] + 1} stop" in said.out
        assert "Line 2, 'what?', is not understood." in said.err
        assert board()["CX3"]["done"] == before["done"] + 1

    def test_the_same_file_twice_writes_once(self, call, store, tmp_path, board):
        line = board()["CX3"]
        reports = [{"route": "CX3", "at": line["heard_at"], "stops_done": line["done"], "source": "scanner"},
                   {"route": "CX3", "at": line["heard_at"], "lat": 0, "lng": 0}]  # fmt: skip
        (tmp_path / "told.json").write_text(json.dumps(reports))
        first = call("progress", "told.json", "--day", DAY, "--store", store, "--json").json
        again = call("progress", "told.json", "--day", DAY, "--store", store, "--json").json
        assert (first["written"] > 0, again["written"]) == (True, 0)
        assert {r["outcome"] for r in again["reports"]} <= {"known", "older"}

    def test_what_is_marked_says_why_here_and_on_the_board(self, call, store, tmp_path, board):
        (tmp_path / "told.json").write_text(json.dumps({"route": "CX3", "stops_done": 5000}))
        said = call("progress", "told.json", "--day", DAY, "--store", store)
        assert said.code == 0
        assert "is kept and marked" in said.out
        assert any("marked because" in mark for mark in board()["CX3"]["marked"])

    def test_without_a_day_it_asks_for_one(self, call, store, tmp_path):
        (tmp_path / "told.json").write_text('{"route": "CX3", "stops_done": 1}')
        assert "Say so with --day STATION/YYYY-MM-DD" in call("progress", "told.json", "--store", store).err

    def test_what_is_no_report_at_all_is_refused_with_a_sentence(self, call, store, tmp_path):
        (tmp_path / "told.txt").write_text("hello")
        said = call("progress", "told.txt", "--day", DAY, "--store", store)
        assert said.code == 1
        assert "Traceback" not in said.err


class TestHourly:
    def test_it_is_text_for_people_and_figures_for_programs(self, call, store):
        said = call("hourly", DAY, "--store", store)
        assert said.out.splitlines()[1].startswith("In progress ")
        made = call("hourly", DAY, "--store", store, "--json").json
        assert {"in_progress", "at_risk", "behind", "package_pct", "routes", "text"} <= made.keys()

    def test_a_cause_that_is_none_is_refused(self, call, store):
        assert "is no root cause" in call("hourly", DAY, "--store", store, "--cause", "CX1=bad luck").err
        assert "There is no route CX9" in call("hourly", DAY, "--store", store, "--cause", "CX9=other").err
        assert "'slow pace' names no route" in call("hourly", DAY, "--store", store, "--cause", "slow pace").err
        assert "Leave --at out" in call("hourly", DAY, "--store", store, "--cause", "CX1=", "--at", "09:00").err

    def test_what_a_dispatcher_knows_better_is_written_down_as_one_decision(self, call, store):
        named = ("--cause", "CX1=other: gate closed", "--action", "CX1=rescue planned", "--cause", "cx2=slow pace")
        assert call("hourly", DAY, "--store", store, "--by", "jo", *named).code == 0
        with open_log(store) as log:
            last = log.read(DayKey.parse(DAY))[-3:]
        assert [(e.fact.kind, e.fact.by) for e in last] == [
            ("RootCauseNamed", "jo"), ("ActionNamed", "jo"), ("RootCauseNamed", "jo"),
        ]  # fmt: skip
        assert last[0].fact.note == "gate closed"
        assert len({e.first_n for e in last}) == 1


def test_rates_of_alarms(call, store):
    made = call("alarms", DAY, "--store", store, "--json").json
    assert {"raised", "per_h", "acknowledged", "flood_share", "chattering", "by_hour", "now"} <= made.keys()
    assert "raised" in call("alarms", DAY, "--store", store).out


def test_alarms_that_stand_speak_of_now(call, store):
    with open_log(store) as log:
        desk = Desk(log, DayKey.parse(DAY), by="watch")
        at = log.require(desk.key).last_learned_at
        (route_id,) = [r.route_id for r in desk.day().plan.routes if r.code == "CX3"]
        said = {"what": "CX3 is late.", "why": "", "do": "Call."}
        raised = AlarmRaised(at=at, by="watch", alarm_id="late:CX3:1", route_ids=(route_id,), **said)
        log.append(desk.key, [raised], expected=desk.day().version, learned_at=at)
    (said,) = call("alarms", DAY, "--store", store, "--json").json["now"]
    assert (said["alarm_id"], said["is_current"], said["acknowledged_by"]) == ("late:CX3:1", True, "")
    assert said["what"].startswith("CX3 ")
    assert "nobody is on it" in call("alarms", DAY, "--store", store).out


def test_in_the_night_in_which_clocks_go_back_both_hours_of_the_same_name_are_shown(call, store):
    night, facts = DayKey.parse("DXX1/2026-11-01"), []
    ten_past_one = datetime(2026, 11, 1, 6, 10, tzinfo=UTC)
    for number, at in enumerate((ten_past_one, ten_past_one + timedelta(hours=1))):
        alarm_id = f"late:CX{number}:1"
        facts += [AlarmRaised(at=at, by="watch", alarm_id=alarm_id, route_ids=(), what="Late.", why="", do=""),
                  AlarmCleared(at=at, by="watch", alarm_id=alarm_id, why="")]  # fmt: skip
    opened = DayOpened(at=ten_past_one, by="jo", station="DXX1", service_day="2026-11-01", timezone="America/Chicago")
    with open_log(store) as log:
        log.append(night, [opened, *facts], expected=0, learned_at=facts[-1].at)
    assert "01:00 1, 01:00 1" in call("alarms", night, "--store", store).out
