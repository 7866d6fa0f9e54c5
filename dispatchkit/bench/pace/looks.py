"""A driven day as the desk saw it, every quarter of an hour: what was done by then, what it told, what was left."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatchkit.bench.pace.days import Driven
from dispatchkit.pace.ahead import Left
from dispatchkit.pace.factors import Array, Stretches, leg_s2
from dispatchkit.pace.running import as_if_done_s, expected_whole_s
from dispatchkit.station.profile import Forecast

EVERY_S = 900.0
SHARES = (25, 50, 75)
"""Snapshots: the first look at which so many percent of the stops are done."""


class Looks(NamedTuple):
    """All looks at a day; arrays of shape (looks, routes) unless said otherwise.

    Attributes
    ----------
    at_s
        Of shape (looks,): seconds after the day's first planned departure.
    out
        The route has left and is not back.
    done, remaining
        Stops.
    starts_s
        When the work that is left starts: the last thing known, or so much later as the running stretch will be longer.
    break_s
        Break still owed.
    known
        Of shape (looks, routes, stops).
    """

    day: Driven
    at_s: Array
    out: NDArray[np.bool_]
    done: NDArray[np.int64]
    remaining: NDArray[np.int64]
    starts_s: Array
    break_s: Array
    known: Stretches
    left: Left


def looks(day: Driven, forecast: Forecast, doors: Array | None = None) -> Looks:
    """Look at a day from its first departure until its last return.

    Parameters
    ----------
    doors
        Of shape (routes, stops): what somebody expects each stop's service to take of what is planned; 1 where it is
        left out. `Looks.day` keeps the plan priced so.
    """
    if doors is not None:
        day = day._replace(routes=day.routes._replace(service_s=day.routes.service_s * doors))
    routes = day.routes
    at_s = np.arange(0.0, day.back_s.max() + EVERY_S, EVERY_S)
    now = at_s[:, None]
    done = ((day.done_s <= now[..., None]) & routes.real).sum(axis=-1)
    begun_s = np.where(day.left_s <= now, day.left_s, np.maximum(routes.departs_s, now))
    rows = np.arange(len(routes.stops))
    last_s = np.where(done > 0, day.done_s[rows, np.maximum(done - 1, 0)], begun_s)
    rested = day.break_at_s <= now
    since_s = np.where(rested, np.maximum(last_s, day.break_at_s), last_s)
    break_s = np.where(rested | (done >= routes.stops), 0.0, routes.break_s)
    break_next = (break_s > 0) & (done == routes.break_after + 1)
    places = np.arange(routes.real.shape[1])
    drive_s2, service_s2 = leg_s2(routes.drive_s, forecast.short_leg_s), routes.service_s**2
    at = np.minimum(done, routes.stops - 1)
    planned_s = (routes.drive_s + routes.service_s)[rows, at]
    noise_s2 = forecast.drive_spread_share**2 * drive_s2 + forecast.service_spread_share**2 * service_s2
    run_s = np.where(day.left_s <= now, now - since_s - np.where(break_next, break_s, 0.0), 0.0)
    whole_s, weight = expected_whole_s(run_s, planned_s, noise_s2[rows, at])
    open_s = now - routes.departs_s >= routes.opens_s[rows, at]
    speaks = (day.left_s <= now) & (done < routes.stops) & ~break_next & (run_s > 0) & open_s
    speaks &= run_s - planned_s <= forecast.lost_after_s
    runs = speaks[..., None] & (places == done[..., None])
    known = Stretches(
        drive_s=routes.drive_s,
        service_s=routes.service_s,
        drive_s2=drive_s2,
        service_s2=service_s2,
        took_s=np.where(runs, as_if_done_s(whole_s, planned_s, weight)[..., None], day.took_s),
        told=np.where(runs, weight[..., None], day.tells & (places < done[..., None])),
    )
    left = Left(
        drive_s=_after(routes.drive_s, done),
        service_s=_after(routes.service_s, done),
        drive_s2=_after(drive_s2, done),
        service_s2=_after(service_s2, done),
        back_s=routes.back_s,
        back_s2=leg_s2(routes.back_s, forecast.short_leg_s),
    )
    home_s2 = forecast.drive_spread_share**2 * left.back_s2
    longer_s = np.where(
        done < routes.stops,
        whole_s - planned_s,
        expected_whole_s(run_s, routes.back_s, home_s2)[0] - routes.back_s,
    )
    return Looks(
        day=day,
        at_s=at_s,
        out=(day.left_s <= now) & (day.back_s > now),
        done=done,
        remaining=routes.stops - done,
        starts_s=since_s + np.where(run_s > 0, longer_s, 0.0),
        break_s=break_s,
        known=known,
        left=left,
    )


def snapshots(seen: Looks) -> dict[int, NDArray[np.int64]]:
    """For each share, the look at which each route has first done so much of it; -1 where it never is out then."""
    stops = seen.day.routes.stops
    found = {}
    for share in SHARES:
        there = seen.out & (seen.done * 100 >= stops * share) & (seen.remaining > 0)
        found[share] = np.where(there.any(axis=0), there.argmax(axis=0), -1)
    return found


def _after(values: Array, done: NDArray[np.int64]) -> Array:
    """Sum of each route's values from the first stop not done on."""
    total = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    left: Array = total[:, -1] - total[np.arange(len(values)), done]
    return left
