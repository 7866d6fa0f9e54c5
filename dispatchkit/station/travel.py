"""The profile's section on travel times: which source, how patiently it is asked, and what hours and areas do to it."""

from dispatchkit.station.section import Section


class TravelRules(Section, frozen=True):
    """Where drive seconds come from.

    Attributes
    ----------
    engine
        A routing engine's address, such as "osrm+http://localhost:5000"; empty for the calibrated curve.
    when_silent
        What to do where the engine does not answer: "refuse", or "curve" to go on by the calibrated curve.
    curve
        A file that `dispatchkit travel fit` has written; empty for the curve that the program brings along. A name
        without a folder is looked for beside the profile.
    factor_share
        Multiplies every drive by the curve; an engine's are taken as they are.
    tries_count, wait_s, pause_s, longest_pause_s
        Requests until an engine is given up; longest wait for an answer; pause before the second try, which doubles
        from try to try, and the longest one.
    osrm_places_count, valhalla_pairs_count, ors_pairs_count
        What each engine takes in one request: different places, or pairs of them.
    most_requests_count
        A table that takes more requests than this is not asked for at all.
    keep_count
        Days for which an engine's answers are kept on this machine.
    weekday_hours, weekend_hours
        "HH:MM-HH:MM: per cent" of the usual drive, by the station's clock; 100 in all other hours.
    areas
        "NAME | WHERE | WHEN | SOURCE"; see `travel.congestion`.
    """

    engine: str
    when_silent: str
    curve: str
    factor_share: float
    tries_count: int
    wait_s: float
    pause_s: float
    longest_pause_s: float
    osrm_places_count: int
    valhalla_pairs_count: int
    ors_pairs_count: int
    most_requests_count: int
    keep_count: int
    weekday_hours: tuple[str, ...]
    weekend_hours: tuple[str, ...]
    areas: tuple[str, ...]
