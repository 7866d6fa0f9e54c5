"""The line over every page: which day, what time it is there, how true the figures are, who is here, and undo."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.day.facts.base import MADE_UP
from dispatchkit.log.presence import Present
from widgets.buttons import allow
from widgets.drawer import Drawer
from widgets.guard import guarded
from widgets.plain import markup
from widgets.status import Status
from widgets.viewing import Viewing

STANDS = '<span class="quiet stands">not today: what you do gets this time</span>'


class HasLine(Protocol):
    """What the line needs of its page."""

    viewing: Viewing
    status: Status

    def undo(self) -> None:
        """Take back what this page's person decided last."""
        ...


class DayLine(ipywidgets.Box):
    """Title, clock and labels, the status line, the drawers' buttons, and the undo button."""

    def __init__(self, page: HasLine, drawers: Mapping[str, Drawer]) -> None:
        self._viewing = page.viewing
        self._words = ipywidgets.HTML()
        self.undo = ipywidgets.Button(description="Undo my last")
        allow(self.undo, page.viewing.forbids, about="Take back what you decided last")
        page.status.add_class("status-slot")
        self.undo.on_click(guarded(page.status, lambda _: page.undo()))
        openers = [drawer.opener(label, page.status) for label, drawer in drawers.items()]
        super().__init__([self._words, page.status, *openers, self.undo])
        self.add_class("day-line")

    def show_day(self, day: Day, others: Sequence[Present]) -> None:
        """Say which day and time the page shows, and who is at it."""
        key = day.key
        branch = f" · run {key.branch}" if key.branch else ""
        moves = self._viewing.live or self._viewing.simulated
        as_of = "" if moves else "as of "
        stands = "" if moves or not self._viewing.may_decide else STANDS
        labels = "".join(f'<span class="old">◆ road {markup(word)}</span>' for word in _made_up(day))
        closed = '<span class="old">closed</span>' if day.course.closed_at else ""
        who = f"{self._viewing.desk.by}{'' if self._viewing.may_decide else ' (looks only)'}"
        also = sorted({"you in another window" if o.who == self._viewing.desk.by else o.who for o in others})
        here = f"{who} · also here: {', '.join(also)}" if also else who
        words = (
            f"<b>{markup(key.station)} · {key.service_day:%a %d %b %Y}{markup(branch)}</b>"
            f'<span class="clock">{as_of}{markup(self._viewing.time_text())}</span>{stands}{labels}{closed}'
            f'<span class="quiet who">{markup(here)}</span>'
        )
        if words != self._words.value:
            self._words.value = words


def _made_up(day: Day) -> list[str]:
    """Labels of the sources on this day's road that are no observation."""
    told = {r.last_served.by for r in day.road.routes.values() if r.last_served}
    told |= {r.reported.source for r in day.road.routes.values() if r.reported}
    return sorted(told & set(MADE_UP))
