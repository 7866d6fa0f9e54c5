"""Tables that are known: the four of a station day and the stop list, with other names under which columns are met."""

from dispatchkit.imports.tables import Column, Layout


def _ignored(*names: str) -> tuple[Column, ...]:
    """Columns that belong to the table and say nothing that is needed."""
    return tuple(Column(name, required=False) for name in names)


CUSTOMERS = Layout(
    "customers.csv",
    (
        Column("customer_id", ("package_id", "tracking_id")),
        Column("dropoff_long", ("dropoff_lng", "dropoff_lon", "dropoff_longitude")),
        Column("dropoff_lat", ("dropoff_latitude",)),
        Column("dropoff_tw_start", ("tw_start", "window_start")),
        Column("dropoff_tw_end", ("tw_end", "window_end")),
        Column("service_duration", ("service_s", "planned_service_time_seconds")),
        Column("depth", ("depth_cm",)),
        Column("height", ("height_cm",)),
        Column("width", ("width_cm",)),
        Column("delivered_date", ("delivery_date", "service_day")),
        Column("depot_id", ("station_code", "station")),
        Column("vehicle_id", ("van_id",)),
        Column("stop_id"),
        Column("dropoff_zone_id", ("zone_id", "zone"), required=False),
        Column("scan_status", required=False),
        *_ignored("dropoff_node_id", "demand"),
    ),
)
"""A row a package: `service_duration` in s, sizes in cm, windows in UTC; `scan_status` is the recorded outcome."""

VEHICLES = Layout(
    "vehicles.csv",
    (
        Column("vehicle_id", ("van_id",)),
        Column("depot_id", ("station_code", "station")),
        Column("capacity", ("volume_cm3",)),
    ),
)
"""A row a van; `capacity` in cm³."""

DEPARTURES = Layout(
    "departures.csv",
    (
        Column("vehicle_id", ("van_id",)),
        Column("depot_id", ("station_code", "station")),
        Column("route_id"),
        Column("departure_time_utc", ("departure_utc",)),
        Column("stops", required=False),
        Column("packages", required=False),
        *_ignored("capacity_cm3", "route_score", "match"),
    ),
)
"""A row a van that left; `stops` and `packages` are what it carried, against which the packages are counted."""

DEPOTS = Layout(
    "depots.csv",
    (
        Column("depot_id", ("station_code", "station")),
        Column("long", ("lng", "lon", "longitude")),
        Column("lat", ("latitude",)),
    ),
)
"""A row a station."""

STOPS = Layout(
    "stops.csv",
    (
        Column("stop_id"),
        Column("lat", ("latitude",)),
        Column("lon", ("lng", "long", "longitude")),
        Column("volume"),
        Column("service_s"),
        Column("opens_s"),
        Column("closes_s"),
        Column("packages", required=False),
        Column("zone", ("zone_id",), required=False),
        Column("service_type", required=False),
    ),
)
"""A row a stop, the station first: volume in the unit of the vans beside it, seconds counted from departure."""

LAYOUTS = (CUSTOMERS, VEHICLES, DEPARTURES, DEPOTS, STOPS)

REQUIRED = (CUSTOMERS, VEHICLES, DEPOTS)
"""Without `departures.csv` a day can still be planned: it has no departures then, and routes go by their vans."""
