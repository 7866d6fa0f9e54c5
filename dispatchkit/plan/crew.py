"""Who will most likely drive which van, when routes are built before anybody is assigned. Pure."""

from dispatchkit.day import Day
from dispatchkit.records import Driver
from dispatchkit.roster.attendance import may_drive


def crew_of(day: Day) -> dict[str, Driver]:
    """van_id → its driver: who is assigned, else who drove that van last and may drive today; others are unknown.

    Standbys are at home; they are nobody's driver until they are called.
    """
    before = day.pre_load_out
    if before.roster is None:
        return {}
    named = {van_id: before.driver_of.get(route_id) for route_id, van_id in before.van_of.items()}
    crew = {van_id: before.roster.driver[d] for van_id, d in named.items() if d in before.roster.driver}
    taken = {driver.driver_id for driver in crew.values()}
    for driver in may_drive(before.roster, before.attendance):
        if driver.last_van_id and not driver.standby and driver.driver_id not in taken:
            crew.setdefault(driver.last_van_id, driver)
    return crew
