"""What is promised before the day is what the road page says in the morning."""

import pytest

from dispatchkit.pace import pace_board
from dispatchkit.plan.realism.morning import first_departure, morning, projections
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.plan.realism.asked import checked
from tests.small_day import STATION, at_the_dock, plan, route

TRAVEL = CalibratedTravel()


def test_the_report_and_the_board_of_the_morning_say_the_same():
    day = at_the_dock().day
    now = first_departure(day.plan)
    board = {line.route_id: line for line in pace_board(day, now=now, station=STATION, travel=TRAVEL)}
    for line in checked(day.plan).routes:
        shown = board[line.route_id]
        assert (line.p50, line.p90) == (shown.finish_p50, shown.finish_p90)
        assert line.chance_in_time == pytest.approx(1 - shown.chance_late)


def test_nothing_is_driven_on_such_a_morning():
    day = morning(plan(route("CX1"), route("CX7")), {"CX1": "A1"})
    assert day.pre_load_out.driver_of == {"CX1": "A1"}
    assert {r: on.remaining for r, on in day.road.routes.items()} == {
        "CX1": ("CX1:1", "CX1:2", "CX1:3"), "CX7": ("CX7:1", "CX7:2", "CX7:3")
    }
    assert not day.load_out.departed


def test_every_route_has_its_projection():
    assert list(projections(plan(route("CX7"), route("CX1")), STATION, TRAVEL)) == ["CX7", "CX1"]
