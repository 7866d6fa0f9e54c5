"""One shift, run by the program itself: the desk it acts at, the clock it moves, and what it draws from chance."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from dispatchkit.clock import FrozenClock
from dispatchkit.day import Day
from dispatchkit.desk import Desk
from dispatchkit.history import Histories
from dispatchkit.pace.past import Past
from dispatchkit.plan.legs import Legs
from dispatchkit.records import DayKey
from dispatchkit.road.chance import Chance
from dispatchkit.station import Station
from dispatchkit.travel.source import calibrated

BY = "run-day"
"""Who acts in a day that the program runs by itself."""


STEP = timedelta(minutes=10)
"""How often the program looks at the road: a dispatcher's own round."""


class Due(NamedTuple):
    """Something that happens at an instant of the shift."""

    at: datetime
    what: Callable[[], object]


class Shift:
    """What all phases of a headless day share.

    Parameters
    ----------
    source
        Label of everything that the simulator tells: "simulated", or "reconstructed" for a recorded day whose progress
        was not recorded.

    Attributes
    ----------
    step
        How often the program looks at the road.
    """

    step = STEP

    def __init__(self, desk: Desk, clock: FrozenClock, station: Station, *, seed: int, source: str) -> None:
        self.desk = desk
        self.clock = clock
        self.station = station
        self.seed = seed
        self.source = source
        self.travel = calibrated(station)
        self._histories = Histories(desk.log, station, self.travel)

    @property
    def day(self) -> Day:
        """The day as it stands."""
        return self.desk.day()

    @property
    def past(self) -> Past:
        """What was known of drivers and areas from the station's earlier days, when this one began."""
        return self._histories.of(self.day)

    @property
    def key(self) -> DayKey:
        """Which day."""
        return self.desk.key

    @cached_property
    def legs(self) -> Legs:
        """Drive seconds of the committed plan; asked for only after it is committed."""
        return Legs(self.day.plan, self.travel)

    @cached_property
    def chance(self) -> Chance:
        """What chance does on this day under this seed."""
        return Chance(seed=self.seed, service_day=str(self.key.service_day), simulator=self.station.simulator)

    def play(self, things: Iterable[Due]) -> None:
        """Let things happen in the order of their instants, each with the clock standing at its own.

        The clock never goes back: what is due in the past happens now.
        """
        for thing in sorted(things, key=lambda t: t.at):
            self.until(thing.at)
            thing.what()

    def until(self, at: datetime) -> None:
        """Move the clock on to an instant."""
        if at > self.clock.now():
            self.clock.set(at)

    def next_look(self, end: datetime) -> datetime:
        """When to look at the road next, `end` at the latest."""
        return min(self.clock.now() + self.step, end)
