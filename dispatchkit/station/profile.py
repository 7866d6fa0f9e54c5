"""The station profile as the program uses it: typed sections, SI units in the names."""

from typing import Any

import msgspec

from dispatchkit.records import Record
from dispatchkit.station.absorb import AbsorbRules
from dispatchkit.station.build import BuildRules
from dispatchkit.station.by_hand import ByHandRules
from dispatchkit.station.habits import HabitRules
from dispatchkit.station.objective import ObjectiveRules
from dispatchkit.station.realism import Realism
from dispatchkit.station.rebuild import RebuildRules
from dispatchkit.station.section import Section
from dispatchkit.station.simulator import DriverSays, Simulator
from dispatchkit.station.travel import TravelRules


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
    area_spread_share, driver_area_spread_share
        How much areas differ at their doors, and one driver in one area from what both foretell.
    whole_route_spread_share
        How much a route's whole time differs by chance, where a day kept no more of it than its start and end.
    past_count
        Earlier days that count.
    least_in_area_count
        Stops in one area from which on a day tells of it.
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
    area_spread_share: float
    driver_area_spread_share: float
    whole_route_spread_share: float
    past_count: int
    least_in_area_count: int
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
    """When an alarm is raised and cleared, for how long it can be put away, and until when its cause is the same."""

    raise_late_share: float
    clear_late_share: float
    settle_s: float
    wave_share: float
    wave_late_s: float
    later_s: tuple[float, ...]
    returns_within_s: float


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
    near_hour_s
        A clock off by an hour, give or take this, was probably not changed with the others.
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
    near_hour_s: float
    day_after_s: float
    most_count: int
    body_bytes: float


class Hourly(Section, frozen=True):
    """When a root cause of the hourly report is taken to be told by the facts; shares are of the day's median route.

    `root_causes` and `actions` are what a person may choose, as "id: words".
    """

    slow_share: float
    paced_count: int
    spread_share: float
    stops_share: float
    packages_share: float
    root_causes: tuple[str, ...]
    actions: tuple[str, ...]


class AlarmRates(Section, frozen=True):
    """What counts as too many alarms: within an hour, a flood in a window, chatter of one cause; how many days compare.

    `per_h_count` is for any one hour, `days_count` for earlier days beside the one that is looked at.
    """

    window_s: float
    flood_count: int
    per_h_count: int
    days_count: int
    chatter_s: float


class WatchRules(Section, frozen=True):
    """How often a day is looked at when nobody has a page open, and how long a watcher that fell silent keeps it."""

    every_s: float
    lease_s: float


class LiveMapRules(Section, frozen=True):
    """What the live map takes for what."""

    at_door_m: float


class ProblemAreaRules(Section, frozen=True):
    """When an area is said to go wrong today.

    Attributes
    ----------
    least_count, failed_count
        Stops done there, or stops with packages not delivered, that are needed to say anything.
    failed_usual_share, failed_usual_weight_count
        Share of stops at which that happens on any day, and how many stops of today weigh as much as that.
    slow_s
        Seconds at each stop beyond what is usual for its route today.
    by_chance_share, by_chance_alone_share
        How probable it may be that noise alone shows as much: where several routes tell, and where only one does.
    near_m, margin_m
        Areas so near to each other are one; and how far around its stops it is drawn.
    """

    least_count: int
    slow_s: float
    by_chance_share: float
    by_chance_alone_share: float
    failed_count: int
    failed_usual_share: float
    failed_usual_weight_count: int
    near_m: float
    margin_m: float


class BehindRules(Section, frozen=True):
    """The course of stops behind over the day: how often it is drawn, and over what a trend is taken.

    Attributes
    ----------
    trend_over_s, trend_least_s
        A trend is the change over the first; where less than the second is known, there is none.
    steady_per_h
        A change of fewer stops in an hour is no trend.
    """

    every_s: float
    trend_over_s: float
    trend_least_s: float
    steady_per_h: float


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
    live_map: LiveMapRules
    problem_area: ProblemAreaRules
    driver_says: DriverSays
    behind: BehindRules
    realism: Realism
    travel: TravelRules
    absorb: AbsorbRules
    build: BuildRules
    by_hand: ByHandRules
    rebuild: RebuildRules
    objective: ObjectiveRules
    habits: HabitRules
    sources: dict[str, Source] = msgspec.field(default_factory=dict)
