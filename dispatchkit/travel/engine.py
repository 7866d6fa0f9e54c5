"""A routing engine: OSRM, Valhalla or openrouteservice, asked for tables of drive seconds within its limits."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
import routingpy
from numpy.typing import NDArray

from dispatchkit.station.travel import TravelRules
from dispatchkit.travel.address import KEY_VARIABLE, Address
from dispatchkit.travel.asking import Client, EngineFailed, Patience

Ask = Callable[[list[list[float]], list[int], list[int], datetime | None], Any]
"""Locations as [lng, lat], positions of sources and of targets, local departure → routingpy's answer."""


class Engine:
    """An engine at an address.

    Parameters
    ----------
    address
        Kind, place and profile.
    rules
        The station profile's limits and patience.
    key
        For an engine that asks for one; sent over TLS or within this machine only.

    Attributes
    ----------
    knows_hours
        Whether it takes the hour of departure into account.
    most_places, most_pairs
        Limits of one request: different places, and pairs of them.
    most_requests
        For one table; beyond that it would take too long.
    requests, asked_s
        How often it was asked so far, and how long that took.
    """

    def __init__(self, address: Address, rules: TravelRules, key: str = "") -> None:
        self.address = address
        self.knows_hours = address.kind == "valhalla"
        self.requests, self.asked_s = 0, 0.0
        most = {
            "osrm": (rules.osrm_places_count, rules.osrm_places_count**2),
            "valhalla": (2 * rules.valhalla_pairs_count, rules.valhalla_pairs_count),
            "ors": (2 * rules.ors_pairs_count, rules.ors_pairs_count),
        }
        self.most_places, self.most_pairs = most[address.kind]
        self.most_requests = rules.most_requests_count
        if self.most_places < 2 or self.most_pairs < 1:
            raise EngineFailed(f"A limit of {self.most_pairs} pairs leaves nothing to ask {address.name}. Raise it.")
        patience = Patience(
            tries=rules.tries_count, wait_s=rules.wait_s, pause_s=rules.pause_s, longest_pause_s=rules.longest_pause_s
        )
        client = partial(Client, address=address, patience=patience)
        self._ask = _ROUTERS[address.kind](address, client, key)

    @property
    def side(self) -> int:
        """Sources, and as many targets, that fit into one request whatever they have in common."""
        return max(1, min(self.most_places // 2, int(self.most_pairs**0.5)))

    @property
    def steps(self) -> int:
        """Sources that fit into one request whose targets are the next place of each."""
        return max(1, min(self.most_places - 1, int(self.most_pairs**0.5)))

    def seconds(
        self, places: NDArray[np.float64], sources: Sequence[int], targets: Sequence[int], leaves: datetime | None
    ) -> NDArray[np.float64]:
        """Ask for one table within the limits; shape (sources, targets), not a number where no way leads.

        Parameters
        ----------
        places
            Latitude and longitude in degrees, shape (n, 2), all of them a source or a target.
        sources, targets
            Positions among the places.
        leaves
            Departure by the clock of the place, without a zone, or None; only for an engine that knows hours.

        Raises
        ------
        NoRoad
            A place is near no road, and the engine answers nothing at all for that.
        EngineFailed
            In every other case without an answer.
        """
        locations = [[lng, lat] for lat, lng in places.tolist()]
        if len(locations) == 1:
            locations *= 2      # engines want two places at least
        began = time.perf_counter()
        try:
            answer = self._ask(locations, list(sources), list(targets), leaves)
            return self._table(answer.durations, (len(sources), len(targets)))
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise self._strange("no table of durations in it") from error
        finally:
            self.requests += 1
            self.asked_s += time.perf_counter() - began

    def _table(self, rows: Any, shape: tuple[int, int]) -> NDArray[np.float64]:
        try:
            table = np.array(rows, dtype=float)     # null becomes not a number
        except (ValueError, OverflowError) as error:
            raise self._strange("rows of different lengths, or something else than seconds") from error
        if table.shape != shape:
            raise self._strange(f"a table of {table.shape} instead of {shape}")
        if (table < 0).any() or np.isinf(table).any():
            raise self._strange("drives of less than nothing, or without end")
        return table

    def _strange(self, what: str) -> EngineFailed:
        return EngineFailed(
            f"{self.address.where} answered something that this program does not understand: {what}. Check that the "
            f"address is that of {self.address.name}."
        )


def _osrm(address: Address, client: Any, key: str) -> Ask:  # noqa: ARG001
    router = routingpy.OSRM(base_url=address.base_url, client=client)

    def ask(locations: list[list[float]], sources: list[int], targets: list[int], leaves: datetime | None) -> Any:  # noqa: ARG001
        return router.matrix(
            locations, address.profile, sources=sources, destinations=targets, annotations=["duration"]
        )

    return ask


def _valhalla(address: Address, client: Any, key: str) -> Ask:  # noqa: ARG001
    router = routingpy.Valhalla(base_url=address.base_url, client=client)

    def ask(locations: list[list[float]], sources: list[int], targets: list[int], leaves: datetime | None) -> Any:
        when = {"type": 1, "value": f"{leaves:%Y-%m-%dT%H:%M}"} if leaves else None
        return router.matrix(locations, address.profile, sources=sources, destinations=targets, date_time=when)

    return ask


def _openrouteservice(address: Address, client: Any, key: str) -> Ask:
    if key and not address.private:
        raise EngineFailed(f"The key is not sent to {address.where}, where others could read it. Use https://.")
    if not key and "openrouteservice.org" in address.base_url:
        raise EngineFailed(f"{address.where} asks for a key. Set the environment variable {KEY_VARIABLE} to yours.")
    router = routingpy.ORS(api_key=key or None, base_url=address.base_url, client=client)

    def ask(locations: list[list[float]], sources: list[int], targets: list[int], leaves: datetime | None) -> Any:  # noqa: ARG001
        return router.matrix(
            locations, address.profile, sources=sources, destinations=targets, metrics=["duration"]
        )

    return ask


_ROUTERS: dict[str, Callable[[Address, Any, str], Ask]] = {
    "osrm": _osrm, "valhalla": _valhalla, "ors": _openrouteservice,
}  # fmt: skip
