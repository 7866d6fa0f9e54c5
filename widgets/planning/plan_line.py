"""Which plan is in hand, who made it what it is, and the way back and forth."""

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.plan import history
from dispatchkit.plan.words import briefly
from widgets.buttons import allow
from widgets.plain import markup
from widgets.planning.in_hand import InHand
from widgets.shell import Shell


class PlanLine(ipywidgets.VBox):
    """The plan in hand in words, with Undo and Redo that say of what.

    Attributes
    ----------
    said, undo, redo, coloured, large
        Its parts, named so that a test can press and read them; `coloured` gives each route a colour on the map,
        `large` gives the page's width to the map.
    """

    def __init__(self, shell: Shell, hand: InHand) -> None:
        self._shell, self._hand = shell, hand
        self._read_at = -1
        self.said = ipywidgets.HTML()
        self.undo = ipywidgets.Button(description="Undo")
        self.redo = ipywidgets.Button(description="Redo")
        self.undo.on_click(shell.on(lambda _: self._undo()))
        self.redo.on_click(shell.on(lambda _: self._redo()))
        self.coloured = ipywidgets.ToggleButton(description="Colour routes", tooltip="A colour for each on the map")
        self.large = ipywidgets.ToggleButton(description="Large map", tooltip="More room for the map, less for tables")
        self.large.add_class("large-map")
        acts = ipywidgets.Box([self.undo, self.redo, self.coloured, self.large])
        acts.add_class("acts")
        super().__init__([self.said, acts])
        self.add_class("plan-line")

    def show_day(self, day: Day) -> None:
        """Say which plan is in hand, and what could be taken back or done again."""
        self.layout.display = None if self._hand.plan is not None else "none"
        if self._hand.plan is None or day.version == self._read_at:
            return
        self._read_at = day.version
        sign = "● " if self._hand.is_draft else ""
        self.said.value = f"<p>{sign}{markup(self._hand.words())}</p>"
        viewing = self._shell.viewing
        entries, code = viewing.desk.entries(), self._hand.code
        last = [e.fact for e in history.last_by_hand(entries, viewing.desk.by) if isinstance(e.fact, history.BY_HAND)]
        again = history.undone(entries)
        self.undo.layout.display = None if last else "none"
        self.redo.layout.display = None if again else "none"
        if last:
            self.undo.description = f"Undo: {briefly(last[-1], code)}"
            why_not = " ".join(history.take_back_blockers(day, entries, viewing.desk.by))
            allow(self.undo, viewing.forbids or why_not, about="Take your last change of the plan back")
        if again:
            self.redo.description = f"Redo: {briefly(again[-1], code)}"
            allow(self.redo, viewing.forbids or " ".join(history.redo_blockers(day, entries)))

    def _undo(self) -> None:
        self._shell.decide(
            history.take_back, "Taken back. The draft is as it was before.", entries=self._shell.viewing.desk.entries
        )

    def _redo(self) -> None:
        self._shell.decide(history.redo, "Done again.", entries=self._shell.viewing.desk.entries)
