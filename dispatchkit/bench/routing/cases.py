"""What `bench routing` asks: which engine, which instance, for how long, with which seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import product
from pathlib import Path

from dispatchkit.bench.routing import generated, published
from dispatchkit.errors import WorkbenchError

OURS, PYVRP, VROOM, ORTOOLS = "ours", "pyvrp", "vroom", "ortools"
"""Engines, under the names that the tables give them."""

VRP, DCH4, CHALLENGE = "vrp", "amazon_dch4_2018-08-08", "amazon_routes10"
"""Folders of the public data."""

PUBLISHED_S, DAY_S, PYVRP_S = 10.0, 60.0, 180.0
"""Seconds that engines are given: on published instances; on a day, or one route; on a day PyVRP alone."""

SEEDED = ("day_5000x30", "day_10000x55")
"""Days that are run with all seeds, with balance asked for, and by the peers."""

QUICK_PUBLISHED = ("solomon/R101", "solomon/RC201", "x/X-n101-k25")
QUICK_PUBLISHED_S, QUICK_DAY_S, QUICK_ROUTE_S = 4.0, 8.0, 1.0

ROUTES, PEERS, SINGLES = "days", "peers", ("dch4", "one_route", "challenge", "rebuild")
GROUPS = (published.SOLOMON, published.X, ROUTES, "balanced", PEERS, *SINGLES)
"""What `--only` knows, beside engines and names of instances."""

BALANCED = "-balanced"
"""Ending of the name of a case in which hours are asked to be even."""


@dataclass(frozen=True)
class Case:
    """One question to one engine.

    Attributes
    ----------
    name
        As in the tables; that of its instance, but for `BALANCED`, or one of `SINGLES`.
    group
        One of `GROUPS`.
    engine
        "" for single figures.
    quick
        Whether what is measured has to be made small, for a look.
    """

    name: str
    group: str
    engine: str
    budget_s: float
    seed: int
    quick: bool = False

    @property
    def instance(self) -> str:
        """Name of the instance."""
        return self.name.removesuffix(BALANCED)

    @property
    def is_published(self) -> bool:
        """Whether somebody has published the instance and its best known cost."""
        return published.is_published(self.name)

    @property
    def balanced(self) -> bool:
        """Whether hours are asked to be even."""
        return self.name.endswith(BALANCED)

    @property
    def key(self) -> tuple[str, str, float, int]:
        """By which a case that was measured before is known again."""
        return self.name, self.engine, self.budget_s, self.seed

    def wanted(self, word: str) -> bool:
        """Whether this case is meant by a word: its group, its engine, or the beginning of its name."""
        return word in (self.group, self.engine) or self.name.startswith(word)

    def __str__(self) -> str:
        engine = f", {self.engine}, seed {self.seed}" if self.engine else ""
        return f"{self.name}{engine}, {self.budget_s:g} s"


def cases(
    data: Path, *, seeds: Sequence[int], only: Sequence[str] = (), quick: bool = False, budget_s: float | None = None
) -> list[Case]:
    """List what there is to ask, with the data at hand.

    Parameters
    ----------
    data
        Folder of the public data.
    seeds
        For the days in `SEEDED`; the first of them for everything else.
    only
        Groups, engines or beginnings of names; all where it is empty.
    quick
        A look at each kind of question in about two minutes, instead of an evening's run.
    budget_s
        Seconds for every engine, instead of the usual ones.

    Raises
    ------
    WorkbenchError
        A word of `only` means none of them.
    """
    every = list(_quick(data, seeds[0]) if quick else _full(data, seeds))
    if strangers := [word for word in only if not any(case.wanted(word) for case in every)]:
        raise WorkbenchError(
            f"No case is meant by {', '.join(strangers)}. There are {', '.join(GROUPS)}; the engines {OURS}, {PYVRP}, "
            f"{VROOM}, {ORTOOLS}; and instances by the beginning of their name, such as solomon/R1 or day_5000x30, "
            f"where their data are in {data}."
        )
    wanted = [case for case in every if not only or any(case.wanted(word) for word in only)]
    return wanted if budget_s is None else [replace(case, budget_s=budget_s) for case in wanted]


def missing(data: Path) -> list[str]:
    """What cannot be measured for want of data or of an engine, as sentences."""
    said = [
        f"{what} left out: {data / folder} is not there."
        for what, folder in (
            ("The published instances are", VRP),
            ("The generated days are", generated.FOLDER),
            ("A station's real day is", DCH4),
            ("The real routes are", CHALLENGE),
        )
        if not (data / folder).is_dir()
    ]
    if not _has_vroom():
        said.append("VROOM is left out: pyvroom is not installed. Install it with `pip install 'dispatchkit[bench]'`.")
    if (data / generated.FOLDER).is_dir() and generated.judge_of(data) is None:
        judge = data.resolve().parent / generated.JUDGE
        said.append(f"The generated days are left out: {judge}, their judge, is not there.")
    return said


def _full(data: Path, seeds: Sequence[int]) -> Iterator[Case]:
    first, days = seeds[0], _days(data)
    for name in published.names(data / VRP):
        yield Case(name, name.partition("/")[0], OURS, PUBLISHED_S, first)
    for name in days:
        for seed in seeds if name in SEEDED else (first,):
            yield Case(name, ROUTES, OURS, DAY_S, seed)
    for name in (name for name in days if name in SEEDED):
        yield Case(name + BALANCED, "balanced", OURS, DAY_S, first)
    for name, engine in product([name for name in days if name in SEEDED], _peers()):
        yield Case(name, PEERS, engine, PYVRP_S if engine == PYVRP else DAY_S, first)
    yield from _singles(data, DAY_S, first, quick=False)


def _quick(data: Path, seed: int) -> Iterator[Case]:
    for name in published.names(data / VRP):
        if name in QUICK_PUBLISHED:
            yield Case(name, name.partition("/")[0], OURS, QUICK_PUBLISHED_S, seed, quick=True)
    for name in _days(data)[:1]:
        yield Case(name, ROUTES, OURS, QUICK_DAY_S, seed, quick=True)
        yield Case(name + BALANCED, "balanced", OURS, QUICK_DAY_S, seed, quick=True)
        for engine in _peers():
            yield Case(name, PEERS, engine, QUICK_DAY_S, seed, quick=True)
    yield from _singles(data, QUICK_DAY_S, seed, quick=True)


def _singles(data: Path, budget_s: float, seed: int, *, quick: bool) -> Iterator[Case]:
    there = {
        "dch4": (data / DCH4).is_dir(),
        "one_route": True,
        "challenge": (data / CHALLENGE).is_dir(),
        "rebuild": bool(_days(data)) if quick else SEEDED[0] in _days(data),
    }
    for name in SINGLES:
        if there[name]:
            seconds = QUICK_ROUTE_S if quick and name == "one_route" else budget_s
            yield Case(name, name, "", seconds, seed, quick=quick)


def _peers() -> tuple[str, ...]:
    return (PYVRP, VROOM, ORTOOLS) if _has_vroom() else (PYVRP, ORTOOLS)


def _has_vroom() -> bool:
    return find_spec("vroom") is not None


def _days(data: Path) -> list[str]:
    return generated.names(data) if generated.judge_of(data) else []
