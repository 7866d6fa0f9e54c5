"""The road in steps: what it tells, what the board says, alarms, rescues, and drivers cleared to come back."""

from contextlib import suppress
from datetime import datetime, timedelta

from dispatchkit.eos import returns
from dispatchkit.errors import Stale
from dispatchkit.pace import alarms
from dispatchkit.pace.board import Line, pace_board
from dispatchkit.pace.ladder import Rung
from dispatchkit.rescue import decide as rescues
from dispatchkit.rescue.propose import proposals
from dispatchkit.road import facts_until
from dispatchkit.run_day.shift import Shift

LONGEST = timedelta(hours=24)
"""A day that is not over by then will never be; it ends with its routes open, and the close says so."""


def drive(shift: Shift, *, until: datetime | None = None, send_help: bool = True) -> None:
    """Watch the road in steps until every route is back, or until an instant.

    Parameters
    ----------
    send_help
        Start rescues too, as somebody has to on a day without people; without it they are left to whoever looks on.
    """
    end = until or shift.clock.now() + LONGEST
    while shift.clock.now() < end and _routes_out(shift):
        look(shift, shift.next_look(end), send_help=send_help)


def look(shift: Shift, at: datetime, *, send_help: bool) -> None:
    """Let the road come to `at`, write what it told, and do what a dispatcher does then."""
    shift.until(at)
    told = facts_until(
        shift.day, until=at, seed=shift.seed, station=shift.station, legs=shift.legs, source=shift.source
    )
    shift.desk.observe(told)
    # a dispatcher at an open page may decide in this very moment: what is left undone now, the next look does
    with suppress(Stale):
        shift.desk.decide(alarms.watch, station=shift.station, travel=shift.travel, past=shift.past)
        _end_rescues(shift)
        if send_help:
            _rescue_the_worst(shift)
        _clear_returns(shift)


def _routes_out(shift: Shift) -> bool:
    day = shift.day
    return any(r not in day.end_of_shift.returned for r in day.load_out.departed)


def _rescue_the_worst(shift: Shift) -> None:
    """Start the best rescue for the route that needs it most; one a look, as one person would."""
    now, past = shift.clock.now(), shift.past
    board = pace_board(shift.day, now=now, station=shift.station, travel=shift.travel, past=past)
    for line in board:
        if line.rung.height >= Rung.HELP.height and not _rescued(shift, line):
            found = proposals(
                shift.day, line.route_id, now=now, station=shift.station, travel=shift.travel, limit=1, past=past
            )
            if found.options:
                shift.desk.decide(rescues.start, proposal=found.options[0])
                return


def _rescued(shift: Shift, line: Line) -> bool:
    """Whether the route is already in a rescue, or was in one today: a second one is a person's to decide."""
    return any(r.started.route_id == line.route_id for r in shift.day.road.rescues.values())


def _end_rescues(shift: Shift) -> None:
    """A rescue is complete when every stop of it is served; without a meeting it came to nothing, and says so."""
    day = shift.day
    # stops taken over may be passed on in a later rescue, so any route may have served them
    done = {stop_id for route in day.road.routes.values() for stop_id in route.served}
    for rescue_id, rescue in day.road.rescues.items():
        if rescue.ended_at is None and done.issuperset(rescue.started.stop_ids):
            outcome = "complete" if rescue.met_at else "called off: the stops were served before the meeting"
            shift.desk.decide(rescues.end, rescue_id=rescue_id, outcome=outcome)


def _clear_returns(shift: Shift) -> None:
    """Clear every driver on the road who has nothing left to do; one who came back since the last look needs none."""
    day = shift.day
    done_with = day.end_of_shift.cleared | day.end_of_shift.returned
    for route_id in day.load_out.departed:
        if route_id not in done_with and not day.road.routes[route_id].remaining:
            shift.desk.decide(returns.clear_return, route_id=route_id)
