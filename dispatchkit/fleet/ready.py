"""Whether a van may leave."""

from collections.abc import Iterator

from dispatchkit.day import Day
from dispatchkit.fleet.inspection import PRE_TRIP


def van_blockers(day: Day, van_id: str) -> Iterator[str]:
    """Why the van may not leave: grounded, not inspected today, or failed and not inspected again since."""
    if why := day.pre_load_out.grounded.get(van_id):
        yield f"Van {van_id} is grounded: {why}."
    inspected = day.pre_load_out.inspections.get((van_id, PRE_TRIP))
    if inspected is None:
        yield f"Van {van_id} has no DVIC today."
    elif not inspected.passed:
        yield f"Van {van_id} failed its DVIC: {', '.join(inspected.defects)}. Have it mended and inspect it again."
