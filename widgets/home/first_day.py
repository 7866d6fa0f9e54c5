"""The home page of a store without a day: what the workbench is waiting for, and the way in."""

from typing import TYPE_CHECKING

import ipywidgets

from dispatchkit.home import own_profile, store_url
from dispatchkit.station import load
from widgets import style
from widgets.heartbeat import Heartbeat
from widgets.home.import_panel import ImportPanel
from widgets.layout import Panel, body, columns
from widgets.phase_bar import PhaseBar
from widgets.status import Status
from widgets.viewing import who

if TYPE_CHECKING:
    from dispatchkit.intake import Taken

WELCOME = """<p><b>No day has been taken in yet.</b></p>
<p>Drop the files that the station and your own lists give you: the Day-of-Ops plan, a Cortex Routes or Itineraries
export, route sheets, associates, schedule, vehicles, inspections. What they would change is shown before anything is
written.</p><p>Or lay out the sample days from a terminal: <code>dispatchkit prepare</code>.</p>"""


class FirstDay(ipywidgets.VBox):
    """Shown until the first day is there; then it leads there."""

    def __init__(self) -> None:
        name, role = who()
        self.status = Status()
        self.phases = PhaseBar()
        self.files = ImportPanel(
            self.status, store=store_url(), by=name, role=role, station=load(own_profile()), day=None, taken=self._taken
        )
        words = ipywidgets.HTML(WELCOME)
        words.add_class("scroll")
        heartbeat = Heartbeat()
        for part in (self.phases, heartbeat):
            part.add_class("unseen")
        both = columns(Panel("Welcome", words), self.files)
        both.add_class("home")
        super().__init__([body(self.status, both, self.phases, heartbeat, style.sheet())])

    def _taken(self, taken: "list[Taken]") -> None:
        if taken:
            self.phases.visit("home", day=str(taken[0].key))
