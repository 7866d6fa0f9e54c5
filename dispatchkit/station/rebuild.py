"""The profile's section on rebuilding a plan: who is asked to help, and what it costs to move anybody else's stops."""

from dispatchkit.station.section import Section


class RebuildRules(Section, frozen=True):
    """How stops that have lost their van are shared out.

    Attributes
    ----------
    near_count
        Routes around them that are asked first.
    loyalty_s
        Where somebody else's stops have to change route so that all are served: seconds of driving that each counts as.
    tries_count
        How many times routes are torn and mended: counted, so that a rebuild is the same on every machine.
    """

    near_count: int
    loyalty_s: float
    tries_count: int
