"""Routes with recorded drive times out of what a reader found: what a curve is fitted to and judged by."""

from collections.abc import Iterable

import numpy as np

from dispatchkit.errors import WorkbenchError
from dispatchkit.imports.given import GivenRoute, Import
from dispatchkit.travel.recorded import RecordedTravel


def recorded_routes(found: Iterable[Import]) -> dict[str, RecordedTravel]:
    """Return every route that comes with its driver's order and its drive times, by name: station, date and code.

    Raises
    ------
    WorkbenchError
        No route does.
    """
    recorded = {
        f"{day.station}/{day.service_day} {route.code}": _recorded(day, route)
        for day in found
        for route in day.routes
        if route.order == "driven" and route.route_id in day.recorded
    }
    if not recorded:
        raise WorkbenchError(
            "No route of these files has both its driver's order and drive times between its stops. Name a folder in "
            "the challenge's format that holds actual_sequences.json and travel_times.json."
        )
    return recorded


def _recorded(day: Import, route: GivenRoute) -> RecordedTravel:
    times = day.recorded[route.route_id]
    lat = np.array([day.station_lat, *(stop.lat for stop in route.stops)], dtype=float)
    lng = np.array([day.station_lng, *(stop.lng for stop in route.stops)], dtype=float)
    return RecordedTravel(times.stop_ids, lat, lng, times.seconds)
