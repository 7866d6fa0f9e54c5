"""A tiny day in the routing challenge's format: one route of three stops and four packages, recorded in full."""

import json
from pathlib import Path

NAN = float("nan")


def package(service_s=30.0):
    """A parcel without a window."""
    return {
        "scan_status": "DELIVERED",
        "time_window": {"start_time_utc": NAN, "end_time_utc": NAN},
        "planned_service_time_seconds": service_s,
        "dimensions": {"depth_cm": 10.0, "height_cm": 20.0, "width_cm": 30.0},
    }


def place(n, kind="Dropoff"):
    """A stop; `NA` among their codes is a code."""
    return {"lat": 41.88 + n / 100, "lng": -87.63, "type": kind, "zone_id": NAN}


STOPS = ("ST", "AA", "NA", "CC")


def challenge():
    """The four files by name, as objects: change them, then write them."""
    return {
        "route_data.json": {
            "RouteID_1": {
                "station_code": "DXX1",
                "date_YYYY_MM_DD": "2018-08-08",
                "departure_time_utc": "15:00:00",
                "executor_capacity_cm3": 4_247_527.0,
                "route_score": "High",
                "stops": {s: place(n, "Dropoff" if n else "Station") for n, s in enumerate(STOPS)},
            }
        },
        "package_data.json": {
            "RouteID_1": {
                "AA": {"P1": package(), "P2": package()},
                "NA": {"P3": package()},
                "CC": {"P4": package(45.0)},
            }
        },
        "actual_sequences.json": {"RouteID_1": {"actual": {"ST": 0, "CC": 1, "AA": 2, "NA": 3}}},
        "travel_times.json": {
            "RouteID_1": {a: {b: 0.0 if a == b else 60.0 for b in STOPS} for a in STOPS},
        },
    }


def write_challenge(folder: Path, files=None) -> Path:
    """Write the files, with the literal NaN that the challenge has."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (files or challenge()).items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder
