"""A page with everything that the widgets can do, on invented figures: what the browser tests press and read."""

import os
from pathlib import Path

import ipywidgets
from IPython.display import display
from voila.utils import wait_for_request

from dispatchkit.errors import Refused
from widgets import logs
from widgets.board import Board, Column
from widgets.guard import guarded
from widgets.heartbeat import Heartbeat
from widgets.layout import Panel, body, columns
from widgets.live_map import LiveMap
from widgets.packed_stops import DONE, pack
from widgets.sentences import Sentences
from widgets.status import Status

HOSTILE = "<img src=x onerror=\"document.title='owned'\">"
RUNGS = {0: ("act", "Rescue"), 1: ("act", "Call driver"), 2: ("watch", "Watch to 14:00")}
COLUMNS = [
    Column(key="route", label="Route"),
    Column(key="driver", label="Driver"),
    Column(key="done", label="Done", kind="bar"),
    Column(key="behind", label="Behind", kind="number", numeric=True),
    Column(key="ends", label="Ends (80 %)", numeric=True, hide_on_phone=True),
    Column(key="next", label="Next step", kind="rung"),
    Column(key="age", label="Age", kind="age", numeric=True, hide_on_phone=True, old_after_min=10),
]


def route(number, done, behind):
    kind, text = RUNGS.get(number, ("ok", "On pace"))
    return {
        "id": f"CX{101 + number}",
        "route": f"CX{101 + number}",
        "driver": HOSTILE if number == 3 else f"Driver {number}",
        "done": {
            "done": done,
            "expected": done + behind,
            "required": done + behind - 12 if kind == "act" else None,
            "total": 181,
        },
        "behind": {"text": f"{behind:+d}", "sort": behind},
        "ends": {"text": f"{17 + number % 4}:{10 + number}–{18 + number % 4}:{10 + number}", "sort": 17 + number % 4},
        "next": {"kind": kind, "text": text},
        "age": 14 if number == 2 else 2,
    }


class TrialPage:
    def __init__(self):
        self.tick = 0
        self.status = Status()
        self.reasons = Sentences()
        self.board = Board(COLUMNS, label="Pace board")
        self.board.on_select(self.selected)
        wants_tiles = "tiles=yes" in os.environ.get("QUERY_STRING", "")
        self.map = LiveMap() if wants_tiles else LiveMap(tile_url="")
        self.map.station = {"lat": 41.98, "lng": -87.82, "label": "DXX1"}
        self.map.stops = pack(
            [41.9 + 0.004 * (i % 10) for i in range(60)],
            [-87.7 + 0.004 * (i // 10) for i in range(60)],
            colour=[i % 2 for i in range(60)],
            marks=[DONE if i < 20 else 0 for i in range(60)],
        )
        self.map.rescue = {"meet": [41.93, -87.66], "from": [[41.9, -87.7], [41.95, -87.65]], "label": "Meet 13:45"}
        self.map.on_select(lambda kind, key: self.status.ok(f"Picked {kind} {key}"))
        self.heartbeat = Heartbeat(period_s=1, time_text=lambda: "13:02")
        self.heartbeat.follow(self.look, 0.3, self.status)
        self.update = self.button("Update", self.updated)
        self.refuse = self.button("Refuse", self.refused)
        self.fault = self.button("Fault", self.faulty)
        self.turn_off = self.button("Turn off", self.turned_off)
        self.reasons.show(["Van 7 has no inspection today.", HOSTILE])
        self.looks = ipywidgets.Label("0 looks")
        self.process = ipywidgets.Label(f"process {os.getpid()}")
        self.show()

    def button(self, text, callback):
        made = ipywidgets.Button(description=text)
        made.on_click(guarded(self.status, callback))
        return made

    def look(self):
        self.looks.value = f"{int(self.looks.value.split()[0]) + 1} looks"

    def selected(self, route_id):
        self.map.selected = route_id
        self.status.ok(f"Selected {route_id}")

    def updated(self, _button):
        self.tick += 1
        self.show()

    def refused(self, _button):
        raise Refused([f"Van 7 has no inspection today {HOSTILE}."])

    def faulty(self, _button):
        raise ZeroDivisionError("the program's own fault")

    def turned_off(self, button):
        button.disabled = True

    def show(self):
        rows = [route(number, 90 + self.tick, 38 - 9 * number if number < 4 else -2) for number in range(24)]
        turned = rows[self.tick % 24 :] + rows[: self.tick % 24]  # the need changes with every update
        self.board.show(turned)
        self.map.show_vans(
            {
                "id": row["id"],
                "label": row["route"],
                "lat": 41.8 + 0.008 * i + 0.001 * self.tick,
                "lng": -87.8 + 0.05 * (i % 4),
                "rung": row["next"]["kind"],
                "title": row["driver"],
            }
            for i, row in enumerate(rows)
        )

    def display(self):
        acts = ipywidgets.Box([self.update, self.refuse, self.fault, self.turn_off]).add_class("acts")
        display(
            body(
                self.status,
                columns(
                    Panel("Needs a person", acts, self.reasons, self.looks, self.process),
                    Panel("Pace", self.board, grow=self.board),
                    Panel("CX101", self.map, grow=self.map),
                ),
                self.heartbeat,
            )
        )


def page():
    wait_for_request()
    logs.write_to(Path(os.environ["DISPATCHKIT_HOME"]))
    TrialPage().display()
