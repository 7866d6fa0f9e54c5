"""Two plans of the day side by side: what the second one has more or less of, and which routes are another."""

from collections.abc import Callable, Sequence

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.overview.sentences import Words
from dispatchkit.plan.compare import Compared
from widgets.board import Board
from widgets.plain import markup
from widgets.planning import compared, plan_steps
from widgets.planning.basis import basis_of
from widgets.planning.looking import compare_plans
from widgets.planning.worked_out import WorkedOut
from widgets.shell import Shell

ONE_PLAN = "The day has had one plan so far. There is nothing to hold it against yet."
TWICE = "That is the same plan twice. Choose another one."

OnMap = Callable[[str, Sequence[str]], object]


class ComparePanel(ipywidgets.VBox):
    """Which two, their totals, and the routes that are another.

    Attributes
    ----------
    first, second, turn, again, board
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell, on_map: OnMap, changed: Callable[[], object]) -> None:
        self._viewing, self._on_map = shell.viewing, on_map
        self._answer = WorkedOut[Compared](shell, "Comparing", "Compared", changed)
        self._read_at, self._is_setting = -1, False
        self.first = ipywidgets.Dropdown(description="First")
        self.second = ipywidgets.Dropdown(description="Second")
        for choice in (self.first, self.second):
            choice.observe(shell.on(lambda _: self._chosen()), "value")
        self.turn = ipywidgets.Button(description="Turn round")
        self.turn.on_click(shell.on(lambda _: self.hold(self.second.value, self.first.value)))
        self.moved = ipywidgets.Button(description="Show what moved on the map")
        self.moved.on_click(shell.on(lambda _: self._show_moved()))
        self.again = ipywidgets.Button(description="Compare")
        self.again.on_click(shell.on(lambda _: self._press()))
        self.age, self.said, self.totals = ipywidgets.HTML(), ipywidgets.HTML(), ipywidgets.HTML()
        self.board = Board(compared.COLUMNS, label="Routes that are another, those that have become worse first",
                           when_empty="No route is another.")  # fmt: skip
        self.board.on_act(shell.on(lambda code, _: self._go(code)))
        self.board.on_select(shell.on(self._go))
        which = ipywidgets.VBox([self.first, self.second])
        which.add_class("choices-of-plans")
        acts = ipywidgets.Box([self.turn, self.moved, self.again, self.age])
        acts.add_class("acts")
        super().__init__([which, acts, self.said, self.totals, self.board])
        for name in ("told", "told-compare"):
            self.add_class(name)
        self.board.add_class("grow")

    def hold(self, first: str, second: str) -> None:
        """Hold the plan with the digest `second` against the one with the digest `first`."""
        self._set(first, second)
        self._chosen()

    def work(self, day: Day, *, again: bool = False) -> None:
        """Have the two compared, unless they were; nothing while there are no two."""
        a, b, viewing = self.first.value, self.second.value, self._viewing
        if a and b and a != b:
            store, key = viewing.desk.log.store.address, viewing.desk.key
            self._answer.want(
                self._basis(day), compare_plans, store, key, day.version, viewing.station, a, b, again=again
            )

    def show_day(self, day: Day) -> None:
        """Offer the plans that the day has had, and show what the chosen two come to."""
        self._offer(day)
        basis = self._basis(day)
        found = self._answer.of(basis)
        state = self._answer.words(basis) if found else self._answer.state(basis)
        self.age.value = f'<p class="quiet" role="status">{markup(state)}</p>'
        self.again.description = "Cancel" if self._answer.is_working else "Compare"
        two = bool(self.first.value) and self.first.value != self.second.value
        self.again.layout.display = None if two and found is None else "none"
        for part in (self.moved, self.totals, self.board):
            part.layout.display = None if found else "none"
        if found is None:
            alone = len(self.first.options) < 2
            self.said.value = "" if two else f'<p class="quiet">{ONE_PLAN if alone else TWICE}</p>'
            return
        sentences = "".join(f"<p>{markup(sentence)}</p>" for sentence in found.sentences)
        self.said.value = f'<div class="told-summary">{sentences}</div>'
        self.totals.value = compared.totals(found)
        self.moved.disabled = not found.moved
        self.board.show(compared.rows(found, day.course.timezone))

    @property
    def summary(self) -> str:
        """How much is another, in a few words."""
        found = self._answer.of(self._basis(self._viewing.day))
        return f"{len(found.moved)} stops on another route" if found else ""

    def _basis(self, day: Day) -> str:
        return f"{self.first.value} {self.second.value} {basis_of(day)}"

    def _offer(self, day: Day) -> None:
        """Offer every plan that the day has had; the two that are chosen stay, where the day still knows them."""
        if day.version == self._read_at:
            return
        self._read_at = day.version
        viewing, entries = self._viewing, self._viewing.desk.entries()
        words = Words(code_of=viewing.code, name_of=viewing.name)
        found = [(choice.words, choice.digest) for choice in plan_steps.choices(entries, day, words)]
        digests = [digest for _, digest in found]
        held = (self.first.value, self.second.value)
        usual = (digests[1] if len(digests) > 1 else "", digests[0] if digests else "")
        first, second = (kept if kept in digests else other for kept, other in zip(held, usual, strict=True))
        self._set(first, second, found)

    def _set(self, first: str, second: str, options: Sequence[tuple[str, str]] | None = None) -> None:
        """Choose two plans at once, and offer others where `options` are given; nobody is asked meanwhile."""
        self._is_setting = True
        try:
            if options is not None:
                self.first.options = self.second.options = options
            self.first.value, self.second.value = first or None, second or None
        finally:
            self._is_setting = False

    def _chosen(self) -> None:
        if self._is_setting:
            return
        self.show_day(self._viewing.day)
        self.work(self._viewing.day)

    def _show_moved(self) -> None:
        found = self._answer.of(self._basis(self._viewing.day))
        if found is not None:
            self._on_map("", tuple(stop.stop_id for stop in found.moved))

    def _go(self, code: str) -> None:
        found = self._answer.of(self._basis(self._viewing.day))
        if found is not None and (stop_ids := compared.stop_ids_of(code, found)):
            self._on_map("", stop_ids)

    def _press(self) -> None:
        if self._answer.is_working:
            self._answer.cancel()
        else:
            self.work(self._viewing.day, again=True)
