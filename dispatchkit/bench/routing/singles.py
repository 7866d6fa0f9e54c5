"""The figures that stand for themselves: a station's real day, one route's order, the challenge's score, a rebuild."""

from pathlib import Path
from typing import Any

from dispatchkit.bench.routing import generated
from dispatchkit.bench.routing.cases import CHALLENGE, DCH4, SEEDED, Case

QUICK_ROUTES = 4
"""Routes that are put in order for a look: one of each kind."""

_DIGITS = 5


def figures(case: Case, data: Path) -> dict[str, Any]:
    """Measure one of `cases.SINGLES`; the keys are those of the tables."""
    # each brings its own rooms along: an engine that is weighed must not carry them
    match case.name:
        case "dch4":
            from dispatchkit.bench.routing import dch4

            return dch4.measured(data / DCH4, budget_s=case.budget_s, seed=case.seed)
        case "one_route":
            from dispatchkit.bench.routing import one_route

            of_routes = one_route.measured(count=QUICK_ROUTES if case.quick else one_route.CASES, peer_s=case.budget_s)
            return {_named(name): _rounded(value) for name, value in of_routes.items()}
        case "challenge":
            from dispatchkit.bench.routing import challenge
            from dispatchkit.station import load

            return {name: _rounded(value) for name, value in challenge.measured(data / CHALLENGE, load()).items()}
        case "rebuild":
            from dispatchkit.bench.routing import rebuilding

            day = generated.names(data)[0] if case.quick else SEEDED[0]
            return rebuilding.measured(data, budget_s=case.budget_s, seed=case.seed, day=day)
        case _:
            raise ValueError(f"There are no single figures called {case.name}.")


def _named(name: str) -> str:
    """Figures of one route's order all begin alike: beside others, "cases" would say nothing."""
    return name if name.startswith("resequence_") else f"resequence_{name}"


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(float(value), _DIGITS)     # numpy's own would not be written down
        case dict():
            return {name: _rounded(part) for name, part in value.items()}
        case list():
            return [_rounded(part) for part in value]
        case _:
            return value
