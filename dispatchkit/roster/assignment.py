"""A proposal of drivers and vans for routes, as the assignment makes it and a decision takes it."""

from typing import NamedTuple


class Pair(NamedTuple):
    """A route with its driver and van, and a sentence for each choice."""

    route_id: str
    driver_id: str
    van_id: str
    why_driver: str
    why_van: str


class Uncovered(NamedTuple):
    """A route that got nobody, and the rule that is the cause."""

    route_id: str
    reason: str


class Assignment(NamedTuple):
    """The proposal, routes in the plan's order."""

    pairs: tuple[Pair, ...]
    uncovered: tuple[Uncovered, ...]
