"""A simulated day that moves by itself, and one that another program moves and that is steered from here."""

from datetime import UTC, date, datetime

import pytest
import typer

from dispatchkit.cli.options import station_time
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from tests.small_day import TEN, planned
from tests.small_log import written
from tests.small_playback import died, kept_alive, moved
from tests.small_station_day import DAY

TUESDAY = DayKey("DXX2", date(2026, 3, 10))
ZONE = "America/Chicago"


def test_a_folder_is_simulated_step_by_step(call, station_day, tmp_path):
    store = tmp_path / "days.sqlite"
    begun = call("simulate", station_day, "--step", "780", "--store", store, "--json")
    assert (begun.code, begun.json["all_back"], begun.json["day"]) == (0, False, DAY)
    on = call("simulate", DAY, "--until", "09:40", "--speed", "60", "--step", "5", "--store", store)
    assert "Say --until or --step, not both" in on.err
    went_on = call("simulate", DAY, "--step", "5", "--store", store)
    assert "◆ Simulated" in went_on.out
    assert "It can go on from there at any time." in went_on.out
    past = call("simulate", DAY, "--until", "00:10", "--store", store)
    assert "past midnight with its weekday" in " ".join(past.err.split())
    assert call("simulate", DAY, "--step", "1200", "--store", store, "--json").json["all_back"] is True


@pytest.mark.parametrize("speed", ["0.5", "61"])
def test_slower_than_life_and_faster_than_sixty_times_are_refused(call, station_day, speed):
    assert call("simulate", station_day, "--speed", speed).code == 2


@pytest.mark.parametrize("step", ["0", "2161", "99999999999999"])
def test_a_step_is_no_longer_than_a_day_lasts(call, station_day, step):
    assert call("simulate", station_day, "--step", step).code == 2


def test_a_real_day_is_not_simulated(call, tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        written(log, planned())
    assert "is a real day" in call("simulate", DAY, "--step", "5", "--store", tmp_path / "days.sqlite").err


def test_what_is_neither_folder_nor_day_is_refused(call):
    said = call("simulate", "nowhere")
    assert (said.code, "'nowhere' is not a day" in said.err, "`demo`" in said.err) == (2, True, True)


@pytest.fixture
def steered(call, tmp_path):
    """``steered("--freeze", …)``: said to a day that another program moves since ten; its playback then."""
    store = tmp_path / "moving.sqlite"
    with open_log(store) as log:
        key = written(log, planned()).key
        moved(log, key, at=TEN)

    def steer(*wishes):
        said = call("simulate", key, *wishes, "--by", "maria", "--store", store, "--json")
        assert said.code == 0, said.err
        with open_log(store) as log:
            return said.json, log.playbacks.of(key)

    steer.store, steer.key = store, key
    return steer


def test_a_day_that_moves_is_frozen_and_let_go_on(steered):
    said, playback = steered("--freeze")
    assert (said["frozen"], said["stands_at"], playback.frozen, playback.who) == (True, "10:00", True, "maria")
    assert not steered("--resume")[1].frozen


def test_a_day_that_moves_is_made_faster_and_stepped(steered):
    with open_log(steered.store) as log, kept_alive(log, steered.key):
        assert steered("--speed", "30")[1].speed == 30
        assert steered("--step", "5")[0]["goes_to"] == "10:05"
        assert steered("--next-need")[1].to_need


def test_after_a_simulator_was_killed_the_next_one_moves_the_day_itself(call, station_day, tmp_path):
    store = tmp_path / "days.sqlite"
    begun = call("simulate", station_day, "--step", "780", "--store", store, "--json").json
    with open_log(store) as log:
        moved(log, DayKey.parse(DAY), at=log.require(DayKey.parse(DAY)).last_learned_at, for_s=2)
    went_on = call("simulate", DAY, "--step", "5", "--store", store, "--json").json
    assert went_on["stands_at"] > begun["stands_at"]


def test_a_day_that_does_not_move_cannot_be_frozen_and_it_says_how_to_start_it(call, steered):
    with open_log(steered.store) as log:
        died(log, steered.key)
    said = call("simulate", steered.key, "--freeze", "--store", steered.store)
    assert (said.code, "dispatchkit simulate DXX1/2026-03-14" in said.err.replace("\n", " ")) == (1, True)


@pytest.mark.parametrize(
    ("text", "day", "hour", "minute"),
    [("15:00", 10, 20, 0), ("00:30 (Wed)", 11, 5, 30), ("00:30(wed)", 11, 5, 30), ("00:30 Wed", 11, 5, 30),
     ("15:00 (Tue)", 10, 20, 0)],
)  # fmt: skip
def test_a_time_past_midnight_carries_its_weekday(text, day, hour, minute):
    assert station_time(text, TUESDAY, ZONE) == datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("text", ["00:30 (Thu)", "13:00 (Wed)", "12:00 (Mon)"])
def test_a_time_on_which_the_day_does_not_last_is_refused(text):
    with pytest.raises(typer.BadParameter, match="from Tue to noon of Wed"):
        station_time(text, TUESDAY, ZONE)


@pytest.mark.parametrize("text", ["late", "25:00", "", "(Wed)"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(typer.BadParameter, match="not a time of day"):
        station_time(text, TUESDAY, ZONE)
