"""A tiny stop list: a station in Chicago, stops on a line north of it, and the vans and limits beside them."""

import gzip
import json
from pathlib import Path

HEADER = "stop_id,lat,lon,volume,service_s,opens_s,closes_s"
STATION = "0,41.88,-87.63,0,0,0,32400"
LIMITS = {"vans": 2, "van_volume": 100, "shift_s": 32400}


def stop(n, **own):
    """A row, `n` hundredths of a degree from the station; `own` names the cells that differ."""
    row = {
        "stop_id": n, "lat": round(41.88 + n / 100, 4), "lon": -87.63, "volume": 10, "service_s": 60, "opens_s": 0,
        "closes_s": 32400,
    }  # fmt: skip
    return ",".join(str(cell) for cell in (row | own).values())


def stops(count):
    return [stop(n) for n in range(1, count + 1)]


def write_stop_list(folder: Path, rows, *, name="day", limits=None, header=HEADER, station=STATION) -> Path:
    """Write NAME.csv.gz and NAME.json; return the path of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.csv.gz"
    path.write_bytes(gzip.compress(("\n".join([header, station, *rows]) + "\n").encode()))
    (folder / f"{name}.json").write_text(json.dumps(LIMITS | (limits or {})), encoding="utf-8")
    return path
