"""The profile's sections on the simulated road: its shape, and what its drivers write."""

from dispatchkit.station.section import Section


class Simulator(Section, frozen=True):
    """Shape of the simulated road; shares are of the planned time.

    Attributes
    ----------
    short_leg_s
        Legs up to here spread by `drive_spread_share`; longer ones are sums of such pieces.
    bad_weather_share, bad_weather_drive_share, bad_weather_service_share
        Days of bad weather, and how much longer driving and the door take then.
    new_driver_share, new_driver_slower_share
        Drivers of whom no day is known, and how much longer they take at the door.
    area_spread_share, driver_area_spread_share
        How much areas differ at their doors, and drivers in areas beyond that. For judging the forecast on many days;
        the road of single days has none of it.
    lost_share, lost_time_s
        Routes that lose time once on the road, and the mean of what they lose.
    breakdown_share, breakdown_time_s, breakdown_spread_share
        Routes whose van does not start any more, and how long it stands until help is there: mean and spread.
    """

    service_spread_share: float
    drive_spread_share: float
    short_leg_s: float
    driver_spread_share: float
    driver_day_spread_share: float
    day_spread_share: float
    bad_weather_share: float
    bad_weather_drive_share: float
    bad_weather_service_share: float
    new_driver_share: float
    new_driver_slower_share: float
    area_spread_share: float
    driver_area_spread_share: float
    lost_share: float
    lost_time_s: float
    breakdown_share: float
    breakdown_time_s: float
    breakdown_spread_share: float
    departure_spread_s: float
    not_delivered_share: float
    missing_share: float
    sent_back_share: float
    position_every_s: float
    progress_every_s: float
    absence_share: float
    call_out_before_s: float
    inspection_s: float
    inspection_spread_share: float
    defect_share: float
    incident_share: float


class DriverSays(Section, frozen=True):
    """What simulated drivers write to the desk; "{stop}" and "{minutes}" stand for figures.

    Attributes
    ----------
    lost_at_place, lost_of_van
        Why time is lost: what holds up whoever comes to the stop, and what holds up this van alone.
    lost_over, lost_least_s
        What is said when it goes on; of a hold-up shorter than this nothing is said at all.
    breakdown, breakdown_over
        What is said when the van does not start any more, and when help has come.
    not_delivered, not_delivered_told_share
        "REASON: sentence", and of how many of such packages something is said.
    on_break, on_break_told_share
        What is said of a break, and of how many of them.
    """

    lost_at_place: tuple[str, ...]
    lost_of_van: tuple[str, ...]
    lost_over: str
    lost_least_s: float
    breakdown: str
    breakdown_over: str
    not_delivered: tuple[str, ...]
    not_delivered_told_share: float
    on_break: str
    on_break_told_share: float
