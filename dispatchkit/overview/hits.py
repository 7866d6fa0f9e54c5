"""What was found, told: what it is called, where it is now, and on which page it is best looked at. Pure."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Literal, get_args

from dispatchkit.day import Day
from dispatchkit.day.facts.whole_day import FileHeld, FileImported, HandoverWritten, NoteAdded
from dispatchkit.eos.balance import Whereabouts, whereabouts
from dispatchkit.overview.grouped import counted, listed
from dispatchkit.overview.phases import PhaseName
from dispatchkit.pace.board import BACK, NOT_LEFT, state_of
from dispatchkit.records import Record
from dispatchkit.times import clock_text

HitKind = Literal["route", "driver", "van", "stop", "package", "zone", "note", "incident", "file"]

KINDS: tuple[HitKind, ...] = get_args(HitKind)
"""The kinds in the order in which they are told."""


class Hit(Record, frozen=True):
    """Something that was found.

    Attributes
    ----------
    id
        Route, driver, van, stop, package or incident id; the zone; a file's digest; a note's place among the
        day's notes, from 1.
    title
        What people call it.
    detail
        A sentence: where it is now, whose it is.
    page
        Where it is best looked at.
    route_id
        The route to select there; empty where there is none.
    """

    kind: HitKind
    id: str
    title: str
    detail: str
    page: PhaseName
    route_id: str = ""


class Teller:
    """Tells hits of one day; what several of them need is worked out once."""

    def __init__(self, day: Day, names: Mapping[str, str]) -> None:
        self._day = day
        self._names = names
        self._packages: dict[str, dict[str, Whereabouts]] = {}

    def route(self, route_id: str) -> Hit:
        """A route: its state, how far it is, and with whom."""
        day, on_road = self._day, self._day.road.routes[route_id]
        driver, van = self._crew(route_id)
        who = f" with {self._name(driver)}" if driver else ", no driver"
        what = f" in van {van}" if van else ", no van"
        done = f"{on_road.done_count} of {counted(len(on_road.order), 'stop')} done"
        detail = f"{state_of(day, route_id).capitalize()}{who}{what}; {done}."
        return Hit(kind="route", id=route_id, title=day.code(route_id), detail=detail,
                   page=self._page(route_id), route_id=route_id)  # fmt: skip

    def driver(self, driver_id: str) -> Hit:
        """A driver: the route he has or had, else what is known of his coming."""
        day, route_id = self._day, self._route_of_driver.get(driver_id, "")
        said = day.pre_load_out.attendance.get(driver_id, "nothing heard")
        where = f"{day.code(route_id)}, {state_of(day, route_id)}" if route_id else "No route"
        name = self._name(driver_id)
        title = name if name == driver_id else f"{name} ({driver_id})"
        return Hit(kind="driver", id=driver_id, title=title, detail=f"{where}; {said}.",
                   page=self._page(route_id), route_id=route_id)  # fmt: skip

    def van(self, van_id: str) -> Hit:
        """A van: the route it carries or carried, and whether it is grounded."""
        day, route_id = self._day, self._route_of_van.get(van_id, "")
        where = f"{day.code(route_id)}, {state_of(day, route_id)}" if route_id else "No route"
        why = day.pre_load_out.grounded.get(van_id)
        grounded = f"; grounded: {why.rstrip('.')}" if why else ""
        return Hit(kind="van", id=van_id, title=f"Van {van_id}", detail=f"{where}{grounded}.",
                   page=self._page(route_id), route_id=route_id)  # fmt: skip

    def stop(self, stop_id: str) -> Hit:
        """A stop: whose it is now, its place in the order, and whether it is done."""
        day, route_id = self._day, self._holder.get(stop_id, "")
        packages = counted(len(day.plan.stop[stop_id].packages), "package")
        if not route_id:
            return Hit(kind="stop", id=stop_id, title=stop_id, detail=f"On no route; {packages}.", page="plan")
        route = day.road.routes[route_id]
        place = f"Stop {route.order.index(stop_id) + 1} of {len(route.order)} on {day.code(route_id)}"
        served_at = route.served.get(stop_id)
        done = f"served at {self._clock(served_at)}" if served_at else (
            "to do" if stop_id in route.remaining else "counted as done"
        )  # fmt: skip
        return Hit(kind="stop", id=stop_id, title=stop_id, detail=f"{place}, {done}; {packages}.",
                   page=self._page(route_id), route_id=route_id)  # fmt: skip

    def package(self, package_id: str, stop_id: str) -> Hit:
        """A package: where it is now by the package balance, on whose route."""
        day, route_id = self._day, self._holder.get(stop_id, "")
        if not route_id:
            detail = f"Stop {stop_id}, on no route."
            return Hit(kind="package", id=package_id, title=package_id, detail=detail, page="plan")
        if route_id not in self._packages:
            self._packages[route_id] = {w.package_id: w for w in whereabouts(day, route_id)}
        where = self._packages[route_id][package_id]
        state = state_of(day, route_id)
        still = "not left yet" if state == NOT_LEFT else "not accounted for" if state == BACK else "in the van"
        status = str(where.status).capitalize() if where.status else still.capitalize()
        reason = f" ({where.reason})" if where.reason else ""
        return Hit(kind="package", id=package_id, title=package_id,
                   detail=f"{status}{reason}; {day.code(route_id)}, stop {stop_id}.",
                   page="close" if state == BACK else self._page(route_id), route_id=route_id)  # fmt: skip

    def zone(self, zone: str) -> Hit:
        """A zone: how many stops lie in it, and on which routes."""
        day = self._day
        stops = [s.stop_id for s in day.plan.stops if s.zone == zone]
        routes = tuple(dict.fromkeys(self._holder[s] for s in stops if s in self._holder))
        on = f" on {listed(map(day.code, routes))}" if routes else ""
        return Hit(kind="zone", id=zone, title=f"Zone {zone}", detail=f"{counted(len(stops), 'stop')}{on}.",
                   page=self._page(routes[0]) if routes else "plan", route_id=routes[0] if routes else "")  # fmt: skip

    def note(self, id_: str, note: NoteAdded | HandoverWritten) -> Hit:
        """A note or a hand-over: who wrote it, when and about what."""
        about = note.about if isinstance(note, NoteAdded) else ""
        route_id = about if about in self._day.road.routes else ""
        on = f" on {self._name(about) if about in self._names else self._day.code(about)}" if about else ""
        return Hit(kind="note", id=id_, title=note.text, detail=f"By {note.by} at {self._clock(note.at)}{on}.",
                   page=self._page(route_id), route_id=route_id)  # fmt: skip

    def incident(self, incident_id: str) -> Hit:
        """An incident: what happened, and whether it is documented."""
        held = self._day.end_of_shift.incidents[incident_id]
        return Hit(kind="incident", id=incident_id, title=f"{held.opened.incident_type} ({incident_id})",
                   detail=f"{held.status.capitalize()}: {held.opened.description}", page="close",
                   route_id=held.opened.route_id)  # fmt: skip

    def file(self, file: FileImported | FileHeld) -> Hit:
        """A file: read, or waiting for a person."""
        if isinstance(file, FileImported):
            detail = f"Read at {self._clock(file.at)} by {file.by}: {counted(file.rows, 'row')}."
        else:
            detail = f"Waits for an answer: {' '.join(file.why)}"
        return Hit(kind="file", id=file.original, title=file.name, detail=detail, page="plan")

    def _crew(self, route_id: str) -> tuple[str, str]:
        left, before = self._day.load_out.departed.get(route_id), self._day.pre_load_out
        if left is not None:
            return left.driver_id, left.van_id
        return before.driver_of.get(route_id, ""), before.van_of.get(route_id, "")

    def _page(self, route_id: str) -> PhaseName:
        if not route_id or not all(self._crew(route_id)):
            return "plan"
        state = state_of(self._day, route_id)
        return "load_out" if state == NOT_LEFT else "close" if state == BACK else "road"

    def _name(self, driver_id: str) -> str:
        return self._names.get(driver_id) or driver_id

    def _clock(self, at: datetime) -> str:
        return clock_text(at, self._day.course.timezone, str(self._day.key.service_day))

    @cached_property
    def _holder(self) -> dict[str, str]:
        """stop_id → the route that has it now."""
        return {stop_id: route_id for route_id, route in self._day.road.routes.items() for stop_id in route.order}

    @cached_property
    def _route_of_driver(self) -> dict[str, str]:
        """driver_id → the route that he left with last, else the one that he is to drive."""
        return {driver: r for r in self._day.road.routes if (driver := self._crew(r)[0])}

    @cached_property
    def _route_of_van(self) -> dict[str, str]:
        return {van: r for r in self._day.road.routes if (van := self._crew(r)[1])}
