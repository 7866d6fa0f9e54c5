"""Proposals for a rescue: who, which stops, where and when they meet, and what it comes to on both sides. Pure."""

from collections import Counter
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.geo import distance_m
from dispatchkit.pace.board import BACK, NOT_LEFT, help_on_the_way, state_of
from dispatchkit.pace.forecast import Finish, Projection, project
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.pace.timetable import timetables
from dispatchkit.pace.today import driver_of
from dispatchkit.plan.legs import Legs
from dispatchkit.records import Record
from dispatchkit.rescue.meeting import meeting, place_at
from dispatchkit.rescue.pieces import LATE, NO_PIECE, best_piece
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes

FAR = "too far away"
BUSY = "in a rescue already"
NO_PLACES = "The plan names no places of its stops, so no meeting can be worked out. Agree on one by phone."
USELESS = "would not bring it back any sooner"


class Outlook(Record, frozen=True):
    """What one route comes to: stops left, by when it is back in 50 and 80 of 100 cases, chance (0-1) of being late."""

    stops_left: int
    finish_p50: datetime
    finish_p80: datetime
    finish_by: datetime
    chance_late: float


class Proposal(Record, frozen=True):
    """A rescue that could be started.

    Attributes
    ----------
    stop_ids
        The stops that change hands, in order.
    helper_order
        The helper's whole remaining order after the meeting, those stops among it.
    giver_before, giver_after, helper_before, helper_after
        Both sides without and with the rescue; "before" is doing nothing.
    fairness
        How many rescues the helper's driver has helped in today.
    extra_s
        Driver seconds that the rescue costs both routes together.
    cost_s
        What proposals are ranked by: `extra_s`, and a hand-over's time for each earlier rescue of the same driver.
    """

    rescue_id: str
    route_id: str
    helper_route_id: str
    stop_ids: tuple[str, ...]
    helper_order: tuple[str, ...]
    meet_at: datetime
    meet_stop_id: str
    meet_lat: float
    meet_lng: float
    giver_before: Outlook
    giver_after: Outlook
    helper_before: Outlook
    helper_after: Outlook
    fairness: int
    extra_s: float
    cost_s: float


class Proposals(Record, frozen=True):
    """What can be done for a route: nothing, with what that comes to, or one of the options, the best first.

    `why_none` says in a sentence why there is no option; empty where there is one.
    """

    nothing: Outlook
    options: tuple[Proposal, ...]
    why_none: str


def proposals(
    day: Day, route_id: str, *, now: datetime, station: Station, travel: TravelTimes, limit: int = 3,
    past: Past = NO_PAST,
) -> Proposals:  # fmt: skip
    """Look for the best piece for every driver who could help, and rank what is found.

    First those that leave the route least late (its P80 against its window, to the minute), then those that cost least.

    Raises
    ------
    Refused
        Where the day has no plan.
    KeyError
        Where the plan does not know the route.
    """
    tables = timetables(day.plan, travel)
    giver = project(day, route_id, now=now, station=station, tables=tables, past=past)
    nothing = _outlook(giver.finish, len(giver.work.stop_ids), giver)
    if why := _needs_none(day, route_id, giver) or ("" if day.plan.knows_places else NO_PLACES):
        return Proposals(nothing=nothing, options=(), why_none=why)
    found: list[tuple[float, Proposal]] = []
    ruled_out: Counter[str] = Counter()
    for other in day.plan.routes:
        if other.route_id == route_id or state_of(day, other.route_id) in (NOT_LEFT, BACK):
            continue
        helper = project(day, other.route_id, now=now, station=station, tables=tables, past=past)
        option = _with_helper(day, giver, helper, now, station, tables.legs, travel)
        if isinstance(option, str):
            ruled_out[option] += 1
        else:
            found.append(option)
    found.sort(key=lambda x: (x[0], x[1].cost_s, x[1].helper_route_id))
    why_none = "" if found else _why_none(ruled_out)
    return Proposals(nothing=nothing, options=tuple(p for _, p in found[:limit]), why_none=why_none)


def rescues_of(day: Day, driver_id: str) -> int:
    """In how many of today's rescues this driver has helped, or is to help."""
    helped = (driver_of(day, r.started.helper_route_id) for r in day.road.rescues.values() if _counts(r.outcome))
    return sum(d == driver_id for d in helped) if driver_id else 0


def _counts(outcome: str) -> bool:
    return outcome in ("", "complete")


def _needs_none(day: Day, route_id: str, giver: Projection) -> str:
    code, state = day.code(route_id), state_of(day, route_id)
    if state == NOT_LEFT:
        return f"{code} has not left yet. Move stops to another route before it does."
    if state == BACK or not giver.work.stop_ids:
        return f"{code} has no stops left to give away."
    if coming := help_on_the_way(day, route_id):
        return f"{day.code(coming.helper_route_id)} is on its way to help {code} already. End that rescue first."
    if giver.help_min <= 0:
        return f"{code} needs no help: it is back inside its window in 8 of 10 cases."
    return ""


def _with_helper(
    day: Day, giver: Projection, helper: Projection, now: datetime, station: Station, legs: Legs, travel: TravelTimes
) -> tuple[float, Proposal] | str:
    """The best rescue by this helper, after the minutes by which it still misses the window; or why there is none."""
    rescue, from_s = station.rescue, now.timestamp() + station.rescue.notice_s
    if _in_a_rescue(day, helper.route_id):
        return BUSY
    if helper.finish.chance_after(helper.finish_by) > rescue.helper_late_share:
        return LATE
    here, there = place_at(helper, from_s, legs)[2], place_at(giver, from_s, legs)[2]
    if distance_m(*here, *there) > rescue.reach_m:
        return FAR
    met = meeting(giver, helper, from_s=from_s, legs=legs)
    if met is None:
        return NO_PIECE
    free_cm3 = _free_cm3(day, helper, met.helper_done, station)
    piece = best_piece(
        day.plan, giver, helper, met, free_cm3=free_cm3, rescue=rescue, legs=legs, travel=travel
    )
    if isinstance(piece, str):
        return piece
    if piece.giver_after.chance_after(giver.finish_by) >= giver.finish.chance_after(giver.finish_by):
        return USELESS
    fairness = rescues_of(day, driver_of(day, helper.route_id))
    stops, taken = (len(giver.work.stop_ids), len(helper.work.stop_ids)), len(piece.stop_ids)
    proposal = Proposal(
        rescue_id=_rescue_id(day, giver.route_id),
        route_id=giver.route_id,
        helper_route_id=helper.route_id,
        stop_ids=piece.stop_ids,
        helper_order=piece.helper_order,
        meet_at=met.at,
        meet_stop_id=met.stop_id,
        meet_lat=met.lat,
        meet_lng=met.lng,
        giver_before=_outlook(giver.finish, stops[0], giver),
        giver_after=_outlook(piece.giver_after, stops[0] - taken, giver),
        helper_before=_outlook(helper.finish, stops[1], helper),
        helper_after=_outlook(piece.helper_after, stops[1] + taken, helper),
        fairness=fairness,
        extra_s=piece.extra_s,
        cost_s=piece.extra_s + fairness * rescue.handover_s,
    )
    return piece.over_s // 60, proposal


def _outlook(finish: Finish, stops_left: int, route: Projection) -> Outlook:
    return Outlook(
        stops_left=stops_left,
        finish_p50=finish.at(0.5),
        finish_p80=finish.at(0.8),
        finish_by=route.finish_by,
        chance_late=finish.chance_after(route.finish_by),
    )


def _in_a_rescue(day: Day, route_id: str) -> bool:
    return any(
        r.ended_at is None and route_id in (r.started.route_id, r.started.helper_route_id)
        for r in day.road.rescues.values()
    )


def _free_cm3(day: Day, helper: Projection, helper_done: int, station: Station) -> float:
    """Room in the helper's van at the meeting, cm³; without end where nobody has said how big the van is."""
    van_id = day.load_out.departed[helper.route_id].van_id
    fleet = day.pre_load_out.fleet
    van = fleet.van.get(van_id) if fleet else None
    volume_cm3 = van.volume_cm3 if van else day.plan.route[helper.route_id].van_volume_cm3
    if volume_cm3 <= 0:
        return float("inf")
    aboard_cm3 = sum(day.plan.stop[s].volume_cm3 for s in helper.work.stop_ids[helper_done:])
    return volume_cm3 * station.van.load_block_share - aboard_cm3


def _rescue_id(day: Day, route_id: str) -> str:
    before = sum(r.started.route_id == route_id for r in day.road.rescues.values())
    return f"rescue:{route_id}:{before + 1}"


def _why_none(ruled_out: Counter[str]) -> str:
    if not ruled_out:
        return "Nobody else is on the road. Send a rescue van, and talk to the station."
    reasons = ", ".join(f"{why} ({n})" for why, n in ruled_out.most_common())
    return f"Nobody on the road can help: {reasons}. Send a rescue van, and talk to the station."
