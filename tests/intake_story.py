"""Files as readers would hand them over, made of readings: small, in the field's words, without a real name."""

from datetime import UTC, date, datetime, time, timedelta

import msgspec

from dispatchkit.day import Day, Entry, follow
from dispatchkit.imports import OriginalFile
from dispatchkit.imports.readings import (
    Associate,
    Associates,
    DayOfOpsPlan,
    FileRead,
    Itineraries,
    Itinerary,
    OpsRoute,
    RosteredBlock,
    RoutesSnapshot,
    RouteStanding,
    Schedule,
    Vehicle,
    Vehicles,
)
from dispatchkit.intake import Known, proposed
from dispatchkit.records import DayKey
from dispatchkit.station import load

KEY = DayKey("DXX1", date(2026, 2, 22))
CHICAGO = "America/Chicago"
MORNING = datetime(2026, 2, 22, 12, tzinfo=UTC)     # six in the morning in Chicago
NOON = MORNING + timedelta(hours=6)
STATION = load()
AT_SITE = msgspec.structs.replace(
    STATION, site=msgspec.structs.replace(STATION.site, timezone=CHICAGO, dsp="QWER")
)

SOURCES = {
    DayOfOpsPlan: "Day-of-Ops plan",
    RoutesSnapshot: "Cortex Routes export",
    Itineraries: "Cortex Itineraries export",
    Associates: "Associates list",
    Schedule: "Schedule",
    Vehicles: "Vehicles list",
}
DRIVERS = {"A00000000000A1": "Ada Aster", "A00000000000B2": "Ben Birch", "A00000000000C3": "Zoë Cedar"}
ADA, BEN, ZOE = DRIVERS
CODES = ("CX101", "CX102", "CX103")


def file(reading, *, name="", salt="", problems=()):
    """A file that says this; another salt makes other bytes of the same content."""
    source = SOURCES.get(type(reading), type(reading).__name__ if reading is not None else "")
    name = name or f"{source or 'picture'}.xlsx"
    data = msgspec.json.encode([name, salt, reading])
    return FileRead(original=OriginalFile(name=name, data=data), source=source, reading=reading, problems=problems)


def unusable(name="cat.jpg"):
    return file(None, name=name)


def ops_row(code, *, row=2, dsp="QWER", wave=time(11, 15), packages=319, **more):
    figures = {"staging": f"STG.{code[-1]}", "service_type": "Standard Parcel", "duration_min": 420.0} | more
    return OpsRoute(row=row, code=code, dsp=dsp, wave=wave, packages=packages, **figures)


def ops(*rows, station="DXX1", day=KEY.service_day, **more):
    rows = rows or tuple(ops_row(code, row=i) for i, code in enumerate(CODES, 2))
    return file(DayOfOpsPlan(station=station, service_day=day, routes=rows), **more)


def standing(code, *, dsp="QWER", done=None, stops=173, driver=(), names=(), **more):
    return RouteStanding(
        row=2, code=code, dsp=dsp, stops=stops, stops_done=done, driver_ids=tuple(driver), driver_names=tuple(names),
        **more,
    )  # fmt: skip


def routes(*rows, as_of=MORNING, **more):
    rows = rows or tuple(standing(code) for code in CODES)
    return file(RoutesSnapshot(station="DXX1", service_day=KEY.service_day, as_of=as_of, routes=rows), **more)


def itineraries(*rows, as_of=MORNING, **more):
    return file(Itineraries(station="DXX1", service_day=KEY.service_day, as_of=as_of, itineraries=rows), **more)


def itinerary(code, *, stops=173, packages=319, returns=time(20, 5)):
    return Itinerary(row=2, code=code, stops=stops, packages=packages, returns=returns)


def associates(*rows, **more):
    rows = rows or tuple(person(d) for d in DRIVERS)
    return file(Associates(associates=rows), **more)


def person(driver_id, *, name="", qualifications=("CDV",), active=True, **more):
    name = name or DRIVERS.get(driver_id, "")
    return Associate(
        row=2, driver_id=driver_id, name=name, qualifications=frozenset(qualifications), active=active, **more
    )


def schedule(*names, day=KEY.service_day, **more):
    blocks = tuple(RosteredBlock(row=i, name=n, day=day) for i, n in enumerate(names or DRIVERS.values(), 2))
    return file(Schedule(days=tuple(day + timedelta(days=d) for d in range(7)), blocks=blocks), **more)


def vehicles(*rows, **more):
    return file(Vehicles(vehicles=rows or (vehicle("Van 7"), vehicle("Van 8"))), **more)


def vehicle(name, *, grounded=False, active=True, vin="", service_type="Standard Parcel"):
    return Vehicle(row=2, name=name, vin=vin, service_type=service_type, active=active, grounded=grounded)


class Intake:
    """A day into which files come, one batch after the other, as the log would keep it."""

    def __init__(self, *, station=AT_SITE, key=KEY):
        self.station, self.day, self.known = station, Day(key), Known()
        self.records = {}

    def shows(self, *files, at=MORNING, commit=True, **answers):
        """What the batch would do; answers by question id, with "_" for "-"."""
        said = {question.replace("_", "-"): answer for question, answer in answers.items()}
        return proposed(
            self.day, files, known=self.known, answers=said, station=self.station, commit=commit, at=at, by="maria"
        )

    def takes(self, *files, at=MORNING, commit=True, **answers):
        """Take the batch, which must ask and block nothing."""
        made = self.shows(*files, at=at, commit=commit, **answers)
        assert (made.questions, made.blockers) == ((), ())
        self.told(*made.facts, at=at, kept=made.kept)
        people = {d: dict(v) for d, v in self.known.people.items()}
        for detail in made.details:
            people[detail.subject] = people.get(detail.subject, {}) | detail.values
        vins = {v["vin"]: s for s, v in people.items() if "vin" in v}
        readings = [f.reading for f, seen in zip(files, made.files, strict=True) if seen.state in ("new", "stale")]
        self.known = Known(people=people, vins=vins, earlier=(*self.known.earlier, *readings))
        return made

    def told(self, *facts, at=MORNING, kept=()):
        self.records |= {k.digest: k.data for k in kept}
        first = self.day.version + 1
        entries = [Entry(first + i, first, at, fact) for i, fact in enumerate(facts)]
        self.day = follow(self.day, entries, self)
        return self

    def record(self, digest, kind):
        return msgspec.json.decode(self.records[digest], type=kind)


def texts(made):
    """All that a proposal says, one string."""
    questions = [f"{q.id}: {q.text} [{', '.join(o.id for o in q.options)}] {q.details}" for q in made.questions]
    changes = [t for c in made.changes for t in (c.text, *c.details)]
    return "\n".join((*changes, *questions, *made.notes, *made.blockers))
