"""Whoever looks at a route sees the same chance of its being late: each knows the same past."""

import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.day.facts.road import AlarmRaised
from dispatchkit.history import Histories
from dispatchkit.log import open_log
from dispatchkit.pace import pace_board
from dispatchkit.run_day.watching import Watch
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_past import begins, clock, leaves, lived
from widgets.pages.road import RoadPage
from widgets.shell import Shell
from widgets.viewing import Viewing

STATION, TRAVEL = load(), CalibratedTravel()
NOW = clock(3, 15, 2)
STORE = "days.sqlite"


@pytest.fixture
def log(tmp_path):
    """Three days on which CX1's driver was slow, and the morning of the fourth."""
    with open_log(tmp_path / STORE) as opened:
        for number in range(3):
            lived(opened, number, slow=2.0)
        yield opened


@pytest.fixture
def today(log):
    desk = begins(log, 3)
    told = [fact for fact in leaves(desk, slow=2.0) if fact.at <= NOW]
    log.append(desk.key, told, expected=desk.day().version, learned_at=NOW)
    return desk


def test_page_command_line_and_watch_say_the_same(log, today, tmp_path, call, home):
    past = Histories(log, STATION, TRAVEL).of(today.day())
    board = {x.code: x for x in pace_board(today.day(), now=NOW, station=STATION, travel=TRAVEL, past=past)}
    alone = {x.code: x for x in pace_board(today.day(), now=NOW, station=STATION, travel=TRAVEL)}
    assert board["CX1"].chance_late > alone["CX1"].chance_late + 0.05
    chance = f"{board['CX1'].chance_late:.0%}"

    wall = FrozenClock(NOW)
    page = Shell(Viewing(log, today.key, by="maria", wall=wall), "road", RoadPage).content
    assert chance in str(page.board._sent.everything())

    said = call("pace", today.key, "--store", tmp_path / STORE, "--at", "10:02", "--json").json["routes"]
    assert {x["code"]: x["chance_late"] for x in said} == pytest.approx({c: x.chance_late for c, x in board.items()})

    Watch(log, days=[today.key], who="maria", station=STATION, say=lambda _: None, wall=wall).look()
    (alarm,) = (e.fact for e in log.read(today.key) if isinstance(e.fact, AlarmRaised))
    assert f"chance of being late {chance}" in alarm.why
