"""The sample day as a newcomer finds it: calm, with one route that needs a person."""

import pytest

from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.pace import Rung, pace_board
from dispatchkit.pace.alarms import standing_at
from dispatchkit.rescue import blockers, proposals
from dispatchkit.run_day import go_on, prepare_sample
from dispatchkit.run_day.sample import BESIDE, shown_until
from dispatchkit.samples import read
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel

STATION, TRAVEL = load(), CalibratedTravel()


@pytest.fixture(scope="module")
def early_afternoon():
    return shown_until(read(BESIDE))


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    with open_log(tmp_path_factory.mktemp("sample") / "days.sqlite") as log:
        prepare_sample(log, None, station=STATION)
        yield log


@pytest.fixture(scope="module")
def key(log):
    return prepare_sample(log, None, station=STATION)[0]


@pytest.fixture(scope="module")
def day(log, key):
    return Desk(log, key, by="test").day()


@pytest.fixture(scope="module")
def board(day, early_afternoon):
    return pace_board(day, now=early_afternoon, station=STATION, travel=TRAVEL)


def test_every_route_has_left_and_about_half_of_the_stops_are_done(board):
    assert len(board) == 38
    assert all(x.departed_at is not None for x in board)
    assert 0.35 <= sum(x.done for x in board) / sum(x.total for x in board) <= 0.6


def test_one_route_clearly_needs_help_and_the_others_do_not(board, day, early_afternoon):
    assert [x.rung for x in board if x.rung.height >= Rung.HELP.height] == [Rung.HELP]
    assert board[0].chance_late > 0.8
    (alarm,) = standing_at(day, early_afternoon)
    assert alarm.raised.route_ids == (board[0].route_id,)
    assert "Send help" in alarm.raised.do
    assert alarm.raised.helps_until > early_afternoon


def test_nobody_has_helped_it_yet_and_a_rescue_is_worth_proposing(board, day, early_afternoon):
    assert day.road.rescues == {}
    best = proposals(day, board[0].route_id, now=early_afternoon, station=STATION, travel=TRAVEL).options[0]
    assert best.giver_after.finish_p80 <= best.giver_after.finish_by
    assert best.helper_after.chance_late <= STATION.rescue.helper_late_share
    assert list(blockers(day, best, at=early_afternoon)) == []


def test_when_the_day_goes_on_whom_to_help_is_still_left_to_the_person(log, key, day, early_afternoon):
    go_on(log, key, until=early_afternoon.replace(hour=14), station=STATION)
    later = Desk(log, key, by="test").day()
    assert later.version > day.version
    assert later.road.rescues == {}
