"""Meetings of rescues: who is expected where, and how the stops change hands."""

from collections.abc import Sequence
from datetime import datetime

from dispatchkit.day.facts.road import RescueStarted, StopsTransferred
from dispatchkit.day.fold import Day
from dispatchkit.day.road import RescueUnderWay
from dispatchkit.rescue.handover import handed_over
from dispatchkit.road.standing import Place, Standing
from dispatchkit.times import after

Appointments = Sequence[RescueUnderWay]
"""Rescues in which a route takes part and whose meeting has not been held, oldest decision first."""


def appointments(day: Day, route_id: str) -> tuple[RescueUnderWay, ...]:
    """The meetings to which this route is expected.

    A rescue with a route that is back at the station is not kept. One that was called off before that is: the driver
    was on his way until then.
    """
    expected, returned = [], day.end_of_shift.returned
    for rescue in day.road.rescues.values():
        both = {rescue.started.route_id, rescue.started.helper_route_id}
        first_back = min((returned[r] for r in both if r in returned), default=None)
        given_up = first_back is not None and (rescue.ended_at is None or first_back < rescue.ended_at)
        if route_id in both and rescue.met_at is None and not given_up:
            expected.append(rescue)
    return tuple(sorted(expected, key=lambda r: (r.started.at, r.started.rescue_id)))


def known(kept: Appointments, at: datetime) -> Appointments:
    """Those that the driver knows of at an instant: told by then, and not called off by then."""
    return [r for r in kept if r.started.at <= at and (r.ended_at is None or at < r.ended_at)]


def given_away(kept: Appointments, route_id: str) -> frozenset[str]:
    """Stops that the route leaves alone because a helper will take them."""
    return frozenset(s for r in kept if r.started.route_id == route_id for s in r.started.stop_ids)


def next_told(kept: Appointments, at: datetime) -> datetime | None:
    """When the driver is told of the next rescue after `at`; None where there is none."""
    return min((r.started.at for r in kept if r.started.at > at), default=None)


def transfer(
    started: RescueStarted, giver: Standing, helper: Standing, *, held_at: Place, both_there: datetime,
    handover_s: float, by: str,
) -> StopsTransferred:  # fmt: skip
    """The meeting, once both vans are there and the time agreed on has come.

    What changes hands, and in which order the helper goes on, is the rule of every rescue (`handed_over`): a stop that
    the giver served before it heard of the rescue stays its own.
    """
    stop_ids, helper_order = handed_over(started, giver.open_stops, helper.open_stops)
    return StopsTransferred(
        at=after(max(started.meet_at, both_there), round(handover_s)),
        by=by,
        rescue_id=started.rescue_id,
        route_id=started.route_id,
        helper_route_id=started.helper_route_id,
        stop_ids=stop_ids,
        helper_order=helper_order,
        handover_s=round(handover_s),
        lat=held_at[0],
        lng=held_at[1],
    )
