"""The sample days as a newcomer finds them; the one that is opened is calm, with one route that needs a person."""

from datetime import UTC, datetime, timedelta

import pytest

from dispatchkit.day.facts.whole_day import DayOpened
from dispatchkit.desk import Desk
from dispatchkit.errors import NotFound, Refused
from dispatchkit.log import open_log
from dispatchkit.pace import Rung, pace_board
from dispatchkit.pace.alarms import standing_at
from dispatchkit.records import DayKey
from dispatchkit.rescue import blockers, proposals
from dispatchkit.run_day import go_on, prepare_sample
from dispatchkit.run_day.sample import BESIDE, CURRENT, HISTORY_ENDS, SAMPLE_DAYS, shown_until
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel

STATION, TRAVEL = load(), CalibratedTravel()
TEN = datetime(2026, 2, 21, 16, tzinfo=UTC)


@pytest.fixture(scope="module")
def early_afternoon():
    return shown_until("America/Chicago")


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    with open_log(tmp_path_factory.mktemp("sample") / "days.sqlite") as log:
        prepare_sample(log, only=[CURRENT])
        yield log


@pytest.fixture(scope="module")
def key(log):
    return prepare_sample(log, only=[CURRENT])[0]


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
    assert board[0].chance_late > STATION.pace.help_late_share
    (alarm,) = standing_at(day, early_afternoon)
    assert alarm.raised.route_ids == (board[0].route_id,)
    assert "Call the driver" in alarm.raised.do     # it was raised early, while that was enough
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


def test_all_sample_days_and_their_history_are_laid_out_once_and_then_left_alone(tmp_path):
    told = []
    with open_log(tmp_path / "days.sqlite") as log:
        assert prepare_sample(log, say=told.append) == (SAMPLE_DAYS[CURRENT], True)
        keys = {head.key for head in log.days()}
        assert keys >= {*SAMPLE_DAYS.values(), HISTORY_ENDS}
        assert len(keys) == 6 + 56
        assert len(told) == 7
        go_on(log, SAMPLE_DAYS["rescue_cascade"], until=log.require(SAMPLE_DAYS["rescue_cascade"]).last_learned_at
              + timedelta(minutes=20), station=STATION)   # fmt: skip
        versions = {head.key: head.version for head in log.days()}
        assert prepare_sample(log) == (SAMPLE_DAYS[CURRENT], False)
        assert {head.key: head.version for head in log.days()} == versions


def test_the_drivers_have_invented_names_and_who_is_erased_stays_so(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        key, _ = prepare_sample(log, only=[CURRENT, "malformed", "history"])
        names = log.directory.every("name")
        for shown in (key, SAMPLE_DAYS["malformed"], HISTORY_ENDS):
            day = Desk(log, shown, by="test").day()
            assert names.keys() >= {*day.pre_load_out.roster.driver, *day.pre_load_out.driver_of.values()}
        erased = next(iter(names))
        log.directory.erase(erased)
        assert prepare_sample(log, only=[CURRENT, "malformed", "history"])[1] is False
        assert log.directory.every("name") == {d: name for d, name in names.items() if d != erased}


def test_a_single_day_is_laid_out_when_it_is_named(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        assert prepare_sample(log, only=["malformed"]) == (SAMPLE_DAYS["malformed"], True)
        assert [head.key for head in log.days()] == [SAMPLE_DAYS["malformed"]]
        assert prepare_sample(log, only=["history"]) == (HISTORY_ENDS, True)
        assert prepare_sample(log, only=["history", "malformed"]) == (HISTORY_ENDS, False)


def test_a_day_that_is_no_sample_day_is_refused_with_those_that_are(log):
    with pytest.raises(NotFound, match=r"no sample day 'monday'.*bad_morning.*history"):
        prepare_sample(log, only=["monday"])


def test_where_there_are_no_sample_data_that_is_said(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log, pytest.raises(NotFound, match=r"log\.jsonl\.gz cannot be read"):
        prepare_sample(log, tmp_path)


def test_a_history_that_is_half_there_is_not_laid_over(tmp_path, log):
    with open_log(tmp_path / "days.sqlite") as other:
        first = DayKey("DXX2", HISTORY_ENDS.service_day - timedelta(days=9))
        other.append(first, [DayOpened(at=TEN, by="maria", station="DXX2", service_day=str(first.service_day),
                                       timezone="America/Chicago")], expected=0, learned_at=TEN)   # fmt: skip
        with pytest.raises(Refused, match="already has DXX2/2026-02-21"):
            prepare_sample(other, BESIDE, only=["history"])
        assert [head.key for head in other.days()] == [first]
