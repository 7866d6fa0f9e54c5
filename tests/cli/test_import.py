"""`dispatchkit import` and `dispatchkit inbox`, as typed."""

import signal
import subprocess
import sys
import time

import pytest

from tests import small_papers as papers


@pytest.fixture
def files(tmp_path):
    """A folder with the station's plan and the people, and the profile beside it."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / papers.DOP_NAME).write_bytes(papers.day_of_ops())
    (folder / "AssociateData.csv").write_bytes(papers.associates())
    (tmp_path / "DXX1.toml").write_text(papers.PROFILE, encoding="utf-8")
    return folder


OWN = ("--profile", "DXX1.toml")


def test_a_question_is_printed_with_the_answer_to_give_and_nothing_is_imported(call, files):
    asked = call("import", files, *OWN)
    assert (asked.code, asked.out) == (1, "")
    assert asked.err.startswith("Nothing was imported.")
    assert "--answer stops=estimate" in asked.err
    assert call("days", "--json").json == []


def test_an_answer_lets_it_in(call, files):
    taken = call("import", files, *OWN, "--answer", "stops=estimate", "--json")
    assert (taken.code, taken.json[0]["day"], taken.json[0]["routes"]) == (0, papers.DAY, 2)
    assert taken.json[0]["committed"]
    assert call("verify", "--json").json["ok"]


def test_a_preview_says_what_would_change_and_changes_nothing(call, files):
    (files / papers.routes_name()).write_bytes(papers.routes())
    shown = call("import", files, *OWN, "--preview")
    assert shown.code == 0
    assert "2 routes, 346 stops, 638 packages: the day's plan." in shown.out
    assert "Pre-load-out:" in shown.out
    assert call("days", "--json").json == []
    assert call("import", files, *OWN, "--preview", "--json").json["can_be_taken"]


def test_a_preview_with_a_question_ends_with_code_1(call, files):
    shown = call("import", files, *OWN, "--preview", "--json")
    assert (shown.code, shown.json["can_be_taken"]) == (1, False)
    assert shown.json["questions"][0]["options"].keys() == {"estimate", "wait"}


def test_files_that_name_no_day_go_to_the_day_that_is_named(call, files):
    alone = call("import", files / "AssociateData.csv", *OWN)
    assert (alone.code, "Say which day" in alone.err) == (1, True)
    assert call("import", files / "AssociateData.csv", *OWN, "--day", papers.DAY).code == 0


def test_a_new_day_takes_the_time_zone_that_is_named(call, files):
    words = ("import", files, "--answer", "dsp=QWER", "--answer", "stops=estimate")
    assert "--answer timezone=America/New_York" in call(*words).err
    assert call(*words, "--timezone", "America/Chicago").code == 0
    assert call("days", "--json").json[0]["timezone"] == "America/Chicago"


def test_the_same_files_again_change_nothing(call, files):
    words = ("import", files, *OWN, "--answer", "stops=estimate")
    call(*words)
    before = call("days", "--json").json
    again = call("import", files, *OWN)
    assert (again.code, "imported before. Nothing was changed." in again.out) == (0, True)
    assert call("days", "--json").json == before


def test_an_answer_that_is_none_is_said(call, files):
    refused = call("import", files, "--answer", "stops")
    assert (refused.code, "ID=OPTION" in refused.err) == (2, True)


def _routes(call, store):
    """Routes of the one day of a store; none while there is no store or no day."""
    return sum(day["routes"] for day in call("days", "--json", "--store", store).json) if store.is_file() else 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process alone.")
def test_a_watched_folder_ends_cleanly_with_ctrl_c(call, files, home, tmp_path):
    (files / papers.routes_name()).write_bytes(papers.routes())
    store = tmp_path / "watched.sqlite"
    words = ["inbox", str(files), *OWN, "--store", str(store), "--day", papers.DAY]
    command = [sys.executable, "-m", "dispatchkit", *words]
    watching = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    until = time.monotonic() + 60
    while time.monotonic() < until and not _routes(call, store):
        time.sleep(0.1)
    watching.send_signal(signal.SIGINT)
    out, err = watching.communicate(timeout=60)
    assert (watching.returncode, err) == (0, "")
    assert "2 routes, 346 stops, 638 packages" in out
    assert "is not watched any more" in out


def test_a_question_lists_what_it_is_about_and_a_file_in_the_way_can_be_left_out(call, files):
    call("import", files, *OWN, "--answer", "stops=estimate")
    (files / papers.DOP_NAME).write_bytes(papers.day_of_ops(packages=331))
    (files / "cat.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    asked = call("import", files, *OWN)
    assert (asked.code, "    CX101: packages 319 → 331" in asked.err) == (1, True)
    shown = call("import", files, *OWN, "--preview", "--json").json
    assert shown["questions"][-1]["details"][0].startswith("CX101: packages 319 → 331")
    (unusable,) = [q["id"] for q in shown["questions"] if q["id"].startswith("unusable")]
    taken = call("import", files, *OWN, "--answer", f"{unusable}=leave", "--answer", "plan=adopt")
    assert (taken.code, "2 routes of the plan changed" in taken.out) == (0, True)
