"""What `dispatchkit plan compare` is told of: a day's plan in hand, one of its history, or what lies in files."""

from collections.abc import Sequence
from pathlib import Path

from dispatchkit.cli.checked import plan_of_path
from dispatchkit.cli.options import day_key, opened
from dispatchkit.desk import Desk
from dispatchkit.errors import NotFound
from dispatchkit.log import Log
from dispatchkit.plan.history import history
from dispatchkit.records import Plan
from dispatchkit.station import Station

OF_HISTORY = "#"
"""Stands between a day and the first letters of a digest."""


def two_plans(
    sources: Sequence[str], *, data: Path | None, station: Station, store: str | None, home: Path | None
) -> list[Plan]:
    """Find each plan: a path where one of that name exists, else a day in the store."""
    of_days = [not Path(text).exists() for text in sources]
    if not any(of_days):
        return [plan_of_path(Path(text), data, station, home) for text in sources]
    with opened(store, home) as log:
        return [
            _of_day(log, text) if of_day else plan_of_path(Path(text), data, station, home)
            for text, of_day in zip(sources, of_days, strict=True)
        ]


def of_history(desk: Desk, digest: str) -> str:
    """The one plan of the day's history whose digest begins so; NotFound where there is none, or more than one."""
    found = sorted({s.plan for s in history(desk.entries()) if s.plan.startswith(digest)})
    if len(found) != 1:
        several = "more than one plan" if found else "no plan"
        raise NotFound(
            f"The history of {desk.key} has {several} {digest}…. Run `dispatchkit plan history {desk.key}`."
        )
    return found[0]


def _of_day(log: Log, text: str) -> Plan:
    name, _, digest = text.partition(OF_HISTORY)
    key = day_key(name)
    log.require(key)
    desk = Desk(log, key, by="compare")
    wanted = of_history(desk, digest) if digest else desk.day().pre_load_out.in_hand
    if not wanted:
        raise NotFound(f"{key} has no plan yet. Import or build routes first.")
    return desk.records.record(wanted, Plan)
