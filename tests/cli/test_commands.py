"""The command line says what it did, in tables for people and JSON for programs, and refuses in sentences."""

import json
import signal
import subprocess
import sys
import time

import pytest

from dispatchkit.errors import WorkbenchError
from dispatchkit.log import open_log
from tests.small_station_day import DAY, write_station_day

HEADINGS = {
    "run-day": "day routes stops packages not delivered open late rescues",
    "days": "day routes stops facts state last entry",
    "doctor": "what found",
}


def two_stations(folder):
    """A folder whose tables hold the same day of two stations."""
    write_station_day(folder)
    other = write_station_day(folder.with_name("other"), station="DYY2", vans=2, harm=())
    for name in ("customers.csv", "vehicles.csv", "departures.csv", "depots.csv"):
        rows = (other / name).read_text("utf-8").split("\n", 1)[1]
        with (folder / name).open("a", encoding="utf-8") as table:
            table.write(rows.replace("Route", "Other").replace("c0-", "d0-").replace("c1-", "d1-"))
    return folder


def facts_in(store):
    """Facts of all days in a store that another program is writing, 0 while there is none."""
    try:
        with open_log(store, create=False) as log:
            return sum(head.version for head in log.days())
    except WorkbenchError:
        return 0


def test_a_day_is_run_listed_reported_and_verified(call, station_day, tmp_path):
    ran = call("run-day", station_day, "--json", "--report", tmp_path / "reports")
    assert ran.code == 0
    wanted = {
        "station", "day", "routes", "stops", "packages", "delivered", "attempted", "returned", "missing",
        "balance_difference", "rescues", "late_routes", "alarms", "facts", "chain_ok", "seconds", "reconstructed",
    }  # fmt: skip
    assert wanted <= ran.json.keys()
    assert (ran.json["day"], ran.json["balance_difference"]) == ("2026-03-14", 0)
    assert [d["state"] for d in call("days", "--json").json] == ["closed"]
    assert call("verify", "--json").json["ok"]
    assert (tmp_path / "reports" / "DXX1_2026-03-14.html").is_file()
    reported = call("report", DAY, "--out", tmp_path / "again.html")
    assert reported.code == 0
    assert "reconstructed" in (tmp_path / "again.html").read_text("utf-8")


def test_people_see_a_table_the_sums_and_that_the_road_is_reconstructed(call, station_day):
    said = call("run-day", station_day)
    assert "1 of 1 days closed: 3 routes" in said.out
    assert "36 packages" in said.out
    assert "reconstructed" in said.out
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("words", [("run-day", "station day"), ("days",), ("doctor",)])
def test_tables_fit_a_terminal_of_eighty_columns_with_whole_words(call, station_day, monkeypatch, words):
    call("run-day", station_day)
    monkeypatch.setenv("COLUMNS", "80")
    table = [line.strip() for line in call(*words).out.split("\n\n")[0].splitlines()]
    assert max(map(len, table)) <= 80
    assert table[0].split() == HEADINGS[words[0]].split()
    if words[0] != "doctor":
        assert table[2].startswith((f"{DAY} ", f"{DAY}@2 "))


def test_a_program_that_reads_along_gets_whole_sentences(call, station_day, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    said = call("run-day", station_day).out
    assert any(line.startswith("1 of 1 days closed") and line.endswith(" s.") for line in said.splitlines())


def test_json_is_one_object_and_progress_never_stands_in_it(call, station_day):
    ran = call("run-day", station_day, "--json")
    assert isinstance(ran.json, dict)
    assert (ran.json["closed"], ran.json["left_open"]) == (True, [])
    assert ran.err == ""


def test_several_station_dates_are_one_object_with_their_sums(call, tmp_path):
    folder = two_stations(tmp_path / "both")
    both = call("run-day", folder, "--json").json
    assert both["station"] == ["DXX1", "DYY2"]
    assert both["day"] == ["2026-03-14", "2026-03-14"]
    assert [d["station"] for d in both["days"]] == ["DXX1", "DYY2"]
    for key in ("routes", "stops", "packages", "delivered", "attempted", "returned", "missing", "facts"):
        assert both[key] == sum(day[key] for day in both["days"])
    assert both["packages"] == both["delivered"] + both["attempted"] + both["returned"] + both["missing"]


def test_a_second_run_is_a_branch_that_can_be_named(call, station_day, tmp_path):
    call("run-day", station_day)
    assert call("run-day", station_day, "--json").json["branch"] == "2"
    assert [d["day"] for d in call("days", "--json").json] == [DAY, f"{DAY}@2"]
    assert call("report", f"{DAY}@2").code == 0
    assert (tmp_path / "DXX1_2026-03-14_run2.html").is_file()


def test_one_seed_writes_the_same_facts_into_two_stores(call, station_day, tmp_path):
    lines = []
    for name in ("one", "other"):
        call("run-day", station_day, "--seed", "7", "--store", tmp_path / f"{name}.sqlite")
        call("export", DAY, tmp_path / f"{name}.jsonl", "--store", tmp_path / f"{name}.sqlite")
        lines.append([json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text("utf-8").splitlines()])
    one, other = ([line["fact"] for line in held if line["line"] == "fact"] for held in lines)
    assert one
    assert one == other


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process alone.")
def test_a_run_stopped_with_ctrl_c_says_so_and_leaves_a_log_that_verifies(call, home, tmp_path):
    folder = write_station_day(tmp_path / "long day", vans=4, stops=80)
    store = tmp_path / "stopped.sqlite"
    command = [sys.executable, "-m", "dispatchkit", "run-day", str(folder), "--store", str(store)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while running.poll() is None and facts_in(store) < 50:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert "Stopped. Everything that was written is safe." in err
    assert "Traceback" not in err
    checked = call("verify", "--store", store, "--json").json
    assert checked["ok"]
    assert checked["facts"] >= 50


def test_an_import_commits_the_plan_and_the_same_files_again_change_nothing(call, station_day):
    first, again = call("import", station_day, "--json"), call("import", station_day, "--json")
    assert (first.json[0]["committed"], first.json[0]["repeated"]) == (True, False)
    assert (again.json[0]["committed"], again.json[0]["repeated"]) == (False, True)
    facts = [d["facts"] for d in call("days", "--json").json]
    call("import", station_day)
    assert [d["facts"] for d in call("days", "--json").json] == facts


def test_a_draft_commits_nothing(call, station_day):
    assert not call("import", station_day, "--draft", "--json").json[0]["committed"]


def test_a_bad_file_changes_nothing_and_says_what_to_mend(call, station_day):
    call("import", station_day)
    before = call("days", "--json").json
    customers = station_day / "customers.csv"
    customers.write_text(customers.read_text("utf-8").replace("41.600000", "forty", 1), "utf-8")
    refused = call("import", station_day)
    assert refused.code == 1
    assert "row 2" in refused.err
    assert "Traceback" not in refused.err
    assert call("days", "--json").json == before


def test_a_day_goes_to_another_store_as_readable_lines(call, station_day, tmp_path):
    call("run-day", station_day)
    assert call("export", DAY, tmp_path / "day.jsonl").code == 0
    other = tmp_path / "other.sqlite"
    assert call("import", tmp_path / "day.jsonl", "--store", other).code == 0
    assert call("verify", "--store", other, "--json").json["facts"] == call("verify", "--json").json["facts"]


def test_a_backup_brings_everything_back(call, station_day, tmp_path):
    call("run-day", station_day)
    call("backup", tmp_path / "days.bak")
    fresh = tmp_path / "fresh.sqlite"
    assert call("restore", tmp_path / "days.bak", "--store", fresh).code == 0
    assert call("days", "--store", fresh, "--json").json == call("days", "--json").json


def test_a_store_with_days_is_not_overwritten_unasked(call, station_day, tmp_path):
    call("import", station_day)
    call("backup", tmp_path / "days.bak")
    refused = call("restore", tmp_path / "days.bak")
    assert refused.code == 1
    assert call("restore", tmp_path / "days.bak", "--replace").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("report", "DXX9/2026-03-14"), "no day DXX9"),
        (("report", "yesterday"), "STATION/YYYY-MM-DD"),
        (("run-day", "nowhere"), "nowhere"),
        (("restore", "nowhere.bak"), "nowhere.bak"),
        (("verify", "--store", "mysql://x/y"), "postgresql"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(call, station_day, words, sentence):
    call("import", station_day)
    refused = call(*words)
    assert refused.code != 0
    assert sentence in refused.err
    assert "Traceback" not in refused.err
