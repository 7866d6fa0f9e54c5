"""The profile's section on what makes one plan better than another, beside little driving."""

from dispatchkit.station.section import Section


class ObjectiveRules(Section, frozen=True):
    """Weights of what counts beside driving when routes are built; all of them in seconds of driving.

    Attributes
    ----------
    balance_s
        Price of the hours squared by which a van's work is unfair: what evens the hours out between drivers.
    zone_s
        Price of a stop that is not served by the van which serves most of its zone.
    compact_s_per_km
        Price of each kilometre by which a stop is farther from the middle of its own route than of another.
    familiarity_s
        Price of a stop in a zone that the van's driver does not know at all.
    nursery_share
        How much work a new driver should have compared with the others.
    chance_share
        Chance of being back in time that every route is planned for, as long as no stop stays behind for it.
    packages_count
        The most packages that a van takes where nobody says; 0 for no limit.
    """

    balance_s: float
    zone_s: float
    compact_s_per_km: float
    familiarity_s: float
    nursery_share: float
    chance_share: float
    packages_count: int
