"""A small station with two routes, told fact by fact."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dispatchkit.day import Entry, fold
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.records import DayKey, Package, Plan, PlannedRoute, Stop

TEN = datetime(2026, 3, 14, 15, tzinfo=UTC)
KEY = DayKey("DXX1", date(2026, 3, 14))


def _plan():
    routes, stops = [], []
    for code in ("CX1", "CX7"):
        ids = tuple(f"{code}:{i}" for i in range(1, 6))
        stops += [
            Stop(stop_id=s, lat=41.6, lng=-93.6, packages=(Package(package_id=f"P-{s}", service_s=60),)) for s in ids
        ]
        routes.append(
            PlannedRoute(
                route_id=code,
                code=code,
                stop_ids=ids,
                drive_s=(60.0,) * 6,
                departs_at=TEN,
                finish_by=TEN + timedelta(hours=9),
            )
        )
    return Plan(
        station="DXX1",
        service_day=KEY.service_day,
        station_lat=41.6,
        station_lng=-93.6,
        stops=tuple(stops),
        routes=tuple(routes),
    )


class OnePlan:
    """Artifacts that hold one plan, under any digest."""

    def __init__(self):
        self.plan = _plan()

    def record(self, digest, kind):
        assert kind is Plan
        return self.plan


def logged(*facts, each_its_own_append=True):
    return [Entry(i, i if each_its_own_append else 1, f.at, f) for i, f in enumerate(facts, start=1)]


class Story:
    """Given facts → a day, or the log that holds them."""

    ten, key, artifacts = TEN, KEY, OnePlan()
    planned = PlanCommitted(at=TEN, by="maria", plan="f" * 64)

    def log(self, *facts):
        return logged(self.planned, *facts)

    def day(self, *facts):
        return fold(KEY, self.log(*facts), self.artifacts)

    def minutes(self, m):
        return TEN + timedelta(minutes=m)


@pytest.fixture(scope="session")
def story():
    return Story()
