"""Which routes are still here and which are out: what phases and needs both count."""

from dispatchkit.day import Day


def here(day: Day) -> tuple[str, ...]:
    """Routes of the plan that have not left and still may: one debriefed as not run has nothing left to take out."""
    return tuple(
        r.route_id
        for r in day.plan.routes
        if r.route_id not in day.load_out.departed
        and r.route_id not in day.end_of_shift.debriefed
        and day.road.routes[r.route_id].remaining
    )


def out(day: Day) -> tuple[str, ...]:
    """Routes that have left and are not back, in the order in which they left."""
    return tuple(r for r in day.load_out.departed if r not in day.end_of_shift.returned)
