"""What is printed and kept of a case: a line of the tables, or single figures."""

from collections.abc import Mapping
from typing import Any

import msgspec


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What a set of routes comes to.

    Attributes
    ----------
    cost
        In the instance's own unit: distance, or drive seconds.
    routes
        Vans that leave the station.
    unserved
        Stops on no route, and those that are on several.
    late, overtime
        After windows close and beyond the shift, summed, in the instance's unit of time.
    overload
        Volume beyond what the vans hold.
    hours_sd
        Standard deviation of the hours of the vans that leave.
    """

    cost: float
    routes: int
    unserved: int
    late: float
    overtime: float
    overload: float
    hours_sd: float

    @property
    def feasible(self) -> bool:
        """Whether every stop is served once and no limit is broken."""
        return not (self.unserved or self.late or self.overtime or self.overload)


class Row(Judged, frozen=True, kw_only=True):
    """One engine on one instance, with the judgement of its routes.

    Attributes
    ----------
    stops
        How many there are to serve.
    budget_s
        Seconds that the engine was given.
    took_s
        Seconds that it took, from handing the matrix over until its routes were there.
    first_feasible_s
        Until the first plan that keeps every limit; None where there was none.
    gap_to_best
        Of the best known cost: the published one, or the best that any engine of the run found with every limit kept;
        None for a plan that breaks one.
    peak_mb
        Most memory that the engine's processes had of their own at once (USS, looked at five times a second), the
        matrix among it.
    """

    case: str
    engine: str
    seed: int
    stops: int
    budget_s: float
    took_s: float
    first_feasible_s: float | None
    gap_to_best: float | None = None
    peak_mb: float

    def __str__(self) -> str:
        first = "no feasible plan" if self.first_feasible_s is None else f"feasible after {self.first_feasible_s:.1f} s"
        gap = "" if self.gap_to_best is None else f" ({self.gap_to_best:+.2%} of the best known)"
        broken = "" if self.feasible else (
            f"; {self.unserved} unserved, {self.late:g} late, {self.overtime:g} overtime, {self.overload:g} overload"
        )
        return (
            f"{self.case}, {self.engine}, seed {self.seed}: {self.cost:,.0f}{gap} on {self.routes} routes in "
            f"{self.took_s:.0f} s, {first}, {self.peak_mb:,.0f} MB{broken}"
        )


class Singles(msgspec.Struct, frozen=True, kw_only=True):
    """Figures that stand for themselves, or lists of them; one that could not be taken is None."""

    case: str
    budget_s: float
    seed: int
    figures: Mapping[str, Any]

    def __str__(self) -> str:
        single = {name: value for name, value in self.figures.items() if not isinstance(value, list | dict)}
        return f"{self.case}: " + ", ".join(f"{name} {value}" for name, value in single.items())
