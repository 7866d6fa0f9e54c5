"""Eight weeks of the station DXX2 before its sample days, in thin facts: what later questions about people need.

Who was on the schedule, who did not come, who drove where with which van, when the routes left and came back, what was
not delivered, who rescued whom, what vans failed. Stops are counted, not named: each route of the thin plan is one
stop without a place that holds no packages, in the zone of its neighbourhood. The drivers' own hand (slow or fast at
the door) is the one that they have on the sample days too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from dispatchkit.records import DayKey, Record
from dispatchkit.road.chance import Chance
from dispatchkit.samples import crew as crews
from dispatchkit.samples.absences import Absences, absent, bad_day, frequent
from dispatchkit.samples.crew import SEED, STATION, Crew, Member
from dispatchkit.station import Station

FIRST_DAY, DAYS = date(2026, 1, 6), 56
"""Tuesday, and eight weeks: the last one is the eve of the first sample day of the station."""

FIRST_WAVE = time(9, 20)
STOPS, PACKAGES_PER_STOP = (121, 181), 1.67
PLANNED_H = (6.4, 8.0)
"""Planned hours of a route with the fewest and the most stops, as on the sample days."""

AWAY_SHARE = 0.15
"""Routes whose regular driver is put on another one for the day, so that drivers know more than one neighbourhood."""


class Drive(Record, frozen=True):
    """A route as it was driven: by whom, with which van, planned and real seconds on the road."""

    code: str
    prefix: str
    driver_id: str
    van_id: str
    stops: int
    packages: int
    departs_at: datetime
    left_at: datetime
    planned_s: float
    drive_s: float

    @property
    def back_at(self) -> datetime:
        """When the van was back at the station."""
        return self.left_at + timedelta(seconds=self.drive_s)

    @property
    def route_id(self) -> str:
        """The route's id in the plan of its day."""
        return f"{STATION}-{self.code}"


class PastDay(Record, frozen=True):
    """A day of the history: who was absent and how, what was driven, and which vans failed their inspection."""

    key: DayKey
    members: tuple[Member, ...]
    absent: dict[str, str]
    drives: tuple[Drive, ...]
    failed: dict[str, str]     # van_id -> driver who inspected it


class History(Record, frozen=True):
    """The weeks before the sample days, worked out when first asked for; the same ones every time."""

    station: Station

    @cached_property
    def days(self) -> tuple[PastDay, ...]:
        """All days, the oldest first."""
        crew = crews.crew()
        often = frequent(crew.members, Random(f"{SEED}|frequent"))
        days, before = [], Absences()
        for number in range(DAYS):
            day = FIRST_DAY + timedelta(days=number)
            chance = Random(f"{SEED}|history|{day}")
            on = crew.on(day)
            states, before = absent(on, before, often=often, bad=bad_day(day, SEED), chance=chance)
            days.append(_past_day(crew, day, on, states, self.station, chance))
        return tuple(days)

    @cached_property
    def zones(self) -> dict[str, dict[str, int]]:
        """driver_id → zone prefix → days driven there."""
        zones: dict[str, Counter[str]] = {}
        for past in self.days:
            for drive in past.drives:
                zones.setdefault(drive.driver_id, Counter())[drive.prefix] += 1
        return {driver_id: dict(days) for driver_id, days in zones.items()}

    @cached_property
    def last_van(self) -> dict[str, str]:
        """driver_id → the van driven last."""
        return {drive.driver_id: drive.van_id for past in self.days for drive in past.drives}


def _past_day(
    crew: Crew, day: date, on: Sequence[Member], states: Mapping[str, str], station: Station, chance: Random
) -> PastDay:
    simulator = station.simulator
    luck = Chance(seed=SEED, service_day=str(day), simulator=simulator)
    first = datetime.combine(day, FIRST_WAVE, ZoneInfo(crews.TIMEZONE)).astimezone(UTC)
    spare = list(crew.fleet.vans[len(crew.areas) :])
    failed: dict[str, str] = {}
    drives = []
    for number, driver in enumerate(_drivers(crew, day, on, states, chance)):
        area = crew.areas[number]
        if driver is None:
            continue
        van = crew.fleet.vans[number]
        instead = next((s for s in spare if s.electric == van.electric), None)
        if instead is not None and luck.happens(simulator.defect_share, "defect", van.van_id):
            failed[van.van_id] = driver
            spare.remove(instead)
            van = instead
        stops = chance.randint(*STOPS)
        planned_s = 3600.0 * round(_between(stops, STOPS, PLANNED_H), 3)
        departs_at = first + timedelta(seconds=(number // station.wave.size_count) * station.wave.spacing_s)
        slip_s = abs(chance.gauss(0, simulator.departure_spread_s))
        drive_s = planned_s * luck.day_factor * (0.35 + 0.65 * luck.driver_factor(driver)) * chance.gauss(1, 0.02)
        drives.append(
            Drive(
                code=f"CX{crews.FIRST_NUMBER + number}",
                prefix=area.prefix,
                driver_id=driver,
                van_id=van.van_id,
                stops=stops,
                packages=round(stops * PACKAGES_PER_STOP * chance.uniform(0.94, 1.06)),
                departs_at=departs_at,
                left_at=departs_at + timedelta(seconds=round(slip_s)),
                planned_s=planned_s,
                drive_s=round(drive_s),
            )
        )
    return PastDay(
        key=DayKey(STATION, day), members=tuple(on), absent=dict(states), drives=tuple(drives), failed=failed
    )


def _drivers(
    crew: Crew, day: date, on: Sequence[Member], states: Mapping[str, str], chance: Random
) -> Iterator[str | None]:
    """Yield who drives each neighbourhood: its regular, else one who stands by or floats; None where nobody is left."""
    here = [m for m in on if m.driver.driver_id not in states]
    regular = {m.home: m.driver.driver_id for m in here if m.home and not m.stands_by(day)}
    others = [m.driver.driver_id for m in here if not m.home or m.stands_by(day)]
    chance.shuffle(others)
    for number, area in enumerate(crew.areas):
        away = others and crew.kinds[number].name != "EDV" and chance.random() < AWAY_SHARE
        if area.prefix in regular and not away:
            yield regular[area.prefix]
            continue
        able = [d for d in others if not crew.kinds[number].electric or _drives_electric(crew, d)]
        yield others.pop(others.index(able[0])) if able else regular.get(area.prefix)
        if area.prefix in regular:
            others.append(regular[area.prefix])


def _drives_electric(crew: Crew, driver_id: str) -> bool:
    return any("EDV" in m.driver.qualifications for m in crew.members if m.driver.driver_id == driver_id)


def _between(x: float, of: tuple[int, int], to: tuple[float, float]) -> float:
    return to[0] + (x - of[0]) / (of[1] - of[0]) * (to[1] - to[0])
