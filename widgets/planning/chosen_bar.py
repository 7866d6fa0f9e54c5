"""What is chosen, in a line, and what can be done with it."""

from collections.abc import Callable

import ipywidgets

from dispatchkit.plan.keep import change_locks
from widgets.buttons import allow
from widgets.plain import markup
from widgets.planning.in_hand import InHand
from widgets.planning.selection import Selection, by_route, in_zones, on_no_route, words
from widgets.planning.solving import Wanted
from widgets.shell import Shell

HOW = "Choose stops on the map: press one, Shift adds, ▭ and ◌ draw around several. Or mark them under Stops."
NO_PLACES = "Choose stops under Stops."
TWO_ROUTES = "Choose stops of two routes: they change places."
ONE_ROUTE = "Choose stops of one route."


class ChosenBar(ipywidgets.VBox):
    """The chosen stops in words, and a button for each thing to do with them.

    Parameters
    ----------
    propose
        Called with a change that somebody asks for.
    ask_where
        Called with stops that shall go elsewhere, and what to call the question.

    Attributes
    ----------
    route_id
        The route that is selected on the page; empty for none.
    said, loose, move, split, swap, off, only, zone, lock, clear
        Its parts, named so that a test can press and read them.
    """

    def __init__(
        self, shell: Shell, hand: InHand, selection: Selection, *, propose: Callable[[Wanted], object],
        ask_where: Callable[[tuple[str, ...], str], object],
    ) -> None:  # fmt: skip
        self._shell, self._hand, self._selection = shell, hand, selection
        self._propose, self._ask_where = propose, ask_where
        self.route_id = ""
        self.said = ipywidgets.HTML()
        self.loose = self._button("Choose those on no route", self._choose_loose)
        self.move = self._button("Move to…", self._move)
        self.split = self._button("Split off", self._split)
        self.swap = self._button("Swap", self._swap)
        self.off = self._button("Take off", self._take_off)
        self.only = self._button("Only", self._only)
        self.zone = self._button("Whole zone", self._whole_zone)
        self.lock = self._button("Lock", self._lock)
        self.clear = self._button("Clear", selection.clear)
        acts = [self.move, self.split, self.swap, self.off, self.only, self.zone, self.lock, self.clear]
        self._acts = ipywidgets.Box(acts)
        self._acts.add_class("acts")
        self.move.button_style = "primary"
        super().__init__([self.said, self.loose, self._acts])
        self.add_class("chosen-bar")

    def _button(self, label: str, act: Callable[[], object]) -> ipywidgets.Button:
        made = ipywidgets.Button(description=label)
        made.on_click(self._shell.on(lambda _: act()))
        return made

    def show(self, *, briefly: bool = False) -> None:
        """Say what is chosen now, and offer what makes sense for it; `briefly` while a change is being asked for."""
        plan, chosen = self._hand.plan, self._selection.stop_ids
        self.layout.display = "none" if plan is None else None
        if plan is None:
            return
        how = HOW if plan.knows_places else NO_PLACES
        quiet = "" if briefly else f'<p class="quiet">{markup(how)}</p>'
        self.said.value = f"<p><b>{markup(words(plan, chosen))}</b></p>" if chosen else quiet
        on_none = len(on_no_route(plan))
        self.loose.layout.display = None if on_none and not chosen and not briefly else "none"
        self.loose.description = f"Choose the {on_none} on no route" if on_none > 1 else "Choose the one on no route"
        self._acts.layout.display = None if chosen and not briefly else "none"
        if not chosen or briefly:
            return
        of, forbids = by_route(plan, chosen), self._hand.forbids
        on_routes = [r for r in of if r]
        allow(self.move, forbids, about="Give them to another route")
        self.split.layout.display = None if len(of) == len(on_routes) == 1 else "none"
        self.swap.layout.display = None if len(of) == len(on_routes) == 2 else "none"
        self.off.layout.display = None if len(on_routes) == len(of) else "none"
        allow(self.split, forbids, about="Make a route of their own of them")
        allow(self.swap, forbids, about=TWO_ROUTES)
        allow(self.off, forbids, about="Leave them on no route until somebody puts them back")
        self.only.layout.display = None if len(of) > 1 and self.route_id in on_routes else "none"
        self.only.description = f"Only {self._hand.code(self.route_id)}"
        more = len(in_zones(plan, chosen) - set(chosen))
        self.zone.layout.display = None if more else "none"
        zones = sorted({plan.stop[s].zone for s in chosen if plan.stop[s].zone})
        self.zone.description = f"Whole zone {zones[0]} (+{more})" if len(zones) == 1 else f"Whole zones (+{more})"
        self.lock.layout.display = None if on_routes else "none"
        self.lock.description = "Unlock" if self._all_locked else "Lock"
        allow(self.lock, forbids, about="Locked stops stay on their route")

    @property
    def _chosen(self) -> tuple[str, ...]:
        return self._selection.stop_ids

    @property
    def _all_locked(self) -> bool:
        return set(self._chosen) <= self._hand.locks.stop_ids

    @property
    def _count(self) -> str:
        return "1 stop" if len(self._chosen) == 1 else f"{len(self._chosen)} stops"

    def _move(self) -> None:
        self._ask_where(self._chosen, f"{self._count} to…")

    def _split(self) -> None:
        plan = self._hand.plan
        if plan is not None:
            (route_id,) = by_route(plan, self._chosen)
            title = f"{self._count} of {self._hand.code(route_id)} as a route of their own"
            self._propose(Wanted(title, "split", (route_id, self._chosen)))

    def _swap(self) -> None:
        plan = self._hand.plan
        if plan is not None:
            of = by_route(plan, self._chosen)
            one, other = of
            said = f"{len(of[one])} stops of {self._hand.code(one)} ↔ {len(of[other])} of {self._hand.code(other)}"
            self._propose(Wanted(said, "swap", (tuple(of[one]), tuple(of[other]))))

    def _take_off(self) -> None:
        self._propose(Wanted(f"{self._count} on no route", "take_off", (self._chosen,)))

    def _choose_loose(self) -> None:
        plan = self._hand.plan
        if plan is not None:
            self._selection.choose(plan, on_no_route(plan))

    def _only(self) -> None:
        plan = self._hand.plan
        if plan is not None and self.route_id in plan.route:
            own = set(plan.route[self.route_id].stop_ids)
            self._selection.choose(plan, own.intersection(self._chosen))

    def _whole_zone(self) -> None:
        if self._hand.plan is not None:
            self._selection.choose_zones(self._hand.plan)

    def _lock(self) -> None:
        locked = not self._all_locked
        said = f"{self._count} {'locked to their route' if locked else 'unlocked'}."
        self._shell.decide(
            change_locks, said, digest=self._hand.digest, plan=self._hand.plan, locked=locked, stop_ids=self._chosen
        )
