"""Routes built anew from the day's stops and vans: for how long, how far it is, what came of it."""

import time
from collections.abc import Callable, Iterator

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.day.facts.whole_day import FileImported
from dispatchkit.imports.of_day import originals_of, volume_files
from dispatchkit.plan.built_draft import BuiltDraft, build_blockers, keep_built
from dispatchkit.plan.crew import crew_of
from dispatchkit.records import Plan
from dispatchkit.roster.fit import S_PER_H
from dispatchkit.times import clock_text
from widgets.background import Background
from widgets.buttons import allow
from widgets.fields import Field, Value
from widgets.guard import Guard
from widgets.plain import markup
from widgets.planning.solving import SEED, SoFar, build_routes
from widgets.sentences import Sentences
from widgets.shell import Shell

TICK_S = 0.5
"""How often the bar moves."""

BUILD, STOP, CANCEL = "Build routes…", "Stop with this plan", "Cancel"
FIRST = "Reading the stops and making the first plan."
STOPPING = "Stopping with the best plan so far."
TIME_IS_UP = "The time is up."
FITTING = "What is left is being fitted in, and the plan written down."

FILES_NAMED = 4


class BuildRoutes:
    """The button, the bar while routes are built, and what was said of them.

    Attributes
    ----------
    button
        Asks for how long, then starts.
    stop
        Takes the best plan so far.
    cancel
        Ends the work without a plan.
    strip
        Bar and buttons; shown only while routes are being built.
    told
        What a dispatcher has to know of the routes built last.
    """

    def __init__(self, shell: Shell, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._shell, self._monotonic = shell, monotonic
        self._work = Background()
        self._budget_s = 0.0
        self._best: SoFar | None = None
        self._began_s = 0.0
        self._is_stopping = False
        self.button = ipywidgets.Button(description=BUILD)
        self.button.on_click(shell.on(lambda _: self.ask()))
        self.stop = ipywidgets.Button(description=STOP)
        self.stop.on_click(shell.on(lambda _: self._enough()))
        self.cancel = ipywidgets.Button(description=CANCEL)
        self.cancel.on_click(shell.on(lambda _: self._cancel()))
        self._bar = ipywidgets.HTML()
        self.strip = ipywidgets.Box([self._bar, self.stop, self.cancel])
        self.strip.add_class("acts")
        self.strip.add_class("building")
        self.told = Sentences()
        self._show()
        shell.heartbeat.follow(self._show_if_working, TICK_S, shell.status)

    def show_day(self, day: Day) -> None:
        """Be off where nothing can be built, and say why."""
        working = "Routes are being built." if self._work.is_working else ""
        why_not = working or " ".join(build_blockers(day))
        allow(self.button, self._shell.viewing.forbids or why_not)
        self.button.button_style = "" if why_not or day.pre_load_out.drafts or day.pre_load_out.plan else "primary"

    def ask(self) -> None:
        """Ask for how long, and start; where nothing can be built, say why."""
        day, rules = self._shell.viewing.day, self._shell.viewing.station.build
        files = volume_files(day)
        field = Field(
            key="budget_s", label="Look for better routes for so long (s)", kind="number", value=f"{rules.budget_s:g}",
            at_least=1, at_most=rules.longest_s,
            help="Once the first plan stands you can take the best one found so far at any moment.",
        )  # fmt: skip
        said = [_came(day, files), "The routes become a draft: nothing is committed, and nobody is told."]
        self._shell.ask(
            "Build routes from stops and vans", said, build_blockers(day), [field], "Build", on_confirm=self._start
        )

    def _start(self, values: dict[str, Value]) -> None:
        viewing = self._shell.viewing
        self._budget_s = float(values["budget_s"])  # type: ignore[arg-type]
        self._best, self._began_s, self._is_stopping = None, self._monotonic(), False
        originals = originals_of(volume_files(viewing.day), viewing.desk.log.artifact)
        self.told.show(())
        self._work.start(
            build_routes, originals, viewing.desk.key, viewing.station, self._budget_s, crew_of(viewing.day),
            done=self._shell.on(self._keep), failed=self._failed, so_far=self._heard,
        )  # fmt: skip
        self._show()

    def _heard(self, so_far: SoFar) -> None:
        self._best = so_far
        self._began_s = self._monotonic() - so_far.elapsed_s    # the budget counts from there: start-up is not in it
        self._show()

    def _enough(self) -> None:
        self._is_stopping = True
        self._work.enough()
        self._show()

    def _cancel(self) -> None:
        self._work.cancel()
        self._show()
        self._shell.status.ok("Cancelled. Nothing was changed.")

    def _failed(self, error: BaseException) -> None:
        self._show()
        with Guard(self._shell.status, "build routes"):
            raise error

    def _keep(self, made: BuiltDraft) -> None:
        """Keep what was built as a draft, whatever else was decided meanwhile: a draft stands in nobody's way."""
        self._show()
        desk = self._shell.viewing.desk
        digest = desk.records.put(made.plan)
        desk.decide(keep_built, plan=made.plan, digest=digest, seed=SEED, sentences=made.sentences)
        self._shell.show()
        self.told.show(made.sentences)
        early = " before the time was up" if self._is_stopping else ""
        self._shell.status.ok(f"Built{early}: {_size(made.plan)}. It is the draft in hand; commit it when it is right.")

    def _show_if_working(self) -> None:
        if self._work.is_working:
            self._show()

    def _show(self) -> None:
        working = self._work.is_working
        self.strip.layout.display = None if working else "none"
        self.show_day(self._shell.viewing.day)
        if working:
            elapsed_s = max(0.0, self._monotonic() - self._began_s)
            allow(self.stop, self._why_not_stop(elapsed_s))
            share = None if self._best is None else min(1.0, elapsed_s / self._budget_s)
            self._bar.value = _bar_html(share, " ".join(self._words(elapsed_s)))

    def _why_not_stop(self, elapsed_s: float) -> str:
        if self._best is None:
            return "There is no plan yet."
        if self._is_stopping:
            return "It is stopping already."
        return TIME_IS_UP if elapsed_s >= self._budget_s else ""

    def _words(self, elapsed_s: float) -> Iterator[str]:
        best = self._best
        if self._is_stopping:
            yield f"{STOPPING} {FITTING}"
        elif best is None:
            yield FIRST
        elif elapsed_s < self._budget_s:
            yield f"{elapsed_s:.0f} of {self._budget_s:.0f} s."
        else:
            yield f"{TIME_IS_UP} {FITTING}"
        if best is not None:
            left = f"{best.unserved:,} left" if best.unserved else "none left"
            served = f"{best.served:,} stops served on {best.routes} routes"
            yield f"Best so far: {served}, {left}, {best.drive_s / S_PER_H:.1f} h of driving."


def _came(day: Day, files: tuple[FileImported, ...]) -> str:
    if not files:
        return "No stops have come in yet."
    named = ", ".join(file.name for file in files[:FILES_NAMED])
    more = f" and {len(files) - FILES_NAMED} more" if len(files) > FILES_NAMED else ""
    at = clock_text(files[0].at, day.course.timezone, str(day.key.service_day))
    return f"Stops and vans come from {named}{more}, imported at {at}."


def _bar_html(share: float | None, words: str) -> str:
    """The bar with words below it; without a share it only says that something goes on."""
    value = "" if share is None else f' value="{share:.3f}"'
    return f'<progress max="1"{value} aria-label="Building routes"></progress><p>{markup(words)}</p>'


def _size(plan: Plan) -> str:
    stops = sum(len(route.stop_ids) for route in plan.routes)
    drive_h = sum(sum(route.drive_s) for route in plan.routes) / S_PER_H
    return f"{len(plan.routes)} routes, {stops:,} stops, {drive_h:.1f} h of driving"
