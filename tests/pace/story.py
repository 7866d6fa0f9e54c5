"""A morning on the road, in a dispatcher's words: routes of two minutes and a quarter a stop, what befell them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from dispatchkit.day import Day, Entry, fold
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.day.facts.road import ProgressReported, StopServed
from dispatchkit.errors import NotFound
from dispatchkit.geo import distance_m, distances_m
from dispatchkit.records import DayKey, Package, Plan, PlannedRoute, Stop, Window

SERVICE_DAY = date(2026, 3, 14)
STATION_AT = (41.0, -93.0)
A_STOP_S = 135.0
PACKAGE_CM3 = 20_000.0
ROW = 20
STEP_LAT, STEP_LNG = 0.0018, 0.0024      # about 200 m each


def clock(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 14, hour, minute, tzinfo=UTC)


class StraightStreets:
    """Drive seconds at 10 m/s as the crow flies."""

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        return distance_m(lat_a, lng_a, lat_b, lng_b) / 10

    def matrix(self, lat, lng, depart_at):
        return distances_m(lat, lng, lat, lng) / 10


class OnePlan:
    """A store that holds one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def record(self, digest, kind):
        if kind is Plan and digest == "plan":
            return self.plan
        raise NotFound(digest)


def a_route(
    code: str, *, stops: int = 160, block: int = 0, departs_at: datetime | None = None, slack_min: float = 25,
    break_s: float = 0, van_volume_cm3: float = 1e7, wave: str = "", opens: dict[int, datetime] | None = None,
) -> tuple[PlannedRoute, list[Stop]]:  # fmt: skip
    """A route up and down its own block of houses; `slack_min` is what its window leaves beyond the plan.

    `opens` says of some stops, by their place in the order, when their customers' windows open.
    """
    departs_at = departs_at or clock(8, 30)
    streets, made = StraightStreets(), []
    for k in range(stops):
        row, place = divmod(k, ROW)
        place = ROW - 1 - place if row % 2 else place
        lat = STATION_AT[0] + 0.02 + STEP_LAT * row
        lng = STATION_AT[1] + STEP_LNG * place + block * STEP_LNG * ROW
        opened = (opens or {}).get(k)
        window = Window(opens=opened, closes=opened + timedelta(hours=2)) if opened else None
        package = Package(package_id=f"{code}-p{k}", service_s=A_STOP_S - 20, volume_cm3=PACKAGE_CM3, window=window)
        made.append(Stop(stop_id=f"{code}-{k}", lat=lat, lng=lng, packages=(package,)))
    way = [STATION_AT, *((s.lat, s.lng) for s in made), STATION_AT]
    drive_s = tuple(streets.between(*a, *b) for a, b in pairwise(way))
    planned_s = sum(drive_s) + sum(s.service_s for s in made) + break_s
    route = PlannedRoute(
        route_id=code, code=code, stop_ids=tuple(s.stop_id for s in made), drive_s=drive_s, departs_at=departs_at,
        finish_by=departs_at + timedelta(seconds=planned_s, minutes=slack_min), break_s=break_s,
        van_volume_cm3=van_volume_cm3, wave=wave,
    )  # fmt: skip
    return route, made


class PaceStory:
    """A day told fact by fact."""

    def __init__(self, *routes: tuple[PlannedRoute, list[Stop]]) -> None:
        self.plan = Plan(
            station="DXX1", service_day=SERVICE_DAY, station_lat=STATION_AT[0], station_lng=STATION_AT[1],
            stops=tuple(s for _, stops in routes for s in stops), routes=tuple(r for r, _ in routes),
        )  # fmt: skip
        self.travel = StraightStreets()
        self.facts: list[Fact] = [PlanCommitted(at=clock(6), by="maria", plan="plan")]

    def happened(self, *facts: Fact) -> "PaceStory":
        self.facts += facts
        return self

    def departed(self, route_id: str, at: datetime | None = None) -> "PaceStory":
        at = at or self.plan.route[route_id].departs_at
        driver, van = f"driver of {route_id}", f"van of {route_id}"
        return self.happened(RouteDeparted(at=at, by="maria", route_id=route_id, driver_id=driver, van_id=van))

    def drove(
        self, route_id: str, until: datetime, *, rate: float = 1.0, lost_min: float = 0, lost_at: datetime | None = None
    ) -> "PaceStory":
        """Serve stop after stop from the departure on, `rate` times as long as planned; `lost_min` are lost once."""
        route = self.plan.route[route_id]
        at = next(f.at for f in self.facts if isinstance(f, RouteDeparted) and f.route_id == route_id)
        lost = timedelta(minutes=lost_min)
        for stop_id, drive_s in zip(route.stop_ids, route.drive_s, strict=False):
            at += timedelta(seconds=rate * (drive_s + self.plan.stop[stop_id].service_s))
            if lost and lost_at and at > lost_at:
                at, lost = at + lost, timedelta()
            if at > until:
                break
            self.happened(StopServed(at=at, by="driver", route_id=route_id, stop_id=stop_id))
        return self

    def reported(self, route_id: str, stops_done: int, at: datetime) -> "PaceStory":
        return self.happened(
            ProgressReported(at=at, by="cortex", route_id=route_id, stops_done=stops_done, source="cortex")
        )

    def came_back(self, route_id: str, at: datetime) -> "PaceStory":
        return self.happened(DriverReturned(at=at, by="maria", route_id=route_id))

    def day(self) -> Day:
        entries = [Entry(n=n, first_n=n, learned_at=f.at, fact=f) for n, f in enumerate(self.facts, 1)]
        return fold(DayKey("DXX1", SERVICE_DAY), entries, OnePlan(self.plan))


def cx1_forty_behind(at: datetime, **plan) -> PaceStory:
    """CX1 kept its pace, but stood an hour and a half before a closed road: 40 stops behind at `at`. CX7 is on time."""
    departs_at = at - timedelta(minutes=150) if at.hour < 12 else at - timedelta(minutes=330)
    story = PaceStory(
        a_route("CX1", stops=200, departs_at=departs_at, **plan),
        a_route("CX7", block=1, stops=120, departs_at=departs_at, slack_min=200),
    )
    story.departed("CX1").departed("CX7")
    story.drove("CX1", at, lost_min=90, lost_at=departs_at + timedelta(minutes=30))
    return story.drove("CX7", at)


def a_calm_day(routes: int = 6) -> PaceStory:
    """Everybody left on time and keeps the plan's pace; it is eleven o'clock."""
    story = PaceStory(*(a_route(f"CX{k}", block=k, slack_min=60) for k in range(routes)))
    for route in story.plan.routes:
        story.departed(route.route_id).drove(route.route_id, clock(11))
    return story
