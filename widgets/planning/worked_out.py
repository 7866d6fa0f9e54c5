"""Answers about a day that take seconds: worked out in a process of their own, kept, shown with their age."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from dispatchkit.errors import WorkbenchError
from dispatchkit.times import clock_text, seconds_between
from widgets.background import Background
from widgets.guard import Guard
from widgets.shell import Shell

R = TypeVar("R")

KEPT = 8
"""Answers that are kept: undoing a few changes asks nobody anew."""

LEAST_SHOWN_MIN = 1
"""Ages below this go without saying."""


FAULT = "It did not work."
"""Said beside the status line's sentence about a fault in the program."""


class Answer(NamedTuple, Generic[R]):
    """What was found, and when by the day's clock."""

    found: R
    at: datetime


class WorkedOut(Generic[R]):
    """One question of a page whose answer rests on something that changes, such as a plan and who drives it.

    Parameters
    ----------
    shell
        Whose clock tells the age; its status line hears of a fault.
    doing
        What goes on, for people: "Checking".
    done
        What was done, for people: "Checked".
    changed
        Called whenever there is something else to show.
    came_on
        Called when it came on, for work that tells how far it is.
    """

    def __init__(
        self, shell: Shell, doing: str, done: str, changed: Callable[[], object],
        came_on: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        self._shell, self._doing, self._done, self._changed = shell, doing, done, changed
        self._came_on, self._so_far = came_on, ""
        self._work = Background()
        self._answers: dict[str, Answer[R]] = {}
        self._asked = ""
        self._left = ""
        self._why_not = ""

    @property
    def is_working(self) -> bool:
        """Whether it is being worked out now."""
        return self._work.is_working

    def of(self, basis: str) -> R | None:
        """The answer that rests on this; None while there is none."""
        return self._answers[basis].found if basis in self._answers else None

    @property
    def newest(self) -> R | None:
        """The newest answer, whatever it rests on; None while there is none."""
        return next(reversed(self._answers.values())).found if self._answers else None

    def want(self, basis: str, work: Callable[..., R], *args: Any, again: bool = False) -> None:
        """Have `work(*args)` done elsewhere, unless its answer is there, on its way, or was given up.

        Parameters
        ----------
        basis
            What the answer rests on: as long as it is the same, so is the answer.
        again
            Whether the person asked for it: then what failed or was cancelled is tried once more.
        """
        if self._work.is_working and basis == self._asked:
            return
        if basis in self._answers:
            if basis != next(reversed(self._answers)):
                self._answers[basis] = self._answers.pop(basis)
                self._changed()
            return
        if basis == self._left and not again:
            return
        self._asked, self._left, self._why_not = basis, "", ""
        self._so_far = ""
        self._work.start(
            work, *args, done=self._take, failed=self._fail, so_far=self._come_on if self._came_on else None
        )
        self._changed()

    def cancel(self) -> None:
        """Leave it; the same question is asked again only when the person does."""
        self._work.cancel()
        self._left = self._asked
        self._changed()

    def words(self, basis: str) -> str:
        """Say how old the answer is that is shown, and what goes on."""
        says = []
        if self._answers:
            shown = next(reversed(self._answers))
            at, stale = self._answers[shown].at, shown != basis
            day, now = self._shell.viewing.day, self._shell.viewing.now()
            minutes = int(seconds_between(at, now) // 60)
            age = f", {minutes} min ago" if minutes >= LEAST_SHOWN_MIN else ""
            clock = clock_text(at, day.course.timezone, str(day.key.service_day))
            says.append(f"{self._done} at {clock}{age}" + (": plan or crew changed since." if stale else "."))
        return " ".join((*says, self.state(basis))).strip()

    def state(self, basis: str) -> str:
        """Say what goes on, or why nothing does; empty where the answer is there."""
        if self.is_working:
            return f"{self._doing}{f': {self._so_far}' if self._so_far else ''}…"
        return (self._why_not or "Cancelled.") if self._left == basis else ""

    def _come_on(self, so_far: str) -> None:
        self._so_far = so_far
        if self._came_on is not None:
            self._came_on()

    def _take(self, found: R) -> None:
        self._answers[self._asked] = Answer(found, self._shell.viewing.now())
        while len(self._answers) > KEPT:
            del self._answers[next(iter(self._answers))]
        self._changed()

    def _fail(self, error: BaseException) -> None:
        self._left = self._asked
        self._why_not = str(error) if isinstance(error, WorkbenchError) else FAULT
        if self._why_not == FAULT:
            with Guard(self._shell.status, self._doing):
                raise error
        self._changed()
