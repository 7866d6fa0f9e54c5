"""What a sample day is made of: its people, vans and plan, what happens on it, and what is to be said about it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from dispatchkit.records import DayKey, Record
from dispatchkit.run_day import evening, morning, night, on_road
from dispatchkit.run_day.sample import SAMPLE_DAYS
from dispatchkit.run_day.shift import Shift
from dispatchkit.samples import crew as crews
from dispatchkit.samples.crew import crew
from dispatchkit.samples.history import History
from dispatchkit.samples.plans import Setting, plan_of
from dispatchkit.samples.station import SampleStation
from dispatchkit.station import Station
from dispatchkit.travel.calibrated import CalibratedTravel


class About(Record, frozen=True):
    """A day's page in the README: what happens, what to look at, and what a trainer may ask; whole sentences each."""

    happens: tuple[str, ...]
    look_at: tuple[str, ...]
    ask: tuple[str, ...]


def night_before(shift: Shift, made: SampleStation) -> None:
    """The night before: the plan is committed, each route has its driver and van."""
    night.plan_ready(shift, made.plan, made.timezone)
    night.staff(shift, made.roster, made.fleet)


class Story(Record, frozen=True):
    """A sample day.

    Attributes
    ----------
    make
        Its people, vans and plan, from the station profile.
    set_up
        Brings these into the day, up to the drivers and vans of the routes.
    play
        Lets it happen, from then on, as far as the day is told.
    about
        What is to be said about it, with the figures of the shift as it then stands.
    """

    name: str
    make: Callable[[Station], SampleStation]
    play: Callable[[Shift], None]
    about: Callable[[Shift], About]
    set_up: Callable[[Shift, SampleStation], None] = night_before

    @property
    def key(self) -> DayKey:
        """Which day it is."""
        return SAMPLE_DAYS[self.name]


def whole_day(shift: Shift) -> None:
    """From the committed plan to the closed shift."""
    morning.load_out(shift)
    on_road.drive(shift)
    evening.close_shift(shift)


def of_the_crew(setting: Setting, station: Station) -> SampleStation:
    """A day of the station DXX2: its vans, those who are on the schedule, and what they know by the history."""
    held, past = crew(), History(station=station)
    day = setting.service_day
    return SampleStation(
        plan=plan_of(
            setting,
            held.areas,
            f"{crews.SEED}|{day}",
            travel=CalibratedTravel(),
            station=station,
            kinds=held.kinds,
        ),
        roster=held.roster(day, zones=past.zones, last_van=past.last_van),
        fleet=held.fleet,
        timezone=setting.timezone,
    )


def setting_of(name: str, first_wave: time, *, hours_of: Mapping[str, float] | None = None) -> Setting:
    """The setting of one of the days of DXX2."""
    key = SAMPLE_DAYS[name]
    return Setting(
        station=key.station,
        service_day=key.service_day,
        timezone=crews.TIMEZONE,
        first_wave=first_wave,
        first_number=crews.FIRST_NUMBER,
        hours_of=hours_of or {},
    )


def at_clock(shift: Shift, hour: int, minute: int = 0) -> datetime:
    """An instant of the service day by the station's clock."""
    zone = ZoneInfo(shift.day.course.timezone)
    return datetime.combine(shift.key.service_day, time(hour, minute), zone).astimezone(UTC)
