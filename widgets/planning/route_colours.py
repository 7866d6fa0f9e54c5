"""A colour for each route of a plan, so that routes that lie next to each other can be told apart on the map."""

import numpy as np

from dispatchkit.records import Plan

COLOURS = ("#2f8f83", "#a9752a", "#7c63b8", "#5d8a2f", "#b0655a", "#8a8433", "#5c7d6b")
"""Of middling lightness, for a light ground and a dark one; none is the colour of what is selected or in question."""


def colours_of(plan: Plan) -> dict[str, int]:
    """route_id → index of its colour: of the routes that have it already, the nearest lies as far off as it can.

    Routes without a place on the map are left out.
    """
    middles: dict[str, tuple[float, float]] = {}
    for route in plan.routes:
        places = [place for s in route.stop_ids if (place := plan.stop[s].place)]
        if places:
            lat, lng = np.mean(places, axis=0)
            middles[route.route_id] = float(lat), float(lng) * float(np.cos(np.radians(lat)))
    found: dict[str, int] = {}
    for route_id, middle in middles.items():
        apart = [
            min((_squared(middle, middles[r]) for r, held in found.items() if held == colour), default=float("inf"))
            for colour in range(len(COLOURS))
        ]
        found[route_id] = int(np.argmax(apart))
    return found


def _squared(one: tuple[float, float], other: tuple[float, float]) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
