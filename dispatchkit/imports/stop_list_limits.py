"""The vans and limits that stand beside a stop list, in a JSON file of the same name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dispatchkit.imports import values
from dispatchkit.imports.given import GivenVan, StatedLimits
from dispatchkit.imports.problems import Findings, Spot, quoted
from dispatchkit.records import DayKey, Driver

NO_DAY = date(2000, 1, 1)
"""The service day of a list that states none: it is an exercise, and no day of a real station."""

LEAVES = time(9)
"""When its vans leave, at the station, where it does not say."""

MOST_VANS = 2_000
"""More than this in one list is a slip: stations seen have up to 322 routes."""

MOST_COUNTED = 1_000_000
"""More stops, or packages in one van, than this is a slip."""

KNOWN_DAYS = 1_000
"""As which a zone counts that the list says a driver knows: more days than any profile asks for."""


@dataclass(frozen=True)
class ListedVan:
    """A van as the list has it; `departs_at` is a time of day at the station."""

    van_id: str
    volume: float
    departs_at: time
    service_type: str = ""
    packages: int | None = None
    shift_s: float | None = None
    driver: Driver | None = None


@dataclass(frozen=True)
class Limits:
    """What stands beside the stops; `stops` is how many there should be, None where it is not said."""

    vans: tuple[ListedVan, ...]
    shift_s: float
    break_s: float
    stops: int | None
    station: str
    service_day: date
    departs_at: time

    @property
    def stated(self) -> StatedLimits:
        """The limits of every van that has none of its own."""
        return StatedLimits(shift_s=self.shift_s, break_s=self.break_s)

    def leaves(self, clock: time, zone: ZoneInfo) -> datetime:
        """The instant of a time of day, UTC."""
        return datetime.combine(self.service_day, clock, zone).astimezone(UTC)

    def given_vans(self, zone: ZoneInfo) -> tuple[GivenVan, ...]:
        """The vans as every source hands them over."""
        return tuple(
            GivenVan(
                code=f"CX{n}", van_id=van.van_id, volume_cm3=van.volume, departs_at=self.leaves(van.departs_at, zone),
                service_type=van.service_type, packages=van.packages, shift_s=van.shift_s, driver=van.driver,
            )
            for n, van in enumerate(self.vans, 1)
        )


def read_limits(content: Mapping[str, object], findings: Findings, *, name: str) -> Limits | None:
    """Read the file; None, with what is wrong in `findings`, where no plan can be made by it.

    `name` is what the list is called; it stands for the station where none is named.
    """
    before = len(findings.problems)
    departs_at = _time(content.get("departs_at", LEAVES), findings.at("departs_at"))
    volume = values.number(content.get("van_volume"), findings.at("van_volume"), at_least=0)
    shift_s = values.number(content.get("shift_s"), findings.at("shift_s"), at_least=1, at_most=values.DAY_S)
    break_s = values.number(content.get("break_s", 0), findings.at("break_s"), at_least=0, at_most=values.DAY_S)
    stops = _count(content["stops"], findings.at("stops")) if "stops" in content else None
    station = values.text(content.get("station", _as_station(name)), findings.at("station"))
    day = values.service_day(content.get("service_day", NO_DAY), findings.at("service_day"))
    if shift_s is not None and break_s is not None and break_s >= shift_s:
        findings.block("The break is as long as the shift; no time is left to drive.", column="break_s")
    try:
        DayKey(station or "", day or NO_DAY)
    except ValueError as error:
        findings.block(str(error), column="station")
    if (
        departs_at is None or volume is None or shift_s is None or break_s is None or not station or day is None
    ):  # fmt: skip
        return None
    vans = _vans(content.get("vans"), findings.at("vans"), volume, departs_at)
    if len(findings.problems) > before:
        return None
    return Limits(
        vans=vans, shift_s=shift_s, break_s=break_s, stops=stops, station=station, service_day=day,
        departs_at=departs_at,
    )  # fmt: skip


def _vans(listed: object, spot: Spot, volume: float, departs_at: time) -> tuple[ListedVan, ...]:
    """Read how many vans of one kind there are, or a list of them each with its own."""
    if not isinstance(listed, list):
        count = _count(listed, spot, at_most=MOST_VANS) or 0
        return tuple(ListedVan(f"V{n}", volume, departs_at) for n in range(1, count + 1))
    if len(listed) > MOST_VANS:
        spot.block(f"{len(listed):,} vans are too many; the most possible is {MOST_VANS:,}.")
        return ()
    read = (_van(entry, spot.within(str(n)), n, volume, departs_at) for n, entry in enumerate(listed, 1))
    vans = tuple(van for van in read if van is not None)
    names = [van.van_id for van in vans]
    for van_id in sorted({name for name in names if names.count(name) > 1}):
        spot.block(f"Two vans are called {quoted(van_id)}.", "Give each an id of its own and import again.")
    return vans


def _van(entry: object, spot: Spot, n: int, volume: float, departs_at: time) -> ListedVan | None:
    fields, own = values.as_object(entry, spot), dict[str, float | None]()
    for name, most in (("volume", float("inf")), ("shift_s", values.DAY_S)):
        given = name in fields
        own[name] = values.number(fields[name], spot.within(name), at_least=0, at_most=most) if given else None
    van_id = values.identifier(fields.get("van_id", f"V{n}"), spot.within("van_id"))
    clock = _time(fields["departs_at"], spot.within("departs_at")) if "departs_at" in fields else departs_at
    service_type = values.text(fields.get("service_type", ""), spot.within("service_type"))
    packages = _count(fields["packages"], spot.within("packages")) if "packages" in fields else None
    zones = fields.get("zones", [])
    if not isinstance(zones, list) or not all(isinstance(zone, str) for zone in zones):
        spot.within("zones").block("The zones that its driver knows are a list of names.")
        return None
    if not isinstance(nursery := fields.get("nursery", False), bool):
        spot.within("nursery").block("Whether its driver is new is true or false.")
        return None
    if van_id is None or clock is None or service_type is None:
        return None
    known = Driver(driver_id=van_id, zones=dict.fromkeys(zones, KNOWN_DAYS), nursery=nursery)
    return ListedVan(
        van_id=van_id,
        volume=volume if own["volume"] is None else own["volume"],
        departs_at=clock,
        service_type=service_type,
        packages=packages,
        shift_s=own["shift_s"],
        driver=known if zones or nursery else None,
    )


def _as_station(name: str) -> str:
    """A station code out of a file's name: signs that no code may hold become dashes."""
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in name) or "list"


def _count(value: object, spot: Spot, *, at_most: float = MOST_COUNTED) -> int | None:
    figure = values.number(value, spot, at_least=0, at_most=at_most)
    if figure is not None and not figure.is_integer():
        spot.block(f"{quoted(value)} is not a whole number.")
        return None
    return None if figure is None else int(figure)


def _time(value: object, spot: Spot) -> time | None:
    try:
        clock = time.fromisoformat(str(value).strip())
    except ValueError:
        clock = None
    if clock is None or clock.tzinfo is not None:
        spot.block(f"{quoted(value)} is not a time of day at the station.", "Write it as 09:30 and import again.")
        return None
    return clock
