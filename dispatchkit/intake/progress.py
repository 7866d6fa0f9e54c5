"""Progress from anywhere into the log: what the pages, the command line and the address for programs share."""

from collections.abc import Sequence
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.desk import Desk
from dispatchkit.errors import Stale
from dispatchkit.pace.as_fact import told_before
from dispatchkit.pace.report import Weighed, weigh
from dispatchkit.pace.told import Told
from dispatchkit.station import Station

ATTEMPTS = 8
"""How often reports are weighed again when somebody decided something meanwhile: they are no less true for that."""


def report(desk: Desk, told: Sequence[Told], *, station: Station) -> tuple[Weighed, ...]:
    """Write whatever is new in the reports; return what became of each, oldest first.

    Raises
    ------
    Refused
        Where the day takes no reports (closed, without a plan, too many at once), or by this person's role.
    """
    weighed: tuple[Weighed, ...] = ()

    def new_facts(day: Day, *, at: datetime, by: str) -> list[Fact]:
        nonlocal weighed
        known = told_before(entry.fact for entry in desk.entries())
        weighed = weigh(day, told=told, station=station, at=at, by=by, known=known)
        return [fact for one in weighed for fact in one.facts]

    for attempt in range(ATTEMPTS):
        try:
            desk.decide(new_facts)
        except Stale:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            break
    return weighed
