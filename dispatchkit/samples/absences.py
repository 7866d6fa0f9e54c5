"""Who does not come: a few drivers more often than the others, and rarely for one day alone."""

from collections.abc import Sequence
from datetime import date
from random import Random

from dispatchkit.records import Record
from dispatchkit.samples.crew import Member

CALL_OUTS = {"Called out excused": 0.55, "Called out not excused": 0.32, "No show no call": 0.13}
"""State of attendance → share of absences."""

USUAL_SHARE, FREQUENT_SHARE = 0.014, 0.065
"""Chance of being absent after a day on which the driver came: of most drivers, and of the few."""

FREQUENT = 5
"""Drivers who are absent more often."""

STAYS_SHARE = 0.32
"""Chance of being absent again on the next day of work: absences cluster."""

BAD_DAY_SHARE, BAD_DAY_FACTOR = 0.05, 4.0
"""Days of snow or flu, and how much likelier an absence is on them."""


class Absences(Record, frozen=True):
    """What is known of a driver's absences by the day before: who was absent when last on the schedule."""

    last: frozenset[str] = frozenset()


def frequent(members: Sequence[Member], chance: Random) -> frozenset[str]:
    """Ids of the drivers who are absent more often than the others."""
    return frozenset(m.driver.driver_id for m in chance.sample(list(members), FREQUENT))


def bad_day(day: date, seed: int) -> bool:
    """Say whether it snows, or half the town is ill."""
    return Random(f"{seed}|bad day|{day}").random() < BAD_DAY_SHARE


def absent(
    on: Sequence[Member], before: Absences, *, often: frozenset[str], bad: bool, chance: Random
) -> tuple[dict[str, str], Absences]:
    """Draw who of those on the schedule does not come: driver_id → state of attendance; and what is known after it."""
    states: dict[str, str] = {}
    for member in on:
        driver_id = member.driver.driver_id
        share = FREQUENT_SHARE if driver_id in often else USUAL_SHARE
        share = STAYS_SHARE if driver_id in before.last else share * (BAD_DAY_FACTOR if bad else 1.0)
        if chance.random() < share:
            (states[driver_id],) = chance.choices(list(CALL_OUTS), weights=list(CALL_OUTS.values()))
    here = {m.driver.driver_id for m in on}
    return states, Absences(last=(before.last - here) | states.keys())
