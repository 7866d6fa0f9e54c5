"""What is worked out of a day is worked out once for it, and anew for another day or another question."""

from datetime import timedelta

from dispatchkit.day.facts.road import StopServed
from dispatchkit.day.remembered import remembered
from dispatchkit.eos.balance import balance
from dispatchkit.pace.board import pace_board
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import TEN, on_the_road

STATION, TRAVEL = load(), CalibratedTravel()
NOON = TEN + timedelta(hours=2)


def test_the_same_question_about_the_same_day_is_answered_once():
    asked = []

    @remembered
    def stops(day, *, more):
        asked.append(more)
        return len(day.plan.stops) + more

    day = on_the_road().day
    assert stops(day, more=1) == stops(day, more=1) == stops(day, more=2) - 1
    assert asked == [1, 2]
    stops(on_the_road().day, more=2)
    assert asked == [1, 2, 2]


def test_two_figures_of_a_day_do_not_get_into_each_others_way():
    @remembered
    def routes(day):
        return len(day.plan.routes)

    @remembered
    def version(day):
        return day.version

    day = on_the_road().day
    assert [routes(day), version(day)] * 2 == [len(day.plan.routes), day.version] * 2


def test_the_balance_and_the_pace_board_are_made_once_for_a_day():
    story = on_the_road()
    day = story.day
    assert balance(day) is balance(day)
    asked = {"now": NOON, "station": STATION, "travel": TRAVEL}
    assert pace_board(day, **asked) is pace_board(day, **asked)
    assert pace_board(day, **asked) is not pace_board(day, **asked | {"now": NOON + timedelta(minutes=1)})


def test_a_day_that_went_on_has_figures_of_its_own():
    story = on_the_road()
    before = balance(story.day)
    served = StopServed(at=NOON, by="cortex", route_id="CX1", stop_id="CX1:1")
    assert balance(story.told(served).day).total.delivered > before.total.delivered
