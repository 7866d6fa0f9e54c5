"""Who waits for the evening's volume: takes it in as it lands, has it planned, and says so when none came in time."""

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Event
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dispatchkit.clock import Clock, RealClock
from dispatchkit.day.facts.pre_load_out import RoutesGiven
from dispatchkit.day.facts.whole_day import FileImported, NoteAdded
from dispatchkit.desk import Desk
from dispatchkit.errors import Refused, Stale, WorkbenchError
from dispatchkit.intake.inbox import Inbox
from dispatchkit.log import DayHead, Log, StoreUnavailable
from dispatchkit.records import DayKey
from dispatchkit.run_day.plan_watch import evening, hour, status
from dispatchkit.run_day.plan_watch.task import BY, Task, landed_at, task_of
from dispatchkit.station import Station
from dispatchkit.times import LASTS, clock_text

JOB = "plan watch"
"""Name of the lease: one program plans a day at a time."""

VOLUME = (FileImported, RoutesGiven)
"""Facts by which volume comes."""

MOST_LOOKS = 30
"""Looks at a folder in which something keeps growing, before it is left to the next time."""

Say = Callable[[str], None]


class Standing(NamedTuple):
    """What somebody has said in advance.

    Attributes
    ----------
    at, zone
        By when volume is expected, and the station's zone.
    budget_s
        For how long better routes are sought.
    build_given
        Whether routes are built although the station gave some.
    answers
        Option by the id of what files ask, such as {"stops": "estimate"} for a plan that counts packages only.
    """

    at: time
    zone: ZoneInfo
    budget_s: float
    build_given: bool = False
    answers: Mapping[str, str] = {}


class PlanWatch:
    """A folder in which a day's volume is expected.

    Parameters
    ----------
    folder
        Where volume falls, straight or in folders of its own; the summaries are written into it.
    standing
        What somebody has said in advance.
    who
        Whose program it is, for another one that would plan the same day.
    home
        The program's folder; the usual one where left out.
    say
        Told in a sentence what came of each file and day.
    stop
        Set by whoever wants it to end: a build then ends with the best plan so far.
    """

    def __init__(
        self, log: Log, folder: Path, standing: Standing, *, who: str, station: Station, home: Path | None = None,
        say: Say, stop: Event, clock: Clock | None = None,
    ) -> None:  # fmt: skip
        self._log, self._folder, self._standing = log, folder, standing
        self._who, self._station, self._home = who, station, home
        self._say, self._stop, self._clock = say, stop, clock or RealClock()
        self._inbox = Inbox(
            log, folder, by=BY, station=station, answers=standing.answers, commit=False, subfolders=True, say=say,
            clock=self._clock,
        )  # fmt: skip
        self._holder_id = secrets.token_hex(8)
        self._seen: dict[DayKey, int] = {}
        self._failed: dict[DayKey, str] = {}
        self._again_at: datetime | None = None
        self._due: datetime | None = None
        self._waited: dict[Path, tuple[str, ...]] = {}
        self._overdue = self._in_the_way = ""

    def run(self) -> None:
        """Watch until `stop` is set."""
        self._look_until_settled()
        self._go_on()
        self._inbox.watch(self._stop, then=self._go_on)

    def once(self) -> bool:
        """Take what lies there, plan it, and end; say whether nothing is left for a person but to read the summary."""
        if not self._look_until_settled():
            self._say(f"Something in {self._folder.name} still grows. It is taken the next time.")
        self._go_on()
        return not (self._overdue or self._failed or self._inbox.waiting)

    def _look_until_settled(self) -> bool:
        """Look at what lies in the folder from the start, so that nobody misses what is there; say whether all is."""
        self._inbox.look()
        for _ in range(MOST_LOOKS):
            if self._inbox.is_settled or self._stop.wait(self._station.intake.settle_s):
                return True
            self._inbox.look()
        return False

    def _go_on(self) -> None:
        """Do what is to be done after a look at the folder; a store that is busy is asked again after the next."""
        try:
            self._look_at_days(self._clock.now())
            self._in_the_way = ""
        except StoreUnavailable as error:
            if self._in_the_way != str(error):
                self._say(f"{error} Looking again.")
            self._in_the_way = str(error)

    def _look_at_days(self, now: datetime) -> None:
        heads, waiting = self._log.days(), dict(self._inbox.waiting)
        due = hour.due_by(now, self._standing.at, self._standing.zone)
        hour_came = due != self._due
        all_again = hour_came or (self._again_at is not None and now >= self._again_at)
        news = [head.key for head in heads if all_again or self._has_volume_news(head)]
        if not news and not all_again and waiting == self._waited:
            return
        if all_again:
            self._again_at = None
            self._inbox.try_again()
        if waiting:
            self._again_at = self._later()
        recent = {head.key for head in heads if head.last_learned_at > now - LASTS}
        for key in [key for key in news if key in recent]:
            if not self._stop.is_set():
                self._plan(key, due)
        self._check_hour(due, now, new=hour_came)
        self._due, self._waited = due, waiting
        self._seen = {head.key: head.version for head in self._log.days()}
        self._write_status(recent)

    def _has_volume_news(self, head: DayHead) -> bool:
        """Whether anything came to a day that may have to be planned; a day on the road changes every second."""
        seen = self._seen.get(head.key, 0)
        return head.version != seen and bool(self._log.read(head.key, after=seen, kinds=VOLUME))

    def _plan(self, key: DayKey, due: datetime) -> None:
        """Do whatever is left to do for a day; where something is in the way, say so once and come back to it."""
        desk = Desk(self._log, key, by=BY, clock=self._clock)
        try:
            task = self._task(desk, due)
            if task is not None:
                with self._alone(key):
                    while task is Task.CHECK or (task is Task.BUILD and not self._stop.is_set()):
                        self._do(task, desk)
                        task = self._task(desk, due)
            self._failed.pop(key, None)
        except (Stale, StoreUnavailable):
            self._again_at = self._clock.now()      # somebody decides, or writes, in this very moment
        except WorkbenchError as error:
            if self._failed.get(key) != str(error):
                self._say(f"{key} is not planned so far. {error} It is tried again.")
            self._failed[key] = str(error)
            self._again_at = self._later()

    def _task(self, desk: Desk, due: datetime) -> Task | None:
        return task_of(desk.day(), desk.entries(), due=due, build_given=self._standing.build_given)

    def _do(self, task: Task, desk: Desk) -> None:
        if task is Task.CHECK:
            evening.sum_up(desk, self._station, self._folder, say=self._say)
            return
        self._say(f"{desk.key}: building routes, for {self._standing.budget_s:.0f} s.")
        evening.build(
            desk, self._station, budget_s=self._standing.budget_s, home=self._home, cancelled=self._stop.is_set
        )  # fmt: skip

    @contextmanager
    def _alone(self, key: DayKey) -> Iterator[None]:
        """Plan a day as the only program that does; Refused where another one is at it."""
        now, for_s = self._clock.now(), self._standing.budget_s + self._station.watch.lease_s
        lease = self._log.leases.take(key, JOB, holder_id=self._holder_id, who=self._who, now=now, for_s=for_s)
        if lease.holder_id != self._holder_id:
            since = clock_text(lease.since, self._standing.zone.key)
            raise Refused([f"Another program is at it ({lease.who}, since {since})."])
        try:
            yield
        finally:
            self._log.leases.release(key, JOB, self._holder_id)

    def _later(self) -> datetime:
        """When to try again what something was in the way of."""
        return self._clock.now() + timedelta(seconds=self._station.build.again_s)

    def _check_hour(self, due: datetime, now: datetime, *, new: bool) -> None:
        """Say once that nothing came by the hour; as soon as something has, it is not so any more."""
        since = hour.before(due, self._standing.at, self._standing.zone)
        landed = list(self._landings(self._log.days(), now)) if new or self._overdue else []
        if any(since < at for at in landed):
            self._overdue = ""
        elif new:
            last = max((at for at in landed if at <= due), default=None)
            self._overdue = hour.overdue(due, last, now, self._standing.zone)
            self._say(self._overdue)

    def _landings(self, heads: Sequence[DayHead], now: datetime) -> Iterator[datetime]:
        for head in heads:
            entries = self._log.read(head.key, until=now, kinds=VOLUME)
            yield from landed_at(entries)

    def _write_status(self, recent: Collection[DayKey]) -> None:
        text = status.status(
            at=f"{self._standing.at:%H:%M}",
            timezone=self._standing.zone.key,
            overdue=self._overdue,
            drafts=dict(self._drafts(recent)),
            failed={str(key): why for key, why in self._failed.items()},
            waiting={path.name: why for path, why in self._inbox.waiting.items()},
        )
        evening.write(self._folder / status.FILE, text, say=self._say)

    def _drafts(self, recent: Collection[DayKey]) -> Iterator[tuple[str, str]]:
        """What was summed up lately, the newest note of each day."""
        for key in sorted(recent):
            notes = [e.fact for e in self._log.read(key, kinds=[NoteAdded]) if e.fact.by == BY]
            if notes and isinstance(notes[-1], NoteAdded):
                yield str(key), notes[-1].text
