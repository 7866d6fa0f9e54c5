"""The debrief of one route: every package that was not delivered, with its reason, and one button."""

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.day.facts.end_of_shift import PackageAccount
from dispatchkit.eos import debrief
from dispatchkit.eos.balance import whereabouts
from dispatchkit.eos.debrief import status_of_reason
from widgets.buttons import allow
from widgets.layout import Panel
from widgets.plain import markup
from widgets.sentences import Sentences
from widgets.shell import Shell

CHOOSE = "choose a reason"
SHOWN = 60
"""Packages that have a line of their own; all others of a route share one reason, and the list says so."""


class DebriefPanel(Panel):
    """What became of the packages of the selected route.

    Attributes
    ----------
    record, reasons, lines
        Its parts, named so that a test can press and read them; `lines` are dropdowns by package id.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.route_id = ""
        self._built_for: tuple[object, ...] = ()
        self._accounts: tuple[PackageAccount, ...] = ()
        self.lines: dict[str, ipywidgets.Dropdown] = {}
        self.facts = ipywidgets.HTML()
        self.reasons = Sentences()
        self._list = ipywidgets.VBox()
        self._list.add_class("debrief-list")
        self.record = ipywidgets.Button(description="Record debrief", button_style="primary")
        self.record.on_click(shell.on(lambda _: self._record()))
        self._acts = ipywidgets.Box([self.record])
        self._acts.add_class("acts")
        below = ipywidgets.VBox([self.facts, self._list])
        below.add_class("scroll")
        super().__init__("Debrief", below, self.reasons, self._acts, grow=below)
        self.add_class("route-panel")

    def show_day(self, day: Day) -> None:
        """Show the selected route; what somebody has chosen stays chosen while the route's packages do not change."""
        plan = day.pre_load_out.plan
        known = plan is not None and self.route_id in plan.route
        self._acts.layout.display = None if known else "none"
        if not known:
            self.show("Debrief", "choose a route on the board")
            self._build((), ())
            self.facts.value = ""
            self.reasons.show(())
            return
        prefilled = debrief.prefill(day, self.route_id, self._shell.viewing.station)
        held = day.end_of_shift.debriefed.get(self.route_id)
        self.show(day.code(self.route_id), f"debriefed by {held.by}" if held else "not debriefed yet")
        self._build((self.route_id, prefilled), prefilled)
        self._say(day)

    def _build(self, built_for: tuple[object, ...], accounts: tuple[PackageAccount, ...]) -> None:
        if built_for == self._built_for:
            return
        self._built_for, self._accounts = built_for, accounts
        for line in self.lines.values():
            line.close()
        station = self._shell.viewing.station
        listed = (*station.package.attempted, *station.package.returned, *station.package.missing)
        self.lines = {a.package_id: self._line(a, listed) for a in accounts[:SHOWN]}
        if len(accounts) > SHOWN:
            rest = PackageAccount(f"the other {len(accounts) - SHOWN} packages", "", accounts[-1].reason)
            self.lines[""] = self._line(rest, listed)
        self._list.children = tuple(self.lines.values())

    def _line(self, account: PackageAccount, listed: tuple[str, ...]) -> ipywidgets.Dropdown:
        options = [CHOOSE, *sorted(listed)]
        made = ipywidgets.Dropdown(
            options=options,
            value=account.reason if account.reason in listed else CHOOSE,
            description=account.package_id,
            tooltip=f"What became of {account.package_id}",
        )
        made.observe(self._shell.on(lambda _: self._say(self._shell.viewing.day)), "value")
        return made

    def _chosen(self) -> list[PackageAccount]:
        station = self._shell.viewing.station
        chosen = []
        for account in self._accounts:
            line = self.lines.get(account.package_id, self.lines.get(""))
            reason = account.reason if line is None or line.value == CHOOSE else line.value
            chosen.append(PackageAccount(account.package_id, str(status_of_reason(reason, station) or ""), reason))
        return chosen

    def _say(self, day: Day) -> None:
        blockers = tuple(debrief.debrief_blockers(day, self.route_id, self._chosen(), self._shell.viewing.station))
        self.reasons.show(blockers[:6])
        allow(self.record, self._shell.viewing.forbids or " ".join(blockers[:6]))
        counts: dict[str, int] = {}
        for where in whereabouts(day, self.route_id):
            status = str(where.status) if where.status else "open"
            counts[status] = counts.get(status, 0) + 1
        words = " · ".join(f"{n} {status}" for status, n in counts.items())
        nothing = "" if self._accounts else "<p>Every package of it was delivered.</p>"
        said = f'<p class="quiet">{markup(words)}</p>{nothing}'
        if said != self.facts.value:
            self.facts.value = said

    def _record(self) -> None:
        code = self._shell.viewing.day.code(self.route_id)
        self._shell.decide(
            debrief.debrief,
            f"{code} is debriefed.",
            route_id=self.route_id,
            accounts=self._chosen(),
            station=self._shell.viewing.station,
        )
