"""Places and routes as arrays: what the search works on, all of it changed in place."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOWHERE = -1
"""Whose a stop is that is on no route."""

ENDLESS_S = 1e9
"""Closing of a window that there is not."""


class Places(NamedTuple):
    """What is known of the places; place 0 is the station. Arrays of a value per place, or per pair of places.

    Attributes
    ----------
    drive_s, into_s
        Seconds from row to column; and from column to row, since what is near in memory is near in time.
    opens_s, closes_s, service_s
        Windows, 0 and endless where there is none; seconds at the stop.
    volume
        What it takes up; the order in which stops go back looks at it.
    needs
        What a stop takes of `Tours.free`; shape (places, 3).
    near, to_near_s, from_near_s
        The nearest stops, and the seconds to and from them; shape (places, near).
    zone
        Which zone a place is in, `NOWHERE` where in none.
    """

    drive_s: NDArray[np.float32]
    into_s: NDArray[np.float32]
    opens_s: NDArray[np.float32]
    closes_s: NDArray[np.float32]
    service_s: NDArray[np.float32]
    volume: NDArray[np.float64]
    needs: NDArray[np.float64]
    near: NDArray[np.int32]
    to_near_s: NDArray[np.float32]
    from_near_s: NDArray[np.float32]
    zone: NDArray[np.int32]


class Aims(NamedTuple):
    """Limits and prices.

    Attributes
    ----------
    leaves_s, until_s
        When each van leaves, and by when it is back.
    strange_s
        What it costs to have a van (row) serve a place (column), in seconds of driving; infinite where it may not.
    even, fair_s
        Price of the hours squared by which a van's work differs from its fair share, in seconds of driving.
    zone_s
        Price of a stop that is not on the van which holds most of its zone, in seconds of driving.
    left_s
        Price of a stop that is on no route, in seconds of driving.
    """

    leaves_s: NDArray[np.float64]
    until_s: NDArray[np.float64]
    strange_s: NDArray[np.float32]
    even: float
    fair_s: NDArray[np.float64]
    zone_s: float
    left_s: float


class Tours(NamedTuple):
    """The routes as they stand: by van and position, and by place.

    Attributes
    ----------
    order, stops
        Places of each van, and how many.
    leg_s, opens_s, closes_s, service_s
        Of the place at each position, and the leg into it; the leg after the last one leads back.
    done_s, latest_s
        When the stop is done, and when it has to begin at the latest for everything after it to be in time.
    free
        What each van has room for yet: volume, packages, positions in these arrays; shape (vans, 3).
    work_s
        Driving and service of each van.
    van, at
        Of each place: whose it is, and its position; `NOWHERE` where it is on no route. What has just been torn out
        keeps its position until it is clear that there is no room for it.
    held
        How many stops of each zone each van has; shape (vans, zones).
    """

    order: NDArray[np.int32]
    stops: NDArray[np.int64]
    leg_s: NDArray[np.float64]
    opens_s: NDArray[np.float64]
    closes_s: NDArray[np.float64]
    service_s: NDArray[np.float64]
    done_s: NDArray[np.float64]
    latest_s: NDArray[np.float64]
    free: NDArray[np.float64]
    work_s: NDArray[np.float64]
    van: NDArray[np.int64]
    at: NDArray[np.int64]
    held: NDArray[np.int32]


class Copy(NamedTuple):
    """Routes as they stood before: to go back to them, without working anything out again."""

    order: NDArray[np.int32]
    stops: NDArray[np.int64]
    leg_s: NDArray[np.float64]
    opens_s: NDArray[np.float64]
    closes_s: NDArray[np.float64]
    service_s: NDArray[np.float64]
    done_s: NDArray[np.float64]
    latest_s: NDArray[np.float64]
    free: NDArray[np.float64]
    work_s: NDArray[np.float64]
    touched: NDArray[np.bool_]


class Best(NamedTuple):
    """The best routes seen: `behind` are those that have changed since."""

    order: NDArray[np.int32]
    stops: NDArray[np.int64]
    behind: NDArray[np.bool_]


class Left(NamedTuple):
    """Stops that are on no route: `number[0]` of them, and as many as they were before, `number[1]`."""

    torn: NDArray[np.int64]
    before: NDArray[np.int64]
    number: NDArray[np.int64]
