"""The command line says what it did, in tables for people and JSON for programs, and refuses in sentences."""

import pytest

DAY = "DXX1/2026-03-14"


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


def test_people_see_a_table_and_that_the_road_is_reconstructed(call, station_day):
    said = call("run-day", station_day)
    assert "sound" in said.out
    assert "reconstructed" in said.out


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


def test_the_doctor_finds_this_installation_well(call):
    said = call("doctor", "--json")
    assert said.json["well"], [f for f in said.json["findings"] if not f["well"]]
    assert {"Python", "SQLite", "store", "browser"} <= {f["what"] for f in said.json["findings"]}


def test_names_that_try_to_do_harm_are_shown_harmlessly(call, station_day, tmp_path):
    call("run-day", station_day, "--report", tmp_path)
    html = (tmp_path / "DXX1_2026-03-14.html").read_text("utf-8")
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" not in html or "<td>c0-1&lt;script&gt;" in html
