"""Can every route really be finished? The check of the plan in hand, worked out while the page goes on."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.plan.realism import PlanRealism
from widgets.board import Board
from widgets.plain import markup
from widgets.planning import findings
from widgets.planning.basis import basis_of
from widgets.planning.looking import check_plan
from widgets.planning.worked_out import WorkedOut
from widgets.shell import Shell

NEEDS, EVERYTHING = "What speaks against it", "Everything"

SHOWN = 3
"""Sentences of the summary that are seen at once; the rest is a press away, and the table has the room."""

OnMap = Callable[[str, Sequence[str]], object]
"""Show a route (empty for none) and these stops on the map; all of the route's where none are named."""


class CheckPanel(ipywidgets.VBox):
    """The summary of the plan, then its routes with what was found about each.

    Attributes
    ----------
    board, which, again
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell, on_map: OnMap, changed: Callable[[], object]) -> None:
        self._viewing, self._on_map = shell.viewing, on_map
        self._answer = WorkedOut[PlanRealism](shell, "Checking", "Checked", changed)
        self._shown: tuple[PlanRealism | None, bool] = None, False
        self.said = ipywidgets.HTML()
        self.which = ipywidgets.ToggleButtons(options=[NEEDS, EVERYTHING], value=NEEDS)
        self.which.observe(shell.on(lambda _: self._show_found()), "value")
        self.again = ipywidgets.Button(description="Check")
        self.again.on_click(shell.on(lambda _: self._press()))
        self.age = ipywidgets.HTML()
        self.board = Board(findings.COLUMNS, label="Routes and what speaks against them, hard ones first",
                           when_empty="Nothing speaks against any route.")  # fmt: skip
        self.board.on_act(shell.on(lambda row, _: self._go(row)))
        self.board.on_select(shell.on(self._go))
        acts = ipywidgets.Box([self.which, self.again, self.age])
        acts.add_class("acts")
        super().__init__([self.said, acts, self.board])
        for name in ("told", "told-check"):
            self.add_class(name)
        self.board.add_class("grow")

    @property
    def chances(self) -> Mapping[str, Mapping[str, Any]]:
        """route_id → its chance to be in time as a cell; nothing where the plan in hand was not checked yet."""
        found = self._answer.of(basis_of(self._viewing.day))
        return {r.route_id: findings.chance_words(r, found.timezone) for r in found.routes} if found else {}

    @property
    def summary(self) -> str:
        """The result in a few words."""
        found = self._answer.of(basis_of(self._viewing.day))
        if found is None:
            return ""
        return f"{len(found.hard_routes)} of {len(found.routes)} hard" if found.hard_routes else "no route is hard"

    @property
    def need(self) -> findings.ToLookAt | None:
        """What of the plan in hand a person has to look at; None where all is well, or not known yet."""
        found = self._answer.of(basis_of(self._viewing.day))
        return findings.need(found) if found else None

    def work(self, day: Day, *, again: bool = False) -> None:
        """Have the plan in hand checked, unless it was; nothing where there is none."""
        if day.pre_load_out.in_hand:
            viewing = self._viewing
            address, key = viewing.desk.log.store.address, viewing.desk.key
            self._answer.want(basis_of(day), check_plan, address, key, day.version, viewing.station, again=again)

    def show_day(self, day: Day) -> None:
        """Show what was found last, and how old it is."""
        basis = basis_of(day)
        self.age.value = f'<p class="quiet" role="status">{markup(self._answer.words(basis))}</p>'
        checked = self._answer.of(basis) is not None
        self.again.description = "Cancel" if self._answer.is_working else "Check"
        self.again.layout.display = "none" if checked or not day.pre_load_out.in_hand else None
        self._show_found()

    def _show_found(self) -> None:
        found, everything = self._answer.newest, self.which.value == EVERYTHING
        if self._shown == (found, everything):
            return
        self._shown = found, everything
        if found is None:
            self.said.value = ""
            return
        head = f"<h3>{markup(findings.heading(found))}</h3>"
        told = [f"<p>{markup(self._viewing.named(sentence))}</p>" for sentence in findings.details(found)]
        first, rest = "".join(told[:SHOWN]), "".join(told[SHOWN:])
        more = f"<details><summary>More about the plan</summary>{rest}</details>" if rest else ""
        self.said.value = f'<div class="told-summary">{head}{first}{more}</div>'
        self.board.show(findings.rows(found, self._viewing.named, everything=everything))

    def _press(self) -> None:
        if self._answer.is_working:
            self._answer.cancel()
        else:
            self.work(self._viewing.day, again=True)

    def _go(self, row_id: str) -> None:
        found = self._answer.newest
        if found is not None:
            self._on_map(*findings.about(row_id, found))
