"""What was recorded of a route of the challenge: the driver's order, and the drive times between its stops."""

from collections.abc import Mapping

import numpy as np

from dispatchkit.imports import values
from dispatchkit.imports.given import RecordedTimes
from dispatchkit.imports.problems import Spot, quoted


def driven_order(
    entry: object, spot: Spot, station_stop: str, stops: Mapping[str, object]
) -> dict[str, float]:
    """Read each stop's place in the driver's order. It must hold every stop once, the station first."""
    spot = spot.within("actual")
    actual = values.as_object(entry.get("actual") if isinstance(entry, dict) else None, spot)
    for stop_id in sorted(stops.keys() - actual.keys()):
        spot.block(f"Stop {quoted(stop_id)} has no place in the driver's order.")
    for stop_id in sorted(actual.keys() - stops.keys()):
        spot.block(f"Stop {quoted(stop_id)} is in the driver's order, but not on the route.")
    order: dict[str, float] = {}
    by_place: dict[float, str] = {}
    for stop_id, value in actual.items():
        place = values.number(value, spot.within(stop_id), at_least=0)
        if place is None:
            continue
        if place in by_place:
            spot.within(stop_id).block(f"Stop {quoted(by_place[place])} has the same place in the order, {place:g}.")
        order[stop_id] = place
        by_place[place] = stop_id
    if station_stop in order and order[station_stop] > min(order.values()):
        spot.within(station_stop).block("The station is not the first place of the driver's order.")
    return order


def recorded_times(entry: object, spot: Spot, stop_ids: tuple[str, ...]) -> RecordedTimes | None:
    """Read the drive seconds between all places of a route into a matrix in the order of `stop_ids`."""
    times = values.as_object(entry, spot)
    seconds = np.zeros((len(stop_ids), len(stop_ids)), dtype=np.float32)
    complete = True
    for i, origin in enumerate(stop_ids):
        row = values.as_object(times.get(origin), spot.within(origin))
        for target in stop_ids:
            if row and target not in row:
                spot.within(origin).block(f"No drive time is given from here to stop {quoted(target)}.")
        if any(target not in row for target in stop_ids):
            complete = False
            continue
        for j, target in enumerate(stop_ids):
            value = row[target]
            if not (type(value) is float and 0 <= value <= values.DAY_S):
                checked = values.number(value, spot.within(origin).within(target), at_least=0, at_most=values.DAY_S)
                if checked is None:
                    complete = False
                    continue
                value = checked
            seconds[i, j] = value
    return RecordedTimes(stop_ids, seconds) if complete else None
