"""Invented drivers, by transporter id alone, and invented vans."""

from collections.abc import Sequence
from random import Random

from dispatchkit.records import (
    TRANSPORTER_ID_LENGTH,
    TRANSPORTER_ID_SIGNS,
    Driver,
    Fleet,
    PlannedRoute,
    Record,
    Roster,
    Van,
)

DRIVERS = 60
STANDBYS = 6
NEW_DRIVERS = 3


class VanType(Record, frozen=True):
    """A kind of van, with the volume that packages can take in it."""

    name: str
    volume_cm3: int
    electric: bool = False


VAN_TYPES = (
    VanType(name="CDV14", volume_cm3=3_300_000),
    VanType(name="EDV", volume_cm3=3_900_000, electric=True),
    VanType(name="CDV16", volume_cm3=4_250_000),
    VanType(name="XL", volume_cm3=4_900_000),
)
"""By volume; about what the vans of the public routes of 2018 could load (3.1 to 4.7 m³)."""

SPARES = ("EDV", "XL")
"""Kinds of the vans without a route: one of them can stand in for any van."""

FILLED_SHARE = (0.5, 0.97)
"""A route fills at least and at most so much of its van, where there is such a kind."""


def van_type(volume_cm3: float, chance: Random) -> VanType:
    """One of the kinds of van that so many cubic centimetres fill well; the largest where none is large enough."""
    least, most = FILLED_SHARE
    fitting = [t for t in VAN_TYPES if least <= volume_cm3 / t.volume_cm3 <= most]
    return chance.choice(fitting or VAN_TYPES[-1:])


def fleet(routes: Sequence[PlannedRoute]) -> Fleet:
    """A van for each route, of the kind that it asks for, and the spare ones after them."""
    return fleet_of([*(route.service_type for route in routes), *SPARES])


def fleet_of(kinds: Sequence[str]) -> Fleet:
    """A van of each of these kinds, numbered in this order."""
    named = {t.name: t for t in VAN_TYPES}
    return Fleet(
        vans=tuple(
            Van(
                van_id=f"van-{number:02}",
                volume_cm3=kind.volume_cm3,
                service_type=kind.name,
                electric=kind.electric,
            )
            for number, kind in enumerate((named[name] for name in kinds), 1)
        )
    )


def roster(prefixes: Sequence[str], vans: Fleet, chance: Random) -> Roster:
    """Sixty drivers: a regular one for each zone prefix and its van, then standbys, new ones, and others who float.

    Parameters
    ----------
    prefixes
        The zone prefix of each route ("A-12"), in the order of the vans; the spare ones at the end are nobody's own.
    """
    drivers = [
        Driver(
            driver_id=transporter_id(chance),
            qualifications=qualifications(van.electric, chance),
            zones=_zones([prefix, *chance.sample(prefixes, 2)], chance),
            last_van_id=van.van_id,
        )
        for prefix, van in zip(prefixes, vans.vans, strict=False)
    ]
    for number in range(DRIVERS - len(drivers)):
        new = STANDBYS <= number < STANDBYS + NEW_DRIVERS
        drivers.append(
            Driver(
                driver_id=transporter_id(chance),
                qualifications=frozenset({"CDV"}) if new else qualifications(number % 2 == 0, chance),
                zones={} if new else _zones(chance.sample(prefixes, 3), chance),
                standby=number < STANDBYS,
                nursery=new,
            )
        )
    return Roster(drivers=tuple(drivers))


def transporter_id(chance: Random) -> str:
    """An id of the shape that the trade uses, drawn by chance."""
    return "A" + "".join(chance.choices(TRANSPORTER_ID_SIGNS, k=TRANSPORTER_ID_LENGTH))


def qualifications(electric: bool, chance: Random) -> frozenset[str]:
    """What a driver may drive: CDV and XL, and electric vans where the own one is electric, or by chance."""
    also = {"EDV"} if electric or chance.random() < 0.4 else set()
    return frozenset({"CDV", "XL"} | also)


def _zones(prefixes: Sequence[str], chance: Random) -> dict[str, int]:
    """Days in each zone: many in the first one, few in the others."""
    first, *others = prefixes
    return {**{p: chance.randint(1, 12) for p in others}, first: chance.randint(15, 90)}
