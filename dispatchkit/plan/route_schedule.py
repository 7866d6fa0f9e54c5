"""When a planned route reaches its stops, with their windows in it. Pure."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.schedule import Schedule, schedule
from dispatchkit.records import Plan, PlannedRoute, Stop
from dispatchkit.times import seconds_between


def windows_s(stops: Sequence[Stop], departs_at: datetime) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Opening and closing of each stop's window, seconds after departure; not a number where there is none."""
    opens = [seconds_between(departs_at, s.window.opens) if s.window else np.nan for s in stops]
    closes = [seconds_between(departs_at, s.window.closes) if s.window else np.nan for s in stops]
    return np.array(opens, dtype=float), np.array(closes, dtype=float)


def route_schedule(plan: Plan, route: PlannedRoute) -> Schedule:
    """Work a route of a plan through, from its planned departure."""
    stops = [plan.stop[stop_id] for stop_id in route.stop_ids]
    service_s = [stop.service_s for stop in stops]
    return schedule(route.drive_s, service_s, *windows_s(stops, route.departs_at), break_s=route.break_s)
