"""Rule on addresses at whose doors earlier days failed."""

from collections.abc import Iterator

from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.outcomes import most_common
from dispatchkit.plan.realism.subject import Subject


def failing_addresses(at: Subject) -> Iterator[Finding]:
    """Doors that stayed shut again and again: call before the route leaves, or get the code."""
    rules = at.station.realism
    there = [(i, stop.place) for i, stop in enumerate(at.stops) if stop.place is not None]
    found = at.known.outcomes.near([place for _, place in there], rules.same_place_m)
    for (i, _), visits in zip(there, found, strict=True):
        last = visits[-rules.failing_of_count :]
        failed = [visit for visit in last if visit.failed]
        if len(failed) < rules.failing_count:
            continue
        reason = most_common(visit.reason for visit in failed).lower() or "no reason told"
        yield at.finds(
            Kind.FAILING_ADDRESS, Severity.RISK,
            f"Stop {i + 1} of {len(at.stops)} ({at.stops[i].stop_id}): {len(failed)} of the last {len(last)} visits "
            f"failed here: {reason}. Find out before the route leaves.",
            stops=[i], failed_visits=len(failed), visits=len(last),
        )  # fmt: skip
