"""The stops of the selected route as a table: chosen by marks, and driven in another order."""

from dispatchkit.plan.limits import late_stop_ids
from widgets.board import Board
from widgets.fields import Field, Value
from widgets.planning import stops_board
from widgets.planning.changing import Changing
from widgets.planning.in_hand import InHand
from widgets.planning.solving import Wanted
from widgets.shell import Shell

NO_ROUTE = "Choose a route under Routes or on the map; then its stops stand here."


class RouteStops:
    """The table of one route's stops.

    Attributes
    ----------
    board
        What is shown. Marks are the chosen stops: those of other routes stay chosen.
    route_id
        Whose stops; empty for none.
    """

    def __init__(self, shell: Shell, hand: InHand, changing: Changing) -> None:
        self._shell, self._hand, self._changing = shell, hand, changing
        self.route_id = ""
        self.board = Board(
            stops_board.COLUMNS, label="Stops of the route in the order to drive them", order_name="as driven",
            selectable="many", when_empty=NO_ROUTE,
        )  # fmt: skip
        self.board.on_marked(shell.on(self._marked))
        self.board.on_select(shell.on(self._pressed))
        self.board.on_act(shell.on(self._act))

    def show(self) -> None:
        """Show the route's stops as the change that is looked at would have them, and which are chosen."""
        plan, day = self._changing.plan_of(self.route_id), self._shell.viewing.day
        if plan is None or self.route_id not in plan.route:
            self.board.show(())
            return
        late = late_stop_ids(plan, plan.route[self.route_id])
        self.board.show(
            stops_board.rows(
                plan, self.route_id, self._hand.locks, timezone=day.course.timezone, late=late,
                forbids=self._hand.forbids,
            )
        )  # fmt: skip
        own = set(plan.route[self.route_id].stop_ids)
        chosen = [s for s in self._changing.selection.stop_ids if s in own]
        if chosen != list(self.board.marked):
            self.board.marked = chosen

    def words(self) -> str:
        """Whose stops these are, and how many."""
        plan = self._changing.plan_of(self.route_id)
        route = plan.route.get(self.route_id) if plan else None
        return f"{route.code} · {len(route.stop_ids)} stops" if route else "no route is selected"

    def _marked(self, stop_ids: list[str]) -> None:
        plan = self._hand.plan
        if plan is not None and self.route_id in plan.route:
            self._changing.selection.choose_of(plan, self.route_id, stop_ids)

    def _pressed(self, stop_id: str) -> None:
        self._changing.choose([stop_id])

    def _act(self, stop_id: str, act: str) -> None:
        plan = self._changing.plan_of(self.route_id)
        if plan is None or self.route_id not in plan.route:
            return
        stop_ids = plan.route[self.route_id].stop_ids
        now = stop_ids.index(stop_id) + 1
        if act == stops_board.EARLIER:
            self._drive(stops_board.at_place(stop_ids, stop_id, now - 1))
        elif act == stops_board.LATER:
            self._drive(stops_board.at_place(stop_ids, stop_id, now + 1))
        else:
            self._ask_place(stop_ids, stop_id, now)

    def _ask_place(self, stop_ids: tuple[str, ...], stop_id: str, now: int) -> None:
        field = Field(
            key="nth", label=f"Place, 1 to {len(stop_ids)}", kind="number", value=str(now), at_least=1,
            at_most=len(stop_ids),
        )  # fmt: skip

        def drive(values: dict[str, Value]) -> None:
            nth = values["nth"]
            if isinstance(nth, int | float):
                self._drive(stops_board.at_place(stop_ids, stop_id, round(nth)))

        said = [f"It is stop {now} of {len(stop_ids)} now. Nothing is kept yet: you see first what it does."]
        self._shell.ask(f"Drive {stop_id} at another place", said, (), [field], "See it", on_confirm=drive)

    def _drive(self, stop_ids: tuple[str, ...]) -> None:
        """Ask for this order; several moves in a row become one change."""
        title = f"Another order of {self._hand.code(self.route_id)}"
        late = bool(self._changing.proposed.late.value)
        self._changing.propose(Wanted(title, "reorder", (self.route_id, stop_ids), serve_late=late))
