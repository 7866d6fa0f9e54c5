"""One route: its map, its figures, and a rescue with both sides before it is decided."""

from collections.abc import Callable

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.day.open_day import closed_blockers
from dispatchkit.pace.board import Line
from dispatchkit.rescue import decide
from dispatchkit.rescue.explain import explain
from dispatchkit.rescue.propose import Proposal, Proposals, proposals
from widgets.buttons import allow
from widgets.layout import Panel
from widgets.on_road.facts import stands, told_of
from widgets.on_road.figures import figures_of, why_of
from widgets.on_road.meetings import Meetings, under_way
from widgets.on_road.progress import Progress
from widgets.on_road.road_map import RoadMap
from widgets.on_road.written_down import WrittenDown
from widgets.plain import markup
from widgets.sentences import Sentences
from widgets.shell import Shell


class RoutePanel(Panel):
    """The map of all vans, and what is known of the selected route.

    Attributes
    ----------
    map, see_rescue, start, note, message, break_taken, met, end, why, figures, told, reasons, marks, believe
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._viewing = shell.viewing
        self.route_id = ""
        self._proposal: Proposal | None = None
        self._seen = 0
        self._road = RoadMap(shell)
        self.map = self._road.map
        self.facts, self.why = ipywidgets.HTML(), ipywidgets.HTML()
        self.see_rescue = ipywidgets.Button(description="See rescue")
        self.start = ipywidgets.Button(description="Start rescue, tell both drivers", button_style="primary")
        self.reasons = Sentences()
        self.see_rescue.on_click(shell.on(lambda _: self.propose()))
        self.start.on_click(shell.on(lambda _: self._start_rescue()))
        self._sides = ipywidgets.HTML()
        self._meetings, self._written_down = Meetings(shell), WrittenDown(shell)
        self.met = self._button("They met…", lambda: self._meetings.met(self._rescue_id))
        self.end = self._button("End the rescue…", lambda: self._meetings.end(self._rescue_id))
        self.note = self._button("Note…", lambda: self._written_down.note(self.route_id))
        self.message = self._button("Driver says…", lambda: self._written_down.message(self.route_id))
        self.break_taken = self._button("Break…", lambda: self._written_down.break_taken(self.route_id))
        self.marks = Sentences()
        self.marks.add_class("marks")
        self.believe = self._button("It is true", lambda: Progress(shell).believe(self.route_id))
        self._about = (self.note, self.message, self.break_taken)
        acts = ipywidgets.Box([self.see_rescue, self.start, self.met, self.end, self.believe, *self._about])
        acts.add_class("acts")
        self.figures, self.told = ipywidgets.HTML(), ipywidgets.HTML()
        said = [self.facts, self.marks, self._sides, self.reasons, acts, self.why, self.figures, self.told]
        self._below = ipywidgets.VBox(said)
        self._below.add_class("route-facts")
        self._below.layout.display = "none"
        super().__init__("Map", self.map, self._road.below, self._below, grow=self.map)
        self.add_class("route-panel")
        self._forget_proposal()
        self._show_acts(shell.viewing.day, None)

    def _button(self, label: str, act: Callable[[], object]) -> ipywidgets.Button:
        made = ipywidgets.Button(description=label)
        made.on_click(self._shell.on(lambda _: act()))
        return made

    @property
    def _rescue_id(self) -> str:
        return under_way(self._viewing.day, self.route_id)

    def select(self, route_id: str) -> None:
        """Turn to another route; an empty text to none."""
        if route_id != self.route_id:
            self._forget_proposal()
        self.route_id = route_id
        self.map.selected = route_id

    def show_day(self, day: Day, lines: tuple[Line, ...]) -> None:
        """Show where everybody is, and how the selected route stands."""
        by_route = {line.route_id: line for line in lines}
        self._road.show_day(day, by_route, self.route_id)
        line = by_route.get(self.route_id)
        self._show_acts(day, line)
        if line is None:
            self.show("Map", "choose a route on the board or the map")
            for part in (self.facts, self.why, self.figures, self.told):
                part.value = ""
            self._below.layout.display = "none"
            return
        self._below.layout.display = None
        self.marks.show(line.marked)
        if self._proposal is not None:
            self._show_blockers(day, self._proposal)
        left = line.total - line.done
        driver = self._viewing.name(line.driver_id) or "no driver"
        self.show(line.code, f"{driver} · {line.van_id or 'no van'} · {left} of {line.total} stops left")
        phone = self._viewing.phones.get(line.driver_id, "")
        for part, words in (
            (self.facts, stands(phone, line)),
            (self.why, why_of(self._viewing, day, line)),
            (self.figures, figures_of(self._viewing, day, line)),
            (self.told, told_of(day, self.route_id)),
        ):
            if words != part.value:
                part.value = words

    def _show_acts(self, day: Day, line: Line | None) -> None:
        """Offer what makes sense for the route; whoever may not decide reads why on the button."""
        forbids, on_road = self._viewing.forbids, line is not None and line.state == "on the road"
        rescue = day.road.rescues.get(self._rescue_id) if line else None
        offered = {
            self.see_rescue: on_road,
            self.met: rescue is not None and rescue.met_at is None,
            self.end: rescue is not None,
            self.note: line is not None,
            self.message: line is not None,
            self.break_taken: on_road,
            self.believe: line is not None and bool(line.marked),
        }
        for button, makes_sense in offered.items():
            button.layout.display = None if makes_sense else "none"
        closed = " ".join(closed_blockers(day))
        for button in (self.met, self.end, self.believe, *self._about):
            allow(button, forbids or closed)

    def propose(self) -> None:
        """Look for a rescue of the selected route and show both sides of the best one; nothing is decided yet."""
        viewing, day = self._viewing, self._viewing.day
        self._seen = day.version
        found = proposals(
            day, self.route_id, now=viewing.now(), station=viewing.station, travel=viewing.travel, past=viewing.past
        )
        self._show_proposal(day, found)

    def _show_proposal(self, day: Day, found: Proposals) -> None:
        if not found.options:
            self._forget_proposal()
            self.reasons.show([found.why_none])
            return
        self._proposal = found.options[0]
        said = "".join(f"<li>{markup(sentence)}</li>" for sentence in explain(self._proposal, day))
        self._sides.value = f'<ul class="explained">{said}</ul>'
        self.start.layout.display = ""
        self._show_blockers(day, self._proposal)
        self._road.show_proposal(day, self._proposal)

    def _show_blockers(self, day: Day, proposal: Proposal) -> None:
        """What was proposed a while ago may have been started elsewhere, or be too late by now."""
        why_not = tuple(decide.blockers(day, proposal, at=self._viewing.now()))
        self.reasons.show(why_not)
        allow(self.start, self._viewing.forbids or " ".join(why_not))

    def _start_rescue(self) -> None:
        code = self._viewing.day.code(self.route_id)
        said = f"Rescue of {code} started; both drivers have their messages in the log."
        self._shell.decide(decide.start, said, proposal=self._proposal, seen=self._seen)
        self._forget_proposal()

    def _forget_proposal(self) -> None:
        self._proposal = None
        self._sides.value = ""
        self.reasons.show(())
        self.start.layout.display = "none"
        self._road.hide_proposal()
