"""The station profile as the program uses it: typed sections, SI units in the names."""

from typing import Any

import msgspec

from dispatchkit.records import Record


class Section(Record, frozen=True):
    """A table of the profile. A field's suffix is its unit: the file's value is converted to it when read."""


class Shift(Section, frozen=True):
    """How long a driver may be out."""

    on_road_limit_s: float
    break_s: float
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
    """Spreads of the finish forecast, as shares of the planned time, and what counts as lost time or a short leg."""

    drive_spread_share: float
    service_spread_share: float
    driver_spread_share: float
    rate_weight_count: int
    lost_after_s: float
    short_leg_s: float


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
    """When an alarm is raised and cleared."""

    raise_late_share: float
    clear_late_share: float
    wave_share: float
    wave_late_s: float


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
    """What must be done before a shift is closed."""

    checklist: tuple[str, ...]


class Simulator(Section, frozen=True):
    """Shape of the simulated road; shares are of the planned time."""

    service_spread_share: float
    drive_spread_share: float
    driver_spread_share: float
    day_spread_share: float
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
    """Limits on files."""

    max_from_station_m: float
    max_file_bytes: float


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
    sources: dict[str, Source] = msgspec.field(default_factory=dict)
