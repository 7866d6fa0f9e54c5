"""Which days the simulator may move on: those that it has driven so far, and that are not over."""

from collections.abc import Iterator

from dispatchkit.desk import Desk
from dispatchkit.run_day.shift import BY

SIMULATED = frozenset(("simulated", "reconstructed", BY))
"""Who says so in a day that the simulator has driven."""


def go_on_blockers(desk: Desk) -> Iterator[str]:
    """Why the simulator may not move the day on; nothing when it may. Nothing simulated comes into a real day."""
    day = desk.day()
    if day.course.closed_at is not None:
        yield f"{day.key} is closed: there is nothing left to simulate. Choose another day."
    elif not any(entry.fact.by in SIMULATED for entry in desk.entries()):
        yield (
            f"{day.key} is a real day: nothing simulated may come into it. Simulate a folder of route data, or `demo`."
        )
    elif day.pre_load_out.plan is None:
        yield f"{day.key} has no plan, so no van can leave. Commit one first."
