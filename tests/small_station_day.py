"""A tiny station day as CSV: three vans, a few streets, windows, and names that try to do harm."""

from pathlib import Path

DAY = "DXX1/2026-03-14"
HARMFUL = ('=cmd|" /C calc"!A0', "<script>alert(1)</script>", "\u202egnp.exe", "O'Brien \"Bob\" onload=x")
"""A formula, an element, a direction mark, quotes that would end an attribute."""

HARMFUL_VAN = "\"><img src=x onerror=alert('van')>\u202e"

COLUMNS = (
    "customer_id,dropoff_long,dropoff_lat,dropoff_node_id,demand,dropoff_tw_start,dropoff_tw_end,service_duration,"
    "depth,height,width,dropoff_zone_id,delivered_date,depot_id,vehicle_id,stop_id"
)


def quoted(cell: object) -> str:
    """A cell as a spreadsheet writes it."""
    return '"' + str(cell).replace('"', '""') + '"'


def write_station_day(
    folder: Path, *, station="DXX1", vans=3, stops=12, day="2026-03-14", first_van="v0", harm=HARMFUL
) -> Path:
    """Write the four tables. The first van's first packages, stops and zones end in `harm`."""
    folder.mkdir(parents=True, exist_ok=True)
    van_ids = [first_van, *(f"v{n}" for n in range(1, vans))]
    customers = [COLUMNS]
    for v, van_id in enumerate(van_ids):
        for s in range(stops):
            tail = harm[s] if v == 0 and s < len(harm) else ""
            lng, lat = -93.6 + 0.01 * v + 0.001 * (s % 4), 41.6 + 0.01 * v + 0.001 * (s // 4)
            window = f"{day} 16:00:00,{day} 23:00:00" if s == 3 else ","
            customers.append(
                f"{quoted(f'c{v}-{s}{tail}')},{lng:.6f},{lat:.6f},n{v}{s},1000,{window},90.0,10,10,10,"
                f"{quoted(f'A-1.{v}A{tail}')},{day},{station},{quoted(van_id)},{quoted(f'S{s}{tail}')}"
            )
    tables = {
        "customers.csv": customers,
        "vehicles.csv": ["vehicle_id,depot_id,capacity", *(f"{quoted(v)},{station},4247527.0" for v in van_ids)],
        "departures.csv": [
            "vehicle_id,depot_id,stops,packages,capacity_cm3,route_id,departure_time_utc,route_score,match",
            *(
                f"{quoted(v)},{station},{stops},{stops},4247527.0,Route{n},{14 + n}:00:00,High,order"
                for n, v in enumerate(van_ids)
            ),
        ],
        "depots.csv": ["depot_id,long,lat", f"{station},-93.6,41.55"],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
