"""A simulated day that goes on while people look on: its clock runs with the wall's, so many times as fast."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from dispatchkit.clock import FastClock, FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.errors import Refused
from dispatchkit.intake import read_days
from dispatchkit.log import Log
from dispatchkit.plan.intake import first_departure
from dispatchkit.records import DayKey
from dispatchkit.run_day import morning, night, on_road
from dispatchkit.run_day.run import free_key
from dispatchkit.run_day.sample import OTHER_SEED, SEEDS
from dispatchkit.run_day.shift import BY, Shift
from dispatchkit.station import Station
from dispatchkit.times import after

SIMULATED = frozenset(("simulated", "reconstructed", BY))
"""Who says so in a day that the simulator has driven."""

LOOK_EVERY_S = 2.0
"""Seconds on the wall between two looks at the road: so often an open page has something to move."""

LEAST_STEP = timedelta(seconds=10)
"""Of the day, between two looks; positions and stops do not come faster."""

LONGEST_WAIT_S = 0.5
"""Seconds on the wall after which a wait sees whether somebody wants it to end."""

Say = Callable[[str], None]


class Ended(Exception):
    """The simulation was told to end, or has come to where it should. Everything written is kept."""


class LiveShift(Shift):
    """A shift whose clock moves no faster than `speed` times the wall's, so that facts come as they happen.

    Parameters
    ----------
    clock
        Stands where the day stands; it is moved on in time with the wall.
    speed
        Seconds of the day per second on the wall.
    stop
        Set by whoever wants it to end.
    until
        Where on the day it should end; None for when every route is back.
    paced_from
        Up to here the day is lived through at once.
    """

    def __init__(
        self, desk: Desk, clock: FrozenClock, station: Station, *, seed: int, source: str = "simulated",
        speed: float = 1.0, stop: Event | None = None, until: datetime | None = None,
        paced_from: datetime | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk, clock, station, seed=seed, source=source)
        self.ends_at = until
        self._speed, self._stop = speed, stop or Event()
        self._paced_from = paced_from or clock.now()
        self._fast: FastClock | None = None
        self.step = max(LEAST_STEP, timedelta(seconds=LOOK_EVERY_S * speed))

    def until(self, at: datetime) -> None:
        """Move the clock on to an instant when its time has come; Ended where it never will."""
        if self.ends_at is not None and at > self.ends_at:
            super().until(self.ends_at)
            raise Ended
        if at > self._paced_from:
            self._wait_for(at)
        super().until(at)

    def _wait_for(self, at: datetime) -> None:
        if self._fast is None:
            self._fast = FastClock(max(self.clock.now(), self._paced_from), self._speed)
        while not self._stop.is_set():
            left_s = (at - self._fast.now()).total_seconds() / self._speed
            if left_s <= 0:
                return
            self._stop.wait(min(left_s, LONGEST_WAIT_S))
        raise Ended


def go_on_live(shift: LiveShift) -> bool:
    """Let the day go on from where it stands: load-out where nobody has left, then the road.

    Whom to help is left to people.

    Returns
    -------
    bool
        Whether every route is back; False where it ended before.
    """
    try:
        if not shift.day.load_out.departed:
            morning.load_out(shift, send_help=False)
        on_road.drive(shift, until=shift.ends_at, send_help=False)
    except Ended:
        return False
    day = shift.day
    return all(route_id in day.end_of_shift.returned for route_id in day.load_out.departed)


def resumed(
    log: Log, key: DayKey, station: Station, *, speed: float = 1.0, stop: Event | None = None,
    until: datetime | None = None, at_once: bool = False,
) -> LiveShift:  # fmt: skip
    """A shift of a day that the simulator has driven so far, from where it stands.

    The hours before anybody comes to the station pass at once; with `at_once` all of it does.

    Raises
    ------
    NotFound
        Where there is no such day.
    Refused
        Where the day is closed, has no plan, or is a real one: nothing simulated may come into that.
    """
    clock = FrozenClock(log.require(key).last_learned_at)
    seed = SEEDS.get(key.station, OTHER_SEED)
    desk = Desk(log, key, by=BY, clock=clock)
    day = desk.day()
    if day.course.closed_at is not None:
        raise Refused([f"{key} is closed: there is nothing left to simulate. Choose another day."])
    if not any(entry.fact.by in SIMULATED for entry in desk.entries()):
        raise Refused(
            [f"{key} is a real day: nothing simulated may come into it. Simulate a folder of route data, or `demo`."]
        )
    if day.pre_load_out.plan is None:
        raise Refused([f"{key} has no plan, so no van can leave. Commit one first."])
    begins_at = clock.now()
    if not day.load_out.departed and day.plan.routes:
        first = min(route.departs_at for route in day.plan.routes)
        begins_at = max(begins_at, after(first, -station.shift.before_departure_s))
    return LiveShift(
        desk, clock, station, seed=seed, speed=speed, stop=stop, until=until,
        paced_from=until if at_once and until is not None else begins_at,
    )  # fmt: skip


def begun(log: Log, folder: Path, station: Station, *, seed: int, say: Say) -> DayKey:
    """Make the first day of a folder of public route data a simulated one, up to the night before it."""
    found = read_days(folder, station)[0]
    key = free_key(log, found.station, found.service_day)
    clock = FrozenClock(first_departure(found, station) - night.NIGHT_BEFORE)
    shift = Shift(Desk(log, key, by=BY, clock=clock), clock, station, seed=seed, source="simulated")
    say(f"{key}: planning {len(found.routes)} routes.")
    night.plan_given(shift, found)
    night.people_of(shift, found)
    return key
