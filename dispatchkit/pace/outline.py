"""The outline of some places: what lies within a margin of any of them, without dents. Pure."""

from collections.abc import Sequence

import numpy as np

from dispatchkit.geo import EARTH_RADIUS_M
from dispatchkit.records import Place

CORNERS = 12
"""Points of the circle around each place; more is not seen on a map."""


def outline(places: Sequence[Place], margin_m: float) -> tuple[Place, ...]:
    """Return the corners around at least one place, counter-clockwise, `margin_m` metres away from the outer ones.

    It is the convex hull of a circle around each place, so one place gives a circle and a row of them a bar.
    """
    from scipy.spatial import ConvexHull  # a tenth of a second to load, on days only that have something to outline

    at = np.radians(np.array(places, dtype=float))
    turn = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    lat = at[:, :1] + margin_m / EARTH_RADIUS_M * np.sin(turn)
    lng = at[:, 1:] + margin_m / EARTH_RADIUS_M * np.cos(turn) / np.cos(at[:, :1])
    around = np.degrees(np.column_stack([lat.ravel(), lng.ravel()]))
    # latitude stands first, so the library's way round is turned
    corners = around[ConvexHull(around - around.mean(axis=0)).vertices[::-1]]
    return tuple((float(a), float(b)) for a, b in corners)
