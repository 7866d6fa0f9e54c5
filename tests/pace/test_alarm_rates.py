"""How many alarms, how soon somebody takes them on, and whether they flood or chatter."""

from datetime import timedelta

from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.road import (
    AlarmAcknowledged,
    AlarmCleared,
    AlarmRaised,
    AlarmReopened,
    AlarmShelved,
    RescueStarted,
)
from dispatchkit.pace.alarm_rates import alarm_rates
from tests.pace.story import clock


def left(at):
    return RouteDeparted(at=at, by="maria", route_id="CX1", driver_id="D", van_id="V")


def raised(cause, at, number=1):
    return AlarmRaised(
        at=at, by="watch", alarm_id=f"{cause}:{number}", route_ids=("CX1",), what="CX1 is late.", why="", do="Call."
    )


def cleared(cause, at, number=1, by="watch"):
    return AlarmCleared(at=at, by=by, alarm_id=f"{cause}:{number}")


def rescued(at, route_id="CX1"):
    return RescueStarted(
        at=at, by="maria", rescue_id="r1", route_id=route_id, helper_route_id="CX7", stop_ids=(), helper_order=(),
        meet_at=at, meet_lat=41, meet_lng=-93,
    )  # fmt: skip


def test_a_day_without_alarms_has_figures_too(station):
    rates = alarm_rates([left(clock(9))], now=clock(13), station=station)
    assert (rates.hours, rates.raised, rates.per_h, rates.flood_share) == (4, 0, 0, 0)
    assert (rates.acknowledged_share, rates.to_acknowledge_min) == (None, None)


def test_a_day_on_which_nobody_has_left_is_nothing_to_divide_by(station):
    assert alarm_rates([], now=clock(9), station=station).per_h is None


def test_rates_count_from_the_first_departure(station):
    facts = [left(clock(9)), raised("late:CX1", clock(11)), raised("late:CX2", clock(11, 20))]
    rates = alarm_rates(facts, now=clock(13), station=station)
    assert (rates.raised, rates.per_h, rates.most_in_h, rates.standing) == (2, 0.5, 2, 2)


def test_how_soon_they_are_taken_on_and_what_became_of_them(station):
    facts = [left(clock(9)), *(raised(f"late:CX{k}", clock(11)) for k in range(4))]
    facts += [AlarmAcknowledged(at=clock(11, m), by="maria", alarm_id=f"late:CX{k}:1") for k, m in ((0, 4), (1, 10))]
    facts += [AlarmShelved(at=clock(11, 5), by="maria", alarm_id="late:CX2:1", until=clock(12))]
    facts += [cleared("late:CX0", clock(12))]
    rates = alarm_rates(facts, now=clock(13), station=station)
    assert (rates.acknowledged, rates.acknowledged_share, rates.to_acknowledge_min) == (2, 0.5, 7)
    assert (rates.shelved, rates.cleared, rates.standing, rates.unacknowledged) == (1, 1, 3, 2)


def test_ten_in_ten_minutes_are_a_flood_and_nine_are_none(station):
    def share(count):
        facts = [left(clock(9)), *(raised(f"late:CX{k}", clock(9, 20) + timedelta(seconds=k)) for k in range(count))]
        return alarm_rates(facts, now=clock(10, 40), station=station).flood_share

    assert (share(9), share(10)) == (0, 0.1)


def test_a_cause_that_is_back_soon_after_it_was_over_chatters(station):
    def chatters(minutes):
        facts = [raised("late:CX1", clock(9)), cleared("late:CX1", clock(10))]
        facts.append(raised("late:CX1", clock(10) + timedelta(minutes=minutes), 2))
        return alarm_rates(facts, now=clock(13), station=station).chattering

    assert (chatters(5), chatters(31)) == ({"late:CX1": 1}, {})


def test_a_cause_that_was_gone_for_a_moment_is_one_alarm_that_stands_and_no_chatter(station):
    facts = [raised("late:CX1", clock(9)), cleared("late:CX1", clock(10))]
    facts.append(AlarmReopened(at=clock(10, 5), by="watch", alarm_id="late:CX1:1"))
    rates = alarm_rates(facts, now=clock(13), station=station)
    assert (rates.raised, rates.standing, rates.cleared, rates.reopened, rates.chattering) == (1, 1, 0, 1, {})


class TestWithoutAction:
    def count(self, station, *between, by="watch"):
        facts = [raised("late:CX1", clock(9)), *between, cleared("late:CX1", clock(10), by=by)]
        return alarm_rates(facts, now=clock(13), station=station).without_action

    def test_an_alarm_that_came_and_went_with_nobody_on_it_asked_for_nothing(self, station):
        assert self.count(station) == 1
        assert self.count(station, rescued(clock(9, 30), "CX9")) == 1

    def test_whoever_took_it_on_put_it_away_sent_help_or_ended_it_has_acted(self, station):
        at = {"at": clock(9, 30), "by": "maria", "alarm_id": "late:CX1:1"}
        assert self.count(station, AlarmAcknowledged(**at)) == 0
        assert self.count(station, AlarmShelved(until=clock(12), **at)) == 0
        assert self.count(station, rescued(clock(9, 30))) == 0
        assert self.count(station, by="maria") == 0


class TestByHour:
    def test_every_hour_from_the_first_departure_stands_with_its_number(self, station):
        facts = [left(clock(9, 40)), raised("late:CX1", clock(11)), raised("late:CX2", clock(11, 59))]
        by_hour = alarm_rates(facts, now=clock(12, 30), station=station).by_hour
        assert list(by_hour.items()) == [(clock(9), 0), (clock(10), 0), (clock(11), 2), (clock(12), 0)]

    def test_hours_are_those_of_the_station_s_clock(self, station):
        facts = [raised("late:CX1", clock(11, 10))]
        by_hour = alarm_rates(facts, now=clock(11, 20), station=station, timezone="America/St_Johns").by_hour
        assert by_hour == {clock(10, 30): 1}

    def test_a_day_that_has_not_begun_has_no_hours(self, station):
        assert alarm_rates([], now=clock(9), station=station).by_hour == {}


def test_the_most_within_the_window_of_the_profile(station):
    facts = [raised(f"late:CX{k}", clock(9, 4 * k)) for k in range(5)]
    assert alarm_rates(facts, now=clock(13), station=station).most_in_window == 3
