"""The sample days, laid out in the store so that a newcomer sees days at once.

They lie in the sample data as exported logs, with invented names of their drivers for the directory. The one that the
app opens stands in its early afternoon: the program has driven the vans and raised the alarms; whom to help is left to
the one who looks on, and the day can go on from there.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from dispatchkit.clock import FrozenClock
from dispatchkit.day.open_day import refuse_if
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import stood_at
from dispatchkit.errors import NotFound
from dispatchkit.log import Log, archive
from dispatchkit.records import DayKey
from dispatchkit.run_day import on_road
from dispatchkit.run_day.alone import Alone
from dispatchkit.run_day.may_go_on import go_on_blockers
from dispatchkit.run_day.shift import BY, Shift
from dispatchkit.station import Station

BESIDE = Path(__file__).resolve().parents[2] / "sample_data"
"""Where the sample data lie in a checkout."""

CURRENT = "calm_day"
"""The sample day that the app opens: the newest of them."""

SAMPLE_DAYS = {
    CURRENT: DayKey("DXX1", date(2026, 3, 14)),
    "bad_morning": DayKey("DXX2", date(2026, 3, 3)),
    "rescue_cascade": DayKey("DXX2", date(2026, 3, 5)),
    "clocks_change": DayKey("DXX2", date(2026, 3, 8)),
    "past_midnight": DayKey("DXX2", date(2026, 3, 10)),
    "malformed": DayKey("DXX2", date(2026, 3, 12)),
}
"""Name of each sample day, which is its folder's too → its key."""

HISTORY = "history"
"""Name of the eight weeks before the days of DXX2."""

HISTORY_ENDS = DayKey("DXX2", date(2026, 3, 2))
"""The last day of the history."""

SHOWN_UNTIL = time(13, 4)
"""Clock of the day that the app opens: half the stops are done, and help still helps."""

SEEDS = {"DXX1": 47, "DXX2": 20260302}
"""Station → seed of its road, the same one on all its days: a driver's hand stays. Under the first one everybody leaves
on the calm day, and one route needs help from noon on."""

OTHER_SEED = 1
"""Seed of the road of any other simulated day."""


def prepare_sample(
    log: Log, folder: Path | None = None, *, only: Sequence[str] = (), say: Callable[[str], None] | None = None
) -> tuple[DayKey, bool]:
    """Lay the sample days and the history out; return the key of the day to open, and whether anything had to be done.

    Days that are there stay as they are, and so do the names of their people: who was erased stays erased.

    Parameters
    ----------
    folder
        Of the sample data; the one beside the program where None.
    only
        Names of sample days, or `HISTORY`; all where none is named. The first one named is the day to open.
    say
        Told in a sentence what goes on.

    Raises
    ------
    NotFound
        Where there are no sample data, or no such day among them.
    """
    wanted = dict.fromkeys(only or (CURRENT, HISTORY, *SAMPLE_DAYS))
    missing = [name for name in wanted if not log.version(last_key(name))]
    for name in missing:
        if say is not None:
            say(f"Laying out {name.replace('_', ' ')}.")
        archive.import_days(log, archive_of(folder or BESIDE, name))
    return last_key(next(iter(wanted))), bool(missing)


def last_key(name: str) -> DayKey:
    """The key of a sample day, or of the last day of the history; NotFound for any other name."""
    key = HISTORY_ENDS if name == HISTORY else SAMPLE_DAYS.get(name)
    if key is None:
        raise NotFound(f"There is no sample day '{name}'. Choose one of: {', '.join((*SAMPLE_DAYS, HISTORY))}.")
    return key


def archive_of(folder: Path, name: str) -> Path:
    """Where a sample day, or the history, lies in a folder of sample data."""
    return folder / f"{name}.jsonl.gz" if name == HISTORY else folder / name / "log.jsonl.gz"


def go_on(log: Log, key: DayKey, *, until: datetime, station: Station) -> DayKey:
    """Let a simulated day go on from where it stands, to an instant or until every route is back.

    Raises
    ------
    Refused
        Where the day is closed or a real one, or another program simulates it.
    """
    shift = simulated(log, key, FrozenClock(stood_at(log, key)), station)
    refuse_if(go_on_blockers(shift.desk))
    with Alone(log, key, who=BY):
        on_road.drive(shift, until=until, send_help=False)
    return key


def simulated(log: Log, key: DayKey, clock: FrozenClock, station: Station) -> Shift:
    """A shift of a simulated day, on the road that this station's sample days have."""
    seed = SEEDS.get(key.station, OTHER_SEED)
    return Shift(Desk(log, key, by=BY, clock=clock), clock, station, seed=seed, source="simulated")


def shown_until(timezone: str) -> datetime:
    """The instant up to which the day that the app opens is laid out."""
    return datetime.combine(SAMPLE_DAYS[CURRENT].service_day, SHOWN_UNTIL, ZoneInfo(timezone))
