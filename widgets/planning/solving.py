"""What the plan page has worked out in a process of its own. Light to import: that process imports it too."""

from dispatchkit.day import Day
from dispatchkit.roster.assignment import Assignment
from dispatchkit.station import Station


def assign(day: Day, station: Station) -> Assignment:
    """Drivers and vans for all routes; the solver is imported where it works, and nowhere else."""
    from dispatchkit.roster.assign import assign_day

    return assign_day(day, station=station)
