"""The answer for one route: absorbed, combined, or a replacement driver; with whom, and why not. Pure."""

from enum import StrEnum

from dispatchkit.plan.effect import Figures
from dispatchkit.records import Record
from dispatchkit.times import clock_text


class Verdict(StrEnum):
    """What can be done for a route that loses its driver."""

    COMBINE = "combine"     # one other driver takes it with his own
    ABSORB = "absorb"       # several share it out
    REPLACE = "replace"     # somebody has to drive it


class Limit(StrEnum):
    """What keeps the neighbours from taking a route."""

    NO_NEIGHBOUR = "no neighbour"
    VAN_VOLUME = "van volume"
    TIME = "time"
    WINDOW = "window"
    CHANCE = "chance in time"


class Taker(Record, frozen=True):
    """A route that would take stops over.

    Attributes
    ----------
    stop_ids
        What it would take.
    order
        All its stops with them, in the order to drive; its own keep theirs.
    after
        What it comes to then.
    """

    route_id: str
    code: str
    stop_ids: tuple[str, ...]
    order: tuple[str, ...]
    after: Figures

    def words(self, timezone: str) -> str:
        """The taker in a few words, times by the clock of `timezone`."""
        back = clock_text(self.after.finish_p80, timezone)
        return f"{self.code} (+{len(self.stop_ids)} stops, P80 {back}, in time with {self.after.chance_in_time:.0%})"


class Cover(Record, frozen=True):
    """Who could take one route over.

    Attributes
    ----------
    absorbed_by
        Neighbours that share all its stops out, each in time; empty where they cannot.
    combined_with
        Routes that could each take all of it alone, the most certain one first.
    limit, why_not
        Where nobody can: what is in the way, and that in words.
    """

    route_id: str
    code: str
    stops: int
    absorbed_by: tuple[Taker, ...] = ()
    combined_with: tuple[Taker, ...] = ()
    limit: Limit | None = None
    why_not: str = ""

    @property
    def verdict(self) -> Verdict:
        """The simplest thing that can be done."""
        if self.combined_with:
            return Verdict.COMBINE
        return Verdict.ABSORB if self.absorbed_by else Verdict.REPLACE

    @property
    def by(self) -> tuple[Taker, ...]:
        """Who takes it by the verdict: one alone, all who share it out, or nobody."""
        return self.combined_with[:1] or self.absorbed_by

    def sentence(self, timezone: str) -> str:
        """The answer in words, times by the clock of `timezone`."""
        named = ", ".join(taker.words(timezone) for taker in self.by)
        match self.verdict:
            case Verdict.COMBINE:
                others = f" {len(self.combined_with) - 1} more could." if len(self.combined_with) > 1 else ""
                return f"{self.code} can be combined with {named}.{others}"
            case Verdict.ABSORB:
                return f"{self.code} can be absorbed by {named}."
            case Verdict.REPLACE:
                return f"{self.code} needs a replacement driver: {self.why_not}"
