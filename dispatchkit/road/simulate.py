"""The road, simulated: what happens on it from where the day stands until an instant.

Nothing is kept between calls. Each call reads off the day how every route stands, goes on from there, and returns the
facts; whether it is asked once for the whole day or every minute, the facts are the same.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.road import MessageReceived, RescueStarted
from dispatchkit.day.fold import Day
from dispatchkit.plan.legs import Legs
from dispatchkit.road import meet, told
from dispatchkit.road.chance import Chance
from dispatchkit.road.drive import Conditions, Stretch, next_thing, place_of, way_s
from dispatchkit.road.mishaps import Mishaps
from dispatchkit.road.said import Messages
from dispatchkit.road.standing import Place, Standing, standing
from dispatchkit.station.profile import Station
from dispatchkit.times import after


class _Van:
    """A van on its way through the time that a call covers: how it stands, and what it has left behind."""

    def __init__(self, here: Standing, kept: meet.Appointments, conditions: Conditions) -> None:
        self.here = here
        self.waits_for: RescueStarted | None = None
        self.facts: list[Fact] = []
        self.stretches: list[Stretch] = []
        self.said: list[MessageReceived] = []
        self._kept = kept
        self._conditions = conditions

    def go_on(self, until: datetime) -> None:
        """Do one thing after another until one ends after `until`, the van waits for another one, or it is back."""
        while self.waits_for is None and not self.here.returned:
            thing = next_thing(self.here, self._kept, self._conditions)
            self.stretches.append(thing.stretch)
            self.said += thing.said
            if thing.meeting is None and thing.then.at > until:
                return
            self.here = thing.then
            self.waits_for = thing.meeting
            if thing.fact is not None:
                self.facts.append(thing.fact)

    def met(self, at: datetime, where: Place, open_stops: tuple[str, ...]) -> None:
        """The meeting ended at `at`; go on from there with these stops."""
        held = self.waits_for
        self._kept = [r for r in self._kept if r.started is not held]
        self.waits_for = None
        self.stretches[-1] = replace(self.stretches[-1], ends=at)
        self.here = replace(self.here, at=at, where=where, open_stops=open_stops)


def facts_until(
    day: Day, *, until: datetime, seed: int, station: Station, legs: Legs, source: str = "simulated"
) -> list[Fact]:
    """What the road brings after what the day knows, up to and including `until`.

    Parameters
    ----------
    day
        With a committed plan. Routes that have departed and are not back take part; decisions (rescues) are obeyed from
        the instant at which they were made.
    seed
        The same seed brings the same road; two branches of a day under one seed differ only by their decisions.
    legs
        Planned drive and service seconds.
    source
        The label that every fact carries in `by`: "simulated", or "reconstructed" where a recorded day without recorded
        progress is played through.

    Returns
    -------
    StopServed, BreakTaken, StopsTransferred, DriverReturned, MessageReceived, PositionSeen and ProgressReported, sorted
    by `at`.

    Raises
    ------
    Refused
        Where the day has no plan.
    ValueError
        Where `until` has no time zone.
    """
    if until.tzinfo is None:
        raise ValueError("The road is simulated until an aware instant; add a time zone to 'until'.")
    chance = Chance(seed=seed, service_day=str(day.key.service_day), simulator=station.simulator)
    conditions = Conditions(
        plan=day.plan,
        legs=legs,
        chance=chance,
        mishaps=Mishaps(plan=day.plan, chance=chance, says=station.driver_says),
        messages=Messages(says=station.driver_says, chance=chance, source=source),
        station=station,
        not_loaded=frozenset(p for loaded in day.load_out.loaded.values() for p in loaded.not_found),
        source=source,
    )
    vans = {
        route.route_id: _Van(here, meet.appointments(day, route.route_id), conditions)
        for route in day.plan.routes
        if (here := standing(day, route.route_id, legs)) is not None
    }
    for van in vans.values():
        van.go_on(until)
    _hold_meetings(vans, until, conditions)
    facts: list[Fact] = []
    written = {m.message_id for m in day.road.messages if isinstance(m, MessageReceived)}
    for route_id, van in vans.items():
        facts += van.facts
        facts += _told(day, route_id, van, until, conditions)
        facts += [message for message in van.said if message.at <= until]
    return sorted(_once(facts, written), key=lambda fact: fact.at)


def _once(facts: Iterable[Fact], written: set[str]) -> Iterator[Fact]:
    """Leave out messages that were written already; what a driver still stands before, he tells at each asking."""
    for fact in facts:
        if isinstance(fact, MessageReceived):
            if fact.message_id in written:
                continue
            written.add(fact.message_id)
        yield fact


def _hold_meetings(vans: dict[str, _Van], until: datetime, conditions: Conditions) -> None:
    """Let vans that wait for each other meet and go on, until none can meet any more before `until`."""
    waiting = list(vans)
    while waiting:
        started = vans[waiting.pop()].waits_for
        if started is None:
            continue
        giver, helper = vans.get(started.route_id), vans.get(started.helper_route_id)
        if giver is None or helper is None or giver.waits_for is not helper.waits_for:
            continue
        held_at = place_of(giver.here.where, conditions.legs)
        transferred = meet.transfer(
            started,
            giver.here,
            helper.here,
            held_at=held_at,
            both_there=max(giver.here.at, _reaches(helper.here, held_at, started, conditions)),
            handover_s=conditions.station.rescue.handover_s,
            by=conditions.source,
        )
        if transferred.at > until:
            continue
        giver.facts.append(transferred)
        gone = frozenset(transferred.stop_ids)
        giver.met(transferred.at, held_at, tuple(s for s in giver.here.open_stops if s not in gone))
        helper.met(transferred.at, held_at, transferred.helper_order)
        for route_id in (started.route_id, started.helper_route_id):
            vans[route_id].go_on(until)
            waiting.append(route_id)


def _reaches(helper: Standing, held_at: Place, started: RescueStarted, conditions: Conditions) -> datetime:
    """When a helper who is where they agreed to meet is with the giver; later where that one's van cannot drive."""
    if helper.where == held_at:
        return helper.at
    drive_s = conditions.chance.drive_s(way_s(helper.where, held_at, conditions), started.rescue_id, "to the van")
    return after(helper.at, drive_s)


def _told(day: Day, route_id: str, van: _Van, until: datetime, conditions: Conditions) -> list[Fact]:
    departed_at, route = day.load_out.departed[route_id].at, day.road.routes[route_id]
    simulator = conditions.station.simulator
    seen_at = route.position.at if route.position else departed_at
    counted_at = route.reported.at if route.reported else departed_at
    return [
        *told.positions(
            van.stretches, route_id=route_id, departed_at=departed_at, every_s=simulator.position_every_s,
            since=seen_at, until=until, by=conditions.source,
        ),
        *told.counts(
            van.stretches, route_id=route_id, departed_at=departed_at, every_s=simulator.progress_every_s,
            since=counted_at, until=until, source=conditions.source,
        ),
    ]  # fmt: skip
