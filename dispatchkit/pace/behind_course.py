"""How far behind each route was, over the day so far: from facts only, and only where something was heard. Pure.

Each figure is as true as the news that it stands on: stops done when they were last told, against those that the
timetable of that time put there by then. Between two signs of life that are too far apart there is none: silence is a
gap, never a flat line.
"""

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dispatchkit.day import Day
from dispatchkit.day.remembered import remembered
from dispatchkit.day.road import OnRoad
from dispatchkit.pace.timetable import Timetable, Timetables
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.station.profile import BehindRules

Instants = NDArray[np.float64]
"""Epoch seconds, sorted."""

AN_HOUR_S = 3600.0


class Trend(Record, frozen=True):
    """Where a route is heading.

    Attributes
    ----------
    per_h
        Change of stops behind in an hour: positive loses ground, negative gains it.
    steady
        Whether that is too little to speak of.
    """

    per_h: float
    steady: bool

    @property
    def words(self) -> str:
        """As a dispatcher says it: "losing 9/h", "gaining 6/h", "steady"."""
        if self.steady:
            return "steady"
        return f"{'losing' if self.per_h > 0 else 'gaining'} {abs(self.per_h):.0f}/h"

    @property
    def spoken(self) -> str:
        """The same for a sentence: "losing 9 stops an hour"."""
        return self.words.replace("/h", " stops an hour")


class Course(Record, frozen=True, eq=False):
    """The stops behind of one route since it left.

    Attributes
    ----------
    at_s
        Instants, epoch seconds: one every `behind.every` of the profile from the departure on, and when something was
        last heard. Empty for a route that has not left.
    behind
        Stops behind at each of them, as of when it was last heard then; not a number where that was too long ago. So
        the last figure is that of the last news, where `Line.behind` goes on with the clock.
    trend
        Its change over the last hour or so; None where too little is known, or it has nothing left to do.
    """

    at_s: Instants
    behind: NDArray[np.float64]
    trend: Trend | None = None

    @property
    def words(self) -> str:
        """The course by the hour, for those who do not see it: "behind over the day: 0, 4, 9, 22; losing 9 …"."""
        if not self.at_s.size:
            return "not left yet"
        hours_s = np.arange(self.at_s[0], self.at_s[-1], AN_HOUR_S)
        by_hour = self.behind[np.append(np.searchsorted(self.at_s, hours_s), self.at_s.size - 1)]
        said = ", ".join("nothing heard" if np.isnan(figure) else f"{figure:.0f}" for figure in by_hour)
        return f"behind over the day: {said}" + (f"; {self.trend.spoken}" if self.trend else "")


NOT_LEFT = Course(at_s=np.zeros(0), behind=np.zeros(0))


@remembered
def behind_courses(day: Day, *, now: datetime, station: Station, tables: Timetables) -> dict[str, Course]:
    """The course of every route of the plan, by route id."""
    return {r.route_id: _course(day, r.route_id, now.timestamp(), station, tables) for r in day.plan.routes}


def _course(day: Day, route_id: str, now_s: float, station: Station, tables: Timetables) -> Course:
    departed = day.load_out.departed.get(route_id)
    if departed is None or departed.at.timestamp() > now_s:
        return NOT_LEFT
    route, departed_s = day.road.routes[route_id], departed.at.timestamp()
    news = _News(route, departed_s, now_s)
    heard_s = float(news.signs_s[-1])
    at_s = np.append(np.arange(departed_s, heard_s, station.behind.every_s), heard_s)
    true_s, done = news.known_at(at_s)
    held = tables.all_of(day, route_id)
    behind = _behind(held, true_s, done)
    behind[at_s - true_s > station.pace.stale_after_s] = np.nan
    live = now_s - heard_s <= station.pace.stale_after_s and route_id not in day.end_of_shift.returned
    since_s = max(heard_s - station.behind.trend_over_s, held[-1][0])
    trend = _trend(at_s, behind, since_s, station.behind) if live and route.remaining else None
    return Course(at_s=at_s, behind=behind, trend=trend)


class _News:
    """What was told of a route up to an instant, and how much of it was known at any moment before."""

    def __init__(self, route: OnRoad, departed_s: float, now_s: float) -> None:
        self._served_s = _instants(route.served.values(), now_s)
        counted = sorted((at.timestamp(), report.stops_done) for at, report in route.reports.items())
        counted = [(departed_s, 0), *((at_s, done) for at_s, done in counted if departed_s < at_s <= now_s)]
        self._counted_s, self._counted = np.array(counted, dtype=float).T
        # where stops are told one by one, any sign of life says that no further one is done; beside a count none does
        alive = (*route.seen_at, *route.breaks) if route.served else ()
        self.signs_s = np.sort(np.concatenate([self._counted_s, self._served_s, _instants(alive, now_s)]))

    def known_at(self, at_s: Instants) -> tuple[Instants, NDArray[np.float64]]:
        """When what was known at each instant was true, epoch seconds, and the stops done then."""
        served = np.searchsorted(self._served_s, at_s, side="right")
        report = np.searchsorted(self._counted_s, at_s, side="right") - 1
        sign = np.searchsorted(self.signs_s, at_s, side="right") - 1
        counted = self._counted[report]
        by_count = counted > served
        return np.where(by_count, self._counted_s[report], self.signs_s[sign]), np.maximum(served, counted)


def _instants(told: Iterable[datetime], now_s: float) -> Instants:
    return np.array(sorted(at_s for at in told if (at_s := at.timestamp()) <= now_s), dtype=float)


def _behind(
    held: tuple[tuple[float, Timetable], ...], at_s: Instants, done: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Stops that the timetable of each instant put there by then, less those done."""
    found = np.empty(at_s.size)
    for number, (since_s, table) in enumerate(held):
        its = at_s >= since_s if number else np.ones(at_s.size, dtype=bool)
        expected = np.searchsorted(table.planned_s, at_s[its], side="right")
        found[its] = expected - np.minimum(done[its], table.planned_s.size)
    return found


def _trend(at_s: Instants, behind: NDArray[np.float64], since_s: float, rules: BehindRules) -> Trend | None:
    known = (at_s >= since_s) & ~np.isnan(behind)
    if not known.any():
        return None
    over_s, figures = at_s[known].tolist(), behind[known].tolist()
    known_s = over_s[-1] - over_s[0]
    if known_s < rules.trend_least_s:
        return None
    per_h = (figures[-1] - figures[0]) / known_s * AN_HOUR_S
    return Trend(per_h=per_h, steady=abs(per_h) < rules.steady_per_h)
