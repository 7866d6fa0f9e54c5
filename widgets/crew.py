"""Who drives what, asked on several pages alike: another driver, another van, a call-out, a defect."""

from dispatchkit.day import Day
from dispatchkit.fleet import inspection, vans
from dispatchkit.fleet.inspection import PRE_TRIP
from dispatchkit.records import Driver, Van
from dispatchkit.roster import attendance, decide
from dispatchkit.roster.attendance import ABSENT, LATE
from dispatchkit.roster.fit import filled, load_of
from widgets.fields import Field, Value
from widgets.shell import Shell

STATES = tuple((state, state) for state in (*ABSENT, *LATE))
GROUNDS = (("yes", "yes: it may not leave with it"), ("no", "no: it can be driven"))


class Crew:
    """The dialogs of one page about drivers and vans; each shows what stands in the way before anything is decided."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    @property
    def _day(self) -> Day:
        return self._shell.viewing.day

    def change_driver(self, route_id: str) -> None:
        """Ask who shall have the route: those who can, the free ones first."""
        day, code = self._day, self._day.code(route_id)
        held = day.pre_load_out.driver_of.get(route_id, "")
        options = [o for o in self._drivers(route_id) if o[0] != held]
        now = f"It has {self._shell.viewing.name(held)} now." if held else "It has nobody now."
        if not options:
            self._shell.ask(
                f"Driver of {code}", [now], [_nobody(code)], confirm="Assign", on_confirm=lambda _: None
            )
            return
        field = Field(key="driver", label="Driver", kind="select", options=tuple(options))

        def assign(values: dict[str, Value]) -> None:
            driver_id = str(values["driver"])
            said = f"{self._shell.viewing.name(driver_id)} has {code}."
            self._shell.decide(decide.assign_driver, said, route_id=route_id, driver_id=driver_id)

        self._shell.ask(f"Driver of {code}", [now], fields=[field], confirm="Assign", on_confirm=assign)

    def change_van(self, route_id: str) -> None:
        """Ask which van shall carry the route: those that can, the free ones first."""
        day, code, station = self._day, self._day.code(route_id), self._shell.viewing.station
        held = day.pre_load_out.van_of.get(route_id, "")
        options = [o for o in self._vans(route_id) if o[0] != held]
        now = f"It has van {held} now." if held else "It has no van now."
        if not options:
            why = [f"No van of the fleet can carry {code}: grounded, too small or of another kind."]
            self._shell.ask(f"Van of {code}", [now], why, confirm="Assign", on_confirm=lambda _: None)
            return
        field = Field(key="van", label="Van", kind="select", options=tuple(options))

        def assign(values: dict[str, Value]) -> None:
            van_id = str(values["van"])
            self._shell.decide(
                decide.assign_van, f"Van {van_id} carries {code}.", route_id=route_id, van_id=van_id, station=station
            )

        self._shell.ask(f"Van of {code}", [now], fields=[field], confirm="Assign", on_confirm=assign)

    def call_out(self, driver_id: str) -> None:
        """Ask how a driver is absent or late, and record it."""
        name = self._shell.viewing.name(driver_id)
        fields = [
            Field(key="state", label="What is it", kind="select", options=STATES),
            Field(key="note", label="Note", required=False, help="What was said, if it matters later."),
        ]
        routes = [self._day.code(r) for r, d in self._day.pre_load_out.driver_of.items() if d == driver_id]
        told = [f"{', '.join(routes)} will be without a driver."] if routes else []

        def record(values: dict[str, Value]) -> None:
            self._shell.decide(
                attendance.call_out,
                f"{name}: {values['state']}.",
                driver_id=driver_id,
                attendance=str(values["state"]),
                note=str(values["note"] or ""),
            )

        self._shell.ask(f"{name} does not come, or comes late", told, fields=fields, confirm="Record",
                               on_confirm=record)  # fmt: skip

    def defect(self, route_id: str) -> None:
        """Ask what the inspection of a route's van found."""
        before = self._day.pre_load_out
        van_id, driver_id = before.van_of.get(route_id, ""), before.driver_of.get(route_id, "")
        blockers = inspection.inspect_blockers(self._day, van_id, driver_id, PRE_TRIP) if van_id else [
            f"{self._day.code(route_id)} has no van. Assign one."
        ]  # fmt: skip
        fields = [
            Field(key="what", label="What is wrong"),
            Field(key="grounds", label="May it not leave with it", kind="select", options=GROUNDS),
        ]

        def record(values: dict[str, Value]) -> None:
            grounds = values["grounds"] == "yes"
            said = f"Van {van_id} is grounded: {values['what']}." if grounds else f"Noted for van {van_id}."
            self._shell.decide(
                inspection.inspect,
                said,
                van_id=van_id,
                driver_id=driver_id,
                inspection=PRE_TRIP,
                defects=((str(values["what"]), grounds),),
            )

        title = f"DVIC of van {van_id} found something"
        self._shell.ask(title, (), blockers, fields, "Record", on_confirm=record)

    def ground(self, van_id: str) -> None:
        """Ask why a van may not be driven, and ground it."""
        field = Field(key="why", label="Why")

        def record(values: dict[str, Value]) -> None:
            self._shell.decide(vans.ground, f"Van {van_id} is grounded.", van_id=van_id, why=str(values["why"]))

        self._shell.ask(f"Ground van {van_id}", fields=[field], confirm="Ground it", danger=True,
                               on_confirm=record)  # fmt: skip

    def mended(self, van_id: str) -> None:
        """Ask which defect of a van was mended or found harmless."""
        defects = self._day.pre_load_out.defects.get(van_id, ())
        if not defects:
            return
        field = Field(key="defect", label="Defect", kind="select", options=tuple((d, d) for d in defects))

        def record(values: dict[str, Value]) -> None:
            self._shell.decide(
                vans.clear_defect, f"Van {van_id}: {values['defect']} is cleared.",
                van_id=van_id, defect=str(values["defect"]),
            )  # fmt: skip

        self._shell.ask(f"Van {van_id}: mended or harmless", fields=[field], confirm="Clear it", on_confirm=record)

    def _drivers(self, route_id: str) -> list[tuple[str, str]]:
        day, before = self._day, self._day.pre_load_out
        if before.roster is None:
            return []
        busy = {driver_id: day.code(r) for r, driver_id in before.driver_of.items()}
        can = [
            d
            for d in attendance.may_drive(before.roster, before.attendance)
            if not any(decide.assign_driver_blockers(day, route_id, d.driver_id))
        ]
        zones = load_of(day.plan, day.plan.route[route_id]).zones
        main = max(zones, key=lambda zone: zones[zone], default="")
        can.sort(key=lambda d: (d.driver_id in busy, -d.zones.get(main, 0)))
        return [(d.driver_id, self._driver_words(d, busy.get(d.driver_id, ""), main)) for d in can]

    def _driver_words(self, driver: Driver, busy: str, zone: str) -> str:
        days = driver.zones.get(zone, 0)
        parts = [
            self._shell.viewing.name(driver.driver_id),
            "standby" if driver.standby else "",
            "new" if driver.nursery else "",
            f"{days} days in {zone}" if zone and days else "",
            f"would leave {busy}" if busy else "free",
        ]
        return ", ".join(part for part in parts if part)

    def _vans(self, route_id: str) -> list[tuple[str, str]]:
        day, before, station = self._day, self._day.pre_load_out, self._shell.viewing.station
        if before.fleet is None:
            return []
        busy = {van_id: day.code(r) for r, van_id in before.van_of.items()}
        load = load_of(day.plan, day.plan.route[route_id])
        can = [v for v in before.fleet.vans if not any(decide.assign_van_blockers(day, route_id, v.van_id, station))]
        can.sort(key=lambda v: (v.van_id in busy, v.volume_cm3))
        return [(v.van_id, _van_words(v, busy.get(v.van_id, ""), filled(load, v))) for v in can]


def _van_words(van: Van, busy: str, share: float) -> str:
    parts = [
        van.van_id,
        van.service_type,
        f"{share:.0%} full" if share else "",
        f"would leave {busy}" if busy else "free",
    ]
    return ", ".join(part for part in parts if part)


def _nobody(code: str) -> str:
    return f"Nobody on the roster can take {code}: absent, on the road, or not qualified for it."
