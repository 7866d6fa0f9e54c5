"""One widget on a page, the one that the address names as ``?part=timeline``, on invented figures."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import ipywidgets
import numpy as np
from IPython.display import display
from voila.utils import wait_for_request

from dispatchkit.errors import Refused
from dispatchkit.pace.behind_course import Course, Trend
from widgets import logs, style
from widgets.board import Board, Column
from widgets.dialog import Dialog
from widgets.fields import Field
from widgets.hour_ticks import hour_ticks
from widgets.layout import Panel, body, columns
from widgets.live_map import LiveMap
from widgets.on_road.behind_line import sparkline
from widgets.pace_table import COLUMNS
from widgets.packed_stops import ABSENT, DONE, pack
from widgets.place import Place
from widgets.timeline import Bar, Event, Lane, Span, Timeline
from widgets.upload import FileShown, ProblemShown, Upload

HOSTILE = "<img src=x onerror=\"document.title='owned'\">"
SIX = datetime(2026, 3, 14, 6, tzinfo=ZoneInfo("America/Chicago"))


def said():
    """A line that tells what the page's process heard."""
    return ipywidgets.Label("nothing yet").add_class("heard")


def pressed(text, callback):
    button = ipywidgets.Button(description=text)
    button.on_click(lambda _button: callback())
    return button


class TimelinePart:
    def __init__(self, _query):
        self.tick = 0
        self.heard = said()
        self.timeline = Timeline(label="Routes of the day")
        self.timeline.on_select(lambda lane_id: setattr(self.heard, "value", f"chose {lane_id}"))
        update = pressed("Update", self.update)
        empty = pressed("Empty", lambda: self.timeline.show((), *self.stretch()))
        acts = Panel("Acts", update, empty, self.heard)
        self.whole = [columns(acts, Panel("Day", self.timeline, grow=self.timeline))]
        self.update()

    def stretch(self):
        begin, end = SIX.astimezone(UTC), SIX.astimezone(UTC) + timedelta(hours=16)
        now = SIX + timedelta(hours=7, minutes=self.tick)
        span = Span(begin_s=begin.timestamp(), end_s=end.timestamp())
        return span, hour_ticks(begin, end, ZoneInfo("America/Chicago")), now.timestamp()

    def lane(self, number):
        left_s = SIX.timestamp() + 3600 * 4 + 600 * number
        until_s = left_s + 3600 * 3 + (60 * self.tick if number == 1 else 0)
        late = (Bar(kind="late", from_s=until_s, to_s=until_s + 1800, title="late since 13:20"),) if number == 1 else ()
        return Lane(
            id=f"CX{100 + number}",
            label=HOSTILE if number == 3 else f"CX{100 + number}",
            bars=(
                Bar(kind="plan", from_s=left_s, to_s=left_s + 9 * 3600, title="planned 10:10–19:10"),
                Bar(kind="done", from_s=left_s, to_s=until_s, title=f"on the road, {self.tick} min more"),
                *late,
            ),
            events=(
                Event(kind="departure", at_s=left_s, title="left at 10:10"),
                Event(kind="alarm", at_s=left_s + 7200, title="alarm at 12:10: 38 behind"),
            ),
        )

    def update(self):
        self.tick += 1
        numbers = range(1, 31)
        turned = [*numbers[self.tick :], *numbers[: self.tick]]
        self.timeline.show([self.lane(number) for number in turned], *self.stretch())


class DialogPart:
    def __init__(self, _query):
        self.heard = said()
        self.dialog = Dialog()
        self.tries = 0
        self.whole = [
            Panel(
                "Acts",
                pressed("Start rescue", self.rescue),
                pressed("Close the day", self.blocked),
                self.heard,
            ),
            self.dialog,
            Place(),
        ]

    def rescue(self):
        helpers = (("CX7", "CX7 (Okafor)"), ("CX9", "CX9 (Sato)"))
        self.dialog.ask(
            "Start rescue of CX1?",
            ["CX1 is 38 behind.", HOSTILE],
            fields=[
                Field(key="stops", label="Stops", kind="number", help="How many the helper takes.", at_most=40),
                Field(key="helper", label="Helper", kind="select", options=helpers),
                Field(key="meet", label="Meet at", kind="time", value="13:45"),
                Field(key="note", label="Note", required=False),
            ],
            confirm="Start rescue",
            on_confirm=self.start,
        )

    def start(self, values):
        self.tries += 1
        if values["helper"] == "CX7":
            raise Refused(["CX7 has no room."])
        self.heard.value = f"{values['stops']} stops to {values['helper']} at {values['meet']}, try {self.tries}"

    def blocked(self):
        blockers = ["CX4 is not back.", "3 packages have no reason."]
        self.dialog.ask("Close the day?", blockers=blockers, danger=True, on_confirm=lambda _: None)


class UploadPart:
    LIMIT = 3_000_000

    def __init__(self, _query):
        self.heard = said()
        self.upload = Upload(max_file_bytes=self.LIMIT, accept=(".xlsx", ".csv"), label="Files of the day")
        self.upload.on_files(self.read)
        self.whole = [Panel("Import", self.upload, self.heard, pressed("Clear", self.upload.clear))]

    def read(self, files):
        told = ", ".join(f"{file.name} {len(file.data)} {sum(file.data) % 251}" for file in files)
        self.heard.value = f"read {told}"
        bad = tuple(ProblemShown(row=i, column="Stops", message="No number.", fix="Write digits.") for i in range(60))
        self.upload.show(
            FileShown(
                name=file.name,
                state="refused" if file.name.endswith(".csv") else "ok",
                sentence="60 rows are bad." if file.name.endswith(".csv") else "40 routes.",
                problems=bad if file.name.endswith(".csv") else (),
            )
            for file in files
        )


class ActsPart:
    PACKAGES = (
        Column(key="package", label="Package"),
        Column(key="state", label="State", kind="sign"),
        Column(key="acts", label="Acts", kind="acts"),
    )

    def __init__(self, _query):
        self.tick = 0
        self.heard, self.marked = said(), said().add_class("marks")
        self.board = Board(self.PACKAGES, label="Packages", selectable="many")
        self.board.on_act(lambda row_id, act_id: setattr(self.heard, "value", f"{act_id} {row_id}"))
        self.board.on_select(lambda row_id: setattr(self.heard, "value", f"chose {row_id}"))
        self.board.on_marked(lambda ids: setattr(self.marked, "value", f"marked {' '.join(ids)}"))
        update = pressed("Update", self.update)
        acts = Panel("Acts", update, self.heard, self.marked)
        self.whole = [columns(acts, Panel("Packages", self.board, grow=self.board)), Place()]
        self.update()

    def update(self):
        self.tick += 1
        rows = [
            {
                "id": f"P{i}",
                "package": f"P{i}",
                "state": {"kind": "old" if i == 2 else "act", "text": f"missing, look {self.tick}"},
                "acts": [
                    {"id": "found", "label": "Found", "title": f"P{i} is here, look {self.tick}"},
                    {"id": "close", "label": "Close", "title": "It has no reason yet.", "disabled": True},
                ],
            }
            for i in range(1, 6)
        ]
        self.board.show(rows[1:] if self.tick == 3 else rows)


class PacePart:
    """Sixty routes on the columns of the pace board; CX2 falls silent for every other update."""

    def __init__(self, _query):
        self.tick = 0
        self.heard = said()
        self.board = Board(COLUMNS, label="Pace")
        self.board.on_select(lambda row_id: setattr(self.heard, "value", f"chose {row_id}"))
        acts = Panel("Acts", pressed("Update", self.update), self.heard)
        self.whole = [columns(acts, Panel("Pace", self.board, grow=self.board)).add_class("on-road")]
        self.update()

    def update(self):
        self.tick += 1
        self.board.show(self.row(i) for i in range(1, 61))

    def row(self, i):
        behind = 60 - i + self.tick
        figures = np.append(np.linspace(0, behind, 12), behind)
        figures[4:6] = np.nan
        at_s = SIX.timestamp() + 900.0 * np.arange(figures.size)
        course = Course(at_s=at_s, behind=figures, trend=Trend(per_h=behind / 3, steady=False))
        return {
            "id": f"CX{i}",
            "as_of": "10:12" if i == 2 and self.tick % 2 else None,
            "code": f"CX{i}",
            "driver": HOSTILE if i == 3 else f"Driver {i}",
            "done": {"done": 90 + self.tick, "expected": 90 + behind, "required": 80, "total": 181},
            "behind": {"text": f"{behind:+d}", "sort": behind},
            "trend": None if i == 60 else sparkline(course, (at_s[0], at_s[0] + 4 * 3600), 15),
            "ends": {"text": "19:31–20:25", "sort": i, "title": "by 19:31, window ends 19:20", "from_min": 11 - i,
                     "to_min": 65 - i},
            "by": {"text": "19:20", "sort": i},
            "late": {"text": f"{behind}%", "sort": behind},
            "help": {"text": f"{2 * behind} min", "sort": 2 * behind},
            "step": {"kind": "act", "text": "Call driver", "title": f"{behind} stops behind"},
            "break": {"text": "30 min taken", "sort": 0},
            "contact": None,
            "age": 51 if i == 2 and self.tick % 2 else self.tick,
        }  # fmt: skip


class MapPart:
    def __init__(self, query):
        live_map = LiveMap(basemap=query.get("basemap", [""])[0], note="The files name no places of stops.")
        live_map.station = {"lat": 41.95, "lng": -87.75, "label": "DXX1"}
        live_map.stops = pack([41.94, 41.96], [-87.76, -87.74])
        self.whole = [columns(Panel("Map", live_map, grow=live_map))]


class FleetPart:
    """Sixty vans, their stops, a rescue and an area, as a busy road page shows them."""

    VANS, STOPS_OF_EACH = 60, 160

    def __init__(self, _query):
        self.tick = 0
        self.heard = said()
        self.map = LiveMap(palette=["--ink-3", "--accent"], near_legs=8)
        self.map.on_select(lambda kind, key: setattr(self.heard, "value", f"chose {kind} {key}"))
        self.map.station = {"lat": 41.9, "lng": -87.7, "label": "DXX1"}
        self.map.rescues = [
            {
                "id": "r1",
                "meet": [41.95, -87.72],
                "from": [[41.9, -87.75], [41.99, -87.7]],
                "label": "⇄ 13:45",
                "title": "CX122 takes 36 stops of CX141 at 13:45.",
            }
        ]
        self.map.areas = [
            {
                "id": "A-12",
                "outline": [[41.93, -87.73], [41.95, -87.73], [41.95, -87.7], [41.93, -87.7]],
                "name": "A-12",
                "label": "A-12: +3 min a stop, 14 ahead",
                "past": False,
            }
        ]
        acts = Panel("Acts", pressed("Update", self.update), self.heard)
        self.whole = [columns(acts, Panel("Map", self.map, grow=self.map))]
        self.update()

    def update(self):
        self.tick += 1
        of_van, k = np.divmod(np.arange(self.VANS * self.STOPS_OF_EACH), self.STOPS_OF_EACH)
        chosen = of_van == 7
        done = k < 40 + (self.tick + of_van) // 20      # every update three vans have served a stop
        self.map.stops = pack(
            41.8 + 0.04 * (of_van % 8) + 0.002 * (k // 16),
            -87.9 + 0.05 * (of_van // 8) + 0.002 * (k % 16),
            chosen.astype(int),
            np.where(done, np.where(chosen, DONE, ABSENT), 0),
        )
        self.map.show_vans(self.van(number) for number in range(self.VANS))

    def van(self, number):
        return {
            "id": f"CX{100 + number}",
            "label": f"CX{100 + number}",
            "lat": 41.8 + 0.04 * (number % 8) + 0.0001 * self.tick,
            "lng": -87.9 + 0.05 * (number // 8) + 0.0001 * self.tick,
            "rung": "act" if number < 3 else "watch" if number < 9 else "ok",
            "title": f"On pace. {self.tick} of 160 stops.",
            "heading_deg": (30 * number + 6 * self.tick) % 360,
            "old": number == 59,
        }


class PlacePart:
    def __init__(self, _query):
        place = Place()
        place.remember(route="CX101")
        more = pressed("Choose", lambda: place.remember(route="CX 102&day=x", view="map"))
        less = pressed("Let go", lambda: place.remember(view=None))
        self.whole = [Panel("Place", more, less), place]


PARTS = {
    "timeline": TimelinePart,
    "dialog": DialogPart,
    "upload": UploadPart,
    "acts": ActsPart,
    "pace": PacePart,
    "map": MapPart,
    "fleet": FleetPart,
    "place": PlacePart,
}


def page():
    wait_for_request()
    logs.write_to(Path(os.environ["DISPATCHKIT_HOME"]))
    query = parse_qs(os.environ.get("QUERY_STRING", ""))
    display(body(*PARTS[query["part"][0]](query).whole, style.sheet()))
