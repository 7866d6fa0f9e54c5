"""What can be said against a plan before anybody drives it: one sentence, its figures, and what it is about."""

from collections.abc import Mapping
from enum import StrEnum

from dispatchkit.records import Place, Record


class Severity(StrEnum):
    """How much a finding weighs."""

    LIMIT = "limit"     # a hard limit is broken: the plan cannot be driven as it stands
    RISK = "risk"       # it can be driven, and goes wrong more often than it should
    NOTE = "note"       # worth knowing


class Kind(StrEnum):
    """What a finding is about."""

    HOURS = "hours"
    CHANCE = "chance"
    LOAD = "load"
    VAN = "van"
    DRIVER = "driver"
    BULKY = "bulky packages"
    WINDOW = "window"
    WAIT = "wait"
    MIDDAY = "midday"
    SLOW_AREA = "slow area"
    CONGESTION = "congestion"
    FAILING_ADDRESS = "failing address"
    STEM = "stem"
    OVERLAP = "overlap"
    FAMILIARITY = "familiarity"
    NURSERY = "nursery"
    SERVED_ONCE = "served once"
    UNSERVED = "unserved"
    STATED_TIMES = "stated times"
    UNKNOWN = "unknown"


class Finding(Record, frozen=True):
    """One thing that speaks against a route, or against the plan as a whole.

    Attributes
    ----------
    route_id
        The route; empty for the plan as a whole.
    sentence
        What is wrong and why, for the dispatcher; by ids, never by names or addresses.
    figures
        The figures of the sentence, their units in their names.
    stop_ids
        The stops that it is about, in route order: what a page selects on its map. None where it is about all of them.
    centre
        The middle of those stops, or of the route (latitude, longitude); None where no place is known.
    """

    kind: Kind
    severity: Severity
    sentence: str
    route_id: str = ""
    figures: Mapping[str, float] = {}
    stop_ids: tuple[str, ...] = ()
    centre: Place | None = None
