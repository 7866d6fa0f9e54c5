"""Drivers and vans for days whose files name none. Invented, and said to be so wherever they are shown."""

from hashlib import sha256

from dispatchkit.imports.given import Import
from dispatchkit.records import TRANSPORTER_ID_LENGTH, TRANSPORTER_ID_SIGNS, Driver, Fleet, Roster, Van
from dispatchkit.station import Station


def invented_roster(found: Import, station: Station, *, seed: int) -> Roster:
    """A driver per route, and standbys as the profile's share asks for (one at least)."""
    routes = len(found.routes)
    standbys = max(1, round(routes * station.roster.standby_share))
    return Roster(
        drivers=tuple(
            Driver(driver_id=invented_id(f"{seed}|{found.station}|{i}"), standby=i >= routes)
            for i in range(routes + standbys)
        )
    )


def invented_id(text: str) -> str:
    """A transporter id of the shape that the trade uses: a capital letter, then 13 capital letters or digits."""
    digest = sha256(text.encode()).digest()
    return "A" + "".join(TRANSPORTER_ID_SIGNS[b % len(TRANSPORTER_ID_SIGNS)] for b in digest[:TRANSPORTER_ID_LENGTH])


def fleet_of(found: Import, station: Station) -> tuple[Fleet, bool]:
    """The vans that the file names, else one per route; and spares, of the largest van's size.

    Returns
    -------
    fleet, invented
        `invented` where the file names no van at all; the spares are always assumed.
    """
    named = all(r.van_id for r in found.routes)
    vans = [Van(van_id=r.van_id or f"van-{r.code}", volume_cm3=r.van_volume_cm3) for r in found.routes]
    largest = max((v.volume_cm3 for v in vans), default=0.0)
    spares = [Van(van_id=f"spare-{i + 1}", volume_cm3=largest) for i in range(station.van.spare_count)]
    return Fleet(vans=(*vans, *spares)), not named
