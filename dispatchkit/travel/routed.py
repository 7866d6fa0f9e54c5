"""Drive seconds by the roads of a routing engine, kept on this machine, with the curve where the engine knows none."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.errors import WorkbenchError
from dispatchkit.records import Place
from dispatchkit.travel.asking import EngineFailed, NoRoad
from dispatchkit.travel.calibrated import DEFAULT_SPREAD_SHARE, CalibratedTravel
from dispatchkit.travel.engine import Engine
from dispatchkit.travel.gaps import Gap
from dispatchkit.travel.kept import KeptAnswers
from dispatchkit.travel.matrix import TravelTimes

PLACE_DECIMALS = 5
"""Places are asked for to 0.00001 degrees, about a metre: what is nearer is the same house."""


class NoTravelTimes(WorkbenchError):
    """The engine that shall say how long driving takes does not, and nobody allowed another source."""


class RoutedTravel:
    """Travel times of a routing engine; they differ with the direction.

    Parameters
    ----------
    engine
        Asked for tables within its limits, one after the other.
    otherwise
        Asked for ways that the engine does not find, and for everything where it is silent and that is allowed.
    spread_share
        How far a route's drive by `otherwise` is off, as a share (one standard deviation); for the sentence that
        says so.
    kept
        Where answers are kept; None asks each time.
    timezone
        The station's zone (IANA), for an engine that knows hours; "" leaves the hour out.
    when_silent
        "refuse" raises `NoTravelTimes` where the engine gives no answer, "curve" goes on by `otherwise`, with a note.

    Attributes
    ----------
    notes
        What was done otherwise than asked, as sentences.
    gaps
        Ways that the engine did not find, from a place to another.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        otherwise: TravelTimes | None = None,
        spread_share: float = DEFAULT_SPREAD_SHARE,
        kept: KeptAnswers | None = None,
        timezone: str = "",
        when_silent: str = "refuse",
    ) -> None:
        self.engine = engine
        self.otherwise = otherwise or CalibratedTravel()
        self.spread_share = spread_share
        self.notes: list[str] = []
        self.gaps: set[Gap] = set()
        self._kept = kept
        self._zone = ZoneInfo(timezone) if timezone else None
        self._when_silent = when_silent
        self._silent = False
        self._off_road: set[Place] = set()

    @property
    def name(self) -> str:
        """What a plan calls this source; the curve, once that had to stand in."""
        return self.otherwise.name if self._silent else self.engine.address.name

    def matrix(self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None) -> NDArray[np.float64]:
        """Return drive seconds, shape (n, n), from row to column; the diagonal is zero."""
        places = _rounded(lat, lng)
        seconds: NDArray[np.float64] | None = None
        if not self._silent:
            try:
                # each place once and in one order, so that the same day is the same question however it is sorted
                unique, row = np.unique(places, axis=0, return_inverse=True)
                seconds = self._square(unique, self._leaves(depart_at))[np.ix_(row.ravel(), row.ravel())]
            except EngineFailed as error:
                self._go_on_without(error)
        if seconds is None:
            return self.otherwise.matrix(lat, lng, depart_at)
        np.fill_diagonal(seconds, 0.0)
        if (missing := np.isnan(seconds)).any():
            seconds[missing] = self.otherwise.matrix(lat, lng, depart_at)[missing]
            self._note_gaps(lat, lng, zip(*np.nonzero(missing), strict=True))
        return seconds

    def legs(
        self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None, stay_s: ArrayLike | None = None
    ) -> NDArray[np.float64]:
        """Return drive seconds, shape (n - 1,), from each place to the next in the order given.

        An engine that knows hours is asked for the hour of departure for all of them.
        """
        places = _rounded(lat, lng)
        seconds: NDArray[np.float64] | None = None
        if not self._silent:
            try:
                seconds = self._along(places, self._leaves(depart_at))
            except EngineFailed as error:
                self._go_on_without(error)
        if seconds is None:
            return self.otherwise.legs(lat, lng, depart_at, stay_s)
        if (missing := np.isnan(seconds)).any():
            seconds[missing] = self.otherwise.legs(lat, lng, depart_at, stay_s)[missing]
            self._note_gaps(lat, lng, ((i, i + 1) for i in np.flatnonzero(missing).tolist()))
        return seconds

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        """Return drive seconds from the first place to the second."""
        return float(self.legs([lat_a, lat_b], [lng_a, lng_b])[0])

    def _square(self, places: NDArray[np.float64], leaves: datetime | None) -> NDArray[np.float64]:
        """All pairs of different places, block by block."""
        n = len(places)
        if n < 2:
            return np.zeros((n, n))
        fits_whole = n <= self.engine.most_places and n * n <= self.engine.most_pairs
        side = n if fits_whole else self.engine.side
        parts = [np.arange(first, min(first + side, n)) for first in range(0, n, side)]
        if len(parts) ** 2 > self.engine.most_requests:
            raise EngineFailed(
                f"{n:,} places take {len(parts) ** 2:,} requests to {self.engine.address.where}, and at most "
                f"{self.engine.most_requests:,} are made. Raise the limit of one request on your server and in "
                "[travel], or most_requests."
            )
        seconds = np.zeros((n, n))
        for sources in parts:
            for targets in parts:
                seconds[np.ix_(sources, targets)] = self._table(places[sources], places[targets], leaves)
        return seconds

    def _along(self, places: NDArray[np.float64], leaves: datetime | None) -> NDArray[np.float64]:
        """From each place to the next: the step beside the diagonal of blocks that overlap by a place."""
        side = self.engine.steps
        seconds = np.zeros(max(0, len(places) - 1))
        for first in range(0, seconds.size, side):
            last = min(first + side, seconds.size)
            table = self._table(places[first:last], places[first + 1 : last + 1], leaves)
            seconds[first:last] = np.diag(table)
        seconds[(places[:-1] == places[1:]).all(axis=1)] = 0.0
        return seconds

    def _table(
        self, sources: NDArray[np.float64], targets: NDArray[np.float64], leaves: datetime | None
    ) -> NDArray[np.float64]:
        """One block: as it was kept, or asked for; not a number where no way leads."""
        shape = (len(sources), len(targets))
        hour = f"{leaves:%Y-%m-%d %H}" if leaves else ""
        digest = KeptAnswers.digest((self.engine.address, hour, sources.tolist(), targets.tolist()))
        table = self._kept.get(digest, shape) if self._kept else None
        if table is None:
            table = self._asked(sources, targets, leaves)
            if self._kept:
                self._kept.put(digest, table)
        return table

    def _asked(
        self, sources: NDArray[np.float64], targets: NDArray[np.float64], leaves: datetime | None
    ) -> NDArray[np.float64]:
        """Ask for a block without the places that no road is near: one of them costs the whole answer."""
        table = np.full((len(sources), len(targets)), np.nan)
        for _ in range(2):
            rows, columns = self._on_road(sources), self._on_road(targets)
            if not rows.size or not columns.size:
                break
            try:
                table[np.ix_(rows, columns)] = self._request(sources[rows], targets[columns], leaves)
                break
            except NoRoad:
                both = np.unique(np.concatenate([sources[rows], targets[columns]]), axis=0)
                self._off_road.update(self._find_off_road(both))
        return table

    def _request(
        self, sources: NDArray[np.float64], targets: NDArray[np.float64], leaves: datetime | None
    ) -> NDArray[np.float64]:
        wanted = len(targets)
        if leaves is not None and len(sources) > wanted:
            # Valhalla takes an hour only where there are as many targets as sources: the last one stands there again
            targets = np.concatenate([targets, np.repeat(targets[-1:], len(sources) - wanted, axis=0)])
        places, number = np.unique(np.concatenate([sources, targets]), axis=0, return_inverse=True)
        number = number.ravel()
        table = self.engine.seconds(places, number[: len(sources)].tolist(), number[len(sources) :].tolist(), leaves)
        return table[:, :wanted]

    def _on_road(self, places: NDArray[np.float64]) -> NDArray[np.int_]:
        known = [i for i, (lat, lng) in enumerate(places.tolist()) if (lat, lng) not in self._off_road]
        return np.array(known, dtype=int)

    def _find_off_road(self, places: NDArray[np.float64]) -> Iterator[Place]:
        """Halve until the places that no road is near stand alone."""
        half = self.engine.side
        if len(places) > half:
            yield from self._find_off_road(places[:half])
            yield from self._find_off_road(places[half:])
            return
        try:
            self._request(places, places, None)
        except NoRoad:
            if len(places) == 1:
                ((lat, lng),) = places.tolist()
                yield lat, lng
            else:
                middle = len(places) // 2
                yield from self._find_off_road(places[:middle])
                yield from self._find_off_road(places[middle:])

    def _leaves(self, depart_at: datetime | None) -> datetime | None:
        """The hour of departure by the station's clock, for an engine that knows hours."""
        if depart_at is None or self._zone is None or not self.engine.knows_hours:
            return None
        return depart_at.astimezone(self._zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)

    def _go_on_without(self, error: EngineFailed) -> None:
        """Let the curve stand in where that is allowed; raise where it is not."""
        off = f"a route's driving may be off by {self.spread_share:.0%} and more"
        if self._when_silent != "curve":
            raise NoTravelTimes(
                f"{error} Set it right and try again; or set when_silent = \"curve\" in [travel] of the station "
                f"profile to go on by the calibrated curve: {off}."
            ) from error
        self._silent = True
        self.notes.append(f"{error} Drive times are by the calibrated curve instead: {off}.")

    def _note_gaps(self, lat: ArrayLike, lng: ArrayLike, pairs: Iterator[Sequence[int]]) -> None:
        at = list(zip(np.asarray(lat, dtype=float).tolist(), np.asarray(lng, dtype=float).tolist(), strict=True))
        self.gaps.update((at[a], at[b]) for a, b in pairs)


def _rounded(lat: ArrayLike, lng: ArrayLike) -> NDArray[np.float64]:
    """Places as they are asked for, shape (n, 2)."""
    places = np.column_stack([np.asarray(lat, dtype=float), np.asarray(lng, dtype=float)])
    if not np.isfinite(places).all():
        raise ValueError("A place without coordinates has no drive times; leave the stop out and report it.")
    return places.round(PLACE_DECIMALS)
