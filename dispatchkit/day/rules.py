"""How a slice of the day says which facts concern it."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from dispatchkit.day.facts import Fact
from dispatchkit.errors import NotFound

R = TypeVar("R")


class Artifacts(Protocol):
    """Where the records are that facts name by digest (plans, rosters, fleets); by content, so reading them is pure."""

    def record(self, digest: str, kind: type[R]) -> R:
        """Return the record with this digest; NotFound where there is none."""
        ...


class NoArtifacts:
    """For days whose facts name no artifact."""

    def record(self, digest: str, kind: type[R]) -> R:
        """Refuse: there is nothing here."""
        raise NotFound(f"The {kind.__name__.lower()} {digest[:12]}… is not in this store. Import the day again.")


Rule = Callable[[Any, Any, Artifacts], Any]
"""`rule(slice, fact, artifacts) -> slice`; pure."""

Rules = dict[type[Fact], Rule]
"""A slice's rules by the type of fact they answer to. All other facts leave the slice as it is."""
