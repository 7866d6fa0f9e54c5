"""A plan asked one question at a time."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from dispatchkit.plan.realism import Kind, Severity, check
from dispatchkit.plan.realism.subject import NOTHING_KNOWN
from dispatchkit.records import Window
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import KEY, STATION

CHICAGO = "America/Chicago"
LIMIT, RISK, NOTE = Severity.LIMIT, Severity.RISK, Severity.NOTE


def checked(the_plan, *, known=NOTHING_KNOWN, station=STATION, also=()):
    """The whole check."""
    return check(the_plan, station, CalibratedTravel(), timezone=CHICAGO, known=known, also=also)


def found(kind: Kind, the_plan, route_id="CX1", **more):
    """What is found of one kind on one route; "" for the plan as a whole."""
    report = checked(the_plan, **more)
    findings = {r.route_id: r.findings for r in report.routes} | {"": report.findings}
    return [finding for finding in findings[route_id] if finding.kind is kind]


def by_rule(**rules):
    """The station with other rules of realism."""
    return replace(STATION, realism=replace(STATION.realism, **rules))


def clock(text):
    """An instant of the day by the station's clock: "13:00"."""
    return datetime.combine(KEY.service_day, time.fromisoformat(text), ZoneInfo(CHICAGO))


def window(opens, closes):
    return Window(opens=clock(opens), closes=clock(closes))


def with_windows(the_plan, **windows):
    """The plan with windows at stops: ``with_windows(plan, **{"CX1:2": ("10:00", "11:00")})``, for all packages."""
    stops = tuple(
        replace(s, packages=tuple(replace(p, window=window(*windows[s.stop_id])) for p in s.packages))
        if s.stop_id in windows
        else s
        for s in the_plan.stops
    )
    return replace(the_plan, stops=stops)
