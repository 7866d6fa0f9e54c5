"""Two small days, written as their sources write them: DXX1 in Chicago, two vans, five packages each way."""

import copy
import json
from pathlib import Path

import pytest

from dispatchkit.imports import Unreadable, read_folder

NAN = float("nan")
STATION = {"lat": 41.88, "lng": -87.63, "type": "Station", "zone_id": NAN}


def package(opens=NAN, closes=NAN, service_s=30.0):
    return {
        "scan_status": "DELIVERED",
        "time_window": {"start_time_utc": opens, "end_time_utc": closes},
        "planned_service_time_seconds": service_s,
        "dimensions": {"depth_cm": 10.0, "height_cm": 20.0, "width_cm": 30.0},
    }


def drop_off(n):
    return {"lat": 41.88 + n / 100, "lng": -87.63, "type": "Dropoff", "zone_id": "A-1.1A" if n > 1 else NAN}


def route(leaves="15:00:00", stops=("AA", "NA", "CC")):
    return {
        "station_code": "DXX1",
        "date_YYYY_MM_DD": "2018-08-08",
        "departure_time_utc": leaves,
        "executor_capacity_cm3": 4_247_527.0,
        "route_score": "High",
        "stops": {"ST": dict(STATION)} | {s: drop_off(n) for n, s in enumerate(stops, 1)},
    }


def times(*stops):
    return {a: {b: 0.0 if a == b else 10.0 * i + j for j, b in enumerate(stops)} for i, a in enumerate(stops)}


CHALLENGE = {
    "route_data.json": {"RouteID_1": route(), "RouteID_2": route("14:30:00", ("AA", "BB"))},
    "package_data.json": {
        "RouteID_1": {
            "ST": {},
            "AA": {"P1": package(), "P2": package("2018-08-08 16:00:00", "2018-08-08 20:00:00")},
            "NA": {"P3": package()},
            "CC": {"P4": package(service_s=45)},
        },
        "RouteID_2": {"AA": {"P5": package()}, "BB": {"P6": package()}},
    },
    "actual_sequences.json": {"RouteID_1": {"actual": {"ST": 0, "CC": 1, "AA": 2, "NA": 3}}},
    "travel_times.json": {"RouteID_1": times("AA", "CC", "NA", "ST")},
}

STATION_DAY = {
    "customers.csv": """\
customer_id,dropoff_long,dropoff_lat,dropoff_node_id,demand,dropoff_tw_start,dropoff_tw_end,service_duration,depth,height,width,dropoff_zone_id,delivered_date,depot_id,vehicle_id,stop_id
c1,-87.63,41.89,n1,6000.0,,,30.0,10.0,20.0,30.0,A-1.1A,2018-08-08,DXX1,v1,AA
c2,-87.63,41.89,n1,6000.0,2018-08-08 16:00:00,2018-08-08 20:00:00,30.0,10.0,20.0,30.0,A-1.1A,2018-08-08,DXX1,v1,AA
c3,-87.63,41.90,n2,6000.0,,,45.5,10.0,20.0,30.0,,2018-08-08,DXX1,v1,
c4,-87.63,41.89,n3,6000.0,,,30.0,10.0,20.0,30.0,A-1.1A,2018-08-08,DXX1,v2,AA
c5,-87.63,41.91,n4,6000.0,,,30.0,10.0,20.0,30.0,A-1.1A,2018-08-08,DXX1,v2,BB
""",
    "vehicles.csv": "vehicle_id,depot_id,capacity\nv1,DXX1,4247527.0\nv2,DXX1,3313071.0\n",
    "departures.csv": """\
vehicle_id,depot_id,stops,packages,capacity_cm3,route_id,departure_time_utc,route_score,match
v1,DXX1,2,3,4247527.0,RouteID_1,15:00:00,High,order
v2,DXX1,2,2,3313071.0,RouteID_2,14:30:00,High,order
""",
    "depots.csv": "depot_id,long,lat\nDXX1,-87.63,41.88\n",
}


class Folder:
    """A folder in the making: text or objects until it is read, bytes where a test wants them so."""

    def __init__(self, path: Path, files: dict[str, object]) -> None:
        self.path = path
        self.files = copy.deepcopy(files)

    def __getitem__(self, name):
        return self.files[name]

    def __setitem__(self, name, content):
        self.files[name] = content

    def __delitem__(self, name):
        del self.files[name]

    def replace(self, name, old, new):
        """Change one piece of a table's text, and be sure that it was there."""
        assert old in self.files[name]
        self.files[name] = self.files[name].replace(old, new, 1)

    def as_bytes(self):
        return {name: content if isinstance(content, bytes) else _text(content) for name, content in self.files.items()}

    def read(self, **options):
        for name, data in self.as_bytes().items():
            (self.path / name).write_bytes(data)
        return read_folder(self.path, **options)

    def refusal(self, **options):
        """The sentences with which the folder is refused."""
        with pytest.raises(Unreadable) as refused:
            self.read(**options)
        assert all(p.blocks for p in refused.value.problems)
        assert all(str(p).rstrip().endswith((".", "again.")) for p in refused.value.problems)
        return [str(p) for p in refused.value.problems]


def _text(content):
    return (content if isinstance(content, str) else json.dumps(content)).encode()


@pytest.fixture
def challenge(tmp_path):
    """A folder of the challenge's files: RouteID_1 recorded in full, RouteID_2 without order or times."""
    return Folder(tmp_path, CHALLENGE)


@pytest.fixture
def station_day(tmp_path):
    """A folder of a station day's tables."""
    return Folder(tmp_path, STATION_DAY)


@pytest.fixture(scope="session", params=["challenge", "station day"])
def small_files(request):
    """The bytes of either small day by file name, for tests that damage them."""
    return Folder(Path(), CHALLENGE if request.param == "challenge" else STATION_DAY).as_bytes()
