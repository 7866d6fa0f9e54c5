"""Time lost on the way, vans that do not start any more, and drivers who are new."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.day.facts.pre_load_out import RosterTaken
from dispatchkit.day.facts.road import MessageReceived, PositionSeen, StopServed, StopsTransferred
from dispatchkit.records import Driver, Roster
from dispatchkit.road.chance import Chance
from dispatchkit.road.mishaps import Mishaps

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
HELD = {"lost_share": 1.0}
BROKEN = {"breakdown_share": 1.0, "breakdown_spread_share": 0.0, "breakdown_time_s": 3600.0}


def of(facts, kind, route_id=None):
    return [f for f in facts if isinstance(f, kind) and route_id in (None, f.route_id)]


def mishaps_of(told):
    chance = Chance(seed=told.seed, service_day="2026-03-14", simulator=told.station.simulator)
    return Mishaps(plan=told.plan, chance=chance, says=told.station.driver_says)


def only(told, **whys):
    """The same story where these are the only reasons to lose time."""
    nothing = {"lost_at_place": (), "lost_of_van": ()}
    told.station = replace(told.station, driver_says=replace(told.station.driver_says, **nothing | whys))
    return told


def gate(story, **more):
    return only(story(simulator=HELD, **more), lost_at_place=("Gate locked at stop {stop}.",))


def tyre(story, **more):
    return only(story(simulator=HELD, **more), lost_of_van=("Flat tyre at stop {stop}.",))


def served_at(facts):
    return {f.stop_id: f.at for f in of(facts, StopServed)}


@pytest.mark.parametrize("held_up", [gate, tyre])
def test_a_route_that_is_held_up_loses_its_minutes_once(story, nine, held_up):
    smooth, held = story().departed("CX1"), held_up(story).departed("CX1")
    before, after = (served_at(t.road(nine + 12 * HOUR)) for t in (smooth, held))
    lost = [after[s] - before[s] for s in smooth.plan.route["CX1"].stop_ids]
    assert set(lost) == {timedelta(), lost[-1]}
    assert lost == sorted(lost)
    assert lost[-1] > timedelta()


def test_in_pieces_the_same_minutes_are_lost_as_at_once(story, nine):
    once, often = gate(story).departed("CX1"), gate(story).departed("CX1")
    once.road(nine + 12 * HOUR)
    for k in range(1, 12 * 12 + 1):
        often.road(nine + k * 5 * MINUTE)
    assert often.facts == once.facts


def test_while_it_is_held_up_the_van_stands_at_the_stop(story, nine):
    told = gate(story).departed("CX1")
    facts = told.road(nine + 12 * HOUR)
    stop_id = next(iter(mishaps_of(told).at_place))
    begins, ends = (m.at for m in of(facts, MessageReceived, "CX1"))
    stop = told.plan.stop[stop_id]
    seen = [(p.lat, p.lng) for p in of(facts, PositionSeen) if begins <= p.at <= ends]
    assert set(seen) == {(round(stop.lat, 6), round(stop.lng, 6))}


def handed_over(told, nine, stop_ids):
    """CX2 takes these stops of CX1 right at the start, and everybody comes home."""
    told.departed("CX1", "CX2")
    own = told.plan.route["CX2"].stop_ids
    told.rescued(at=nine, meet_at=nine, stop_ids=stop_ids, helper_order=(*stop_ids, *own))
    return told.road(nine + 24 * HOUR)


def test_a_locked_gate_holds_up_whoever_comes_there(story, nine):
    stop_id = next(s for s in mishaps_of(gate(story)).at_place if s.startswith("CX1"))
    facts = handed_over(gate(story), nine, (stop_id,))
    assert [m.route_id for m in of(facts, MessageReceived) if m.message_id == "lost-CX1"] == ["CX2"]


def test_a_flat_tyre_stays_with_its_van(story, nine):
    told = tyre(story)
    _, done = next(key for key in mishaps_of(told).of_van if key[0] == "CX1")
    facts = handed_over(told, nine, told.plan.route["CX1"].stop_ids[done:])
    assert [m for m in of(facts, MessageReceived) if m.message_id == "lost-CX1"] == []


def broken(story, **more):
    return story(simulator=BROKEN, stops=8, **more)


def test_a_van_that_does_not_start_any_more_stands_until_help_has_come(story, nine):
    told = broken(story).departed("CX1")
    facts = told.road(nine + 12 * HOUR)
    needs_help, goes_on = of(facts, MessageReceived, "CX1")
    assert goes_on.at - needs_help.at == HOUR
    assert [f for f in of(facts, StopServed) if needs_help.at < f.at <= goes_on.at] == []
    assert len({(p.lat, p.lng) for p in of(facts, PositionSeen) if needs_help.at <= p.at <= goes_on.at}) == 1
    assert len(of(facts, StopServed)) == 8
    assert len(of(facts, DriverReturned)) == 1


def stands_midway(told):
    """The same story under a seed with which the van of CX1 stands after a few of its stops."""

    def stands_after(seed):
        told.seed = seed
        return mishaps_of(told).breakdowns["CX1"][0]

    told.seed = next(seed for seed in range(100) if stands_after(seed) == 3)
    return told


def test_whoever_takes_its_stops_over_comes_to_the_van(story, nine):
    needs_help = of(stands_midway(broken(story)).departed("CX1").road(nine + HOUR), MessageReceived)[0]
    decided = needs_help.at + MINUTE
    told = stands_midway(broken(story)).departed("CX1").departed("CX2", at=decided)
    told.road(decided)
    route = told.day().road.routes["CX1"]
    told.rescued(
        at=decided, meet_at=decided + 5 * MINUTE, stop_ids=route.remaining,
        helper_order=(*route.remaining, *told.plan.route["CX2"].stop_ids),
    )  # fmt: skip
    facts = told.road(nine + 12 * HOUR)
    [met] = of(facts, StopsTransferred)
    stands_at = told.plan.stop[route.last_served.stop_id]
    assert (met.lat, met.lng) == (stands_at.lat, stands_at.lng)
    assert met.stop_ids == route.remaining
    assert met.at < needs_help.at + HOUR
    assert {f.route_id for f in of(facts, StopServed) if f.at > met.at} == {"CX2"}
    assert len(told.day().end_of_shift.returned) == 2


def test_where_nothing_goes_wrong_the_road_is_as_it_was(story, nine):
    nothing = {"lost_share": 0.0, "breakdown_share": 0.0, "new_driver_share": 0.0}
    roads = [
        story(simulator=shares).departed("CX1", "CX2").road(nine + 12 * HOUR)
        for shares in (nothing, nothing | {"lost_time_s": 9000.0, "breakdown_time_s": 9000.0})
    ]
    assert roads[0] == roads[1]
    assert not [m for m in of(roads[0], MessageReceived) if not m.message_id.startswith("break")]


def test_where_the_profile_names_no_reason_no_time_is_lost(story, nine):
    smooth, unnamed = story().departed("CX1"), only(story(simulator=HELD)).departed("CX1")
    assert unnamed.road(nine + 12 * HOUR) == smooth.road(nine + 12 * HOUR)


def rostered(told, *, nursery, invented=False):
    drivers = (Driver(driver_id="driver of CX1", nursery=nursery),)
    plan, kept = told.plan, Roster(drivers=drivers)

    class Both:
        def record(self, digest, kind):
            return kept if digest == "roster" else plan

    told.artifacts = Both()
    taken = RosterTaken(at=told.facts[0].at, by="maria", roster="roster", drivers=1, invented=invented)
    return told.happened(taken).departed("CX1")


def took_s(told, nine):
    return (max(served_at(told.road(nine + 12 * HOUR)).values()) - nine).total_seconds()


def test_a_driver_whom_the_roster_calls_new_takes_longer_at_the_door(story, nine):
    new, old = (took_s(rostered(story(), nursery=nursery), nine) for nursery in (True, False))
    slower = story().station.simulator.new_driver_slower_share
    assert new - old == pytest.approx(8 * 90 * slower, abs=8)


def test_of_an_invented_roster_chance_says_who_is_new(story, nine):
    everybody = {"new_driver_share": 1.0}
    known, drawn = (
        took_s(rostered(story(simulator=everybody), nursery=False, invented=invented), nine)
        for invented in (False, True)
    )
    assert drawn > known
