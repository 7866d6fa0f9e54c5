"""A closed or open day as a table: one row per route."""

import pandas as pd

from dispatchkit.day import Day
from dispatchkit.eos.balance import balance
from dispatchkit.times import seconds_between

COLUMNS = {
    "route_id": "str",
    "code": "str",
    "driver_id": "str",
    "van_id": "str",
    "stops": "int64",
    "stops_done": "int64",
    "planned_h": "float64",
    "departed_at": "datetime64[us, UTC]",
    "returned_at": "datetime64[us, UTC]",
    "finish_by": "datetime64[us, UTC]",
    "late_min": "float64",
    "loaded": "int64",
    "delivered": "int64",
    "attempted": "int64",
    "returned": "int64",
    "missing": "int64",
    "difference": "int64",
}
"""Columns of `routes_frame` with their dtypes."""


def planned_s(day: Day, route_id: str) -> float:
    """Planned seconds of a route from the station back to it: driving, service and break, no waiting."""
    route = day.plan.route[route_id]
    return sum(route.drive_s) + sum(s.service_s for s in day.plan.stops_of(route_id)) + route.break_s


def routes_frame(day: Day) -> pd.DataFrame:
    """One row per route of the committed plan, in the plan's order.

    Returns
    -------
    DataFrame
        Columns and dtypes as in `COLUMNS`. `late_min` is minutes after `finish_by`, negative when early, missing while
        the route is out; the package columns are the route's balance. A day without a plan gives no rows.
    """
    plan = day.pre_load_out.plan
    accounts = {b.route_id: b for b in balance(day).routes} if plan else {}
    rows = []
    for route in plan.routes if plan else ():
        departed, back = day.load_out.departed.get(route.route_id), day.end_of_shift.returned.get(route.route_id)
        on_road, account = day.road.routes[route.route_id], accounts[route.route_id]
        rows.append(
            {
                "route_id": route.route_id,
                "code": route.code,
                "driver_id": day.pre_load_out.driver_of.get(route.route_id, ""),
                "van_id": day.pre_load_out.van_of.get(route.route_id, ""),
                "stops": len(on_road.order),
                "stops_done": on_road.done_count,
                "planned_h": planned_s(day, route.route_id) / 3600,
                "departed_at": departed.at if departed else None,
                "returned_at": back,
                "finish_by": route.finish_by,
                "late_min": seconds_between(route.finish_by, back) / 60 if back else None,
                "loaded": account.loaded,
                "delivered": account.delivered,
                "attempted": account.attempted,
                "returned": account.returned,
                "missing": account.missing,
                "difference": account.difference,
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
