"""A change before it is kept: what it does to every route that it touches, why it shall be, Keep or Leave."""

from collections.abc import Callable

import ipywidgets

from dispatchkit.plan.effect import warnings
from dispatchkit.plan.ordering import Order
from widgets.buttons import allow
from widgets.plain import markup
from widgets.planning.effect_table import table
from widgets.planning.solving import Proposal, Wanted
from widgets.sentences import Sentences
from widgets.shell import Shell

WHY = "Why"
WORKING = "Working it out…"

TAKE_OVER = ("give", "swap", "rebuild")
"""Changes by which a route takes stops over: it may be put in the best order for them."""


class Proposed(ipywidgets.VBox):
    """One change that somebody asked for; hidden while there is none.

    Parameters
    ----------
    again
        Called with the change when the person wants it otherwise: ordered anew, or late on purpose.
    keep
        Called with the reason.
    leave
        Called when the person lets it go.

    Attributes
    ----------
    said, table, reasons, warned, anew, late, why, keep, leave
        Its parts, named so that a test can press and read them.
    """

    def __init__(
        self, shell: Shell, *, again: Callable[[Wanted], object], keep: Callable[[str], object],
        leave: Callable[[], object],
    ) -> None:  # fmt: skip
        self._viewing = shell.viewing
        self._again = again
        self._wanted: Wanted | None = None
        self.said, self.table = ipywidgets.HTML(), ipywidgets.HTML()
        self.reasons, self.warned = Sentences(), Sentences()
        self.anew = ipywidgets.Checkbox(description="Put the route that takes them in the best order", indent=False)
        self.late = ipywidgets.Checkbox(description="Customers may be reached after their window", indent=False)
        self.why = ipywidgets.Combobox(
            placeholder="for the plan's history", options=shell.viewing.station.by_hand.reasons, description=WHY
        )
        self.keep = ipywidgets.Button(description="Keep", button_style="primary")
        self.leave = ipywidgets.Button(description="Leave it")
        self.keep.on_click(shell.on(lambda _: keep(self.why.value)))
        self.leave.on_click(shell.on(lambda _: leave()))
        for box in (self.anew, self.late):
            box.observe(shell.on(lambda change: self._otherwise(change)), "value")
        acts = ipywidgets.Box([self.why, self.keep, self.leave])
        acts.add_class("acts")
        acts.add_class("answer")
        super().__init__([self.said, self.table, self.warned, self.reasons, self.anew, self.late, acts])
        self.add_class("proposed")
        self.add_class("proposed-change")
        self.hide()

    def wait(self, wanted: Wanted) -> None:
        """Say that a change is being worked out."""
        self._head(wanted)
        self.table.value = f'<p class="quiet">{WORKING}</p>'
        self.reasons.show(())
        self.warned.show(())
        self._offer(False)

    def show(self, wanted: Wanted, found: Proposal, *, forbids: str) -> None:
        """Show what would come of it; `forbids` says why nobody may keep it."""
        self._head(wanted)
        self.said.value += "".join(f"<p>{markup(sentence)}</p>" for sentence in found.said)
        day, station = self._viewing.day, self._viewing.station
        self.table.value = table(
            found.seen, station, timezone=day.course.timezone, service_day=str(day.key.service_day)
        )
        self.warned.show(f"▲ {sentence}" for sentence in warnings(found.seen, station))
        self.reasons.show([forbids] if forbids else [])
        self._offer(True)
        allow(self.keep, forbids)

    def refuse(self, wanted: Wanted, reasons: tuple[str, ...]) -> None:
        """Say why it cannot be."""
        self._head(wanted)
        self.table.value = ""
        self.warned.show(())
        self.reasons.show(reasons)
        self._offer(False)

    def hide(self) -> None:
        """Show nothing; the next change is asked for with nothing ticked."""
        self._wanted = None
        self.anew.value = self.late.value = False
        self.layout.display = "none"

    def _head(self, wanted: Wanted) -> None:
        self._wanted = None     # so that ticking a box here asks for nothing
        self.anew.value, self.late.value = wanted.order != Order.AS_LOADED, wanted.serve_late
        self._wanted = wanted
        self.said.value = f"<h3>{markup(wanted.title)}</h3>"
        self.anew.layout.display = None if wanted.method in TAKE_OVER else "none"
        self.late.layout.display = "none" if wanted.method in ("take_off", "go_back", "rebuild") else None
        self.layout.display = None

    def _offer(self, may_be_kept: bool) -> None:
        for part in (self.why, self.keep):
            part.layout.display = None if may_be_kept else "none"

    def _otherwise(self, _change: object) -> None:
        if self._wanted is None:
            return
        order = self._wanted.order
        if self._wanted.method in TAKE_OVER:
            order = Order.SHORTEST if self.anew.value else Order.AS_LOADED
        self._again(self._wanted._replace(order=order, serve_late=self.late.value))
