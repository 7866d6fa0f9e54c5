"""Load-out: what holds a van back, how far each wave is, what about this route. From arrival to departure."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.loadout import steps, waves
from dispatchkit.loadout.steps import StepName
from dispatchkit.overview.needs import Need
from dispatchkit.overview.routes import here
from widgets.alarms import ALARM, Alarms
from widgets.attention import Act
from widgets.board import Board
from widgets.buttons import allow
from widgets.crew import Crew
from widgets.layout import Panel, columns
from widgets.load_out import dock_board, wave_board
from widgets.load_out.dock_panel import DockPanel
from widgets.load_out.wave_dialogs import WaveDialogs
from widgets.needs_panel import NAMED, NeedsPanel, show_each
from widgets.shell import Shell, open_page

NO_PLAN = "There is no plan yet. Commit one, and this page shows its routes."
NO_WAVES = "There are no waves yet."


def page() -> ipywidgets.Widget:
    """Show the load-out of the day that the browser's address names, as ``?day=DXX1/2026-03-14``."""
    return open_page("load_out", LoadOutPage)


class LoadOutPage:
    """The page's panels.

    Attributes
    ----------
    whole
        What is shown.
    """

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.viewing = shell.viewing
        self.crew = Crew(shell)
        self.wave_dialogs = WaveDialogs(shell)
        self.alarms = Alarms(shell)
        self.needs = NeedsPanel(shell, "Nothing holds a van back.", self._acts)
        self.waves = Board(wave_board.COLUMNS, label="Waves", when_empty=NO_WAVES, filterable=False)
        self.waves.add_class("short")
        self.set_waves = ipywidgets.Button(description="Set waves as planned…")
        self.set_waves.on_click(shell.on(lambda _: self.wave_dialogs.set_as_planned()))
        self.board = Board(
            dock_board.COLUMNS, label="Routes at the dock, what needs a person first", when_empty=NO_PLAN,
            selectable="many",
        )  # fmt: skip
        self.together = ipywidgets.Button(description="Mark rows to do several at once", disabled=True)
        self.together.on_click(shell.on(lambda _: self._take_together()))
        for_many = ipywidgets.Box([self.together, self.set_waves])
        for_many.add_class("acts")
        self.dock = Panel("Load-out", self.waves, for_many, self.board, grow=self.board)
        self.route = DockPanel(shell, self.crew)
        self.board.on_select(shell.on(self._chosen))
        self.board.on_act(shell.on(self._pressed))
        self.board.on_marked(shell.on(lambda _: self._show_together(self.viewing.day)))
        self.waves.on_act(shell.on(self._wave_pressed))
        self.whole = columns(self.needs, self.dock, self.route)
        self.whole.add_class("wide-board")

    def show(self, day: Day, now: datetime) -> None:
        """Show how far everybody is."""
        forbids, planned = self.viewing.forbids, day.pre_load_out.plan is not None
        still = {*here(day)} if planned else set()
        self.needs.show_day(day, now, partial(_is_ours, still))
        self.waves.show(wave_board.rows(day, now, forbids=forbids) if planned else ())
        self.board.show(dock_board.rows(day, self.viewing.names, forbids=forbids) if planned else ())
        without = planned and any(not waves.wave_of(day, r.route_id) for r in day.plan.routes)
        self.set_waves.layout.display = None if without and not forbids else "none"
        self.dock.show("Load-out", _summary(day) if planned else "")
        self._show_together(day)
        self.route.show_day(day)

    def select(self, subject: str) -> None:
        """Turn the right-hand side to a route."""
        self.route.route_id = subject
        self.board.selected = subject
        self.route.show_day(self.viewing.day)

    def _chosen(self, route_id: str) -> None:
        self.shell.select(route_id)
        self.shell.place.go_to(".route-panel")

    def _pressed(self, route_id: str, step: str) -> None:
        day = self.viewing.day
        match step:
            case "crew" if route_id not in day.pre_load_out.driver_of:
                self.crew.change_driver(route_id)
            case "crew" | "mend":
                self.crew.change_van(route_id)
            case "wave":
                self.wave_dialogs.set_as_planned()
            case "brief":
                self.wave_dialogs.brief(waves.wave_of(day, route_id))
            case _:
                self._take(step, [route_id])  # type: ignore[arg-type]

    def _take_together(self) -> None:
        step = dock_board.common_step(self.viewing.day, self.board.marked)
        if step is not None:
            self._take(step, list(self.board.marked))

    def _take(self, step: StepName, route_ids: list[str]) -> None:
        codes = ", ".join(self.viewing.day.code(r) for r in route_ids)
        self.shell.decide(steps.take, f"{dock_board.PRESSES[step]}: {codes}.", step=step, route_ids=route_ids)

    def _show_together(self, day: Day) -> None:
        marked = self.board.marked
        step = dock_board.common_step(day, marked) if marked else None
        mark = "" if step else "Mark rows that have the same next step."
        allow(self.together, self.viewing.forbids or mark)
        if step is not None:
            said = f"{dock_board.PRESSES[step]}: {len(marked)} routes"
        elif marked:
            said = "The marked routes have different next steps"
        else:
            said = "Mark rows to do several at once"
        if self.together.description != said:
            self.together.description = said

    def _wave_pressed(self, wave: str, act: str) -> None:
        match act:
            case "brief":
                self.wave_dialogs.brief(wave)
            case "move":
                self.wave_dialogs.move(wave)
            case "depart":
                day = self.viewing.day
                ready = [r for r in day.load_out.waves[wave].route_ids if steps.next_step(day, r) == "depart"]
                self._take("depart", ready)

    def _acts(self, day: Day, need: Need) -> Iterator[Act]:
        on, forbids = self.shell.on, self.viewing.forbids
        waves_of = dict.fromkeys(wave for r in need.route_ids if (wave := waves.wave_of(day, r)))
        if need.need_id == "load_out:no stand-up":
            for wave in [*waves_of][:NAMED]:
                yield Act(f"Brief {wave}…", f"Record the stand-up of {wave}", on(partial(self._brief, wave)), forbids)
        elif need.need_id == "plan:no plan":
            yield Act("Go to plan", "Go to the plan page", on(lambda _: self.shell.go("plan")))
        elif need.need_id == "plan:files held":
            yield Act("Go to home", "Look at the files on the home page", on(lambda _: self.shell.go("home")))
        yield from show_each(day, need, on(lambda route_id, _: self._chosen(route_id)))
        if need.need_id.startswith(ALARM):
            yield from self.alarms.acts(need.need_id.removeprefix(ALARM), need.what)

    def _brief(self, wave: str, _button: ipywidgets.Button) -> None:
        self.wave_dialogs.brief(wave)


def _is_ours(still: set[str], need: Need) -> bool:
    """Whether a need is settled here: an alarm is while one of its routes is still at the dock."""
    here_too = need.need_id.startswith(ALARM) and still & {*need.route_ids}
    return need.phase in ("plan", "load_out") or bool(here_too)


def _summary(day: Day) -> str:
    found = [steps.next_step(day, route.route_id) for route in day.plan.routes]
    left, ready = found.count("out"), found.count("depart")
    return f"{left} of {len(found)} left · {ready} ready · {len(found) - left - ready} not yet"
