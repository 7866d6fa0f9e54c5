"""The words of the hourly report: root causes and actions of the station's own lists, by the ids that we know. Pure."""

from collections.abc import Iterable

from dispatchkit.station import Station

SPREAD_OUT, SLOW, CONNECTION = "spread", "slow", "connection"
MANY_PACKAGES, MANY_STOPS, OTHER = "packages", "stops", "other"
"""Ids of the root causes that figures can tell; of the last one they tell nothing."""

PLANNED, SENT, ON_THE_WAY, MONITORING, COMPLETE = "planned", "sent", "on the way", "monitoring", "complete"
"""Ids of the actions that facts can tell."""

UNDECIDED = "not decided yet"
"""Where no action is to be told: honest, and nothing that anybody would choose."""


def root_causes(station: Station) -> dict[str, str]:
    """Root causes that may be chosen, id → words, in the order of the profile."""
    return _worded(station.hourly.root_causes)


def actions(station: Station) -> dict[str, str]:
    """Actions that may be chosen, id → words, in the order of the profile."""
    return _worded(station.hourly.actions)


def _worded(lines: Iterable[str]) -> dict[str, str]:
    """A line without a colon is its own id."""
    parts = (line.partition(":") for line in lines)
    return {id_.strip(): words.strip() or id_.strip() for id_, _, words in parts}
