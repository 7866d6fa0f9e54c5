"""Tiny instances in the formats of the routing benchmarks, and a judge for a tiny day, in a folder as the real ones."""

import gzip
import json
from pathlib import Path

TEN = """TEN

VEHICLE
NUMBER     CAPACITY
  4         60

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      50         50          0          0        400          0
    1      52         64         10          0        390         10
    2      57         66         10         20        100         10
    3      63         61         10          0        390         10
    4      70         55         10         40        160         10
    5      66         48         10          0        390         10
    6      45         38         10          0        390         10
    7      39         35         10         30         90         10
    8      33         41         10          0        390         10
    9      30         50         10         60        200         10
   10      37         57         10          0        390         10
"""
"""Ten stops around a station at (50, 50), five to the one side and five to the other; two vans are enough."""

TEN_BEST = """Route #1: 1 2 3 4 5
Route #2: 6 7 8 9 10
Cost 122.5
"""

FIVE = """NAME : FIVE
COMMENT : (a square with a stop outside)
TYPE : CVRP
DIMENSION : 6
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 3
NODE_COORD_SECTION
1 0 0
2 10 0
3 10 10
4 0 10
5 -7 0
6 -7 7
DEMAND_SECTION
1 0
2 1
3 1
4 1
5 1
6 1
DEPOT_SECTION
1
-1
EOF
"""

DAY = "day_12x2"

JUDGE = '''"""A judge for tiny days: a second for each thousandth of a degree north or south and east or west."""
import csv, gzip, json, sys
import numpy as np


def legs(lat, lon, a, b):
    return np.rint(1000 * (np.abs(lat[a] - lat[b]) + np.abs(lon[a] - lon[b]))).astype(int)


if __name__ == "__main__":
    with gzip.open(sys.argv[1], "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    routes = json.load(open(sys.argv[2]))["routes"]
    lat, lon = (np.array([float(row[name]) for row in rows]) for name in ("lat", "lon"))
    ways = [np.array([0, *route, 0]) for route in routes]
    served = [stop for route in routes for stop in route]
    print(json.dumps({
        "drive_s": int(sum(legs(lat, lon, way[:-1], way[1:]).sum() for way in ways)), "vans": len(routes),
        "missing": len(set(range(1, len(rows))) - set(served)), "duplicated": len(served) - len(set(served)),
        "overload": 0, "late_s": 0, "overtime_s": 0, "sd_h": 0.25,
    }))
'''


def write_instances(folder: Path) -> Path:
    """Write a folder of data with an instance of each kind, the judge beside it; return the folder."""
    data = folder / "data"
    for kind in ("solomon", "x"):
        (data / "vrp" / kind).mkdir(parents=True)
    (data / "vrp" / "solomon" / "TEN.txt").write_text(TEN, encoding="utf-8")
    (data / "vrp" / "solomon" / "TEN.sol").write_text(TEN_BEST, encoding="utf-8")
    (data / "vrp" / "x" / "FIVE.vrp").write_text(FIVE, encoding="utf-8")
    write_day(data / "generated_days")
    (folder / "tools").mkdir()
    (folder / "tools" / "judge_plan.py").write_text(JUDGE, encoding="utf-8")
    return data


def write_day(folder: Path, stops: int = 12) -> None:
    """Write a day of two streets, one north of the station and one south of it, and the limits beside it."""
    folder.mkdir(parents=True)
    lines = ["stop_id,lat,lon,volume,service_s,opens_s,closes_s", "0,41.0,-93.0,0,0,0,3600"]
    for stop in range(1, stops + 1):
        north = 0.02 if stop % 2 else -0.02
        lines.append(f"{stop},{41 + north:.3f},{-93 + 0.004 * stop:.3f},1,30,{0 if stop % 3 else 60},3600")
    with gzip.open(folder / f"{DAY}.csv.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    limits = {"stops": stops, "vans": 2, "van_volume": 8, "shift_s": 3600}
    (folder / f"{DAY}.json").write_text(json.dumps(limits), encoding="utf-8")
