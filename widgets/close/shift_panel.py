"""The shift as a whole: checklist, incidents, hand-over, and closing it once nothing is open."""

from collections.abc import Callable

import ipywidgets

from dispatchkit import course
from dispatchkit.day import Day
from dispatchkit.day.open_day import closed_blockers
from dispatchkit.eos import checklist, close, incidents
from dispatchkit.pace.named import in_words
from dispatchkit.printable import printable
from widgets.buttons import allow
from widgets.close.report import Report
from widgets.fields import Field, Value
from widgets.layout import Panel
from widgets.sentences import Sentences
from widgets.shell import Shell

BLOCKERS_SHOWN = 8


class ShiftPanel(Panel):
    """What has to be done once for the whole shift.

    Attributes
    ----------
    items, incident, hand_over, report, close_shift, reopen, reasons
        Its parts, named so that a test can press and read them; `items` are buttons by checklist id.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.items = {
            item.item: self._button(item.sentence, lambda item=item: self._tick(item.item))
            for item in checklist.items(shell.viewing.station)
        }
        listed = ipywidgets.VBox(tuple(self.items.values()))
        listed.add_class("checklist")
        self._incidents = ipywidgets.VBox()
        self._incidents.add_class("checklist")
        self._of: dict[str, ipywidgets.Button] = {}
        self.incident = self._button("Report an incident…", self._open_incident)
        self.hand_over = self._button("Hand over…", self._hand_over)
        self.close_shift = self._button("Close the shift", self._close)
        self.close_shift.button_style = "primary"
        self.reopen = self._button("Reopen…", self._reopen)
        self.reasons = Sentences()
        self.report = Report(shell)
        acts = ipywidgets.Box([self.incident, self.hand_over, self.report.button, self.close_shift, self.reopen])
        acts.add_class("acts")
        super().__init__("The shift", listed, self._incidents, self.reasons, acts, self.report.link)
        self.add_class("shift-panel")

    def _button(self, label: str, act: Callable[[], object]) -> ipywidgets.Button:
        made = ipywidgets.Button(description=label)
        made.on_click(self._shell.on(lambda _: act()))
        return made

    def show_day(self, day: Day) -> None:
        """Show what of it is done and what keeps the shift open."""
        viewing, done = self._shell.viewing, day.end_of_shift.checklist
        closed, why_closed = day.course.closed_at is not None, " ".join(closed_blockers(day))
        for item, button in self.items.items():
            sentence = next(i.sentence for i in checklist.items(viewing.station) if i.item == item)
            said = f"{'✓' if item in done else '☐'} {sentence}"
            if button.description != said:
                button.description = said
            ticked = "It is done." if item in done else ""
            allow(button, viewing.forbids or why_closed or ticked)
        blockers = () if closed else tuple(close.close_blockers(day, viewing.station))
        shown = [viewing.named(b) for b in blockers[:BLOCKERS_SHOWN]]
        if len(blockers) > BLOCKERS_SHOWN:
            shown.append(f"… and {len(blockers) - BLOCKERS_SHOWN} more.")
        self.reasons.show(shown)
        self.show("The shift", "closed" if closed else f"{len(blockers)} open" if blockers else "ready to close")
        allow(self.close_shift, viewing.forbids or " ".join(shown))
        self.close_shift.layout.display = "none" if closed else None
        self.reopen.layout.display = None if closed else "none"
        for button in (self.incident, self.hand_over):
            allow(button, viewing.forbids or why_closed)
        allow(self.reopen, viewing.forbids)
        allow(self.report.button, "" if day.pre_load_out.plan else "There is no plan to report on.")
        self._show_incidents(day)

    def _show_incidents(self, day: Day) -> None:
        for incident_id, incident in day.end_of_shift.incidents.items():
            if incident_id not in self._of:
                self._of[incident_id] = self._button("", lambda i=incident_id: self.document(i))
            button, opened = self._of[incident_id], incident.opened
            is_open = incident.status != incidents.DOCUMENTED
            said = printable(f"{'▲' if is_open else '✓'} {opened.incident_type}: {opened.description}")
            if button.description != said:
                button.description = said
            allow(button, self._shell.viewing.forbids or " ".join(closed_blockers(day)))
        gone = [i for i in self._of if i not in day.end_of_shift.incidents]
        for incident_id in gone:
            self._of.pop(incident_id).close()
        if tuple(self._of.values()) != self._incidents.children:
            self._incidents.children = tuple(self._of.values())

    def _tick(self, item: str) -> None:
        self._shell.decide(checklist.tick, "Ticked.", item=item, station=self._shell.viewing.station)

    def _open_incident(self) -> None:
        day, viewing = self._shell.viewing.day, self._shell.viewing
        types = tuple((t, t) for t in viewing.station.close.incidents)
        routes = day.plan.routes if day.pre_load_out.plan else ()
        codes = (("", "no route"), *((r.route_id, r.code) for r in routes))
        fields = [
            Field(key="type", label="Type", kind="select", options=types),
            Field(key="what", label="What happened", help="A sentence: who, what, where."),
            Field(key="route", label="Route", kind="select", required=False, options=codes),
        ]

        def record(values: dict[str, Value]) -> None:
            route_id = str(values["route"] or "")
            left = day.load_out.departed.get(route_id)
            self._shell.decide(
                incidents.open_incident,
                "The incident is open; document it before the shift closes.",
                incident_id=incidents.next_id(self._shell.viewing.day),
                incident_type=str(values["type"]),
                description=str(values["what"]),
                route_id=route_id,
                van_id=left.van_id if left else "",
                driver_id=left.driver_id if left else "",
            )

        self._shell.ask("Report an incident", fields=fields, confirm="Open it", on_confirm=record)

    def document(self, incident_id: str) -> None:
        """Ask what is known of an incident by now."""
        held = self._shell.viewing.day.end_of_shift.incidents[incident_id]
        said = [held.opened.description, *(f"{u.by}: {u.note}" for u in held.updates)]
        states = ((incidents.DOCUMENTED, "documented: all is written down"), (incidents.OPEN, "still open"))
        fields = [
            Field(key="note", label="What is known now"),
            Field(key="status", label="It is", kind="select", options=states),
        ]

        def record(values: dict[str, Value]) -> None:
            self._shell.decide(
                incidents.update_incident,
                "Written down.",
                incident_id=incident_id,
                status=str(values["status"]),
                note=str(values["note"]),
            )

        self._shell.ask(held.opened.incident_type, said, (), fields, "Write down", on_confirm=record)

    def _hand_over(self) -> None:
        fields = [
            Field(key="text", label="What is open"),
            Field(key="to", label="To", required=False, help="Who takes the day on."),
        ]

        named = in_words(self._shell.viewing.day)
        said = ["This goes along with what you write:", *named] if named else []

        def record(values: dict[str, Value]) -> None:
            text, to = " ".join((str(values["text"]), *named)), str(values["to"] or "")
            self._shell.decide(course.hand_over, "Handed over.", text=text, to=to)

        self._shell.ask("Hand the day over", said, fields=fields, confirm="Hand over", on_confirm=record)

    def _close(self) -> None:
        self._shell.decide(close.close, "The shift is closed.", station=self._shell.viewing.station)

    def _reopen(self) -> None:
        field = Field(key="why", label="Why")

        def record(values: dict[str, Value]) -> None:
            self._shell.decide(close.reopen, "The day is open again.", why=str(values["why"]))

        self._shell.ask("Reopen the day", fields=[field], confirm="Reopen", danger=True, on_confirm=record)
