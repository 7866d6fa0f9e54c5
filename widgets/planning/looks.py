"""Looking at the plan before anybody drives it: can it be finished, who could take over, what was it, what changed?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dispatchkit.day import Day
from dispatchkit.plan.absorb import Cover
from dispatchkit.records import Plan
from widgets.attention import Act, Item
from widgets.planning.absorb_panel import AbsorbPanel
from widgets.planning.changing import Changing
from widgets.planning.check_panel import CheckPanel
from widgets.planning.compare_panel import ComparePanel
from widgets.planning.history_panel import HistoryPanel
from widgets.planning.in_hand import InHand
from widgets.planning.solving import Wanted
from widgets.shell import Shell

CHECK, ABSORB, HISTORY, COMPARE = "Check", "Absorb", "History", "Compare"

LOOK_EVERY_S = 1.0
"""How often it is looked whether something has to be worked out; a look that finds nothing takes a millisecond."""


class Looks:
    """The four ways to look at the plan in hand, as tabs of the page.

    Parameters
    ----------
    on_map
        Shows a route and stops on the map.
    look
        Shows an earlier plan on the map: the plan, its digest, when it was made.
    turn_to
        Turns the page to one of the tabs.
    changed
        Called whenever something was worked out.

    Attributes
    ----------
    tabs
        What stands under each tab.
    check, absorb, history, compare
        The same by name, so that a test can press and read them.
    """

    def __init__(
        self, shell: Shell, hand: InHand, changing: Changing, *, on_map: Callable[[str, Sequence[str]], object],
        look: Callable[[Plan, str, str], object], turn_to: Callable[[str], object], changed: Callable[[], object],
    ) -> None:  # fmt: skip
        self._viewing, self._hand, self._changing, self._turn_to = shell.viewing, hand, changing, turn_to
        self._open = ""
        self.check = CheckPanel(shell, on_map, changed)
        self.absorb = AbsorbPanel(shell, on_map, self._give_away, changed)
        self.compare = ComparePanel(shell, on_map, changed)
        self._look = look
        self.history = HistoryPanel(shell, look=self._look_at, go_back=self._go_back, compare=self._compare_with_now)
        self.tabs = {CHECK: self.check, ABSORB: self.absorb, HISTORY: self.history, COMPARE: self.compare}
        shell.heartbeat.follow(self.work, LOOK_EVERY_S, shell.status)

    @property
    def chances(self) -> Mapping[str, Mapping[str, Any]]:
        """route_id → its chance to be in time, as a cell of a board; nothing while the plan was not checked."""
        return self.check.chances

    def needs(self, on: Callable[..., Callable[..., None]]) -> Iterator[Item]:
        """What the check found that needs a person; `on` guards the press."""
        if told := self.check.need:
            look = Act("Look at the check", "Turn to the check of the plan", on(lambda _: self._turn_to(CHECK)))
            kind = "act" if told.grave else "watch"
            yield Item("plan:check", kind, told.what, self._viewing.named(told.why), "", (look,))

    @property
    def summaries(self) -> dict[str, str]:
        """What stands beside the heading of each tab."""
        return {name: panel.summary for name, panel in self.tabs.items()}

    def show_day(self, day: Day) -> None:
        """Show what is known by now."""
        for panel in self.tabs.values():
            panel.show_day(day)

    def open(self, name: str) -> None:
        """Take in which tab is looked at, and have what it shows worked out."""
        self._open = name
        if name in self.tabs:
            self.work()

    def work(self) -> None:
        """Have worked out what is missing: the check until the first van is loaded, the rest where it is looked at."""
        day = self._viewing.day
        if self._open == CHECK or not (day.load_out.loading or day.load_out.departed):
            self.check.work(day)
        if self._open == ABSORB:
            self.absorb.work(day)
        if self._open == COMPARE:
            self.compare.work(day)

    def _give_away(self, cover: Cover, orders: dict[str, tuple[str, ...]]) -> None:
        codes = ", ".join(self._hand.code(route_id) for route_id in orders)
        self._changing.propose(Wanted(f"All of {cover.code} → {codes}", "share_out", (cover.route_id, orders)))

    def _go_back(self, digest: str, made: str) -> None:
        earlier = self._viewing.desk.records.record(digest, Plan)
        self._changing.propose(Wanted(f"Back to the plan of {made}", "go_back", (earlier,)))

    def _look_at(self, digest: str, made: str) -> None:
        self._look(self._viewing.desk.records.record(digest, Plan), digest, made)

    def _compare_with_now(self, digest: str, _made: str) -> None:
        self._turn_to(COMPARE)
        self.compare.hold(digest, self._viewing.day.pre_load_out.in_hand)
