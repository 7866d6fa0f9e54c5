"""Why a route is behind, as far as its figures tell: a root cause of the station's list, and from what. Pure."""

from collections.abc import Iterable
from statistics import median

from dispatchkit.day import Day
from dispatchkit.pace.board import Line
from dispatchkit.pace.hourly_words import CONNECTION, MANY_PACKAGES, MANY_STOPS, OTHER, SLOW, SPREAD_OUT, root_causes
from dispatchkit.pace.progress import progress
from dispatchkit.pace.timetable import Timetables
from dispatchkit.plan.legs import STATION
from dispatchkit.records import PlannedRoute, Record
from dispatchkit.station import Station
from dispatchkit.times import seconds_between


class Usual(Record, frozen=True):
    """What a route of a day usually is: medians over the plan of its stops, packages and seconds between two stops."""

    stops: float
    packages: float
    leg_s: float


def usual_route(day: Day, tables: Timetables) -> Usual:
    """What the routes of this day's plan usually are; nothing of everything where it has none."""
    routes = [r for r in day.plan.routes if r.stop_ids]
    if not routes:
        return Usual(stops=0.0, packages=0.0, leg_s=0.0)
    return Usual(
        stops=median(len(r.stop_ids) for r in routes),
        packages=median(packages_of(day, r.stop_ids) for r in routes),
        leg_s=median(mean_leg_s(r, tables) for r in routes),
    )


def packages_of(day: Day, stop_ids: Iterable[str]) -> int:
    """Packages for these stops."""
    return sum(len(day.plan.stop[s].packages) for s in stop_ids)


def mean_leg_s(route: PlannedRoute, tables: Timetables) -> float:
    """Planned seconds of driving between two stops of a route, without the ways from and to the station."""
    legs = tables.legs.work(STATION, route.stop_ids).drive_s[1:]
    return float(legs.mean()) if legs.size else 0.0


def root_cause(day: Day, line: Line, *, station: Station, tables: Timetables, usual: Usual) -> tuple[str, str]:
    """The root cause that the figures tell, in the station's words, and from what; ("other", why) where they tell none.

    A cause that the station took off its list is not proposed.
    """
    id_, why = _told(day, line, station, tables, usual)
    words = root_causes(station)
    return (words[id_], why) if id_ in words else (words.get(OTHER, OTHER), "")


def _told(day: Day, line: Line, station: Station, tables: Timetables, usual: Usual) -> tuple[str, str]:
    """What holds now (nothing heard) comes before what was so from the start (its stops, its packages, its legs)."""
    rules, planned = station.hourly, day.plan.route[line.route_id]
    if line.stale:
        return CONNECTION, f"nothing heard for {line.age_s / 60:.0f} min"
    known = progress(day, line.route_id, tables, lost_after_s=station.forecast.lost_after_s)
    if known is not None and known.paced_stops >= rules.paced_count and known.planned_s > 0:
        rate = known.worked_s / known.planned_s
        if rate >= 1 + rules.slow_share:
            return SLOW, f"stops take {rate:.2f} times as long as planned"
    stops, packages = len(planned.stop_ids), packages_of(day, planned.stop_ids)
    if stops >= (1 + rules.stops_share) * usual.stops:
        return MANY_STOPS, f"{stops} stops, {usual.stops:.0f} are usual today"
    if packages >= (1 + rules.packages_share) * usual.packages:
        return MANY_PACKAGES, f"{packages} packages, {usual.packages:.0f} are usual today"
    leg_s = mean_leg_s(planned, tables)
    if leg_s >= (1 + rules.spread_share) * usual.leg_s:
        return SPREAD_OUT, f"{leg_s:.0f} s between stops, {usual.leg_s:.0f} s are usual today"
    late_s = seconds_between(planned.departs_at, line.departed_at) if line.departed_at else 0.0
    return OTHER, f"left {late_s / 60:.0f} min late" if late_s > station.alarm.wave_late_s else ""
