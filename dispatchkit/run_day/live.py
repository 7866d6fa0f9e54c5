"""A simulated day that goes on while people look on: its clock runs with the wall's, so many times as fast."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from threading import Event

from dispatchkit.clock import FrozenClock
from dispatchkit.day.open_day import refuse_if
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import stood_at
from dispatchkit.intake import read_days
from dispatchkit.log import Log
from dispatchkit.overview.needs import needs
from dispatchkit.plan.intake import first_departure
from dispatchkit.records import DayKey
from dispatchkit.run_day import morning, night, on_road
from dispatchkit.run_day.alone import Alone, Ended
from dispatchkit.run_day.may_go_on import go_on_blockers
from dispatchkit.run_day.player import STRIDE, Player
from dispatchkit.run_day.run import free_key
from dispatchkit.run_day.sample import OTHER_SEED, SEEDS
from dispatchkit.run_day.shift import BY, Shift
from dispatchkit.station import Station
from dispatchkit.times import after

Say = Callable[[str], None]


class LiveShift(Shift):
    """A shift whose time runs as its player says, so that facts come as they happen.

    Parameters
    ----------
    clock
        Stands where the day stands.
    alone
        Entered while the day goes on.
    player
        Without one everything happens at once.
    until
        Where on the day it should end; None for when every route is back.
    paced_from
        Up to here the day is lived through at once.
    """

    step = STRIDE

    def __init__(
        self, desk: Desk, clock: FrozenClock, station: Station, *, seed: int, alone: Alone, source: str = "simulated",
        player: Player | None = None, until: datetime | None = None, paced_from: datetime | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk, clock, station, seed=seed, source=source)
        self.alone = alone
        self.ends_at = until
        self.player = player
        self.paced_from = max(clock.now(), paced_from or clock.now())

    def until(self, at: datetime) -> None:
        """Move the clock on to an instant when its time has come; Ended where it never will."""
        self.alone.keep()
        if self.player is not None and at > self.paced_from:
            self.player.wait_for(at if self.ends_at is None else min(at, self.ends_at))
        if self.ends_at is not None and at > self.ends_at:
            super().until(self.ends_at)
            raise Ended
        super().until(at)

    def next_look(self, end: datetime) -> datetime:
        """When to look at the road next, once it is time to."""
        now = self.clock.now()
        if self.player is None or now < self.paced_from:
            return super().next_look(end)
        return min(self.player.next_look(now), end)

    def needs(self) -> frozenset[str]:
        """Ids of what somebody has to do on the day as it stands."""
        found = needs(self.day, now=self.clock.now(), station=self.station, travel=self.travel, past=self.past)
        return frozenset(need.need_id for need in found if need.kind == "act")


def go_on_live(shift: LiveShift, *, begins: Callable[[], None] = lambda: None) -> bool:
    """Let the day go on from where it stands: load-out where nobody has left, then the road.

    Whom to help is left to people.

    Parameters
    ----------
    begins
        Called once it is sure that no other program simulates the day.

    Returns
    -------
    bool
        Whether every route is back; False where it ended before.

    Raises
    ------
    Refused
        Where another program simulates the day already.
    """
    try:
        with shift.alone, shift.player.playing(shift.paced_from) if shift.player else nullcontext():
            begins()
            if not shift.day.load_out.departed:
                morning.load_out(shift, send_help=False)
            on_road.drive(shift, until=shift.ends_at, send_help=False)
    except Ended:
        all_back = False
    else:
        day = shift.day
        all_back = all(route_id in day.end_of_shift.returned for route_id in day.load_out.departed)
    # where nothing happened up to the end, the log alone does not tell that it was simulated so far
    shift.desk.log.playbacks.stands(shift.key, shift.clock.now())
    return all_back


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
    clock = FrozenClock(stood_at(log, key))
    seed = SEEDS.get(key.station, OTHER_SEED)
    desk = Desk(log, key, by=BY, clock=clock)
    refuse_if(go_on_blockers(desk))
    day = desk.day()
    begins_at = clock.now()
    if not day.load_out.departed and day.plan.routes:
        first = min(route.departs_at for route in day.plan.routes)
        begins_at = max(begins_at, after(first, -station.shift.before_departure_s))
    alone = Alone(log, key, who=BY, stop=stop)
    shift = LiveShift(desk, clock, station, seed=seed, alone=alone, until=until, paced_from=begins_at)
    if not at_once:
        shift.player = Player(alone, speed=speed, needs=shift.needs)
    return shift


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
