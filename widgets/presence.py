"""Who else is at this day: each open page says so every few seconds, and reads who else does."""

import atexit
from contextlib import suppress

from dispatchkit.clock import RealClock
from dispatchkit.errors import WorkbenchError
from dispatchkit.log.presence import Present
from widgets.viewing import Viewing

WITHIN_S = 90.0
"""A page that said nothing for so long is not there any more: hidden tabs are throttled to one beat a minute."""


class Presence:
    """This window among all that show the day.

    Attributes
    ----------
    others
        Who else was there at the last beat.
    """

    def __init__(self, viewing: Viewing, page: str, *, window_id: str) -> None:
        self._viewing = viewing
        self._page = page
        self._window_id = window_id
        self._wall = RealClock()  # the day's own clock may stand still, people do not
        self.others: tuple[Present, ...] = ()
        atexit.register(self.leave)  # closing a tab ends the process before anything else could say so

    def beat(self) -> None:
        """Say that this window is here, and look who else is."""
        presence, key, now = self._viewing.desk.log.presence, self._viewing.desk.key, self._wall.now()
        presence.seen(key, self._viewing.desk.by, self._page, self._window_id, now)
        self.others = presence.others(key, self._window_id, now, WITHIN_S)

    def leave(self) -> None:
        """Say that this window is closed."""
        with suppress(WorkbenchError):  # the store may be gone before the window is
            self._viewing.desk.log.presence.leave(self._window_id)
