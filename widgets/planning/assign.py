"""Drivers and vans for all routes at once: worked out elsewhere, looked at, then taken or left."""

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.loadout.depart import crew_blockers
from dispatchkit.roster import decide
from dispatchkit.roster.assignment import Assignment
from widgets.background import Background
from widgets.buttons import allow
from widgets.guard import Guard
from widgets.planning.solving import assign
from widgets.shell import Shell

ASK, CANCEL = "Assign everybody…", "Working it out. Press to cancel"
SHOWN = 12


class AssignEverybody:
    """The button and what follows from it.

    Attributes
    ----------
    button
        Starts the work; while it goes on, cancels it.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._work = Background()
        self._seen = 0
        self.button = ipywidgets.Button(description=ASK)
        self.button.on_click(shell.on(lambda _: self._press()))

    def show_day(self, day: Day) -> None:
        """Stand out while routes lack somebody; be off while there is nothing to assign."""
        plan = day.pre_load_out.plan
        no_plan = "There is no plan to assign anybody to." if plan is None else ""
        allow(self.button, self._shell.viewing.forbids or no_plan)
        lacks = plan is not None and any(any(crew_blockers(day, r.route_id)) for r in plan.routes)
        self.button.button_style = "primary" if lacks else ""

    def _press(self) -> None:
        if self._work.is_working:
            self._work.cancel()
            self.button.description = ASK
            self._shell.status.ok("Cancelled. Nothing was changed.")
            return
        viewing = self._shell.viewing
        self.button.description = CANCEL
        self._seen = viewing.day.version
        self._work.start(assign, viewing.day, viewing.station, done=self._propose, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        self.button.description = ASK
        with Guard(self._shell.status, "assign everybody"):
            raise error

    def _propose(self, found: Assignment) -> None:
        self.button.description = ASK
        day, named, seen = self._shell.viewing.day, self._shell.viewing.named, self._seen
        before = day.pre_load_out
        changed = [
            f"{day.code(p.route_id)}: {named(p.driver_id)} in {p.van_id}. {named(p.why_driver)}"
            for p in found.pairs
            if (before.driver_of.get(p.route_id), before.van_of.get(p.route_id)) != (p.driver_id, p.van_id)
        ]
        more = [f"… and {len(changed) - SHOWN} more."] if len(changed) > SHOWN else []
        left = [f"▲ {named(u.reason)}" for u in found.uncovered]
        said = [*left, f"{len(changed)} of {len(found.pairs)} routes change.", *changed[:SHOWN], *more]
        nothing = () if changed else ("Nothing would change: the routes have their drivers and vans.",)

        def take(_: object) -> None:
            self._shell.decide(
                decide.assign_all,
                "1 route has its driver and van." if len(changed) == 1
                else f"{len(changed)} routes have their driver and van.",
                seen=seen,
                assignment=found,
                station=self._shell.viewing.station,
            )

        self._shell.ask("Drivers and vans for all routes", said, nothing, confirm="Assign", on_confirm=take)
