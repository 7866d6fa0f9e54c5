"""Close: what is open, who is back, the debrief of this route, and the shift as a whole."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.eos import returns
from dispatchkit.eos.incidents import DOCUMENTED
from dispatchkit.fleet import inspection
from dispatchkit.fleet.inspection import POST_TRIP
from dispatchkit.overview.needs import Need
from widgets.attention import Act
from widgets.board import Board
from widgets.close import return_board
from widgets.close.debrief_panel import DebriefPanel
from widgets.close.shift_panel import ShiftPanel
from widgets.close.van_dialogs import VanDialogs
from widgets.layout import Panel, columns, stacked
from widgets.needs_panel import NAMED, NeedsPanel, show_each
from widgets.shell import Shell, open_page

NO_PLAN = "There is no plan yet. Commit one, and this page shows its routes."


def page() -> ipywidgets.Widget:
    """Show the end of shift of the day that the browser's address names, as ``?day=DXX1/2026-03-14``."""
    return open_page("close", ClosePage)


class ClosePage:
    """The page's panels.

    Attributes
    ----------
    whole
        What is shown.
    """

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.viewing = shell.viewing
        self.vans = VanDialogs(shell)
        self.needs = NeedsPanel(shell, "Nothing needs you now.", self._acts)
        self.board = Board(
            return_board.COLUMNS, label="Routes on their way to a closed shift, what can be settled first",
            when_empty=NO_PLAN,
        )  # fmt: skip
        self.back = Panel("Back", self.board, grow=self.board)
        self.debrief = DebriefPanel(shell)
        self.shift = ShiftPanel(shell)
        self.board.on_select(shell.on(self._chosen))
        self.board.on_act(shell.on(self._pressed))
        self.whole = columns(self.needs, self.back, stacked(self.debrief, self.shift))
        self.whole.add_class("wide-board")

    def show(self, day: Day, now: datetime) -> None:
        """Show what is open."""
        planned = day.pre_load_out.plan is not None
        self.needs.show_day(day, now, lambda need: need.phase == "close")
        self.board.show(return_board.rows(day, self.viewing.names, forbids=self.viewing.forbids) if planned else ())
        self.back.show("Back", return_board.total_words(day) if planned else "")
        self.debrief.show_day(day)
        self.shift.show_day(day)

    def select(self, subject: str) -> None:
        """Turn the right-hand side to a route."""
        self.debrief.route_id = subject
        self.board.selected = subject
        self.debrief.show_day(self.viewing.day)

    def _chosen(self, route_id: str) -> None:
        self.shell.select(route_id)
        self.shell.place.go_to(".route-panel")

    def _pressed(self, route_id: str, step: str) -> None:
        day = self.viewing.day
        code, left = day.code(route_id), day.load_out.departed.get(route_id)
        match step:
            case "debrief":
                self._chosen(route_id)
            case "clear":
                self.vans.clear(route_id)
            case "back":
                self.shell.decide(returns.driver_returned, f"{code} is back.", route_id=route_id)
            case "defect":
                self.vans.defect(route_id)
            case "inspect" if left is not None:
                self.shell.decide(
                    inspection.inspect, f"Van {left.van_id} passed its post-trip.",
                    van_id=left.van_id, driver_id=left.driver_id, inspection=POST_TRIP,
                )  # fmt: skip
            case "van" if left is not None:
                self.shell.decide(returns.van_returned, f"Van {left.van_id} is in.", van_id=left.van_id)

    def _acts(self, day: Day, need: Need) -> Iterator[Act]:
        on, forbids = self.shell.on, self.viewing.forbids
        if need.need_id == "close:incidents":
            open_now = [i for i, held in day.end_of_shift.incidents.items() if held.status != DOCUMENTED]
            for incident_id in open_now[:NAMED]:
                about = f"Document the incident {incident_id}"
                yield Act(f"Document {incident_id}…", about, on(partial(self._document, incident_id)), forbids)
        elif need.need_id == "close:vans not in":
            of = {left.van_id: route_id for route_id, left in day.load_out.departed.items()}
            for van_id in need.van_ids[:NAMED]:
                about = f"Show the route of {van_id}"
                yield Act(f"Show {van_id}", about, on(partial(self._show_route, of[van_id])))
        else:
            yield from show_each(day, need, on(lambda route_id, _: self._chosen(route_id)))

    def _document(self, incident_id: str, _button: ipywidgets.Button) -> None:
        self.shift.document(incident_id)

    def _show_route(self, route_id: str, _button: ipywidgets.Button) -> None:
        self._chosen(route_id)
