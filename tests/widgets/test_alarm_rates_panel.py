"""Whether alarms are few, on the home page: for everybody who may look, with the days before to compare."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatchkit import course
from dispatchkit.day.facts.road import AlarmAcknowledged, AlarmCleared, AlarmRaised
from dispatchkit.day.facts.whole_day import FactVoided
from dispatchkit.desk import Desk
from dispatchkit.pace.alarm_rates import alarm_rates
from dispatchkit.records import DayKey
from dispatchkit.roles import Role
from tests.small_day import KEY, STATION, TEN, on_the_road
from tests.small_log import written
from tests.widgets.story import OnPage
from widgets.home.alarm_figures import by_hour, said
from widgets.pages.home import HomePage
from widgets.shell import Shell
from widgets.viewing import Viewing


def raised(number, at=TEN + timedelta(minutes=30)):
    words = {"what": "CX1 is late.", "why": "", "do": "Call."}
    return AlarmRaised(at=at, by="watch", alarm_id=f"late:CX{number}:1", route_ids=("CX1",), **words)


@pytest.fixture
def at(tmp_path, monkeypatch):
    monkeypatch.setenv("DISPATCHKIT_HOME", str(tmp_path))
    return lambda *facts: OnPage(tmp_path, on_the_road().told(*facts), "home", HomePage)


def figures(desk):
    return desk.page.alarm_rates.figures.value


def test_a_day_without_alarms_says_so(at):
    assert "No alarm was raised on this day." in figures(at())


def test_figures_of_the_day_stand_with_their_limits(at):
    taken = AlarmAcknowledged(at=TEN + timedelta(minutes=40), by="maria", alarm_id="late:CX1:1")
    words = figures(at(raised(1), raised(2), taken))
    assert "<dt>Most in an hour</dt><dd>2 (at most 6)</dd>" in words
    assert "2, 1 with nobody on it" in words
    assert "10 min (median of 1)" in words


def test_an_alarm_that_was_taken_back_is_none(at):
    desk = at(raised(1))
    last = desk.day.version
    desk.desk.append([FactVoided(at=TEN, by="maria", n=(last,), why="A slip.")], expected=last)
    desk.shell.look()
    assert "No alarm was raised on this day." in figures(desk)


def test_what_is_over_a_limit_of_the_profile_is_marked():
    facts = [raised(k) for k in range(STATION.alarm_rates.flood_count)]
    rates = alarm_rates(facts, now=TEN + timedelta(hours=1), station=STATION)
    assert "▲ 10 (at most 6)" in said(rates, STATION)
    assert "▲ 10 (at most 9)" in said(rates, STATION)
    assert "hour over" in by_hour(rates.by_hour, STATION, "America/Chicago", "2026-03-14")


def test_each_hour_has_a_bar_with_its_number_and_is_told_to_those_who_do_not_see_it(at):
    words = figures(at(raised(1), raised(2, TEN + timedelta(hours=2))))
    assert 'aria-label="Alarms raised by the hour: 10:00 1, 12:00 1"' in words
    assert "<span>1</span>" in words
    assert "<b>11</b>" in words


def test_days_before_have_a_line_each_and_runs_and_other_stations_none(at):
    desk = at(raised(1))
    for station, day, branch in (("DXX1", 13, ""), ("DXX1", 12, "2"), ("DXX9", 13, ""), ("DXX1", 15, "")):
        key = DayKey(station, replace_day(day), branch)
        story = on_the_road().told(raised(1), AlarmCleared(at=TEN, by="watch", alarm_id="late:CX1:1"))
        written(desk.log, story, key)
    desk.shell.show()
    table = figures(desk).split("Days before")[1]
    assert table.count("<tr>") == 2
    assert "Fri 13 Mar" in table


def replace_day(day):
    return KEY.service_day.replace(day=day)


def test_only_as_many_days_as_the_profile_says(at):
    desk = at()
    for day in range(1, 14):
        Desk(desk.log, DayKey("DXX1", replace_day(day)), by="maria").decide(course.open_day, timezone="UTC")
    station = desk.shell.viewing.station
    desk.shell.viewing.station = replace(station, alarm_rates=replace(station.alarm_rates, days_count=3))
    desk.shell.show()
    assert figures(desk).count('<th scope="row">') == 3


def test_whoever_only_reads_sees_it_too(at):
    desk = at(raised(1))
    page = Shell(Viewing(desk.log, KEY, by="owner", role=Role.READ_ONLY), "home", HomePage).content
    assert page.alarm_rates.figures.value == figures(desk)
