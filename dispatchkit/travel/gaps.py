"""Between which places an engine found no way, in sentences that name the stops."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from dispatchkit.records import Place, Stop

NAMED = 12
"""Stops that one sentence names; the rest are counted."""

Gap = tuple[Place, Place]
"""From a place to another."""


def names_of(stops: Iterable[Stop], station_place: Place | None = None) -> dict[Place, str]:
    """Say what stands at which place."""
    named = {stop.place: f"stop {stop.stop_id}" for stop in stops if stop.place is not None}
    return named | ({station_place: "the station"} if station_place is not None else {})


def gap_sentences(gaps: Iterable[Gap], names: Mapping[Place, str], instead: str) -> Iterator[str]:
    """Say where no way was found: places that most ways are missing from or to, then single ways.

    Parameters
    ----------
    names
        What stands at a place; a place without a name is told by its coordinates.
    instead
        How the drives there are known then, such as "the calibrated curve".
    """
    left = set(gaps)
    cut_off = set()
    # a place without a road misses the ways to and from every other one: the place that explains most gaps comes first
    while left:
        ((place, ways),) = Counter(place for gap in left for place in gap).most_common(1)
        if ways <= 2:
            break
        cut_off.add(place)
        left = {gap for gap in left if place not in gap}
    if cut_off:
        which = _some(sorted(names.get(place, _coordinates(place)) for place in cut_off))
        yield f"No way leads to or from {which} on the engine's map. Drives there are by {instead}; check the place."
    if left:
        which = _some(sorted(
            f"{names.get(a, _coordinates(a))} to {names.get(b, _coordinates(b))}" for a, b in left
        ))
        yield f"No way was found from {which}. Drives there are by {instead}."


def _some(named: list[str]) -> str:
    more = len(named) - NAMED
    return ", ".join(named[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _coordinates(place: Place) -> str:
    return f"{place[0]:.5f}, {place[1]:.5f}"
