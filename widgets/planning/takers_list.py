"""Where chosen stops could go: the routes around with what each would come to, and any other by name."""

from collections.abc import Callable, Iterable

import ipywidgets

from dispatchkit.plan.takers import Offer
from dispatchkit.times import clock_text, hours_text
from widgets.plain import markup
from widgets.shell import Shell

CHOOSE = "Choose a route…"
LOOKING = "Looking which routes around could take them…"
NOBODY = "No route around can take them as they are. Choose one below to hear why."


class TakersList(ipywidgets.VBox):
    """The routes that are offered; hidden while nobody asks.

    Parameters
    ----------
    take
        Called with the id of the route that is chosen.

    Attributes
    ----------
    said, offers, other, leave
        Its parts, named so that a test can press and read them; `offers` holds a button for each.
    """

    def __init__(self, shell: Shell, take: Callable[[str], object], leave: Callable[[], object]) -> None:
        self._shell, self._take = shell, take
        self.said = ipywidgets.HTML()
        self.offers = ipywidgets.VBox()
        self.offers.add_class("offers")
        self.other = ipywidgets.Dropdown(options=[(CHOOSE, "")], description="To")
        self.other.observe(shell.on(lambda change: take(change["new"]) if change["new"] else None), "value")
        self.leave = ipywidgets.Button(description="Leave it")
        self.leave.on_click(shell.on(lambda _: leave()))
        acts = ipywidgets.Box([self.leave])
        acts.add_class("acts")
        super().__init__([self.said, self.offers, self.other, acts])
        self.add_class("proposed")
        self.hide()

    def wait(self, title: str, routes: Iterable[tuple[str, str]]) -> None:
        """Ask where to; `routes` are ``(code, route_id)`` of all that can be named."""
        self.said.value = f'<h3>{markup(title)}</h3><p class="quiet">{LOOKING}</p>'
        self._put(())
        self.other.options = [(CHOOSE, ""), *routes]
        self.other.value = ""
        self.layout.display = None

    def show(self, title: str, found: tuple[Offer, ...]) -> None:
        """Show what was found, the cheapest first."""
        quiet = "Least longer out comes first." if found else NOBODY
        self.said.value = f'<h3>{markup(title)}</h3><p class="quiet">{quiet}</p>'
        day = self._shell.viewing.day
        zone, service_day = day.course.timezone, str(day.key.service_day)
        made = []
        for offer in found[: self._shell.viewing.station.by_hand.offered_count]:
            after = offer.after
            p50, p90 = (clock_text(at, zone, service_day) for at in (after.finish_p50, after.finish_p90))
            full = "" if after.load_share is None else f" · van {after.load_share:.0%}"
            more = f"{'' if offer.more_s < 0 else '+'}{hours_text(offer.more_s)}"
            words = f"{offer.code} {more} · back {p50}–{p90} · in time {after.chance_in_time:.0%}{full}"
            button = ipywidgets.Button(description=words, tooltip=f"See what it does to {offer.code}")
            button.on_click(self._shell.on(lambda _, route_id=offer.route_id: self._take(route_id)))
            made.append(button)
        self._put(tuple(made))

    def hide(self) -> None:
        """Show nothing."""
        self.layout.display = "none"

    def _put(self, buttons: tuple[ipywidgets.Button, ...]) -> None:
        gone = self.offers.children
        self.offers.children = buttons
        for button in gone:
            button.close()
