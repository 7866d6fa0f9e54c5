"""A small station day to tell stories with: two routes, three vans, three drivers, everything in memory."""

from datetime import UTC, date, datetime, timedelta

from dispatchkit import course
from dispatchkit.day import Entry, NoArtifacts, fold
from dispatchkit.eos import returns
from dispatchkit.fleet import inspection, vans
from dispatchkit.loadout import depart, waves
from dispatchkit.plan import commit
from dispatchkit.records import DayKey, Driver, Fleet, Package, Plan, PlannedRoute, Roster, Stop, Van
from dispatchkit.roster import attendance, decide
from dispatchkit.station import load

TEN = datetime(2026, 3, 14, 15, tzinfo=UTC)  # ten in the morning in Chicago
SIX_PM = TEN + timedelta(hours=8)
KEY = DayKey("DXX1", date(2026, 3, 14))
STATION = load()
M3 = 1_000_000.0


def route(code, *, packages=(2, 2, 2), departs_at=TEN, hours=8, zone="", litres=20, leg_s=300.0, **more):
    """A route and its stops; `packages` says how many each stop has. Ids: CX1 → CX1:1 … → CX1:1-a, CX1:1-b."""
    stops = [
        Stop(
            stop_id=f"{code}:{i}",
            lat=41.6 + i / 100,
            lng=-93.6,
            zone=zone,
            packages=tuple(
                Package(package_id=f"{code}:{i}-{'abcdefgh'[n]}", volume_cm3=litres * 1000.0, service_s=60)
                for n in range(count)
            ),
        )
        for i, count in enumerate(packages, 1)
    ]
    planned = PlannedRoute(
        route_id=code,
        code=code,
        stop_ids=tuple(s.stop_id for s in stops),
        drive_s=(leg_s,) * (len(stops) + 1),
        departs_at=departs_at,
        finish_by=departs_at + timedelta(hours=hours),
        **more,
    )
    return planned, stops


def plan(*routes, service_day=KEY.service_day):
    """A plan of what `route` returns."""
    return Plan(
        station="DXX1",
        service_day=service_day,
        station_lat=41.6,
        station_lng=-93.6,
        routes=tuple(r for r, _ in routes),
        stops=tuple(s for _, stops in routes for s in stops),
    )


TWO_ROUTES = plan(route("CX1"), route("CX7"))
DRIVERS = Roster(drivers=(Driver(driver_id="A1"), Driver(driver_id="A2"), Driver(driver_id="A3", standby=True)))
VANS = Fleet(vans=tuple(Van(van_id=f"V{n}", volume_cm3=10 * M3) for n in (1, 2, 3)))


class InMemory(NoArtifacts):
    """Artifacts by digest."""

    def __init__(self):
        self.held = {}

    def record(self, digest, kind):
        return self.held[digest]


class Story:
    """A day that grows: tell it facts, or let it decide and tell itself what was decided."""

    def __init__(self):
        self.facts, self.artifacts = [], InMemory()

    @property
    def day(self):
        entries = [Entry(n, n, fact.at, fact) for n, fact in enumerate(self.facts, 1)]
        return fold(KEY, entries, self.artifacts)

    def told(self, *facts):
        """Add facts that somebody reported."""
        self.facts += facts
        return self

    def does(self, decision, *, at=TEN, **arguments):
        """Decide, and add what was decided."""
        return self.told(*decision(self.day, at=at, by="maria", **arguments))

    def keeping(self, digest, record):
        """Put a record where facts can name it."""
        self.artifacts.held[digest] = record
        return self


def planned(the_plan=TWO_ROUTES, roster=DRIVERS, fleet=VANS):
    """The night before: plan committed, roster and fleet taken, nobody assigned."""
    story = Story().keeping("plan", the_plan).keeping("roster", roster).keeping("fleet", fleet)
    story.does(course.open_day, timezone="America/Chicago")
    story.does(commit.give_routes, plan=the_plan, digest="plan").does(commit.commit, digest="plan", plan=the_plan)
    return story.does(attendance.take_roster, roster=roster, digest="roster").does(
        vans.take_fleet, fleet=fleet, digest="fleet"
    )


PAIRS = (("CX1", "A1", "V1"), ("CX7", "A2", "V2"))


def at_the_dock(**more):
    """Everything is ready to leave: assigned, inspected, here, loaded, briefed."""
    story = planned(**more)
    story.does(waves.set_waves, waves=waves.plan_waves(story.day.plan, STATION))
    for route_id, driver_id, van_id in PAIRS:
        story.does(decide.assign_driver, route_id=route_id, driver_id=driver_id)
        story.does(decide.assign_van, route_id=route_id, van_id=van_id, station=STATION)
        story.does(inspection.inspect, van_id=van_id, driver_id=driver_id, inspection="pre-trip")
        story.does(depart.arrived, driver_id=driver_id)
        story.does(depart.start_loading, route_id=route_id)
        count = sum(len(s.packages) for s in story.day.plan.stops_of(route_id))
        story.does(depart.finish_loading, route_id=route_id, packages=count)
    for wave in story.day.load_out.waves:
        story.does(waves.brief, wave=wave, topic="Seat belts")
    return story


def on_the_road(**more):
    """Both routes have left."""
    story = at_the_dock(**more)
    for route_id, _, _ in PAIRS:
        story.does(depart.depart, route_id=route_id)
    return story


def back(story, *route_ids):
    """The routes come back at six in the evening."""
    for route_id in route_ids:
        story.does(returns.driver_returned, route_id=route_id, at=SIX_PM)
    return story


def says(blockers):
    """All sentences of a blocker function, one string."""
    return " ".join(blockers)
