"""A day of ten routes with everything in it that papers speak of: a rescue, returns, a defect, a grounded van."""

from datetime import timedelta

from dispatchkit.day.facts.end_of_shift import DriverReturned, PackageAccount, PackagesDebriefed
from dispatchkit.day.facts.load_out import LoadingFinished, LoadingStarted, RouteDeparted
from dispatchkit.day.facts.pre_load_out import (
    ChargeRead,
    DefectReported,
    DriverAssigned,
    DriverCalledOut,
    VanAssigned,
    VanGrounded,
    VanInspected,
)
from dispatchkit.day.facts.road import NotDelivered, RescueStarted, StopServed, StopsTransferred
from dispatchkit.records import Driver, Fleet, Roster, Van
from tests.small_day import M3, SIX_PM, TEN, Story, plan, planned, route

KINDS = ("CDV14", "EDV", "CDV16", "XL")
CODES = tuple(f"CX{101 + n}" for n in range(10))
RESCUED, HELPER = "CX101", "CX102"
STOPS = 24
ONE_PM, THREE_PM, FIVE_PM = (TEN + timedelta(hours=h) for h in (3, 5, 7))
MET_AT = TEN + timedelta(hours=4)
TAKEN = tuple(f"{RESCUED}:{n}" for n in range(19, STOPS + 1))
BACK = f"{HELPER}:3-a"
LOST = f"{HELPER}:5-b"


def a_route(n):
    return route(
        CODES[n],
        packages=(2, 3) * (STOPS // 2),
        zone=f"A-{11 + n}.1C",
        litres=30 if n == 3 else 12,
        service_type=KINDS[n % 4],
        wave=f"Wave {n // 5 + 1}",
        departs_at=TEN + timedelta(minutes=15 * (n // 5)),
        commercial_packages=n if n % 2 else None,
    )


PLAN = plan(*map(a_route, range(len(CODES))))
ROSTER = Roster(
    drivers=tuple(
        Driver(
            driver_id=f"A{n:03}SAMPLE{n:03}",
            qualifications=frozenset({"CDV", "EDV"} if n % 2 else {"CDV"}),
            standby=n == 11,
            nursery=n == 12,
        )
        for n in range(14)
    )
)
FLEET = Fleet(
    vans=tuple(
        Van(van_id=f"van-{n:02}", volume_cm3=5 * M3, service_type=KINDS[n % 4], electric=KINDS[n % 4] == "EDV")
        for n in range(12)
    )
)


def one_day() -> Story:
    story = planned(the_plan=PLAN, roster=ROSTER, fleet=FLEET)
    return _rescued(_on_the_road(_at_the_dock(story)))


def _at_the_dock(story):
    for n, code in enumerate(CODES):
        driver_id, van_id, at = ROSTER.drivers[n].driver_id, FLEET.vans[n].van_id, TEN - timedelta(minutes=40)
        story.told(
            DriverAssigned(at=at, by="maria", route_id=code, driver_id=driver_id),
            VanAssigned(at=at, by="maria", route_id=code, van_id=van_id),
            VanInspected(
                at=at, by="dvic", van_id=van_id, driver_id=driver_id, inspection="pre-trip", passed=n != 9,
                defects=("Wiper torn",) if n == 9 else (), duration_s=245.0,
            ),
            LoadingStarted(at=at, by="maria", route_id=code),
            LoadingFinished(at=at, by="maria", route_id=code, packages=60),
        )  # fmt: skip
    return story.told(
        DriverCalledOut(
            at=TEN - timedelta(hours=3), by="maria", driver_id=ROSTER.drivers[10].driver_id,
            attendance="Called out excused",
        ),
        DefectReported(at=TEN, by="dvic", van_id="van-11", defect="Flat tyre", grounds=True),
        VanGrounded(at=TEN, by="maria", van_id="van-10", why="Brakes"),
        ChargeRead(at=TEN, by="portal", van_id="van-01", charge_pct=87.0, range_km=212.4),
        ChargeRead(at=TEN, by="portal", van_id="van-05", charge_pct=64.0),
    )  # fmt: skip


def _on_the_road(story):
    for n, code in enumerate(CODES):
        left = PLAN.route[code].departs_at + timedelta(minutes=4)
        driver_id, van_id = ROSTER.drivers[n].driver_id, FLEET.vans[n].van_id
        story.told(RouteDeparted(at=left, by="maria", route_id=code, driver_id=driver_id, van_id=van_id))
        for k, stop_id in enumerate(PLAN.route[code].stop_ids, 1):
            if stop_id in TAKEN:
                continue
            excepted = (NotDelivered(BACK, "BUSINESS CLOSED"),) if BACK.startswith(f"{stop_id}-") else ()
            at = left + timedelta(minutes=15 * k)
            story.told(StopServed(at=at, by="cortex", route_id=code, stop_id=stop_id, not_delivered=excepted))
    return story


def _rescued(story):
    rest = tuple(s for s in PLAN.route[HELPER].stop_ids if int(s.partition(":")[2]) > 15)
    pair = {"rescue_id": "r1", "route_id": RESCUED, "helper_route_id": HELPER, "stop_ids": TAKEN}
    story.told(
        RescueStarted(
            at=ONE_PM, by="maria", helper_order=(*rest, *TAKEN), meet_at=MET_AT, meet_lat=41.6, meet_lng=-93.6, **pair
        ),
        StopsTransferred(
            at=MET_AT, by="maria", helper_order=(*rest, *TAKEN), handover_s=600, lat=41.6, lng=-93.6, **pair
        ),
    )
    for k, stop_id in enumerate(TAKEN):
        at = FIVE_PM + timedelta(minutes=5 * k)
        story.told(StopServed(at=at, by="cortex", route_id=HELPER, stop_id=stop_id))
    for code in CODES:
        story.told(DriverReturned(at=SIX_PM, by="maria", route_id=code))
    accounts = (PackageAccount(BACK, "attempted", "BUSINESS CLOSED"), PackageAccount(LOST, "missing", "OBJECT MISSING"))
    return story.told(PackagesDebriefed(at=SIX_PM, by="maria", route_id=HELPER, accounts=accounts))
