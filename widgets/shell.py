"""What every page of a day has: phases, day line, undo, search, activity, who else is here; it follows the log."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, Protocol

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.day.facts.whole_day import FactVoided
from dispatchkit.desk import Decision
from dispatchkit.overview.activity import activity
from dispatchkit.overview.phases import phases
from widgets import style
from widgets.day_line import DayLine
from widgets.demo_controls import DemoControls
from widgets.dialog import Dialog, OnConfirm
from widgets.feed import Feed
from widgets.fields import Value
from widgets.finder import Finder
from widgets.guard import guarded
from widgets.heartbeat import Heartbeat
from widgets.layout import body
from widgets.opening import Opening
from widgets.phase_bar import PhaseBar
from widgets.place import Place
from widgets.presence import Presence
from widgets.status import Status
from widgets.viewing import Viewing, from_address, wait_for_browser

LOOK_EVERY_S = 0.5
"""How often the page asks the log for news; a look that finds none costs about a tenth of a millisecond."""

AGES_EVERY_S = 15.0
"""How often ages and forecasts are worked out anew on a live day on which nothing new was learned."""

PRESENCE_EVERY_S = 5.0
"""How often the page says that somebody is at it, and looks who else is."""

P = ParamSpec("P")


class Content(Protocol):
    """What a page puts under the shell.

    Attributes
    ----------
    whole
        What is shown.
    """

    whole: ipywidgets.Widget

    def show(self, day: Day, now: datetime) -> None:
        """Bring everything up to date, without moving what the person looks at."""
        ...

    def select(self, subject: str) -> None:
        """Turn to a route (by route_id) or another subject that the page knows; an empty text to none."""
        ...


class Shell:
    """One page of a day.

    Parameters
    ----------
    viewing
        The desk at the day.
    here
        The page's name, as the notebook's: "plan", "load_out", "road", "close", "home".
    build
        Makes the page's own part; it gets the shell for its status line, dialog, decisions and callbacks.
    """

    def __init__(self, viewing: Viewing, here: str, build: Callable[["Shell"], Content]) -> None:
        self.viewing = viewing
        self.here = here
        self.status = Status()
        self.dialog = Dialog()
        self.place = Place()
        self.phases = PhaseBar()
        self.seen = 0
        self._asked_at: int | None = None
        self._shown_at_s = 0.0
        self.presence = Presence(viewing, here, window_id=uuid.uuid4().hex)
        self.feed = Feed(self)
        self.finder = Finder(self)
        self.line = DayLine(self, {"Find": self.finder, "Activity": self.feed})
        self.demo = DemoControls(self)
        self.heartbeat = Heartbeat(time_text=viewing.time_text)
        self.content = build(self)
        drawers = (self.finder, self.feed)
        hidden = (self.dialog, self.phases, self.place, self.heartbeat, style.sheet())
        for part in hidden:
            part.add_class("unseen")  # or the page would leave a gap for each
        self.whole = body(self.line, self.demo, *drawers, self.content.whole, *hidden)
        if subject := viewing.asked.get("select", ""):
            self.content.select(subject)
        self.show()
        self.heartbeat.follow(self.look, LOOK_EVERY_S, self.status)
        self.heartbeat.follow(self._say_who_is_here, PRESENCE_EVERY_S, self.status)
        self.heartbeat.on_gone(self.presence.leave)

    def on(self, callback: Callable[P, object], *buttons: ipywidgets.Button) -> Callable[P, None]:
        """Return `callback` guarded: what it raises is told on this page's status line."""
        return guarded(self.status, callback, *buttons)

    def ask(self, title: str, *args: Any, on_confirm: OnConfirm, **kwargs: Any) -> None:
        """Ask in the page's dialog, with the arguments of `Dialog.ask`; the answer is decided on the day as it is now.

        So what others decide while the dialog is open makes the answer stale, though the page behind it has moved on.
        """
        asked_at = self.seen

        def confirmed(values: dict[str, Value]) -> None:
            self._asked_at = asked_at
            try:
                on_confirm(values)
            finally:
                self._asked_at = None

        self.dialog.ask(title, *args, on_confirm=confirmed, **kwargs)

    def decide(self, decision: Decision, said: str, *, seen: int | None = None, **arguments: Any) -> None:
        """Run a decision on the day as this page showed it, show what came of it, and say so.

        Parameters
        ----------
        said
            What to tell the person once it is written.
        seen
            Version of the day that was looked at. Where none is given: the one at which the dialog asked, if this is
            the answer to one, else the one that the page shows.
        """
        looked_at = next(version for version in (seen, self._asked_at, self.seen) if version is not None)
        self.viewing.desk.decide(decision, seen=looked_at, **arguments)
        self.show()
        self.status.ok(said)

    def undo(self) -> None:
        """Take back what this page's person decided last."""
        gone = {n for entry in self.viewing.desk.undo() if isinstance(entry.fact, FactVoided) for n in entry.fact.n}
        self.show()
        viewing = self.viewing
        told = activity(viewing.desk.entries(), code_of=viewing.code, name_of=viewing.name)
        first, *more = [deed.text for deed in reversed(told) if deed.n in gone] or ["what you decided last."]
        self.status.ok(f"Taken back: {first}" + (f" And {len(more)} more with it." if more else ""))

    def go(self, page: str, subject: str = "") -> None:
        """Turn to a subject: here where this is the page for it, else on the page that is."""
        if page == self.here:
            self.select(subject)
        else:
            self.phases.visit(page, **({"select": subject} if subject else {}))

    def select(self, subject: str) -> None:
        """Turn this page to a subject, and keep it in the address so that a reload does as well."""
        self.content.select(subject)
        self.place.remember(select=subject)

    def look(self) -> None:
        """Bring the page up to date, if anything is new or the ages have moved on."""
        day, now_s = self.viewing.day, self.viewing.now().timestamp()
        aged = self.viewing.live and now_s - self._shown_at_s >= AGES_EVERY_S
        if day.version != self.seen or aged:
            self.show()
        elif self.demo.follow(day):
            self.line.show_day(day, self.presence.others)

    def show(self) -> None:
        """Work everything out and show it."""
        day, now = self.viewing.day, self.viewing.now()
        self.phases.show(_title(day), phases(day, now=now, station=self.viewing.station), self.viewing.named)
        self.line.show_day(day, self.presence.others)
        self.demo.follow(day)
        self.feed.show_day()
        self.content.show(day, now)
        self.seen, self._shown_at_s = day.version, now.timestamp()

    def _say_who_is_here(self) -> None:
        self.presence.beat()
        self.line.show_day(self.viewing.day, self.presence.others)


def open_page(here: str, build: Callable[[Shell], Content]) -> ipywidgets.Widget:
    """Show the page of the day that the browser's address names, as ``?day=DXX1/2026-03-14``."""
    wait_for_browser()
    return Opening(lambda: Shell(from_address(), here, build).whole)


def _title(day: Day) -> str:
    run = f" · run {day.key.branch}" if day.key.branch else ""
    return f"{day.key.station} · {day.key.service_day:%a %d %b}{run}"
