"""The sample day, laid out in the store so that a newcomer sees a day at once.

The program drives the vans and raises the alarms; whom to help is left to the one who looks on.
"""

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from dispatchkit import samples
from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.log import Log
from dispatchkit.records import DayKey
from dispatchkit.run_day import morning, night, on_road
from dispatchkit.run_day.night import NIGHT_BEFORE
from dispatchkit.run_day.shift import BY, Shift
from dispatchkit.samples import SampleStation
from dispatchkit.station import Station

BESIDE = Path(__file__).resolve().parents[2] / "sample_data"
"""Where the sample data lie in a checkout."""

SHOWN_UNTIL = time(13, 4)
"""The sample day's clock when the app opens: half the stops are done, and help still helps."""

SEED = 47
"""A calm day on which everybody leaves, and one route needs help from noon on."""


def prepare_sample(log: Log, folder: Path | None, *, station: Station) -> tuple[DayKey, bool]:
    """Lay the sample day out up to its early afternoon; return its key, and whether that had to be done.

    Raises
    ------
    NotFound
        Where there are no sample data.
    """
    sample = samples.read(folder or BESIDE)
    key = DayKey(sample.plan.station, sample.plan.service_day)
    if log.version(key):
        return key, False
    shift = _shift(log, key, station, min(r.departs_at for r in sample.plan.routes) - NIGHT_BEFORE)
    night.plan_ready(shift, sample.plan, sample.timezone)
    night.staff(shift, sample.roster, sample.fleet)
    morning.load_out(shift, send_help=False)
    on_road.drive(shift, until=shown_until(sample), send_help=False)
    return key, True


def go_on(log: Log, key: DayKey, *, until: datetime, station: Station) -> DayKey:
    """Let a simulated day go on from where it stands, to an instant or until every route is back."""
    head = log.require(key)
    on_road.drive(_shift(log, key, station, head.last_learned_at), until=until, send_help=False)
    return key


def shown_until(sample: SampleStation) -> datetime:
    """The instant up to which the sample day is laid out."""
    return datetime.combine(sample.plan.service_day, SHOWN_UNTIL, ZoneInfo(sample.timezone))


def _shift(log: Log, key: DayKey, station: Station, at: datetime) -> Shift:
    clock = FrozenClock(at)
    return Shift(Desk(log, key, by=BY, clock=clock), clock, station, seed=SEED, source="simulated")
