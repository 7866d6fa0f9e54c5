"""What the plan page looks up about a day in a process of its own. Light to import: that process imports it too."""

from collections.abc import Callable
from typing import NamedTuple

from dispatchkit import in_hand
from dispatchkit.day import Day, fold
from dispatchkit.desk import StoredRecords
from dispatchkit.log import Log, open_log
from dispatchkit.plan.absorb import Cover
from dispatchkit.plan.compare import Compared
from dispatchkit.plan.effect import Figures
from dispatchkit.plan.realism import PlanRealism
from dispatchkit.records import DayKey
from dispatchkit.station import Station


class Covered(NamedTuple):
    """Who could take which route over, and what each comes to as it is, by route id."""

    covers: tuple[Cover, ...]
    now: dict[str, Figures]


def check_plan(address: str, key: DayKey, version: int, station: Station) -> PlanRealism:
    """Check the plan that the day had in hand at a version; `address` is the store's."""
    with open_log(address, create=False) as log:
        return in_hand.checked(log, _day(log, key, version), station)


def who_could_take(
    address: str, key: DayKey, version: int, station: Station, as_planned: bool, *, told: Callable[[str], object],
    enough: Callable[[], bool],  # noqa: ARG001 -- half a table is no answer: whoever has enough of it cancels it
) -> Covered:  # fmt: skip
    """Say of every route who could take it over; `as_planned`: as before the first van was loaded."""
    with open_log(address, create=False) as log:
        day = _day(log, key, version)
        covers = in_hand.covers(
            log, day, station, as_planned=as_planned, progress=lambda done, of: told(f"{done} of {of} routes")
        )
        return Covered(covers, in_hand.figures_in_hand(log, day, station))


def compare_plans(address: str, key: DayKey, version: int, station: Station, a: str, b: str) -> Compared:
    """Hold the plan with the digest `b` against the one with the digest `a`."""
    with open_log(address, create=False) as log:
        return in_hand.held_against(log, _day(log, key, version), a, b, station)


def _day(log: Log, key: DayKey, version: int) -> Day:
    """The very day that the page showed when it asked, whatever was written since."""
    return fold(key, [entry for entry in log.read(key) if entry.n <= version], StoredRecords(log))
