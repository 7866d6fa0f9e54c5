"""What can be done with the selected route as a whole: crew, best order, merging, choosing all its stops, locks."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.plan.keep import change_locks
from dispatchkit.plan.ordering import Order
from widgets.buttons import allow
from widgets.crew import Crew
from widgets.planning.changing import Changing
from widgets.planning.in_hand import InHand
from widgets.planning.rebuilding import DropsOut
from widgets.planning.solving import Wanted
from widgets.shell import Shell


class RouteActs(ipywidgets.Box):
    """The buttons below a route's figures; none while no route is selected.

    Attributes
    ----------
    driver, van, drops_out, order, by_habit, merge, stops, lock, lock_order
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell, crew: Crew, hand: InHand, changing: Changing) -> None:
        self._shell, self._hand, self._changing = shell, hand, changing
        self.route_id = ""
        self.driver = self._button("Other driver…", lambda: crew.change_driver(self.route_id))
        self.van = self._button("Other van…", lambda: crew.change_van(self.route_id))
        self.order = self._button("Put in the best order", self._order)
        self.by_habit = self._button("As drivers go", self._order_by_habit)
        self.merge = self._button("Merge into…", self._merge)
        self.stops = self._button("Choose all its stops", self._choose)
        self.lock = self._button("Lock route", self._lock_route)
        self.lock_order = self._button("Lock order", self._lock_order)
        self.drops_out = DropsOut(shell, hand, changing)
        changes = [self.drops_out.button, self.stops, self.order, self.by_habit, self.merge, self.lock, self.lock_order]
        super().__init__([self.driver, self.van, *changes])
        self._changes = changes
        self.add_class("acts")
        self.layout.display = "none"

    def _button(self, label: str, act: Callable[[], object]) -> ipywidgets.Button:
        made = ipywidgets.Button(description=label)
        made.on_click(self._shell.on(lambda _: act()))
        return made

    def show_day(self, day: Day, route_id: str) -> None:
        """Offer what makes sense for this route of the plan in hand."""
        plan = self._hand.plan
        self.route_id = route_id
        is_there = plan is not None and route_id in plan.route
        self.layout.display = None if is_there else "none"
        if not is_there:
            return
        code, forbids = self._hand.code(route_id), self._shell.viewing.forbids
        left = f"{code} has left." if route_id in day.load_out.departed else ""
        committed = day.pre_load_out.plan
        draft = "" if committed and route_id in committed.route else f"{code} is on the draft only. Commit it first."
        for button in (self.driver, self.van):
            allow(button, forbids or left or draft)
        locks, why_not = self._hand.locks, self._hand.forbids
        self.lock.description = "Unlock route" if route_id in locks.route_ids else "Lock route"
        self.lock_order.description = "Unlock order" if route_id in locks.orders else "Lock order"
        allow(self.stops, "")
        self.drops_out.show(route_id)
        allow(self.order, why_not, about=f"Order the stops of {code} anew for the least driving")
        allow(self.by_habit, why_not, about=f"Order the stops of {code} zone by zone, as drivers are used to")
        allow(self.merge, why_not, about=f"Give all stops of {code} to another route")
        allow(self.lock, why_not, about="No change by hand may touch a locked route")
        allow(self.lock_order, why_not, about="Stops may come and go; the others keep their order")

    def _choose(self) -> None:
        if self._hand.plan is not None:
            self._changing.choose(self._hand.plan.route[self.route_id].stop_ids)

    def _order(self) -> None:
        title = f"{self._hand.code(self.route_id)} in the best order"
        self._changing.propose(Wanted(title, "order_anew", (self.route_id,), order=Order.SHORTEST))

    def _order_by_habit(self) -> None:
        title = f"{self._hand.code(self.route_id)} zone by zone, as drivers go"
        self._changing.propose(Wanted(title, "order_anew", (self.route_id,), order=Order.AS_DRIVERS_GO))

    def _merge(self) -> None:
        if self._hand.plan is not None:
            stop_ids = self._hand.plan.route[self.route_id].stop_ids
            self._changing.ask_where(stop_ids, f"{self._hand.code(self.route_id)} into…")

    def _lock_route(self) -> None:
        locked = self.route_id not in self._hand.locks.route_ids
        self._decide(self._hand.code(self.route_id), locked=locked, route_ids=[self.route_id])

    def _lock_order(self) -> None:
        locked = self.route_id not in self._hand.locks.orders
        self._decide(f"The order of {self._hand.code(self.route_id)}", locked=locked, orders=[self.route_id])

    def _decide(self, what: str, *, locked: bool, **named: Any) -> None:
        said = f"{what} is {'locked' if locked else 'open for changes again'}."
        hand = self._hand
        self._shell.decide(change_locks, said, digest=hand.digest, plan=hand.plan, locked=locked, **named)
