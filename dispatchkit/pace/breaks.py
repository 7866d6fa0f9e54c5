"""Breaks of a route's driver: taken, still owed, and when the plan puts them. Pure."""

from collections.abc import Callable
from datetime import UTC, datetime

from dispatchkit.day import Day
from dispatchkit.pace.timetable import Timetables
from dispatchkit.records import Record


class Breaks(Record, frozen=True):
    """The breaks of one route.

    Attributes
    ----------
    taken_s, owed_s
        Seconds that were told, and seconds that the plan has beyond them.
    due_at
        When the plan puts its break, shifted to the actual departure; None where it plans none.
    """

    taken_s: float
    owed_s: float
    due_at: datetime | None

    def overdue(self, now: datetime) -> bool:
        """Say whether a break is owed whose time is past."""
        return self.owed_s > 0 and self.due_at is not None and self.due_at <= now


def breaks(day: Day, route_id: str, tables: Timetables) -> Breaks:
    """How a route stands with its breaks."""
    taken_s, due_s = day.road.routes[route_id].break_s, tables.break_due_s(day, route_id)
    return Breaks(
        taken_s=taken_s,
        owed_s=max(0.0, day.plan.route[route_id].break_s - taken_s),
        due_at=None if due_s is None else datetime.fromtimestamp(due_s, UTC),
    )


def in_words(known: Breaks, now: datetime, clock: Callable[[datetime], str], *, is_back: bool = False) -> str:
    """Say how a route stands with its breaks in a few words; empty where there is nothing to say.

    Parameters
    ----------
    clock
        How an instant is shown.
    is_back
        Whether the route is back: then nothing is due any more, and what was not told stays so.
    """
    taken, owed = f"{known.taken_s / 60:.0f} min taken", f"{known.owed_s / 60:.0f} min owed"
    if known.owed_s <= 0 or known.due_at is None:
        return taken if known.taken_s else ""
    if is_back:
        return taken if known.taken_s else "none told"
    to_come = owed if known.overdue(now) else f"due {clock(known.due_at)}"
    return f"{taken}, {to_come}" if known.taken_s else to_come
