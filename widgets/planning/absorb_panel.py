"""Before the morning starts: which routes could others take over, which need a driver whatever happens?"""

from collections.abc import Callable, Sequence

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.plan.absorb import Cover
from widgets.board import Board
from widgets.buttons import allow
from widgets.plain import markup
from widgets.planning import absorb_board, effect_table
from widgets.planning.basis import basis_of
from widgets.planning.looking import Covered, who_could_take
from widgets.planning.worked_out import WorkedOut
from widgets.shell import Shell

ALL, ALONE = "All routes", "Without a driver"

AS_PLANNED = "Every route is being loaded or has left: this is how it stood before. Help on the road is a rescue."

OnMap = Callable[[str, Sequence[str]], object]
GiveAway = Callable[[Cover, dict[str, tuple[str, ...]]], object]
"""Look at giving a route to others, each of which drives its order of the dict, by route id; then keep or leave it."""


class AbsorbPanel(ipywidgets.VBox):
    """The table of all routes, and below it what it does to each of those who would take the chosen one.

    Attributes
    ----------
    board, which, again, who, give
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell, on_map: OnMap, give_away: GiveAway, changed: Callable[[], object]) -> None:
        self._viewing, self._on_map, self._give_away = shell.viewing, on_map, give_away
        self._answer = WorkedOut[Covered](shell, "Working it out", "Worked out", changed, self._show_age)
        self._chosen = ""
        self.said = ipywidgets.HTML()
        self.which = ipywidgets.ToggleButtons(options=[ALL, ALONE], value=ALL)
        self.which.observe(shell.on(lambda _: self.show_day(self._viewing.day)), "value")
        self.again = ipywidgets.Button(description="Work it out")
        self.again.on_click(shell.on(lambda _: self._press()))
        self.age = ipywidgets.HTML()
        self.board = Board(absorb_board.COLUMNS, label="Who could take which route over, those without a driver first",
                           when_empty="No route to show.")  # fmt: skip
        self.board.on_act(shell.on(lambda row, _: self._choose(row)))
        self.board.on_select(shell.on(self._choose))
        self.who = ipywidgets.Dropdown(description="Taken by")
        self.who.observe(shell.on(lambda _: self._show_takers()), "value")
        self.takers = ipywidgets.HTML()
        self.give = ipywidgets.Button(description="Give it away…", button_style="primary")
        self.give.on_click(shell.on(lambda _: self._give()))
        ask = ipywidgets.Box([self.who, self.give])
        ask.add_class("acts")
        self.detail = ipywidgets.VBox([ask, self.takers])
        self.detail.add_class("told-detail")
        acts = ipywidgets.Box([self.which, self.again, self.age])
        acts.add_class("acts")
        super().__init__([acts, self.said, self.board, self.detail])
        for name in ("told", "told-absorb"):
            self.add_class(name)
        self.board.add_class("grow")

    def work(self, day: Day, *, again: bool = False) -> None:
        """Have it worked out for the plan in hand, unless it was; nothing where there is none."""
        if day.pre_load_out.in_hand:
            viewing, basis = self._viewing, basis_of(day, loading=True)
            store, key = viewing.desk.log.store.address, viewing.desk.key
            self._answer.want(
                basis, who_could_take, store, key, day.version, viewing.station, _all_begun(day), again=again
            )

    @property
    def summary(self) -> str:
        """The result in a few words."""
        found = self._answer.newest
        return absorb_board.summary(found.covers, self._viewing.day) if found else ""

    def show_day(self, day: Day) -> None:
        """Show what was found last, how old it is, and the takers of the chosen route."""
        basis = basis_of(day, loading=True)
        self._show_age()
        self.said.value = f'<p class="quiet">{markup(AS_PLANNED)}</p>' if _all_begun(day) else ""
        self.again.description = "Cancel" if self._answer.is_working else "Work it out"
        shown = self._answer.of(basis) is not None or not day.pre_load_out.in_hand
        self.again.layout.display = "none" if shown else None
        found, alone = self._answer.newest, self.which.value == ALONE
        if found is not None:
            self.board.show(absorb_board.rows(found.covers, day, self._viewing.names, alone=alone))
        self._offer()

    @property
    def _cover(self) -> Cover | None:
        """The chosen route, where somebody could take it."""
        covers = self._answer.newest.covers if self._answer.newest else ()
        return next((c for c in covers if c.route_id == self._chosen and c.by), None)

    def _show_age(self) -> None:
        basis = basis_of(self._viewing.day, loading=True)
        live = "" if self._answer.is_working else ' role="status"'     # nobody wants to hear every route counted
        self.age.value = f'<p class="quiet"{live}>{markup(self._answer.words(basis))}</p>'

    def _choose(self, route_id: str) -> None:
        self._chosen = route_id
        self._offer()
        self._on_map(route_id, ())

    def _offer(self) -> None:
        """Offer every way of taking the chosen route over; what was picked of the same ways stays."""
        cover = self._cover
        self.detail.layout.display = None if cover else "none"
        if cover is None:
            return
        options = tuple(words for words, _ in absorb_board.choices(cover))
        if options != tuple(self.who.options):
            self.who.options = options
            self.who.value = options[0]
        self.give.description = f"Give {cover.code} away…"
        day = self._viewing.day
        current = self._answer.of(basis_of(day, loading=True)) is not None
        why_not = "" if current else "The plan or the crew changed since. Wait until it is worked out again."
        allow(self.give, self._viewing.forbids or (AS_PLANNED if _all_begun(day) else why_not))
        self._show_takers()

    def _show_takers(self) -> None:
        cover, found = self._cover, self._answer.newest
        if cover is None or found is None or self.who.value is None:
            return
        takers = dict(absorb_board.choices(cover))[self.who.value]
        key, timezone = self._viewing.desk.key, self._viewing.day.course.timezone
        self.takers.value = effect_table.table(
            absorb_board.effects(takers, found.now), self._viewing.station,
            timezone=timezone, service_day=str(key.service_day),
        )  # fmt: skip

    def _give(self) -> None:
        cover = self._cover
        if cover is not None:
            takers = dict(absorb_board.choices(cover))[self.who.value]
            self._give_away(cover, {taker.route_id: taker.order for taker in takers})

    def _press(self) -> None:
        if self._answer.is_working:
            self._answer.cancel()
        else:
            self.work(self._viewing.day, again=True)


def _all_begun(day: Day) -> bool:
    """Whether no route of the day waits for its bags any more."""
    begun = {*day.load_out.loading, *day.load_out.departed}
    plan = day.pre_load_out.plan
    return plan is not None and bool(plan.routes) and begun.issuperset(plan.route)
