"""What can be done instead of rebuilding: another van or another driver for the route, and no stop changes. Pure."""

from collections.abc import Iterator

from dispatchkit.day import Day
from dispatchkit.plan.locks import listed
from dispatchkit.roster.attendance import may_drive
from dispatchkit.roster.decide import assign_driver_blockers, assign_van_blockers
from dispatchkit.station import Station


def free_vans(day: Day, route_id: str, station: Station) -> tuple[str, ...]:
    """Vans that nobody has and that may carry this route, the smallest first."""
    before = day.pre_load_out
    taken = {*before.van_of.values()}
    vans = before.fleet.vans if before.fleet else ()
    free = [v for v in vans if v.van_id not in taken and not any(assign_van_blockers(day, route_id, v.van_id, station))]
    return tuple(van.van_id for van in sorted(free, key=lambda van: (van.volume_cm3, van.van_id)))


def free_drivers(day: Day, route_id: str) -> tuple[str, ...]:
    """Drivers who have no route and may drive this one, standbys first."""
    before = day.pre_load_out
    taken = {*before.driver_of.values()}
    drivers = may_drive(before.roster, before.attendance) if before.roster else ()
    free = [
        d for d in drivers if d.driver_id not in taken and not any(assign_driver_blockers(day, route_id, d.driver_id))
    ]
    return tuple(driver.driver_id for driver in sorted(free, key=lambda d: (not d.standby, d.driver_id)))


def instead(day: Day, route_id: str, station: Station) -> Iterator[str]:
    """Say who or what could step in for the route's van or driver; nothing where nobody is free."""
    code = day.code(route_id)
    if vans := free_vans(day, route_id, station):
        be = "is" if len(vans) == 1 else "are"
        yield f"Free and able to carry {code} {be} {listed(list(vans))}. Given another van, {code} stays as it is."
    if drivers := free_drivers(day, route_id):
        be = "is" if len(drivers) == 1 else "are"
        named = listed(list(drivers))
        yield f"Without a route and able to drive {code} {be} {named}. Given another driver, {code} stays as it is."
