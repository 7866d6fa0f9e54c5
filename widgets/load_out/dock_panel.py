"""One route at the dock: its crew, its bags, what keeps it from leaving, and what can be changed about it."""

from collections.abc import Callable
from typing import cast

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.day.facts.pre_load_out import ChargeRead
from dispatchkit.imports.readings import ROUTE_SHEETS, RouteSheet, RouteSheets
from dispatchkit.loadout import depart
from dispatchkit.loadout.waves import wave_of
from dispatchkit.times import clock_text
from widgets.buttons import allow
from widgets.crew import Crew
from widgets.fields import Field, Value
from widgets.layout import Panel
from widgets.plain import markup
from widgets.sentences import Sentences
from widgets.shell import Shell

NOT_FOUND_HELP = "Ids of packages that nobody found, with commas between them."


class DockPanel(Panel):
    """What is known of the selected route before it leaves.

    Attributes
    ----------
    driver, van, defect, count, absent, reasons
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell, crew: Crew) -> None:
        self._shell = shell
        self.route_id = ""
        self.facts = ipywidgets.HTML()
        self.reasons = Sentences()
        self.driver = self._button("Other driver…", lambda: crew.change_driver(self.route_id))
        self.van = self._button("Other van…", lambda: crew.change_van(self.route_id))
        self.defect = self._button("DVIC found something…", lambda: crew.defect(self.route_id))
        self.count = self._button("Count differs…", self._count)
        self.absent = self._button("Driver not coming…", lambda: crew.call_out(self._driver_id()))
        acts = ipywidgets.Box([self.driver, self.van, self.defect, self.count, self.absent])
        acts.add_class("acts")
        self._acts = acts
        self._below = ipywidgets.VBox([self.facts, self.reasons])
        self._below.add_class("scroll")
        self._below.add_class("dock-facts")
        super().__init__("Route", self._below, acts, grow=self._below)
        self.add_class("route-panel")

    def _button(self, label: str, act: Callable[[], object]) -> ipywidgets.Button:
        made = ipywidgets.Button(description=label)
        made.on_click(self._shell.on(lambda _: act()))
        return made

    def _driver_id(self) -> str:
        return self._shell.viewing.day.pre_load_out.driver_of.get(self.route_id, "")

    def show_day(self, day: Day) -> None:
        """Show how the selected route stands."""
        plan = day.pre_load_out.plan
        known = plan is not None and self.route_id in plan.route
        self._acts.layout.display = None if known else "none"
        if not known:
            self.show("Route", "choose a route on the board")
            self.facts.value = ""
            self.reasons.show(())
            return
        left = day.load_out.departed.get(self.route_id)
        self.show(day.code(self.route_id), "has left" if left else "")
        self._say(_facts(day, self.route_id, self._shell.viewing.name) + _sheet(self._sheet_of(day)))
        blockers = () if left else depart.departure_blockers(day, self.route_id)
        self.reasons.show(self._shell.viewing.named(b) for b in blockers)
        why_not = self._shell.viewing.forbids or (f"{day.code(self.route_id)} has left." if left else "")
        for button in (self.driver, self.van, self.defect, self.count):
            allow(button, why_not)
        allow(self.absent, why_not or ("" if self._driver_id() else "It has no driver who could stay away."))

    def _say(self, words: str) -> None:
        if words != self.facts.value:
            self.facts.value = words

    def _sheet_of(self, day: Day) -> RouteSheet | None:
        """The newest route sheet that was imported for this route."""
        for file in reversed(day.course.files):
            if file.reading and file.source == ROUTE_SHEETS:
                reading = self._shell.viewing.desk.records.record(file.reading, RouteSheets)
                found = next((s for s in reading.sheets if s.code == day.code(self.route_id)), None)
                if found is not None:
                    return found
        return None

    def _count(self) -> None:
        day, route_id = self._shell.viewing.day, self.route_id
        planned = sum(len(s.packages) for s in day.plan.stops_of(route_id))
        fields = [
            Field(key="packages", label="Packages in the van", kind="number", value=str(planned), at_least=0),
            Field(key="not_found", label="Not found", required=False, help=NOT_FOUND_HELP),
        ]

        def record(values: dict[str, Value]) -> None:
            named = str(values["not_found"] or "").replace(";", ",").split(",")
            not_found = tuple(package for text in named if (package := text.strip()))
            self._shell.decide(
                depart.finish_loading,
                f"{day.code(route_id)} is loaded with {values['packages']} packages, {len(not_found)} not found.",
                route_id=route_id,
                packages=cast(int, values["packages"]),
                not_found=not_found,
            )

        said = [f"{day.code(route_id)} should have {planned} packages."]
        self._shell.ask(f"Count of {day.code(route_id)}", said, (), fields, "Loaded", on_confirm=record)


def _facts(day: Day, route_id: str, name: Callable[[str], str]) -> str:
    before, route = day.pre_load_out, day.plan.route[route_id]
    driver_id, van_id = before.driver_of.get(route_id, ""), before.van_of.get(route_id, "")
    timezone, service_day = day.course.timezone, str(day.key.service_day)
    arrived = day.load_out.arrived.get(driver_id)
    stops = list(day.plan.stops_of(route_id))
    packages = sum(len(s.packages) for s in stops)
    lines = {
        "Driver": name(driver_id) if driver_id else "nobody",
        "Here": f"since {clock_text(arrived, timezone, service_day)}" if arrived else "not yet",
        "Van": _van_words(van_id, day.pre_load_out.charges.get(van_id)),
        "Wave": wave_of(day, route_id) or "none",
        "Staging": route.staging or "not told",
        "Service type": route.service_type or "not told",
        "Load": f"{packages} packages, {len(stops)} stops",
        "Planned back": f"by {clock_text(route.finish_by, timezone, service_day)}",
    }
    said = "".join(f"<dt>{markup(key)}</dt><dd>{markup(value)}</dd>" for key, value in lines.items())
    return f'<dl class="facts">{said}</dl>'


def _van_words(van_id: str, charge: ChargeRead | None) -> str:
    if charge is None or charge.charge_pct is None:
        return van_id or "none"
    return f"{van_id}, {charge.charge_pct:.0f} % charged"


def _sheet(sheet: RouteSheet | None) -> str:
    if sheet is None:
        return ""
    rows = "".join(
        f"<tr><td>{b.number}</td><td>{markup(b.zone)}</td><td>{markup(b.bag or 'overflow')}</td>"
        f'<td class="n">{b.packages}</td></tr>'
        for b in (*sheet.bags, *sheet.overflow)
    )
    head = '<tr><th>#</th><th>Zone</th><th>Bag</th><th class="n">Pkgs</th></tr>'
    caption = f"Route sheet: {len(sheet.bags)} bags, {len(sheet.overflow)} overflow"
    return f'<table class="bags"><caption>{caption}</caption><thead>{head}</thead><tbody>{rows}</tbody></table>'
