"""The profile's section on plans: when something speaks against a route before anybody drives it."""

from dispatchkit.station.section import Section


class Realism(Section, frozen=True):
    """When something speaks against a planned route, before anybody drives it.

    Attributes
    ----------
    chance_share
        Least chance of being back in time.
    hard_risks_count
        So many different risks make a route hard.
    bulky_cm3, bulky_warn_count
        From which volume a package is bulky, and how many of them are many for one route.
    business_closes
        By when (HH:MM) the window of a business closes at the latest.
    window_missed_share
        Chance of coming after a window has closed from which it is told.
    midday_from, midday_until, midday_stops_count
        From when to when it is midday (HH:MM), and how many business stops in it are too many.
    slow_area_share, slow_area_known_count
        How much longer than planned an area's doors take, and how many days have to tell of that.
    past_count
        Days before this one whose outcomes count.
    failing_count, failing_of_count
        An address fails when so many of so many last visits failed.
    same_place_m
        Stops so near to each other are one address.
    stem_s
        Longest drive to the first stop, or back from the last.
    overlap_share
        Share of a route's stops whose nearest neighbour is on another route.
    zone_new_share
        A driver who knows less of a route than this is new to it.
    stated_s
        A stated return so far from the one reckoned here is told.
    """

    chance_share: float
    hard_risks_count: int
    bulky_cm3: float
    bulky_warn_count: int
    business_closes: str
    window_missed_share: float
    wait_s: float
    midday_from: str
    midday_until: str
    midday_stops_count: int
    slow_area_share: float
    slow_area_known_count: int
    past_count: int
    failing_of_count: int
    failing_count: int
    same_place_m: float
    stem_s: float
    overlap_share: float
    zone_new_share: float
    stated_s: float
