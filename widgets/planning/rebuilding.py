"""A route whose van or driver drops out: what could step in, and else its stops shared out with the least change."""

import ipywidgets

from dispatchkit.plan.ordering import Order
from dispatchkit.plan.rebuilding.instead import instead
from widgets.buttons import allow
from widgets.planning.changing import Changing
from widgets.planning.in_hand import InHand
from widgets.planning.solving import Wanted
from widgets.shell import Shell

ASK = "Van drops out…"


class DropsOut:
    """The button and what follows from it.

    Attributes
    ----------
    button
        Asks, where another van or driver is free, whether that is not the simpler way.
    """

    def __init__(self, shell: Shell, hand: InHand, changing: Changing) -> None:
        self._shell, self._hand, self._changing = shell, hand, changing
        self._route_id = ""
        self.button = ipywidgets.Button(description=ASK)
        self.button.on_click(shell.on(lambda _: self._ask()))

    def show(self, route_id: str) -> None:
        """Be about this route of the plan in hand."""
        self._route_id = route_id
        code, forbids = self._hand.code(route_id), self._hand.forbids
        begun = f"{code} is being loaded, or has left." if route_id in self._hand.unable else ""
        allow(self.button, forbids or begun, about=f"Share {code} out among the routes around, with the least change")

    def _ask(self) -> None:
        route_id, viewing = self._route_id, self._shell.viewing
        code = self._hand.code(route_id)
        title = f"The plan without {code}"

        def propose() -> None:
            self._changing.propose(Wanted(title, "rebuild", (route_id,), order=Order.SHORTEST))

        if others := [viewing.named(sentence) for sentence in instead(viewing.day, route_id, viewing.station)]:
            self._shell.ask(
                f"{code} drops out", others, confirm="Share its stops out", on_confirm=lambda _: propose()
            )
        else:
            propose()
