"""A van breaks down. The driver next to it looks like the one to send, and would be late himself.

Left at the minute in which somebody has to decide. The road is the simulator's but for one leg, on which the van stands
still with a flat tyre; everything that is said of the ways out is what `rescue.proposals` says.
"""

from datetime import time

from msgspec.structs import replace

from dispatchkit import course
from dispatchkit.day import Day
from dispatchkit.day.facts.road import MessageReceived
from dispatchkit.geo import distance_m
from dispatchkit.plan.legs import Between, Legs
from dispatchkit.records import Plan
from dispatchkit.rescue.propose import Proposal, Proposals, proposals
from dispatchkit.run_day import morning, on_road
from dispatchkit.run_day.shift import Shift
from dispatchkit.samples.days.story import About, Story, at_clock, of_the_crew, setting_of
from dispatchkit.samples.station import SampleStation
from dispatchkit.station import Station
from dispatchkit.times import clock_text

NAME = "rescue_cascade"

GIVER, NEIGHBOURS = "K-11", ("K-12", "K-13", "K-14", "K-15", "K-16", "K-17")
"""Zone prefix of the route that breaks down, in the middle of the town, and of those round it."""

HOURS_OF = {GIVER: 8.2, **dict.fromkeys(NEIGHBOURS, 8.7)}
"""Planned hours: those round it have a full day and little to spare."""

STANDS_AFTER_SHARE, STANDS_S = 0.5, 7900.0
"""The van stands still after so much of its stops, and about so long: planned seconds, which chance makes a bit of."""

SAID = (
    (13, 45, "Flat tyre, front left. Roadside says 20 minutes."),
    (14, 25, "Still waiting. They say 10 more minutes."),
    (15, 5, "Wrong wheel. Another truck is on its way."),
)
"""Hour and minute, and what the driver writes."""

NOTED = "Roadside assistance promises minutes; the driver stays with the van."
DECIDE_AT = (16, 0)

NO_THOUGHT_SHARE = 0.999
"""A helper's chance of being late that is put up with by somebody who looks at the map and not at his route."""


class StandsStill(Legs):
    """The day's legs, but that the one into a stop takes longer: the van stands on it."""

    def __init__(self, plan: Plan, travel: Between, *, stop_id: str, stands_s: float) -> None:
        super().__init__(plan, travel)
        self._stop_id = stop_id
        self._stands_s = stands_s

    def leg_s(self, a: str, b: str) -> float:
        """Seconds from stop `a` to stop `b`, with the stand on the way."""
        return super().leg_s(a, b) + (self._stands_s if b == self._stop_id else 0.0)


def make(station: Station) -> SampleStation:
    """A Thursday on which the middle of the town has full routes and its edges light ones."""
    return of_the_crew(setting_of(NAME, time(9, 20), hours_of=HOURS_OF), station)


def play(shift: Shift) -> None:
    """Up to four o'clock, when the van moves again and somebody has to decide."""
    plan = shift.day.plan
    stop_ids = plan.route[giver_of(plan)].stop_ids
    stands_before = stop_ids[int(len(stop_ids) * STANDS_AFTER_SHARE)]
    shift.legs = StandsStill(plan, shift.travel, stop_id=stands_before, stands_s=STANDS_S)
    morning.load_out(shift, send_help=False)
    for number, (hour, minute, text) in enumerate(SAID, 1):
        on_road.drive(shift, until=at_clock(shift, hour, minute), send_help=False)
        shift.desk.observe([_message(shift, number, text)])
        shift.desk.decide(course.note, text=NOTED, about=giver_of(plan))
    on_road.drive(shift, until=at_clock(shift, *DECIDE_AT), send_help=False)


def _message(shift: Shift, number: int, text: str) -> MessageReceived:
    return MessageReceived(
        at=shift.clock.now(),
        by=shift.source,
        message_id=f"message-{number}",
        route_id=giver_of(shift.day.plan),
        text=text,
    )


def giver_of(plan: Plan) -> str:
    """Id of the route that breaks down."""
    return next(r.route_id for r in plan.routes if plan.stop[r.stop_ids[0]].zone.startswith(GIVER))


def good(shift: Shift) -> Proposals:
    """What the program proposes for it, the best first."""
    return proposals(
        shift.day, giver_of(shift.day.plan), now=shift.clock.now(), station=shift.station, travel=shift.travel
    )


def naive(shift: Shift) -> Proposal:
    """The rescue by the van nearest on the map, as somebody starts it who does not look at that van's own route."""
    day, station = shift.day, shift.station
    careless = replace(station, rescue=replace(station.rescue, helper_late_share=NO_THOUGHT_SHARE))
    giver = giver_of(day.plan)
    found = proposals(
        day, giver, now=shift.clock.now(), station=careless, travel=shift.travel, limit=len(day.plan.routes)
    )
    return min(found.options, key=lambda option: apart_m(day, giver, option.helper_route_id))


def apart_m(day: Day, a: str, b: str) -> float:
    """Metres between where two routes were last seen."""
    seen = [day.road.routes[route_id].position for route_id in (a, b)]
    one, other = ((p.lat, p.lng) for p in seen if p is not None)
    return distance_m(*one, *other)


def about(shift: Shift) -> About:
    """Both ways out, and doing nothing, in the program's own figures."""
    day = shift.day
    giver, ways = giver_of(day.plan), good(shift)
    bad, best = naive(shift), ways.options[0]

    def clock(proposal: Proposal) -> str:
        return clock_text(proposal.meet_at, day.course.timezone)

    def km(proposal: Proposal) -> str:
        return f"{apart_m(day, giver, proposal.helper_route_id) / 1000:.1f} km"

    def way(proposal: Proposal) -> str:
        code, before, after = day.code(proposal.helper_route_id), proposal.helper_before, proposal.helper_after
        return (
            f"{code}, {km(proposal)} away, {before.stops_left} of its own stops left, chance of being late "
            f"{before.chance_late:.0%}: takes {len(proposal.stop_ids)} stops over at {clock(proposal)}. "
            f"Chance of being late after it: {day.code(giver)} {proposal.giver_after.chance_late:.0%}, "
            f"{code} {after.chance_late:.0%}."
        )

    return About(
        happens=(
            f"{day.code(giver)} stands with a flat tyre from half past one on, and each time it is a few minutes more. "
            f"At 16:00 it moves again, with {ways.nothing.stops_left} stops left; without help it is late in "
            f"{ways.nothing.chance_late:.0%} of cases. Somebody has to decide now.",
            f"The tempting way: {way(bad)} Two routes late instead of one, and the next rescue is his.",
            f"The good way: {way(best)}",
        ),
        look_at=(
            "Both sides of each proposal: what it does to the one who helps.",
            f"Who is not proposed: {day.code(bad.helper_route_id)} is the nearest van on the map.",
        ),
        ask=(
            "When should somebody have sent help, and what did waiting three times cost?",
            "The good helper says he has plans for the evening. Who is next, and what is lost?",
            "What do you tell the station, and when?",
        ),
    )


STORY = Story(name=NAME, make=make, play=play, about=about)
