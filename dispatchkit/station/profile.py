"""The station profile as the program uses it: typed sections, SI units in the names."""

from typing import Any

import msgspec

from dispatchkit.records import Record


class Section(Record, frozen=True):
    """A table of the profile. A field's suffix is its unit: the file's value is converted to it when read."""


class Shift(Section, frozen=True):
    """How long a driver may be out, and how long a break on the way can be."""

    on_road_limit_s: float
    break_s: float
    longest_break_s: float
    before_departure_s: float


class Wave(Section, frozen=True):
    """Loading and leaving in waves."""

    first: str
    spacing_s: float
    loading_s: float
    size_count: int
    briefing: tuple[str, ...]


class RosterRules(Section, frozen=True):
    """Who is on the roster where no file says so."""

    standby_share: float


class VanRules(Section, frozen=True):
    """What a van may carry and who gets it."""

    load_warn_share: float
    load_block_share: float
    spare_count: int


class Assign(Section, frozen=True):
    """Weights of the assignment of drivers and vans, in points."""

    zone_known_points: int
    same_van_points: int
    nursery_over_points: int
    known_after_count: int


class Forecast(Section, frozen=True):
    """Spreads of the finish forecast, as shares of the planned time, and what counts as lost time or a short leg.

    Attributes
    ----------
    drive_spread_share, service_spread_share
        Of one leg, and of one stop, around what the route's factors of the day make of its plan.
    driver_spread_share, driver_day_spread_share
        How much drivers differ at the door from each other, and one driver from day to day.
    route_drive_spread_share
        How much driving differs from route to route on one day.
    day_drive_spread_share, day_service_spread_share, day_together_share
        How much days differ for all routes alike, on the road and at the door, and how much of that goes together.
    new_driver_share
        How much longer than planned a driver takes of whom no day is known, where others' days are.
    calibration
        "stops left: median, below, above" in reckoned spreads; see `pace.calibration`.
    """

    drive_spread_share: float
    service_spread_share: float
    driver_spread_share: float
    driver_day_spread_share: float
    route_drive_spread_share: float
    day_drive_spread_share: float
    day_service_spread_share: float
    day_together_share: float
    new_driver_share: float
    lost_after_s: float
    short_leg_s: float
    calibration: tuple[str, ...]


class Pace(Section, frozen=True):
    """The response ladder."""

    minutes_per_stop_s: float
    watch_behind_count: int
    call_behind_count: int
    watch_late_share: float
    call_late_share: float
    help_late_share: float
    van_needed_s: float
    stale_after_s: float
    overdue_s: float


class Alarm(Section, frozen=True):
    """When an alarm is raised and cleared, and for how long it can be put away."""

    raise_late_share: float
    clear_late_share: float
    settle_s: float
    wave_share: float
    wave_late_s: float
    later_s: tuple[float, ...]


class Rescue(Section, frozen=True):
    """What a rescue may cost."""

    handover_s: float
    notice_s: float
    share: float
    helper_late_share: float
    least_stops_count: int
    reach_m: float


class PackageReasons(Section, frozen=True):
    """What each reason for an undelivered package makes of it."""

    attempted: tuple[str, ...]
    returned: tuple[str, ...]
    missing: tuple[str, ...]
    reattempt_within_s: float


class Close(Section, frozen=True):
    """What must be done before a shift is closed, and what types of incident there are."""

    checklist: tuple[str, ...]
    incidents: tuple[str, ...]


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
    lost_share, lost_time_s
        Routes that lose time once on the road, and the mean of what they lose.
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
    lost_share: float
    lost_time_s: float
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


class Imports(Section, frozen=True):
    """Limits on files, and what they leave open.

    Attributes
    ----------
    max_file_bytes, max_report_bytes
        Size of a file of a challenge or station day, and of a report.
    max_expanded_bytes, max_entries_count
        What a workbook may come to when unpacked, and of how many parts.
    max_rows_count, max_columns_count, max_cells_count
        Rows and columns of a sheet, and filled cells of all sheets of a workbook.
    max_text_count, max_pages_count
        Characters of a cell; pages of a PDF.
    date_order
        "month" and "day" as they stand where nothing in a column of dates tells them apart.
    """

    max_from_station_m: float
    max_file_bytes: float
    max_report_bytes: float
    max_expanded_bytes: float
    max_entries_count: int
    max_rows_count: int
    max_columns_count: int
    max_cells_count: int
    max_text_count: int
    max_pages_count: int
    date_order: tuple[str, ...]


class SignIn(Section, frozen=True):
    """What names and passwords must be, how guessing is slowed down, and how long a session lasts."""

    least_password_count: int
    longest_name_count: int
    free_tries_count: int
    free_tries_at_address_count: int
    first_wait_s: float
    longest_wait_s: float
    forget_s: float
    session_s: float


class Needs(Section, frozen=True):
    """From when on something needs a person."""

    confirm_before_s: float
    charge_warn_share: float
    range_warn_m: float
    close_after_s: float


class Site(Section, frozen=True):
    """The site itself. A text is empty and a place None where the profile leaves them blank.

    `timezone` is an IANA name; `zones` are those that a person is offered where nothing tells the site's own.
    """

    station: str
    dsp: str
    timezone: str
    lat_deg: float | None
    lng_deg: float | None
    zones: tuple[str, ...]


class DirectoryRules(Section, frozen=True):
    """How many days names and phones are kept after the last list in which the person stood."""

    retention_count: int


class Intake(Section, frozen=True):
    """What is made of the files of the day's operations.

    Attributes
    ----------
    disagree_share
        Files that differ by more than this about the same thing are asked about.
    service_share
        Share of a route's work that is service, where stops are only counted.
    van_volume
        "TYPE: cubic feet" by service type.
    settle_s
        A file in a watched folder that has not grown for so long has been written.
    """

    disagree_share: float
    packages_per_stop: float
    service_share: float
    van_volume: tuple[str, ...]
    settle_s: float


class Words(Section, frozen=True):
    """With which words exports say things. Case, dots, blanks and underscores never matter.

    Attributes
    ----------
    languages
        In which names of weekdays and months are understood, by ISO code.
    active, inactive
        Status of an associate: may be sent out, may not.
    not_rostered
        Cells of a schedule that stand for a day without work.
    operational, grounded
        Status of a van.
    pre_trip, post_trip
        With what the type of an inspection, or its form, begins.
    passed, failed, unjudged
        How an inspection ended; an unjudged one says only that it took place.
    no_data
        What stands in a scorecard where a driver has no figure.
    standby, nursery
        What the service type of a schedule's block mentions for a driver who stands by, and for a new one.
    """

    languages: tuple[str, ...]
    active: tuple[str, ...]
    inactive: tuple[str, ...]
    not_rostered: tuple[str, ...]
    operational: tuple[str, ...]
    grounded: tuple[str, ...]
    pre_trip: tuple[str, ...]
    post_trip: tuple[str, ...]
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    unjudged: tuple[str, ...]
    no_data: tuple[str, ...]
    standby: tuple[str, ...]
    nursery: tuple[str, ...]


class ProgressWords(Section, frozen=True):
    """Words of exports for how far a route is. What is under way says no number of stops."""

    not_started: tuple[str, ...]
    under_way: tuple[str, ...]
    done: tuple[str, ...]


class ReportRules(Section, frozen=True):
    """What a report of progress may say before it is doubted.

    Attributes
    ----------
    ahead_s
        A source's clock may be so much ahead of ours.
    most_stops_per_h, slack_count
        Stops that a route can get done since it was last known, and so many beside that: devices send late.
    fastest_kmh, jump_m
        A van that came so far since it was last seen, faster than that, is somewhere else.
    same_within_s
        The same count of one source again so soon is the same report.
    day_after_s
        A report so long after the last window of the day is of another day.
    most_count, body_bytes
        Reports in one go, and the bytes that they may come in.
    """

    ahead_s: float
    most_stops_per_h: float
    slack_count: int
    fastest_kmh: float
    jump_m: float
    same_within_s: float
    day_after_s: float
    most_count: int
    body_bytes: float


class Hourly(Section, frozen=True):
    """When a root cause of the hourly report is taken to be told by the facts; shares are of the day's median route."""

    slow_share: float
    paced_count: int
    spread_share: float
    stops_share: float
    packages_share: float


class AlarmRates(Section, frozen=True):
    """What counts as too many alarms: a flood in a window, and chatter of one cause."""

    window_s: float
    flood_count: int
    chatter_s: float


class WatchRules(Section, frozen=True):
    """How often a day is looked at when nobody has a page open, and how long a watcher that fell silent keeps it."""

    every_s: float
    lease_s: float


class Source(Record, frozen=True):
    """A value as the profile's file states it."""

    name: str
    value: Any
    unit: str
    source: str


class Station(Record, frozen=True):
    """A station profile. Read one with `dispatchkit.station.load`.

    Attributes
    ----------
    sources
        Each value as the file states it, with unit and source, by its dotted name ("rescue.handover").
    """

    shift: Shift
    wave: Wave
    roster: RosterRules
    van: VanRules
    assign: Assign
    forecast: Forecast
    pace: Pace
    alarm: Alarm
    rescue: Rescue
    package: PackageReasons
    close: Close
    simulator: Simulator
    imports: Imports
    sign_in: SignIn
    needs: Needs
    site: Site
    directory: DirectoryRules
    intake: Intake
    words: Words
    progress: ProgressWords
    report: ReportRules
    hourly: Hourly
    alarm_rates: AlarmRates
    watch: WatchRules
    sources: dict[str, Source] = msgspec.field(default_factory=dict)
