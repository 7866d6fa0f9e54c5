import pytest

from dispatchkit.pace.ladder import WHAT_TO_DO, Rung, catch_up_min, rung

HOUR = 3600


def test_forty_behind_is_ninety_minutes_of_help_by_the_trades_rule_of_thumb(station):
    assert catch_up_min(40, station.pace) == 90
    assert catch_up_min(-3, station.pace) == 0


@pytest.mark.parametrize(
    ("behind", "chance_late", "left_s", "stands"),
    [
        (0, 0.05, 6 * HOUR, Rung.ON_PACE),
        (-12, 0.0, 6 * HOUR, Rung.ON_PACE),
        (8, 0.05, 6 * HOUR, Rung.WATCH),
        (0, 0.2, 6 * HOUR, Rung.WATCH),
        (15, 0.05, 6 * HOUR, Rung.CALL),
        (0, 0.45, 6 * HOUR, Rung.CALL),
        (40, 0.9, 6 * HOUR, Rung.HELP),
        (40, 0.9, 2 * HOUR, Rung.RESCUE_VAN),
    ],
)
def test_every_rung_has_its_reason(station, behind, chance_late, left_s, stands):
    assert rung(behind=behind, chance_late=chance_late, left_s=left_s, pace=station.pace) is stands


def test_a_route_that_was_helped_is_judged_by_its_window_alone(station):
    figures = {"behind": 40, "left_s": 6 * HOUR, "pace": station.pace, "helped": True}
    assert rung(chance_late=0.05, **figures) is Rung.ON_PACE
    assert rung(chance_late=0.9, **figures) is Rung.HELP


def test_a_silent_driver_is_watched(station):
    assert rung(behind=0, chance_late=0.0, left_s=HOUR, pace=station.pace, silent=True) is Rung.WATCH


def test_with_help_on_the_way_there_is_nothing_more_to_send(station):
    figures = {"behind": 40, "chance_late": 0.95, "left_s": 6 * HOUR, "pace": station.pace}
    assert rung(help_coming=True, **figures) is Rung.WATCH


def test_where_no_stop_is_left_to_take_over_there_is_only_the_driver_to_call(station):
    figures = {"behind": 0, "chance_late": 1.0, "pace": station.pace, "stops_left": False}
    assert rung(left_s=6 * HOUR, **figures) is Rung.CALL
    assert rung(left_s=-HOUR, **figures) is Rung.CALL


def test_a_route_that_stands_at_the_station_past_its_time_needs_somebody_whatever_its_pace(station):
    figures = {"behind": 0, "chance_late": 0.0, "left_s": 9 * HOUR, "pace": station.pace}
    assert rung(overdue_s=station.pace.overdue_s, **figures) is Rung.ON_PACE
    assert rung(overdue_s=station.pace.overdue_s + 1, **figures) is Rung.GET_OUT
    late = figures | {"behind": 80, "chance_late": 1.0, "left_s": HOUR}
    assert rung(overdue_s=3 * HOUR, **late) is Rung.GET_OUT


def test_the_rungs_rise_and_each_says_what_to_do():
    assert [r.height for r in Rung] == [0, 1, 2, 3, 4, 5]
    assert set(WHAT_TO_DO) == set(Rung)
