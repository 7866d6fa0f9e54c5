"""Why a report is not believed at once: a list of small rules, each with its sentence. Pure.

A doubt speaks either of the figure, and a later report that agrees answers it, or of the report itself (another day,
another station, a wrong clock): then no number of reports of that kind makes it true.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from dispatchkit.day import Day
from dispatchkit.day.facts.road import Doubt
from dispatchkit.day.road import OnRoad
from dispatchkit.geo import distance_m, is_on_earth
from dispatchkit.pace.told import Told
from dispatchkit.records import Place, Record
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between

OTHER_DAY, OTHER_STATION, CLOCK, NOWHERE, FAR = "other day", "other station", "clock", "nowhere", "far"
FEWER, MORE, TOO_FAST, TOTAL = "fewer", "more than planned", "too fast", "other total"
NOT_LEFT, DRIVER, JUMP, OTHER_STOP = "not left", "driver", "jump", "other stop"

ANSWERABLE = frozenset((FEWER, MORE, TOO_FAST, TOTAL, NOT_LEFT, DRIVER, JUMP))
"""Doubts that a later report which agrees answers."""

HOUR_S, M_PER_KM = 3600.0, 1000.0


class Case(Record, frozen=True):
    """A report and what it is held against.

    Attributes
    ----------
    at
        When it counts as told: as the source says, but never after `now`.
    claimed
        When the source says it was.
    two_routes
        The reports that came together name its driver on several routes.
    """

    told: Told
    day: Day
    route_id: str
    at: datetime
    claimed: datetime
    now: datetime
    station: Station
    two_routes: bool = False

    @property
    def route(self) -> OnRoad:
        """The route as the day has it."""
        return self.day.road.routes[self.route_id]

    @property
    def code(self) -> str:
        """What people call the route."""
        return self.day.code(self.route_id)

    def clock(self, at: datetime) -> str:
        """An instant as the station's clock shows it."""
        return clock_text(at, self.day.course.timezone, str(self.day.key.service_day))


Rule = Callable[[Case], Iterator[Doubt]]


def doubts(case: Case) -> tuple[Doubt, ...]:
    """Every doubt about a report, by all rules that fit what it tells."""
    told = case.told
    own = _COUNT if told.stops_done is not None else _STOP if told.stop_id else _PLACE
    return tuple(doubt for rule in (*_ANY, *own) for doubt in rule(case))


def believable_stops(station: Station, seconds: float) -> float:
    """Stops that a route can get done in so many seconds, with those that a device held back."""
    return station.report.slack_count + station.report.most_stops_per_h * max(0.0, seconds) / HOUR_S


def is_jump(station: Station, start: Place, goal: Place, seconds: float) -> bool:
    """Say whether no van gets from one place to the other in so many seconds."""
    way_m = distance_m(*start, *goal)
    reach_m = station.report.fastest_kmh * M_PER_KM * max(0.0, seconds) / HOUR_S
    return way_m > station.report.jump_m and way_m > reach_m


def last_count(case: Case) -> tuple[datetime, int] | None:
    """When the route's stops were last known, and how many were done then; None while it has not left."""
    route, left = case.route, case.day.load_out.departed.get(case.route_id)
    known = [(left.at, 0)] if left else []
    if route.last_served is not None:
        known.append((route.last_served.at, len(route.served)))
    if route.reported is not None:
        known.append((route.reported.at, min(route.reported.stops_done, len(route.order))))
    return max(known, default=None)


def _other_day(case: Case) -> Iterator[Doubt]:
    day = case.day.key.service_day
    said = case.told.service_day
    if said is not None and said != day:
        yield Doubt(OTHER_DAY, f"It is of {said:%d %B}, and this day is {day:%d %B}.")
        return
    local = case.claimed.astimezone(ZoneInfo(case.day.course.timezone))
    ends_at = max((r.finish_by for r in case.day.plan.routes), default=None)
    over = ends_at is not None and seconds_between(ends_at, case.claimed) > case.station.report.day_after_s
    if local.date() < day or over:
        yield Doubt(OTHER_DAY, f"It is of {local:%d %B, %H:%M}, and this day is {day:%d %B}.")


def _other_station(case: Case) -> Iterator[Doubt]:
    said, ours = case.told.station.strip().upper(), case.day.key.station.upper()
    if said and said != ours:
        yield Doubt(OTHER_STATION, f"It is of station {said}, and this day is {ours}'s.")


def _clock_ahead(case: Case) -> Iterator[Doubt]:
    ahead_s = seconds_between(case.now, case.claimed)
    if ahead_s > case.station.report.ahead_s:
        why = f"Its clock said {case.clock(case.claimed)} when it came at {case.clock(case.now)}"
        yield Doubt(CLOCK, f"{why}{_off(case, ahead_s)}.")


def _off(case: Case, off_s: float) -> str:
    near_an_hour = abs(off_s - HOUR_S) <= case.station.report.near_hour_s
    return ": an hour off, so it was perhaps not changed" if near_an_hour else ""


def _driver(case: Case) -> Iterator[Doubt]:
    driver_id = case.told.driver_id
    left = case.day.load_out.departed
    if not driver_id:
        return
    if case.two_routes:
        yield Doubt(DRIVER, f"It has driver {driver_id} on two routes.")
    elif case.route_id in left and left[case.route_id].driver_id != driver_id:
        other = next((r for r, fact in left.items() if fact.driver_id == driver_id), None)
        if other is not None:
            yield Doubt(DRIVER, f"It has driver {driver_id}, who left with {case.day.code(other)}.")


def _not_left(case: Case) -> Iterator[Doubt]:
    """Stops done before the route left; where nobody recorded that it did, before it was to leave."""
    if case.told.stops_done == 0:
        return
    left = case.day.load_out.departed.get(case.route_id)
    leaves_at = left.at if left else case.day.plan.route[case.route_id].departs_at
    if case.at < leaves_at:
        did = "it left" if left else "it leaves by plan"
        yield Doubt(NOT_LEFT, f"{case.clock(case.at)} is before {case.code} was out: {did} at {case.clock(leaves_at)}.")


def _against_what_is_known(case: Case) -> Iterator[Doubt]:
    done, known = case.told.stops_done or 0, last_count(case)
    left = case.day.load_out.departed.get(case.route_id)
    if known is None or (left is not None and case.at < left.at):
        return
    at, count = known
    if case.at < at:
        if done > max(count, case.route.done_count):
            off_s = seconds_between(case.at, at)
            then = f"{count} known at {case.clock(at)}, which is later"
            yield Doubt(CLOCK, f"{done} stops at {case.clock(case.at)} are more than the {then}{_off(case, off_s)}.")
        return
    if done < case.route.done_count:
        yield Doubt(FEWER, f"{_stops(done)} are fewer than the {case.route.done_count} known at {case.clock(at)}.")
    if done - count > believable_stops(case.station, seconds_between(at, case.at)):
        minutes = seconds_between(at, case.at) / 60
        yield Doubt(TOO_FAST, f"{_stops(done - count)} in {minutes:.0f} min are more than anybody gets done.")


def _total(case: Case) -> Iterator[Doubt]:
    done, planned = case.told.stops_done or 0, len(case.route.order)
    if done > planned:
        yield Doubt(MORE, f"{_stops(done)} are more than the {planned} that {case.code} has.")
    elif case.told.of is not None and case.told.of < done:
        yield Doubt(MORE, f"{done} of {case.told.of} is more than there is.")
    elif case.told.of is not None:
        apart = abs(case.told.of - planned)
        if apart > case.station.intake.disagree_share * max(case.told.of, planned):
            yield Doubt(TOTAL, f"It has {_stops(case.told.of)} for {case.code}, and the plan has {planned}.")


def _stop_of_another(case: Case) -> Iterator[Doubt]:
    stop_id, route = case.told.stop_id, case.route
    if stop_id in route.order or stop_id in route.gave:
        return
    other = next((r for r, held in case.day.road.routes.items() if stop_id in held.order), None)
    whose = f"is {case.day.code(other)}'s" if other else "is not in today's plan"
    yield Doubt(OTHER_STOP, f"Stop {stop_id} {whose}.")


def _nowhere(case: Case) -> Iterator[Doubt]:
    lat, lng = case.told.place or (0.0, 0.0)
    if not is_on_earth(lat, lng):
        yield Doubt(NOWHERE, f"{lat:g}, {lng:g} is what a device without reception tells, not a place.")


def _far(case: Case) -> Iterator[Doubt]:
    place, home = case.told.place, case.day.plan.station_place
    if place is None or home is None or not is_on_earth(*place):
        return
    away_m = distance_m(*place, *home)
    if away_m > case.station.imports.max_from_station_m:
        yield Doubt(FAR, f"It is {away_m / M_PER_KM:,.0f} km from the station, where no route of it goes.")


def _jump(case: Case) -> Iterator[Doubt]:
    place, last = case.told.place, case.route.position
    if place is None or last is None or not is_on_earth(*place) or last.at >= case.at:
        return
    seconds = seconds_between(last.at, case.at)
    if is_jump(case.station, (last.lat, last.lng), place, seconds):
        way_km = distance_m(last.lat, last.lng, *place) / M_PER_KM
        yield Doubt(JUMP, f"It is {way_km:,.0f} km from where the van was {seconds / 60:.0f} min before.")


def _stops(count: int) -> str:
    return f"{count} stop" if count == 1 else f"{count} stops"


_ANY: tuple[Rule, ...] = (_other_day, _other_station, _clock_ahead, _driver)
_COUNT: tuple[Rule, ...] = (_not_left, _against_what_is_known, _total)
_STOP: tuple[Rule, ...] = (_not_left, _stop_of_another)
_PLACE: tuple[Rule, ...] = (_nowhere, _far, _jump)
