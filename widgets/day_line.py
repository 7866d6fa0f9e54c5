"""The line over every page: which day, what time it is there, how true the figures are, who acts, and undo."""

import ipywidgets

from dispatchkit.day import Day
from widgets.guard import guarded
from widgets.plain import markup
from widgets.status import Status
from widgets.viewing import Viewing

MADE_UP = ("simulated", "reconstructed")


class DayLine(ipywidgets.Box):
    """Title, clock and labels, the status line, and the undo button."""

    def __init__(self, viewing: Viewing, status: Status) -> None:
        self._viewing = viewing
        self._status = status
        self._words = ipywidgets.HTML()
        self.undo = ipywidgets.Button(description="Undo my last", tooltip="Take back what you decided last")
        status.add_class("status-slot")
        self.undo.on_click(guarded(status, lambda _: self._take_back()))
        super().__init__([self._words, status, self.undo])
        self.add_class("day-line")

    def show_day(self, day: Day) -> None:
        """Say which day and time the page shows."""
        key = day.key
        branch = f" · run {key.branch}" if key.branch else ""
        as_of = "" if self._viewing.live else "as of "
        labels = "".join(f'<span class="old">◆ road {markup(word)}</span>' for word in _made_up(day))
        closed = '<span class="old">closed</span>' if day.course.closed_at else ""
        words = (
            f"<b>{markup(key.station)} · {key.service_day:%a %d %b %Y}{markup(branch)}</b>"
            f'<span class="clock">{as_of}{markup(self._viewing.time_text())}</span>{labels}{closed}'
            f'<span class="quiet">{markup(self._viewing.desk.by)}</span>'
        )
        if words != self._words.value:
            self._words.value = words

    def _take_back(self) -> None:
        self._viewing.desk.undo()
        self._status.ok("Taken back: what you decided last does not count any more.")


def _made_up(day: Day) -> list[str]:
    """Labels of the sources on this day's road that are no observation."""
    told = {r.last_served.by for r in day.road.routes.values() if r.last_served}
    told |= {r.reported.source for r in day.road.routes.values() if r.reported}
    return sorted(told & set(MADE_UP))
