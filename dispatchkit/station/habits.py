"""The profile's section on the order in which drivers take zones."""

from dispatchkit.station.section import Section


class HabitRules(Section, frozen=True):
    """What a step between sort zones counts when a route is ordered as drivers go, beyond its driving.

    Attributes
    ----------
    next_row_s, next_shelf_s
        To the zone beside in the same aisle: A-1.1A to A-1.2A, or to A-1.1B.
    same_aisle_s
        To another one of the aisle.
    across_s, next_aisle_s
        Into the next aisle: to a zone beside, or to another one.
    elsewhere_s
        Anywhere else.
    strictness_share
        Where habits are learned anew, what a step counts is multiplied by this: above 1, an order follows them more
        strictly than drivers' single choices say.
    """

    next_row_s: float
    next_shelf_s: float
    same_aisle_s: float
    across_s: float
    next_aisle_s: float
    elsewhere_s: float
    strictness_share: float
