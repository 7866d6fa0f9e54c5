"""Rules on time: the shift, the chance to be back in time, and the long way out."""

import math
from collections.abc import Iterator

from dispatchkit.plan.engine.evaluate import TOLERANCE
from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.subject import Subject
from dispatchkit.times import clock_text, hours_text, seconds_between


def shift(at: Subject) -> Iterator[Finding]:
    """By its own times the route has to be back by `finish_by`; that is a hard limit."""
    most_s = seconds_between(at.route.departs_at, at.route.finish_by)
    over_s = at.schedule.back_s - most_s
    if over_s > TOLERANCE:
        yield at.finds(
            Kind.HOURS, Severity.LIMIT,
            f"By the plan it takes {hours_text(at.schedule.back_s)} and is back at {at.clock(at.schedule.back_s)}, "
            f"{math.ceil(over_s / 60 - TOLERANCE)} min after {at.clock(most_s)}. Take stops off, or let it leave "
            "earlier.",
            planned_h=at.schedule.back_s / 3600, over_min=over_s / 60,
        )  # fmt: skip


def chance(at: Subject) -> Iterator[Finding]:
    """Even where the plan fits, the day may not: noise at the doors and on the road, and what befalls routes."""
    finish, by = at.projection.finish, at.route.finish_by
    in_time = 1 - finish.chance_after(by)
    if round(in_time, 2) < at.station.realism.chance_share:     # as it is read
        p50, p90, until = (clock_text(instant, at.timezone) for instant in (finish.at(0.5), finish.at(0.9), by))
        yield at.finds(
            Kind.CHANCE, Severity.RISK,
            f"{in_time:.0%} chance to be back by {until}: at {p50} in half of all cases, at {p90} in 9 of 10. "
            f"{math.ceil(at.projection.help_min)} min of work less would make it 8 of 10.",
            chance_in_time=in_time, help_min=at.projection.help_min,
        )  # fmt: skip


def stems(at: Subject) -> Iterator[Finding]:
    """Drive out to the first stop and back from the last one, when nothing is delivered."""
    out_s, back_s, most_s = at.route.drive_s[0], at.route.drive_s[-1], at.station.realism.stem_s
    if at.stops and max(out_s, back_s) > most_s:
        ends = sorted({0, len(at.stops) - 1})
        yield at.finds(
            Kind.STEM, Severity.RISK,
            f"{out_s / 60:.0f} min to the first stop and {back_s / 60:.0f} min back from the last: "
            f"{(out_s + back_s) / at.schedule.back_s:.0%} of its time on the road without a delivery.",
            stem_out_min=out_s / 60, stem_back_min=back_s / 60,
            stops=ends,
        )  # fmt: skip


def stated_return(at: Subject) -> Iterator[Finding]:
    """A return that the plan's maker states and we do not arrive at: other drive times, or another service."""
    stated = at.known.stated_back_at.get(at.route.route_id)
    if stated is None:
        return
    own = at.at(at.schedule.back_s)
    later_s = seconds_between(stated, own)
    if abs(later_s) > at.station.realism.stated_s:
        yield at.finds(
            Kind.STATED_TIMES, Severity.NOTE,
            f"The plan says that it is back at {clock_text(stated, at.timezone)}; by the drive times used here it is "
            f"{clock_text(own, at.timezone)}.",
            later_min=later_s / 60,
        )  # fmt: skip
