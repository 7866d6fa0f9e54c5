"""A tiny station day as CSV: three vans, a few streets, windows, and names that try to do harm."""

from pathlib import Path

import pytest

HARMFUL = ('=cmd|" /C calc"!A0', "<script>alert(1)</script>", "\u202egnp.exe", 'O\'Brien "Bob"')


def write_station_day(folder: Path, *, station="DXX1", vans=3, stops=12, day="2026-03-14") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        "customer_id,dropoff_long,dropoff_lat,dropoff_node_id,demand,dropoff_tw_start,dropoff_tw_end,service_duration,"
        "depth,height,width,dropoff_zone_id,delivered_date,depot_id,vehicle_id,stop_id"
    ]
    for v in range(vans):
        for s in range(stops):
            name = f"c{v}-{s}" + (HARMFUL[s] if v == 0 and s < len(HARMFUL) else "")
            quoted = '"' + name.replace('"', '""') + '"'
            lng, lat = -93.6 + 0.01 * v + 0.001 * (s % 4), 41.6 + 0.01 * v + 0.001 * (s // 4)
            window = "2026-03-14 16:00:00,2026-03-14 23:00:00" if s == 3 else ","
            rows.append(
                f"{quoted},{lng:.6f},{lat:.6f},n{v}{s},1000,{window},90.0,10,10,10,A-1.{v}A,{day},{station},v{v},S{s}"
            )
    (folder / "customers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "vehicles.csv").write_text(
        "vehicle_id,depot_id,capacity\n" + "".join(f"v{v},{station},4247527.0\n" for v in range(vans)), encoding="utf-8"
    )
    (folder / "departures.csv").write_text(
        "vehicle_id,depot_id,stops,packages,capacity_cm3,route_id,departure_time_utc,route_score,match\n"
        + "".join(
            f"v{v},{station},{stops},{stops},4247527.0,Route{v},{14 + v}:00:00,High,order\n" for v in range(vans)
        ),
        encoding="utf-8",
    )
    (folder / "depots.csv").write_text(f"depot_id,long,lat\n{station},-93.6,41.55\n", encoding="utf-8")
    return folder


@pytest.fixture
def station_day(tmp_path):
    return write_station_day(tmp_path / "station day")
