"""The next thing that one van does: serve a stop, take its break, go to a meeting, or drive back.

A driver decides when a thing ends, by what he knows then; a stop or a break once begun is finished. Only the way back
is broken off when a rescue is told of, and the way to a meeting when the rescue is called off.

A van that does not start any more stands where it is until help has come. Its driver cannot drive to a meeting: whoever
takes stops over comes to him.

Drivers go on until they are done: nobody turns back because the time is over (OUT OF DRIVE TIME is not simulated).
"""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.day.facts.road import BreakTaken, MessageReceived, RescueStarted, StopServed
from dispatchkit.geo import distance_m
from dispatchkit.plan.legs import STATION, Legs
from dispatchkit.records import Plan, Record
from dispatchkit.road import meet
from dispatchkit.road.chance import Chance
from dispatchkit.road.customers import not_delivered
from dispatchkit.road.meet import Appointments
from dispatchkit.road.mishaps import Mishaps
from dispatchkit.road.said import Messages
from dispatchkit.road.standing import Place, Standing, Where
from dispatchkit.station.profile import Station
from dispatchkit.times import after

UNTIL_TOLD = datetime.max.replace(tzinfo=UTC)
"""End of a wait whose end the van alone cannot know."""


class Conditions(Record, frozen=True):
    """What all vans of a day share. `source` labels every fact: "simulated" or "reconstructed"."""

    plan: Plan
    legs: Legs
    chance: Chance
    mishaps: Mishaps
    messages: Messages
    station: Station
    not_loaded: frozenset[str]
    source: str


class Stretch(Record, frozen=True):
    """A way from one place to another from `begins` to `arrives`, and the stay there until `ends`."""

    begins: datetime
    arrives: datetime
    ends: datetime
    start: Place
    goal: Place
    stops_done: int

    def place_at(self, at: datetime) -> Place:
        """Where the van is at an instant: on the straight line between both places, or at the second one."""
        if at >= self.arrives:
            return self.goal
        share = (at - self.begins) / (self.arrives - self.begins)
        (lat, lng), (to_lat, to_lng) = self.start, self.goal
        return lat + share * (to_lat - lat), lng + share * (to_lng - lng)


class Thing(Record, frozen=True):
    """A thing done: the stretch it took, how the route stands after it, and what happened at its end, if anything.

    `said` are messages that its driver writes meanwhile: they come though the thing is not over yet.
    `meeting` is set where the van now waits for another one: then only the meeting says how it goes on.
    """

    stretch: Stretch
    then: Standing
    fact: Fact | None = None
    said: tuple[MessageReceived, ...] = ()
    meeting: RescueStarted | None = None


def next_thing(here: Standing, kept: Appointments, conditions: Conditions) -> Thing:
    """What the van does next. `kept` are the meetings to which it is expected, told already or not."""
    if here.break_due:
        return _take_break(here, conditions)
    stands_until = conditions.mishaps.stands_until(here)
    if stands_until is not None and here.at < stands_until:
        return _stand(here, kept, stands_until, conditions)
    told = meet.known(kept, here.at)
    given = meet.given_away(told, here.route_id)
    own = next((s for s in here.open_stops if s not in given), None)
    if told and (own is None or _would_be_late(here, own, told[0].started, conditions)):
        return _go_to_meeting(here, told[0].started, told[0].ended_at, conditions)
    if own is not None:
        return _serve(here, own, conditions)
    return _drive_back(here, meet.next_told(kept, here.at), conditions)


def _take_break(here: Standing, conditions: Conditions) -> Thing:
    ends = after(here.at, here.break_s)
    return Thing(
        stretch=_stretch(here, here.where, here.at, ends, conditions),
        then=replace(here, at=ends, break_s=0, before_break=frozenset()),
        fact=BreakTaken(at=ends, by=conditions.source, route_id=here.route_id, duration_s=here.break_s),
        said=tuple(conditions.messages.of_break(here)),
    )


def _stand(here: Standing, kept: Appointments, stands_until: datetime, conditions: Conditions) -> Thing:
    """Stand where the van does not start any more, until help has come; give stops to whoever is on his way here."""
    said = (conditions.messages.of_breakdown(here),)
    told = meet.known(kept, here.at)
    giving = next((r for r in told if r.started.route_id == here.route_id and r.ended_at is None), None)
    if giving is not None:
        stretch = _stretch(here, here.where, here.at, UNTIL_TOLD, conditions)
        return Thing(stretch=stretch, then=here, said=said, meeting=giving.started)
    told_at = meet.next_told(kept, here.at)
    if told_at is not None and told_at < stands_until:
        stretch = _stretch(here, here.where, here.at, told_at, conditions)
        return Thing(stretch=stretch, then=replace(here, at=told_at), said=said)
    return Thing(
        stretch=_stretch(here, here.where, here.at, stands_until, conditions),
        then=replace(here, at=stands_until),
        fact=conditions.messages.of_help(here, stands_until),
        said=said,
    )


def _serve(here: Standing, stop_id: str, conditions: Conditions) -> Thing:
    chance, legs, messages = conditions.chance, conditions.legs, conditions.messages
    stop = conditions.plan.stop[stop_id]
    arrives = after(here.at, chance.drive_s(way_s(here.where, stop_id, conditions), stop_id))
    hold = conditions.mishaps.hold(here, stop_id)
    free_at = after(arrives, hold.lost_s) if hold else arrives
    begins = max(free_at, stop.window.opens) if stop.window else free_at
    new = chance.is_new(here.driver_id) if here.new_driver is None else here.new_driver
    ends = after(begins, chance.service_s(legs.service_s(stop_id), stop_id, here.driver_id, new=new))
    left = not_delivered(
        stop,
        chance=chance,
        simulator=conditions.station.simulator,
        reasons=conditions.station.package,
        not_loaded=conditions.not_loaded,
    )
    return Thing(
        stretch=_stretch(here, stop_id, arrives, ends, conditions),
        then=replace(
            here,
            at=ends,
            where=stop_id,
            served_at=ends,
            open_stops=tuple(s for s in here.open_stops if s != stop_id),
            done_count=here.done_count + 1,
        ),
        fact=StopServed(
            at=ends, by=conditions.source, route_id=here.route_id, stop_id=stop_id, not_delivered=left
        ),
        said=(
            *(messages.of_hold(here, hold, arrives=arrives, goes_on=free_at) if hold else ()),
            *messages.of_packages(here, left, begins=begins, ends=ends),
        ),
    )


def _go_to_meeting(
    here: Standing, started: RescueStarted, called_off_at: datetime | None, conditions: Conditions
) -> Thing:
    goal = (started.meet_lat, started.meet_lng)
    drive_s = conditions.chance.drive_s(way_s(here.where, goal, conditions), started.rescue_id, here.route_id)
    arrives = after(here.at, drive_s)
    stretch = _stretch(here, goal, arrives, called_off_at or UNTIL_TOLD, conditions)
    if called_off_at is not None:
        return Thing(stretch=stretch, then=replace(here, at=called_off_at, where=stretch.place_at(called_off_at)))
    return Thing(stretch=stretch, then=replace(here, at=arrives, where=goal), meeting=started)


def _drive_back(here: Standing, told_at: datetime | None, conditions: Conditions) -> Thing:
    drive_s = conditions.chance.drive_s(way_s(here.where, STATION, conditions), here.route_id, "way back")
    arrives = after(here.at, drive_s)
    if told_at is not None and told_at < arrives:
        stretch = _stretch(here, STATION, arrives, told_at, conditions)
        return Thing(stretch=stretch, then=replace(here, at=told_at, where=stretch.place_at(told_at)))
    return Thing(
        stretch=_stretch(here, STATION, arrives, arrives, conditions),
        then=replace(here, at=arrives, where=STATION, returned=True),
        fact=DriverReturned(at=arrives, by=conditions.source, route_id=here.route_id),
    )


def _would_be_late(here: Standing, stop_id: str, started: RescueStarted, conditions: Conditions) -> bool:
    """Reckon as the driver does, with planned times: is there time for one more stop before the meeting?"""
    arrives = after(here.at, way_s(here.where, stop_id, conditions))
    window = conditions.plan.stop[stop_id].window
    begins = max(arrives, window.opens) if window else arrives
    to_meeting_s = way_s(stop_id, (started.meet_lat, started.meet_lng), conditions)
    return begins + timedelta(seconds=conditions.legs.service_s(stop_id) + to_meeting_s) > started.meet_at


def way_s(start: Where, goal: Where, conditions: Conditions) -> float:
    """Planned drive seconds between any two places of the day.

    Between two places that are no stops, the second one is taken to be at the stop nearest to it: vans meet at stops.
    """
    legs = conditions.legs
    match start, goal:
        case str(), str():
            return legs.leg_s(start, goal)
        case str(), (lat, lng):
            return legs.to_place_s(start, lat, lng)
        case (lat, lng), str():
            return legs.from_place_s(lat, lng, goal)
        case (lat, lng), (to_lat, to_lng):
            stops = (s.stop_id for s in conditions.plan.stops)
            nearest = min(stops, key=lambda s: distance_m(*legs.known_place(s), to_lat, to_lng))
            return legs.from_place_s(lat, lng, nearest)
    raise ValueError(f"From {start} to {goal} is not a way between two places.")


def _stretch(here: Standing, goal: Where, arrives: datetime, ends: datetime, conditions: Conditions) -> Stretch:
    return Stretch(
        begins=here.at,
        arrives=arrives,
        ends=ends,
        start=place_of(here.where, conditions.legs),
        goal=place_of(goal, conditions.legs),
        stops_done=here.done_count,
    )


def place_of(where: Where, legs: Legs) -> Place:
    """Latitude and longitude of where a van is."""
    return legs.known_place(where) if isinstance(where, str) else where
