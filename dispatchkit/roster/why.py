"""A sentence for each choice of an assignment: why this driver, why this van."""

from dispatchkit.records import Driver, Van
from dispatchkit.roster.fit import Load, filled, zone_known_share
from dispatchkit.roster.question import Question


def why_driver(question: Question, driver: Driver, load: Load) -> str:
    """Say why the driver got the route: the strongest reason only."""
    if question.kept_driver(load.route_id) == driver.driver_id:
        return "Had the route already."
    if driver.driver_id in question.late:
        return "Late, but nobody else who can take it is free."
    if driver.standby:
        return "Standby; no regular driver who can take it is free."
    if driver.nursery:
        light = load.planned_s <= question.light_s
        return "New driver on one of the day's lightest routes." if light else "New driver; no lighter route was free."
    if known := zone_known_share(driver, load, question.station):
        return f"Knows the zones of the route at {known:.0%}."
    return "Here and free."


def why_van(question: Question, driver: Driver, van: Van, load: Load) -> str:
    """Say why the van got the route, and how full it will be."""
    warn = question.station.van.load_warn_share
    share = filled(load, van)
    full = f"{share:.0%} full" + (f", above the {warn:.0%} where loading gets tight" if share > warn else "")
    if question.kept_van(load.route_id) == van.van_id:
        return f"Had the route already; {full}."
    if driver.last_van_id == van.van_id:
        return f"The driver's van of the last days; {full}."
    return f"Free and big enough; {full}."
