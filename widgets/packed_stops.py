"""Stops as bytes: thousands of them reach the browser in one small message."""

import numpy as np
from numpy.typing import ArrayLike

STOP = np.dtype([("lat", "<f4"), ("lng", "<f4"), ("colour", "u1"), ("marks", "u1")])
"""One stop, 10 bytes, little endian. A float of 4 bytes is good to about 1 m at any longitude."""

DONE, WINDOW, NEXT, ABSENT, CHOSEN, LOCKED, GOES = 1, 2, 4, 8, 16, 32, 64
"""Marks of a stop, to be added up: done; a window applies; the next one; not drawn, though it keeps its index; chosen
for a change; locked; it would go to another route."""

BELOW_FROM = 4
"""Stops of a colour from this index on lie below the others, as those of index 0 do."""


def pack(lat: ArrayLike, lng: ArrayLike, colour: ArrayLike = 0, marks: ArrayLike = 0) -> bytes:
    """Pack stops for the map, in the order in which a click will name them.

    Parameters
    ----------
    lat, lng
        Degrees, n of each, finite.
    colour
        Index into the map's palette, 0–255: n of them, or one for all.
    marks
        `DONE`, `WINDOW`, … `GOES` or a sum of them: n of these, or one for all.

    Returns
    -------
    10 bytes a stop, as `STOP` says.
    """
    lat, lng, colour = np.asarray(lat, dtype=float), np.asarray(lng, dtype=float), np.asarray(colour)
    if lat.shape != lng.shape or lat.ndim != 1:
        raise ValueError(f"Latitudes {lat.shape} and longitudes {lng.shape} are not two lists of the same length.")
    if not (np.isfinite(lat).all() and np.isfinite(lng).all()):
        raise ValueError("A stop without coordinates cannot be drawn. Leave it out of the map and list it instead.")
    if colour.size and (colour.min() < 0 or colour.max() > 255):
        raise ValueError(f"Colour index {colour.min()} to {colour.max()} not understood; a palette has 256 colours.")
    stops = np.empty(len(lat), dtype=STOP)
    stops["lat"], stops["lng"], stops["colour"], stops["marks"] = lat, lng, colour, marks
    return stops.tobytes()
