"""How many alarms, how soon somebody takes them on, and whether they flood or chatter."""

from datetime import timedelta

from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.road import AlarmAcknowledged, AlarmCleared, AlarmRaised, AlarmShelved
from dispatchkit.pace.alarm_rates import alarm_rates
from tests.pace.story import clock


def left(at):
    return RouteDeparted(at=at, by="maria", route_id="CX1", driver_id="D", van_id="V")


def raised(cause, at, number=1):
    return AlarmRaised(
        at=at, by="watch", alarm_id=f"{cause}:{number}", route_ids=("CX1",), what="CX1 is late.", why="", do="Call."
    )


def cleared(cause, at, number=1):
    return AlarmCleared(at=at, by="watch", alarm_id=f"{cause}:{number}")


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
    assert (rates.shelved, rates.cleared, rates.standing) == (1, 1, 3)


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
