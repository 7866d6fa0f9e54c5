"""A small day on the road: two or three routes on a straight street, 10 m/s, a minute or two at each door."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from dispatchkit.day.entry import Entry
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.day.facts.road import RescueStarted
from dispatchkit.day.fold import Day, fold
from dispatchkit.errors import NotFound
from dispatchkit.geo import distance_m
from dispatchkit.plan.legs import Legs
from dispatchkit.records import DayKey, Package, Plan, PlannedRoute, Stop, Window
from dispatchkit.road import facts_until
from dispatchkit.station import Station, load

NINE = datetime(2026, 3, 14, 9, tzinfo=UTC)
STATION_AT = (41.0, -93.0)


class StraightStreets:
    """Drive seconds at 10 m/s as the crow flies."""

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        return distance_m(lat_a, lng_a, lat_b, lng_b) / 10


class OnePlan:
    """A store that holds one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def record(self, digest, kind):
        if kind is Plan and digest == "plan":
            return self.plan
        raise NotFound(digest)


class RoadStory:
    """A day that is told fact by fact, and what the road answers."""

    def __init__(self, plan: Plan, station: Station) -> None:
        self.plan, self.station = plan, station
        self.artifacts = OnePlan(plan)
        self.legs = Legs(plan, StraightStreets())
        self.facts: list[Fact] = [PlanCommitted(at=NINE - timedelta(hours=1), by="maria", plan="plan")]
        self.seed = 7

    def happened(self, *facts: Fact) -> "RoadStory":
        self.facts += facts
        return self

    def departed(self, *route_ids: str, at: datetime = NINE) -> "RoadStory":
        return self.happened(
            *(
                RouteDeparted(at=at, by="maria", route_id=r, driver_id=f"driver of {r}", van_id=f"van of {r}")
                for r in route_ids
            )
        )

    def rescued(
        self, *, at: datetime, meet_at: datetime, stop_ids: tuple[str, ...], helper_order: tuple[str, ...],
        rescue_id: str = "r1", giver: str = "CX1", helper: str = "CX2",
    ) -> "RoadStory":  # fmt: skip
        meet = self.plan.stop[stop_ids[0]]
        return self.happened(
            RescueStarted(
                at=at, by="maria", rescue_id=rescue_id, route_id=giver, helper_route_id=helper, stop_ids=stop_ids,
                helper_order=helper_order, meet_at=meet_at, meet_lat=meet.lat, meet_lng=meet.lng,
            )
        )  # fmt: skip

    def day(self) -> Day:
        entries = [Entry(n=n, first_n=n, learned_at=f.at, fact=f) for n, f in enumerate(self.facts, 1)]
        return fold(DayKey(self.plan.station, self.plan.service_day), entries, self.artifacts)

    def road(self, until: datetime, **more) -> list[Fact]:
        """What the road answers, and let it happen."""
        told = facts_until(self.day(), until=until, seed=self.seed, station=self.station, legs=self.legs, **more)
        self.happened(*told)
        return told


def a_stop(
    route: str, k: int, *, lat: float, lng: float, service_s: float = 90, opens: datetime | None = None,
    recorded: str = "DELIVERED",
) -> Stop:  # fmt: skip
    window = Window(opens=opens, closes=opens + timedelta(hours=2)) if opens else None
    package = Package(package_id=f"{route}-p{k}", service_s=service_s, window=window, recorded=recorded)
    return Stop(stop_id=f"{route}-{k}", lat=lat, lng=lng, packages=(package,))


def a_plan(*, routes=("CX1", "CX2"), stops: int = 8, break_s: float = 0, **more) -> Plan:
    """Each route goes north from the station along its own street, a stop every 200 m or so."""
    lat, lng = STATION_AT
    streets = StraightStreets()
    made, planned = [], []
    for street, route in enumerate(routes):
        here = [a_stop(route, k, lat=lat + 0.01 + 0.002 * k, lng=lng + 0.004 * street, **more) for k in range(stops)]
        way = [STATION_AT, *((s.lat, s.lng) for s in here), STATION_AT]
        drive_s = tuple(streets.between(*a, *b) for a, b in pairwise(way))
        planned.append(
            PlannedRoute(
                route_id=route, code=route, stop_ids=tuple(s.stop_id for s in here), drive_s=drive_s, departs_at=NINE,
                finish_by=NINE + timedelta(hours=8), break_s=break_s,
            )
        )  # fmt: skip
        made += here
    return Plan(
        station="DXX1", service_day=date(2026, 3, 14), station_lat=lat, station_lng=lng, stops=tuple(made),
        routes=tuple(planned),
    )  # fmt: skip


@pytest.fixture(scope="session")
def station() -> Station:
    return load()


@pytest.fixture(scope="session")
def as_planned(station) -> Station:
    """A station where everything takes as long as planned."""
    spreads = (
        "service_spread_share", "drive_spread_share", "driver_spread_share", "driver_day_spread_share",
        "day_spread_share", "bad_weather_share", "lost_share", "breakdown_share", "new_driver_share",
    )  # fmt: skip
    return replace(station, simulator=replace(station.simulator, **dict.fromkeys(spreads, 0.0)))


def mishaps(station: Station, **simulator) -> Station:
    """The same station with other shares of what goes wrong on the way."""
    return replace(station, simulator=replace(station.simulator, **simulator))


@pytest.fixture(scope="session")
def all_goes_wrong(station) -> Station:
    """A station where every route is held up and breaks down, and drivers write of everything."""
    says = replace(station.driver_says, not_delivered_told_share=1.0, on_break_told_share=1.0, lost_least_s=0.0)
    shares = {"lost_share": 1.0, "breakdown_share": 1.0, "breakdown_time_s": 1800.0, "not_delivered_share": 0.3}
    return replace(mishaps(station, **shares), driver_says=says)


@pytest.fixture
def story(station, as_planned, all_goes_wrong):
    """`story(chance=…, **plan)`: a day whose routes have not left yet; by chance, or exactly as planned.

    With `wrong` whatever can go wrong on the way does; `simulator` are other shares and spreads of the planned one.
    """

    def tell(*, chance: bool = False, wrong: bool = False, simulator=None, **plan) -> RoadStory:
        usual = station if chance else mishaps(as_planned, **(simulator or {}))
        return RoadStory(a_plan(**plan), all_goes_wrong if wrong else usual)

    return tell


@pytest.fixture(scope="session")
def nine() -> datetime:
    return NINE
