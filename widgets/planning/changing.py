"""The plan in hand changed by hand: what is chosen, what may be done with it, its effect, and keeping it."""

from collections.abc import Callable, Iterable

import ipywidgets

from dispatchkit.errors import Refused, Stale
from dispatchkit.plan import keep as keeping
from dispatchkit.plan.edit import Change
from dispatchkit.plan.locks import listed
from dispatchkit.plan.takers import Offer
from dispatchkit.records import Plan
from widgets.background import Background
from widgets.guard import Guard
from widgets.planning import solving
from widgets.planning.chosen_bar import ChosenBar
from widgets.planning.in_hand import InHand
from widgets.planning.proposed import Proposed
from widgets.planning.selection import Selection, by_route
from widgets.planning.solving import Proposal, Wanted
from widgets.planning.takers_list import TakersList
from widgets.shell import Shell

ANOTHER_PLAN = "The plan in hand is another one now. Nothing of the change was kept."


class Changing(ipywidgets.VBox):
    """Everything between choosing stops and a kept change.

    Parameters
    ----------
    changed
        Called whenever what is chosen or proposed is another: map and tables show it.

    Attributes
    ----------
    selection
        The chosen stops.
    proposal
        The change that is looked at; None while there is none.
    bar, takers, proposed
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell, hand: InHand, changed: Callable[[], object]) -> None:
        self._shell, self._hand, self._changed = shell, hand, changed
        self._work, self._seen, self._wanted = Background(), 0, Wanted("", "give", ())
        self._going: tuple[str, ...] = ()
        self.proposal: Proposal | None = None
        self.selection = Selection(self._selected)
        self.bar = ChosenBar(shell, hand, self.selection, propose=self.propose, ask_where=self.ask_where)
        self.takers = TakersList(shell, lambda route_id: self.give(self._going, route_id), self.leave)
        self.proposed = Proposed(shell, again=self.propose, keep=self._keep, leave=self.leave)
        super().__init__([self.bar, self.takers, self.proposed])
        self.add_class("changing")

    def plan_of(self, route_id: str) -> Plan | None:
        """The plan to show a route's order of: one that is being ordered anew by hand as it would be, else as it is."""
        edited = self.proposal.edited if self.proposal else None
        reordered = edited is not None and edited.change == Change.REORDERED and route_id in edited.route_ids
        return edited.plan if edited is not None and reordered else self._hand.plan

    def follow(self, is_another_plan: bool) -> str:
        """Take in that the day has moved on, and say what has to be told.

        A change of a plan that is not in hand any more is let go.
        """
        told = ANOTHER_PLAN if is_another_plan and self._is_asked else ""
        if is_another_plan:
            self._end()
            if self._hand.plan is not None:
                self.selection.keep_to(self._hand.plan)
        self.show_bar()
        return told

    def choose(self, stop_ids: Iterable[str], *, add: bool = False) -> None:
        """Choose stops of the plan in hand, or add them to the chosen ones."""
        if self._hand.plan is not None:
            self.selection.choose(self._hand.plan, stop_ids, add=add)

    def ask_where(self, stop_ids: tuple[str, ...], title: str) -> None:
        """Look who could take these stops; any route can be named meanwhile."""
        self._end()
        plan = self._hand.plan
        if plan is None:
            return
        own = by_route(plan, stop_ids)
        self._going = stop_ids
        self.takers.wait(title, [(r.code, r.route_id) for r in plan.routes if r.route_id not in own])

        def found(offers: tuple[Offer, ...]) -> None:
            self.takers.show(title, offers)

        self._show()
        self._work.start(solving.offered, self._hand.held(), stop_ids, done=found, failed=self._failed)

    def give(self, stop_ids: tuple[str, ...], to_route_id: str) -> None:
        """Show what it does to give these stops to a route."""
        plan, count = self._hand.plan, len(stop_ids)
        if plan is not None:
            others = listed([self._hand.code(r) if r else "no route" for r in by_route(plan, stop_ids)])
            title = f"{'1 stop' if count == 1 else f'{count} stops'} {others} → {self._hand.code(to_route_id)}"
            self.propose(Wanted(title, "give", (stop_ids, to_route_id)))

    def propose(self, wanted: Wanted) -> None:
        """Work a change out and show it; where that takes long, elsewhere."""
        self._end()
        self._wanted, self._seen, held = wanted, self._shell.viewing.day.version, self._hand.held()
        if solving.is_slow(held, wanted):
            self.proposed.wait(wanted)
            self._show()
            self._work.start(solving.changed, held, wanted, done=self._found, failed=self._failed)
            return
        try:
            self._found(solving.changed(held, wanted))
        except Refused as refused:
            self._refused(refused)

    def leave(self) -> None:
        """Let go of what is looked at; what is chosen stays chosen."""
        self._end()
        self._show()

    def show_bar(self) -> None:
        """Say what is chosen; what can be done with it stands there while nothing is being asked."""
        self.bar.show(briefly=any(part.layout.display is None for part in (self.takers, self.proposed)))

    def _show(self) -> None:
        self.show_bar()
        self._changed()

    @property
    def _is_asked(self) -> bool:
        return self.proposal is not None or self._work.is_working

    def _selected(self) -> None:
        self._end()
        self._show()

    def _found(self, proposal: Proposal) -> None:
        self.proposal = proposal
        why_not = self._hand.forbids
        if not why_not:
            day, before = self._shell.viewing.day, self._hand.digest
            why_not = " ".join(keeping.keep_blockers(day, proposal.edited, before, why="to look at"))
        self.proposed.show(self._wanted, proposal, forbids=why_not)
        self._lead_there()
        self._show()

    def _refused(self, refused: Refused) -> None:
        self.proposed.refuse(self._wanted, tuple(refused.reasons))
        self._lead_there()
        self._show()

    def _lead_there(self) -> None:
        """Give the focus to the answer; whoever moves stops about in the table goes on there."""
        if self._wanted.method != "reorder":
            self._shell.place.focus(".proposed-change")

    def _failed(self, error: BaseException) -> None:
        """Say what went wrong elsewhere; a refusal is an answer like any other."""
        if isinstance(error, Refused) and self.takers.layout.display == "none":
            self._refused(error)
            return
        self.leave()
        with Guard(self._shell.status, "change the plan"):
            raise error

    def _keep(self, why: str) -> None:
        proposal = self.proposal
        if proposal is None:
            return
        viewing, edited = self._shell.viewing, proposal.edited
        before, seen = self._hand.digest, self._seen
        if reasons := tuple(keeping.keep_blockers(viewing.day, edited, before, why)):
            raise Refused(reasons)
        digest = viewing.desk.records.put(edited.plan)
        said, chosen = f"Kept as the draft: {self._wanted.title}.", self.selection.stop_ids
        self._end()
        self.selection.stop_ids = ()
        try:
            self._shell.decide(
                keeping.keep, said, seen=seen, edited=edited, before=before, digest=digest, why=why
            )
        except Stale:     # somebody decided something else meanwhile: what changed is told, and the effect shown anew
            self.selection.stop_ids = chosen
            self.propose(self._wanted)
            raise

    def _end(self) -> None:
        self._work.cancel()
        self.proposal = None
        self.takers.hide()
        self.proposed.hide()
