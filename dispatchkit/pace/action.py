"""What is done about a route that is behind, as the facts tell: its rescue, else the alarm that was taken on. Pure."""

from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts.road import RescueStarted
from dispatchkit.day.road import RescueUnderWay
from dispatchkit.pace.board import Line
from dispatchkit.pace.hourly_words import COMPLETE, MONITORING, ON_THE_WAY, PLANNED, SENT, UNDECIDED, actions
from dispatchkit.pace.ladder import Rung
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between


def action(day: Day, line: Line, *, now: datetime, station: Station) -> tuple[str, str]:
    """What is done about a route, in the station's words, and from what that is told."""
    id_, why = _told(day, line, now, station)
    return actions(station).get(id_, id_), why


def last_rescue(day: Day, route_id: str) -> RescueUnderWay | None:
    """The newest rescue of a route, however far it is; None where there was none."""
    mine = (r for r in day.road.rescues.values() if r.started.route_id == route_id)
    return max(mine, key=lambda r: r.started.at, default=None)


def moved_at(rescue: RescueUnderWay) -> datetime:
    """When a rescue last changed: started, met or ended."""
    return max(at for at in (rescue.started.at, rescue.met_at, rescue.ended_at) if at is not None)


def _told(day: Day, line: Line, now: datetime, station: Station) -> tuple[str, str]:
    rescue = last_rescue(day, line.route_id)
    if rescue is not None:
        return _of_rescue(day, rescue, now, station)
    taken_on = next(
        (a for a in day.road.alarms.values() if line.route_id in a.raised.route_ids and a.acknowledged_by), None
    )
    needs_help = line.rung in (Rung.HELP, Rung.RESCUE_VAN)
    if taken_on is not None and taken_on.cleared_at is None:
        return PLANNED if needs_help else MONITORING, f"{taken_on.acknowledged_by} is on it"
    return (UNDECIDED, "") if needs_help else (MONITORING, "")


def _of_rescue(day: Day, rescue: RescueUnderWay, now: datetime, station: Station) -> tuple[str, str]:
    started = rescue.started
    helper = day.code(started.helper_route_id)
    if rescue.ended_at is not None:
        if rescue.met_at is not None or rescue.outcome == COMPLETE:
            return COMPLETE, f"{helper} took {_stops(started)}"
        return MONITORING, rescue.outcome
    if rescue.met_at is not None:
        return MONITORING, f"{helper} has taken {_stops(started)}"
    meet = f"{helper} meets it at {clock_text(started.meet_at, day.course.timezone, str(day.key.service_day))}"
    told = seconds_between(started.at, now) >= station.rescue.notice_s
    return (ON_THE_WAY, meet) if told else (SENT, meet)


def _stops(started: RescueStarted) -> str:
    count = len(started.stop_ids)
    return f"{count} stop" if count == 1 else f"{count} stops"
