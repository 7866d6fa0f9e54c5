"""Plans small enough to see: streets as lines on a map, a driver on each."""

from datetime import timedelta
from itertools import pairwise

from msgspec.structs import replace

from dispatchkit.plan.edit import ByHand
from dispatchkit.records import Package, Plan, PlannedRoute, Stop, Window
from dispatchkit.travel.calibrated import CalibratedTravel, Curve
from tests.small_day import KEY, M3, STATION, TEN

TRAVEL = CalibratedTravel(curve=Curve(distance_m=(0, 100), drive_s=(0, 10)))
"""A hundred metres take ten seconds."""

KM = 1_000 / 111_194.93
"""Degrees of latitude."""


def street(code, *, at_km=0.0, stops=4, first_km=1.0, gap_km=0.1, litres=20, service_s=60.0, windows=None, hours=9.5,
           van_m3=4.0, departs_at=TEN, **more):
    """A route along a street that runs north, `at_km` east of the station; stops CX1:1, CX1:2, … and their route.

    `windows` is place in the order → (opens, closes) in hours after ten.
    """
    held = []
    for i in range(1, stops + 1):
        window = (windows or {}).get(i)
        opens_closes = window and Window(**{
            name: TEN + timedelta(hours=hour) for name, hour in zip(("opens", "closes"), window, strict=True)
        })
        package = Package(
            package_id=f"{code}:{i}-a", volume_cm3=litres * 1000.0, service_s=service_s, window=opens_closes
        )
        lat, lng = 41.6 + (first_km + gap_km * (i - 1)) * KM, -93.6 + at_km * KM
        held.append(Stop(stop_id=f"{code}:{i}", lat=lat, lng=lng, packages=(package,), zone=f"{code}-Z{(i - 1) // 2}"))
    route = PlannedRoute(
        route_id=code, code=code, stop_ids=tuple(s.stop_id for s in held), drive_s=(0.0,) * (stops + 1),
        departs_at=departs_at, finish_by=departs_at + timedelta(hours=hours), van_volume_cm3=van_m3 * M3, **more,
    )
    return route, held


def town(*streets, travel=TRAVEL):
    """A plan of streets, each leg with its seconds."""
    bare = Plan(
        station=KEY.station, service_day=KEY.service_day, station_lat=41.6, station_lng=-93.6,
        stops=tuple(s for _, stops in streets for s in stops), routes=tuple(r for r, _ in streets),
    )
    legs = []
    for route in bare.routes:
        way = [bare.station_place, *(s.place for s in bare.stops_of(route.route_id)), bare.station_place]
        drive_s = tuple(travel.between(*a, *b) for a, b in pairwise(way))
        legs.append(replace(route, drive_s=drive_s))
    return replace(bare, routes=tuple(legs))


def by_hand(plan, **more):
    """Changes of a plan by the default profile."""
    return ByHand(plan, travel=TRAVEL, station=STATION, **more)


def order_of(edited, route_id):
    """A route's stops in the plan that comes of a change."""
    return edited.plan.route[route_id].stop_ids


def on_both_sides(**more):
    """A street of six stops whose houses left and right are in two zones, driven house by house."""
    plan = town(street("CX1", stops=6, gap_km=0.05, **more))
    zones = {s: ("A-1.1A", "A-1.2A")[i % 2] for i, s in enumerate(plan.route["CX1"].stop_ids)}
    return replace(plan, stops=tuple(replace(s, zone=zones[s.stop_id]) for s in plan.stops))


TWO_STREETS = town(street("CX1"), street("CX2", at_km=0.5))
