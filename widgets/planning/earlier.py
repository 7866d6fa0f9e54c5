"""An earlier plan that the map shows for a while instead of the one in hand."""

from collections.abc import Callable

import ipywidgets

from dispatchkit.plan.locks import route_of_stop
from dispatchkit.records import Plan
from widgets.plain import markup
from widgets.shell import Shell


class Earlier(ipywidgets.VBox):
    """Which earlier plan is on the map, and the way back; hidden while it is the one in hand.

    Parameters
    ----------
    changed
        Called when it begins or ends.

    Attributes
    ----------
    plan, digest
        The plan that is looked at; None and empty while none is.
    said, back
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell, changed: Callable[[], object]) -> None:
        self.plan: Plan | None = None
        self.digest = ""
        self._changed = changed
        self.said = ipywidgets.HTML()
        self.back = ipywidgets.Button(description="Back to the plan in hand")
        self.back.on_click(shell.on(lambda _: self.end()))
        super().__init__([self.said, self.back])
        self.add_class("earlier-plan")
        self.layout.display = "none"

    def look(self, plan: Plan, digest: str, made: str) -> None:
        """Look at a plan; `made` says when it was made."""
        self.plan, self.digest = plan, digest
        words = f"The map shows the plan of {made}, not the one in hand. Ringed: on another route now."
        self.said.value = f"<p>● {markup(words)}</p>"
        self.layout.display = None
        self._changed()

    def end(self) -> None:
        """Look at the plan in hand again."""
        if self.plan is not None:
            self.plan, self.digest = None, ""
            self.layout.display = "none"
            self._changed()

    def elsewhere_now(self, now: Plan) -> set[str]:
        """Its stops that are on another route in the plan `now`; nothing while none is looked at."""
        if self.plan is None:
            return set()
        was, on = route_of_stop(self.plan), route_of_stop(now)
        return {stop_id for stop_id in self.plan.stop if was.get(stop_id) != on.get(stop_id)}
