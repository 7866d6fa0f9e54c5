"""The synthetic station DXX1 and its calm day, from a seed."""

from datetime import date, time
from random import Random

from dispatchkit.plan.legs import Between
from dispatchkit.records import Fleet, Plan, Record, Roster
from dispatchkit.samples import people
from dispatchkit.samples.plans import Setting, plan_of
from dispatchkit.samples.town import neighbourhoods
from dispatchkit.station import Station

SEED = 20260314
TIMEZONE = "America/Chicago"

CALM = Setting(station="DXX1", service_day=date(2026, 3, 14), timezone=TIMEZONE, first_wave=time(9, 20))
"""A calm day: planned hours leave room below the limit of 9.5."""


class SampleStation(Record, frozen=True):
    """A station's day before anybody has come to work. `timezone` is its IANA zone."""

    plan: Plan
    roster: Roster
    fleet: Fleet
    timezone: str


def generate(seed: int, *, travel: Between, station: Station) -> SampleStation:
    """Make the station; the same seed makes the same one on every machine.

    Parameters
    ----------
    travel
        Planned drive seconds, rounded here to whole ones.
    station
        Its profile: waves, breaks, and how long a route may be out.
    """
    areas = list(neighbourhoods(Random(f"{seed}|town")))
    plan = plan_of(CALM, areas, str(seed), travel=travel, station=station)
    vans = people.fleet(plan.routes)
    return SampleStation(
        plan=plan,
        roster=people.roster([a.prefix for a in areas], vans, Random(f"{seed}|people")),
        fleet=vans,
        timezone=TIMEZONE,
    )
