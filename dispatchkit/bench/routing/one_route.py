"""One route of 180 stops put into order: how near to the best order that any engine finds, and how soon.

The routes are drawn by seeds: stops along short streets round the middles of some towns, drive times by the calibrated
curve with a scatter that shrinks with distance, as measured on ten public Amazon routes of 2018: there, the logarithm
of one direction over the other has a standard deviation of 0.2–0.3 below a minute and under 0.06 beyond ten. The
searches were tuned on other seeds than those that are reported.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import count as counting
from itertools import cycle, islice, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.polish import polished
from dispatchkit.plan.engine.problem import Problem
from dispatchkit.plan.engine.schedule import schedule
from dispatchkit.plan.engine.sequence import ROUNDS, insertion_order, sequence
from dispatchkit.travel.calibrated import CalibratedTravel
from dispatchkit.workers import workers

STOPS, CASES, FIRST_SEED = 180, 40, 1_000
SHIFT_S = 12 * 3600.0
NEAR_GAP = 0.003
"""An order so near to the best one, as a share of its driving, counts as good: 30 seconds in three hours."""

CUSTOMER_SHARE, BUSINESS_SHARE = 0.10, 0.07
"""Stops with a customer's window of 2 to 4 hours, and with business hours."""

BUSINESS_CLOSES_S = 6.5 * 3600


@dataclass(frozen=True, eq=False)
class Case:
    """A route to be ordered. Arrays as `plan.sequence` takes them.

    Attributes
    ----------
    name
        Such as "windows, one-way, seed 1003".
    """

    name: str
    drive_s: NDArray[np.float64]
    service_s: NDArray[np.float64]
    opens_s: NDArray[np.float64]
    closes_s: NDArray[np.float64]

    def figures(self, order: tuple[int, ...]) -> tuple[int, float]:
        """Seconds late and seconds of driving of an order: the smaller pair is the better order."""
        at, way = np.array(order), [0, *(stop + 1 for stop in order), 0]
        legs_s = self.drive_s[way[:-1], way[1:]]
        planned = schedule(legs_s, self.service_s[at], self.opens_s[at], self.closes_s[at])
        return round(float(planned.late_s.sum())), float(legs_s.sum())


@dataclass(frozen=True)
class Compared:
    """How the program's own order of a route stands beside the best that any engine found.

    Attributes
    ----------
    seconds
        Until it was found.
    gap, pyvrp_gap
        Driving beyond the best order's, as a share of it: of our order, and of PyVRP's with all its time.
    late_s
        Seconds by which it is later at customers than the best order.
    """

    name: str
    seconds: float
    gap: float
    late_s: int
    pyvrp_gap: float


def cases(count: int = CASES, *, stops: int = STOPS, first_seed: int = FIRST_SEED) -> Iterator[Case]:
    """Draw routes: with and without windows, the same both ways or not, in turn. All windows can be kept."""
    kinds = cycle(product((False, True), repeat=2))
    for i, (windows, one_way) in enumerate(islice(kinds, count)):
        yield _case(first_seed + i, windows=windows, one_way=one_way, stops=stops)


def measured(
    *, count: int = CASES, peer_s: float = 60.0, stops: int = STOPS, say: Callable[[str], None] = lambda _: None,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Any]:  # fmt: skip
    """Order each route once as the program does, then let both engines search for `peer_s` side by side, and compare.

    Returns
    -------
    dict
        `resequence_180_s` (median seconds of one order), `resequence_longest_s`, `within_share` (cases within 0.3 % of
        the best that any engine found, and no later), `gap_mean`, `gap_worst` (shares of driving), `cases` (the fields
        of `Compared`, a dict each).
    """
    rows: list[Compared] = []
    _ordered(next(cases(1, stops=stops)), seed=0, rounds=1)     # what is compiled and loaded once is not counted
    with workers(1) as beside:
        for case in cases(count, stops=stops):
            began = clock()
            own = case.figures(_ordered(case, seed=1, rounds=ROUNDS))
            seconds = clock() - began
            peer = beside.submit(_pyvrp, case, peer_s)
            long, pyvrp = _long(case, peer_s, clock), peer.result()
            best = min(own, long, pyvrp)
            rows.append(Compared(case.name, seconds, own[1] / best[1] - 1, own[0] - best[0], pyvrp[1] / best[1] - 1))
            say(f"{len(rows)} of {count} routes ordered.")
    return {
        "resequence_180_s": float(np.median([row.seconds for row in rows])),
        "resequence_longest_s": max(row.seconds for row in rows),
        "within_share": sum(row.gap <= NEAR_GAP and row.late_s <= 0 for row in rows) / len(rows),
        "gap_mean": float(np.mean([row.gap for row in rows])),
        "gap_worst": max(row.gap for row in rows),
        "cases": [asdict(row) for row in rows],
    }


def _ordered(case: Case, *, seed: int, rounds: int) -> tuple[int, ...]:
    return sequence(
        case.drive_s, case.service_s, case.opens_s, case.closes_s, shift_s=SHIFT_S, seed=seed, rounds=rounds
    )


def _long(case: Case, budget_s: float, clock: Callable[[], float]) -> tuple[int, float]:
    """Ours with four times the rounds, and other seeds until the time is up."""
    until, seeds = clock() + budget_s, counting(2)
    best = case.figures(_ordered(case, seed=next(seeds), rounds=4 * ROUNDS))
    while clock() < until:
        best = min(best, case.figures(_ordered(case, seed=next(seeds), rounds=4 * ROUNDS)))
    return best


def _pyvrp(case: Case, budget_s: float) -> tuple[int, float]:
    def with_station(values: NDArray[np.float64], station: float) -> NDArray[np.float64]:
        return np.concatenate([[station], values])

    nothing = np.zeros(len(case.drive_s))
    problem = Problem(
        lat=nothing, lng=nothing, volume=nothing, service_s=with_station(case.service_s, 0.0),
        opens_s=with_station(case.opens_s, np.nan), closes_s=with_station(case.closes_s, np.nan), van_volume=(0.0,),
        shift_s=SHIFT_S,
    )  # fmt: skip
    until = time.monotonic() + budget_s
    (order,) = polished(
        problem, case.drive_s, (tuple(insertion_order(case.drive_s)),), seed=1, must_serve=True,
        stop=lambda: time.monotonic() >= until,
    )  # fmt: skip
    return case.figures(tuple(place - 1 for place in order))


def _case(seed: int, *, windows: bool, one_way: bool, stops: int) -> Case:
    rng = np.random.default_rng(seed)
    drive_s = _drive_s(rng, _places(rng, stops), one_way=one_way)
    service_s = np.rint(rng.lognormal(np.log(75), 0.6, stops))
    opens_s, closes_s = np.full(stops, np.nan), np.full(stops, np.nan)
    if windows:
        _draw_windows(rng, drive_s, service_s, opens_s, closes_s)
    name = f"{'windows' if windows else 'no windows'}, {'one-way' if one_way else 'both ways'}, seed {seed}"
    return Case(name, drive_s, service_s, opens_s, closes_s)


def _places(rng: np.random.Generator, stops: int) -> NDArray[np.float64]:
    """Latitude and longitude, the station first: streets round the middles of four to eight towns."""
    towns = rng.normal(0, 0.02, (int(rng.integers(4, 9)), 2))
    places = [rng.uniform(-0.1, 0.1, 2)]
    while len(places) <= stops:
        middle, angle = towns[rng.integers(len(towns))] + rng.normal(0, 0.006, 2), rng.uniform(0, np.pi)
        along = rng.uniform(0.001, 0.006) * np.array([np.sin(angle), np.cos(angle)])
        for at in rng.uniform(-0.5, 0.5, int(rng.integers(2, 10))):
            places.append(middle + at * along + rng.normal(0, 0.0001, 2))   # noqa: PERF401  reads as it is drawn
    return np.array(places[: stops + 1]) * (1.0, 1.33) + (41.8, -87.8)


def _drive_s(rng: np.random.Generator, places: NDArray[np.float64], *, one_way: bool) -> NDArray[np.float64]:
    curve_s = CalibratedTravel().matrix(places[:, 0], places[:, 1])
    both = np.triu(rng.normal(0, 1, curve_s.shape), 1)
    scatter = (both + both.T) * np.interp(curve_s, (0, 100, 400, 1500), (0.3, 0.25, 0.2, 0.1))
    if one_way:
        scatter += rng.normal(0, 1, curve_s.shape) * np.interp(curve_s, (0, 100, 400, 1500), (0.2, 0.14, 0.09, 0.03))
    drive_s = np.rint(curve_s * np.exp(scatter))
    np.fill_diagonal(drive_s, 0.0)
    return drive_s


def _draw_windows(
    rng: np.random.Generator, drive_s: NDArray[np.float64], service_s: NDArray[np.float64],
    opens_s: NDArray[np.float64], closes_s: NDArray[np.float64],
) -> None:  # fmt: skip
    """Draw windows that an order keeps which is none of the best: what it takes to keep them is left to be found."""
    order = np.array(insertion_order(drive_s * np.exp(rng.normal(0, 0.3, drive_s.shape)))) - 1
    way = [0, *(order + 1), 0]
    arrive_s = schedule(drive_s[way[:-1], way[1:]], service_s[order]).arrive_s
    for stop, at_s in zip(order, arrive_s, strict=True):
        drawn = rng.random()
        if drawn < CUSTOMER_SHARE:
            length_s = rng.uniform(2, 4) * 3600
            opens_s[stop] = max(0.0, at_s - rng.uniform(0.1, 0.9) * length_s)
            closes_s[stop] = opens_s[stop] + length_s
        elif drawn < CUSTOMER_SHARE + BUSINESS_SHARE and at_s < BUSINESS_CLOSES_S:
            opens_s[stop], closes_s[stop] = 0.0, BUSINESS_CLOSES_S
