"""Rules on what goes into the van: volume, bulky packages, and whether van and driver may take the route at all.

Files tell the volume of packages and never their weight. So what is called heavy here is bulky: a package too large for
a bag, carried to the door by itself.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.subject import Subject
from dispatchkit.roster.fit import driver_misfits, pair_misfits, van_misfits

CM3_PER_M3 = 1_000_000

TIMES_FROM = 10.0
"""From so many times the van on, per cent are hard to read."""


def holds_cm3(at: Subject) -> float:
    """What the van holds: the assigned one, else the one that was planned; 0 where nobody says."""
    return at.van.volume_cm3 if at.van else at.route.van_volume_cm3


def load_share(at: Subject) -> float | None:
    """Share of the van's volume that the packages take; None where the van's volume is unknown."""
    return at.load.volume_cm3 / holds_cm3(at) if holds_cm3(at) > 0 else None


def bulky(at: Subject) -> tuple[int, ...]:
    """Places in the order of stops that get a bulky package, once for each of them."""
    least_cm3 = at.station.realism.bulky_cm3
    return tuple(i for i, s in enumerate(at.stops) for p in s.packages if p.volume_cm3 > least_cm3)


def volume(at: Subject) -> Iterator[Finding]:
    """More than the van holds is a hard limit; nearly full is slow to load and slow to find things in."""
    share, rules = load_share(at), at.station.van
    if share is None:
        if at.load.volume_cm3:
            yield at.finds(Kind.UNKNOWN, Severity.NOTE, "What the van holds is not known, so its load was not checked.")
        return
    volume_m3 = at.load.volume_cm3 / CM3_PER_M3
    yield from _too_large(at)
    if share > rules.load_block_share:
        yield at.finds(
            Kind.LOAD, Severity.LIMIT,
            f"{volume_m3:.1f} m³ of packages fill {_filled(share)} the van; {rules.load_block_share:.0%} is the most. "
            "Take a bigger van, or move stops.",
            load_pct=100 * share, volume_m3=volume_m3,
        )  # fmt: skip
    elif round(share, 2) > rules.load_warn_share:     # as it is read
        yield at.finds(
            Kind.LOAD, Severity.RISK,
            f"The van is {share:.0%} full, above the {rules.load_warn_share:.0%} where loading gets tight.",
            load_pct=100 * share, volume_m3=volume_m3,
        )  # fmt: skip


def _too_large(at: Subject) -> Iterator[Finding]:
    """A package that is larger than the van by itself is a slip in its dimensions rather than a package."""
    for i, stop in enumerate(at.stops):
        for package in stop.packages:
            if package.volume_cm3 > holds_cm3(at):
                yield at.finds(
                    Kind.LOAD, Severity.LIMIT,
                    f"Package {package.package_id} at stop {i + 1} of {len(at.stops)} is said to have "
                    f"{package.volume_cm3 / CM3_PER_M3:.1f} m³, more than the whole van. Check its dimensions.",
                    stops=[i], volume_m3=package.volume_cm3 / CM3_PER_M3,
                )  # fmt: skip


def _filled(share: float) -> str:
    return f"{share:.0%} of" if share < TIMES_FROM else f"{share:,.0f} times"


def bulky_packages(at: Subject) -> Iterator[Finding]:
    """Many packages that fit no bag: each is looked for, lifted and carried by itself."""
    places, rules = bulky(at), at.station.realism
    if len(places) >= rules.bulky_warn_count:
        yield at.finds(
            Kind.BULKY, Severity.RISK,
            f"{len(places)} bulky packages of more than {rules.bulky_cm3 / 1000:.0f} l at {len(set(places))} stops; "
            f"{rules.bulky_warn_count} are many for one driver.",
            stops=sorted(set(places)), bulky_packages=len(places),
        )  # fmt: skip


def van_and_driver(at: Subject) -> Iterator[Finding]:
    """What the assignment would refuse too: a van that may not leave or does not fit, a driver who may not drive it."""
    van, driver = at.van, at.driver
    if van is not None:
        if why := at.known.grounded.get(van.van_id):
            said = f"Van {van.van_id} is grounded ({why}). Give the route another van."
            yield at.finds(Kind.VAN, Severity.LIMIT, said)
        empty = replace(at.load, volume_cm3=0.0)     # how full it is, `volume` says
        for misfit in van_misfits(van, empty, at.station):
            yield at.finds(Kind.VAN, Severity.LIMIT, misfit)
    if driver is not None:
        for misfit in driver_misfits(driver, at.load):
            yield at.finds(Kind.DRIVER, Severity.LIMIT, misfit)
    if van is not None and driver is not None:
        for misfit in pair_misfits(driver, van):
            yield at.finds(Kind.DRIVER, Severity.LIMIT, misfit)
