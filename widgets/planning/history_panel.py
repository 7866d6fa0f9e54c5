"""What was done to the plan: who, when, why; looking at an earlier one, going back to it, comparing it."""

from collections.abc import Callable

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.overview.sentences import Words
from dispatchkit.plan.history import history
from dispatchkit.plan.keep import in_hand_blockers
from widgets.board import Board
from widgets.planning import plan_steps
from widgets.shell import Shell

OfPlan = Callable[[str, str], object]
"""Do something with the plan of a digest, which is told by when it was made: "21:40 (Mon)"."""


class HistoryPanel(ipywidgets.VBox):
    """Every step of the plan, the newest first.

    Parameters
    ----------
    look, go_back, compare
        What its buttons do with an earlier plan.

    Attributes
    ----------
    board
        Named so that a test can press and read it.
    """

    def __init__(self, shell: Shell, *, look: OfPlan, go_back: OfPlan, compare: OfPlan) -> None:
        self._viewing = shell.viewing
        self._does = {plan_steps.LOOK: look, plan_steps.BACK: go_back, plan_steps.COMPARE: compare}
        self._shown_at = -1
        self.summary = ""
        self.board = Board(plan_steps.COLUMNS, label="What was done to the plan, newest first",
                           when_empty="Nothing was done to a plan yet.")  # fmt: skip
        self.board.on_act(shell.on(self._press))
        super().__init__([self.board])
        for name in ("told", "told-history"):
            self.add_class(name)
        self.board.add_class("grow")

    def show_day(self, day: Day) -> None:
        """Show the steps as they stand."""
        if day.version == self._shown_at:
            return
        self._shown_at = day.version
        viewing, entries = self._viewing, self._viewing.desk.entries()
        words = Words(code_of=viewing.code, name_of=viewing.name)
        forbids = viewing.forbids or " ".join(in_hand_blockers(day, day.pre_load_out.in_hand))
        self.summary = plan_steps.summary(entries)
        self.board.show(plan_steps.rows(entries, day, words, forbids=forbids))

    def _press(self, row_id: str, act: str) -> None:
        steps = {str(step.n): step for step in history(self._viewing.desk.entries())}
        if step := steps.get(row_id):
            self._does[act](step.plan, plan_steps.clock(step, self._viewing.day))
