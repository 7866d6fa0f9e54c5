"""Ids with formulas, elements, quotes and direction marks: kept to the letter, executed nowhere, shown escaped."""

import pytest

from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from tests.reports.pages import Seen
from tests.small_station_day import DAY, HARMFUL, HARMFUL_VAN, write_station_day

SEED_ON_WHICH_ITS_VAN_PASSES = 1
PACKAGES = [f"c0-{n}{tail}" for n, tail in enumerate(HARMFUL)]
UNSAFE = {chr(n) for n in (*range(32), 127, *range(128, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200F)}
"""Controls and direction marks; a line end is the terminal's own."""

EVERY_VAN_FAILS = '[simulator]\ndefect = { value = 100, unit = "%", source = "this test" }'
"""So that every package comes back and is listed, and every van is spoken of."""


def shown(text):
    return text.replace("\u202e", "\\u202e")


@pytest.fixture
def harmful_day(tmp_path):
    return write_station_day(tmp_path / "day", first_van=HARMFUL_VAN)


@pytest.fixture
def ran(call, harmful_day, tmp_path):
    (tmp_path / "own.toml").write_text(EVERY_VAN_FAILS, encoding="utf-8")
    said = call("run-day", harmful_day, "--profile", tmp_path / "own.toml", "--report", tmp_path / "reports")
    assert said.code == 0
    return said


def test_the_report_shows_them_to_the_letter_and_makes_nothing_of_them(ran, tmp_path):
    seen = Seen((tmp_path / "reports" / "DXX1_2026-03-14.html").read_text("utf-8"))
    for package_id in PACKAGES:
        assert shown(package_id) in seen.words
    assert not {"script", "img"} & set(seen.tags)
    assert not any(name.startswith("on") for _, name, _ in seen.attributes)
    assert "\u202e" not in seen.text


def test_a_van_with_such_a_name_is_shown_to_the_letter(call, harmful_day, tmp_path):
    call("run-day", harmful_day, "--seed", SEED_ON_WHICH_ITS_VAN_PASSES, "--report", tmp_path / "reports")
    seen = Seen((tmp_path / "reports" / "DXX1_2026-03-14.html").read_text("utf-8"))
    assert shown(HARMFUL_VAN) in seen.words
    assert not {"script", "img"} & set(seen.tags)


def test_the_map_in_it_makes_nothing_of_them_either(ran, tmp_path):
    report = Seen((tmp_path / "reports" / "DXX1_2026-03-14.html").read_text("utf-8"))
    inner = Seen(report.value("iframe", "srcdoc"))
    assert "img" not in inner.tags
    assert not any("alert(" in script for script in inner.scripts)
    assert not any(name.startswith("on") for _, name, _ in inner.attributes)


@pytest.mark.parametrize("words", [("days",), ("verify",), ("report", DAY), ("import", "day"), ("run-day", "day")])
def test_no_control_or_direction_mark_reaches_the_terminal(call, ran, words):
    said = call(*words)
    for text in (ran.out, ran.err, said.out, said.err):
        assert not UNSAFE & set(text.replace("\n", ""))


def test_a_sentence_about_such_a_package_spells_its_marks_out(call, harmful_day):
    customers = harmful_day / "customers.csv"
    lines = customers.read_text("utf-8").splitlines()
    customers.write_text("\n".join([*lines, lines[3]]) + "\n", "utf-8")            # c0-2, with the direction mark
    refused = call("import", harmful_day)
    assert refused.code == 1
    assert "\\u202egnp.exe" in refused.err
    assert not UNSAFE & set(refused.err.replace("\n", ""))


def test_a_control_character_in_an_id_is_refused_and_spelt_out(call, harmful_day):
    customers = harmful_day / "customers.csv"
    customers.write_text(customers.read_text("utf-8").replace("c1-0", "c1-0\x1b[2J", 1), "utf-8")
    refused = call("import", harmful_day)
    assert refused.code == 1
    assert "\\u001b[2J" in refused.err
    assert "\x1b" not in refused.err


def test_what_the_user_typed_is_not_read_as_markup_or_control(call):
    refused = call("run-day", "[bold]no\x1b[2J\u202ewhere")
    assert refused.code == 1
    assert "[bold]no\\u001b[2J\\u202ewhere" in refused.err
    assert not UNSAFE & set(refused.err.replace("\n", ""))


def test_files_are_named_by_station_and_date_alone(ran, call, tmp_path):
    call("report", DAY)
    assert [p.name for p in (tmp_path / "reports").iterdir()] == ["DXX1_2026-03-14.html"]
    written = {p.name for p in tmp_path.iterdir()}
    assert written == {"day", "home", "own.toml", "reports", "DXX1_2026-03-14.html"}


@pytest.mark.parametrize("station", ["../../up", "=cmd|calc", "<b>", "D\u202eX", "a/b", "CON:"])
def test_a_station_that_would_name_another_file_is_refused(call, tmp_path, station):
    folder = write_station_day(tmp_path / "day", station=station)
    before = sorted(p.name for p in tmp_path.iterdir())
    refused = call("run-day", folder, "--report", tmp_path / "reports", "--store", tmp_path / "days.sqlite")
    assert refused.code == 1
    assert "may hold letters, digits" in refused.err
    assert not UNSAFE & set(refused.err.replace("\n", ""))
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "days.sqlite") == before


def test_nothing_of_them_is_lost_on_the_way(ran, home):
    with open_log(home / "days.sqlite", create=False) as log:
        before = Desk(log, DayKey.parse(DAY), by="test").day().pre_load_out
    assert {p.package_id for stop in before.plan.stops for p in stop.packages} >= set(PACKAGES)
    assert HARMFUL_VAN in before.fleet.van
