"""The profile's section on routes that lose their driver: when neighbours can take them over."""

from dispatchkit.station.section import Section


class AbsorbRules(Section, frozen=True):
    """When neighbours can take a route over.

    Attributes
    ----------
    least_chance_share
        Chance of being back in time that every one of them keeps.
    near_count, takers_count
        Neighbours that are looked at, and how many may share one route out.
    least_stops_count
        Fewer stops are given to nobody if it works without.
    """

    least_chance_share: float
    near_count: int
    takers_count: int
    least_stops_count: int
