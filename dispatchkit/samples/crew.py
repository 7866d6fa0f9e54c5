"""The station DXX2: twenty neighbourhoods, forty-five drivers and twenty-three vans that stay the same for weeks."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from random import Random

from dispatchkit.records import Driver, Fleet, Record, Roster, Van
from dispatchkit.samples import people
from dispatchkit.samples.people import VAN_TYPES, VanType
from dispatchkit.samples.town import Neighbourhood, neighbourhoods

SEED = 20260302
STATION = "DXX2"
TIMEZONE = "America/Chicago"
FIRST_NUMBER = 201
"""Of the route codes: CX201, CX202, …"""

TOWNS = (("K", (7_400.0, 5_200.0), 13), ("L", (-8_300.0, 4_400.0), 7))

KIND_WEIGHTS = (2, 6, 8, 4)
"""How many of the vans are of each of `VAN_TYPES`, in their order."""

REGULARS = 2
"""Drivers to whom a neighbourhood belongs: between them they work every day of the week."""

FLOATERS, NEW_DRIVERS = 3, 2
WORK_DAYS = 4
"""Days a week that a driver works, one after the other."""

SPARES = ("CDV16", "EDV", "XL")


class Member(Record, frozen=True):
    """One of the station's drivers.

    Attributes
    ----------
    home
        Zone prefix of the neighbourhood that is the driver's own; empty for one who floats.
    first_weekday
        The first of the days that the driver works each week; Monday is 0.
    overlaps
        The other regular of the neighbourhood is there on the first of these days: the driver stands by then.
    """

    driver: Driver
    home: str
    first_weekday: int
    overlaps: bool = False

    def works(self, day: date) -> bool:
        """Whether the driver is on the schedule of a day."""
        return (day.weekday() - self.first_weekday) % 7 < WORK_DAYS

    def stands_by(self, day: date) -> bool:
        """Whether the driver is there for whoever is missing."""
        return self.overlaps and day.weekday() == self.first_weekday


class Crew(Record, frozen=True):
    """Everybody and everything that stays: neighbourhoods, each with the kind of its own van, drivers and vans."""

    areas: tuple[Neighbourhood, ...]
    kinds: tuple[VanType, ...]
    members: tuple[Member, ...]
    fleet: Fleet

    @property
    def van_of(self) -> dict[str, Van]:
        """Zone prefix → the van that usually goes there."""
        return {area.prefix: van for area, van in zip(self.areas, self.fleet.vans, strict=False)}

    def on(self, day: date) -> tuple[Member, ...]:
        """Who is on the schedule of a day."""
        return tuple(m for m in self.members if m.works(day))

    def roster(
        self, day: date, *, zones: Mapping[str, Mapping[str, int]], last_van: Mapping[str, str]
    ) -> Roster:
        """Who may drive on a day.

        Parameters
        ----------
        zones
            driver_id → zone prefix → days driven there before.
        last_van
            driver_id → the van driven last.
        """
        return Roster(
            drivers=tuple(
                Driver(
                    driver_id=m.driver.driver_id,
                    qualifications=m.driver.qualifications,
                    zones=dict(sorted(zones.get(m.driver.driver_id, {}).items())),
                    standby=m.stands_by(day),
                    nursery=m.driver.nursery,
                    last_van_id=last_van.get(m.driver.driver_id, ""),
                )
                for m in self.on(day)
            )
        )


@cache
def crew() -> Crew:
    """Make them from the seed; the same ones every time."""
    chance = Random(f"{SEED}|crew")
    areas = tuple(neighbourhoods(Random(f"{SEED}|town"), TOWNS))
    kinds = tuple(kind for kind, weight in zip(VAN_TYPES, KIND_WEIGHTS, strict=True) for _ in range(weight))
    kinds = tuple(chance.sample(kinds, len(areas)))
    return Crew(
        areas=areas,
        kinds=kinds,
        members=(*_regulars(areas, kinds, chance), *_floaters(chance)),
        fleet=people.fleet_of([*(kind.name for kind in kinds), *SPARES]),
    )


def _regulars(areas: Sequence[Neighbourhood], kinds: Sequence[VanType], chance: Random) -> list[Member]:
    return [
        Member(
            driver=Driver(
                driver_id=people.transporter_id(chance), qualifications=people.qualifications(kind.electric, chance)
            ),
            home=area.prefix,
            first_weekday=(number + k * WORK_DAYS) % 7,
            overlaps=k == 0,
        )
        for number, (area, kind) in enumerate(zip(areas, kinds, strict=True))
        for k in range(REGULARS)
    ]


def _floaters(chance: Random) -> list[Member]:
    """Drivers without a neighbourhood of their own; the last of them are new, and drive no electric van yet."""
    return [
        Member(
            driver=Driver(
                driver_id=people.transporter_id(chance),
                qualifications=frozenset({"CDV"}) if new else people.qualifications(True, chance),
                nursery=new,
            ),
            home="",
            first_weekday=(3 * number) % 7,
        )
        for number in range(FLOATERS + NEW_DRIVERS)
        for new in (number >= FLOATERS,)
    ]
