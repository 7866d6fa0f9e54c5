"""Waves: grouped by departure, named, set, briefed."""

from datetime import timedelta

from dispatchkit.day.facts.load_out import BriefingGiven, WaveSet
from dispatchkit.loadout import waves
from dispatchkit.loadout.waves import Wave, plan_waves
from tests.small_day import STATION, TEN, Story, on_the_road, plan, planned, route, says


def at_minutes(*minutes, **more):
    return plan(*(route(f"CX{n}", departs_at=TEN + timedelta(minutes=m), **more) for n, m in enumerate(minutes, 1)))


def grouped(the_plan):
    return {wave.wave: wave.route_ids for wave in plan_waves(the_plan, STATION)}


def test_routes_within_the_spacing_leave_together():
    assert grouped(at_minutes(0, 5, 14, 15, 40)) == {
        "Wave 1": ("CX1", "CX2", "CX3"),
        "Wave 2": ("CX4",),
        "Wave 3": ("CX5",),
    }


def test_a_wave_takes_what_fits_the_pad():
    assert [len(w.route_ids) for w in plan_waves(at_minutes(*[0] * 25), STATION)] == [10, 10, 5]


def test_a_wave_leaves_when_its_last_route_is_planned_to():
    [wave] = plan_waves(at_minutes(10, 0), STATION)
    assert wave == Wave("Wave 1", TEN + timedelta(minutes=10), ("CX2", "CX1"))


def test_waves_that_the_station_named_stay():
    named = plan(
        route("CX1", wave="Wave 1"),
        route("CX2", departs_at=TEN + timedelta(minutes=1)),
        route("CX3", wave="Wave 1", departs_at=TEN + timedelta(hours=1)),
    )
    assert grouped(named) == {"Wave 1": ("CX1", "CX3"), "Wave 2": ("CX2",)}


def test_a_plan_without_routes_has_no_waves():
    assert plan_waves(plan(), STATION) == ()


ONE = Wave("Wave 1", TEN, ("CX1", "CX7"))


def test_waves_are_set_once_and_changed_by_what_differs():
    story = planned().does(waves.set_waves, waves=(ONE,))
    assert story.facts[-1] == WaveSet(at=TEN, by="maria", wave="Wave 1", departs_at=TEN, route_ids=("CX1", "CX7"))
    assert waves.set_waves(story.day, waves=(ONE,), at=TEN, by="jo") == []
    apart = (Wave("Early", TEN, ("CX1",)), Wave("Late", TEN, ("CX7",)))
    story.does(waves.set_waves, waves=apart)
    changed = [(f.wave, f.route_ids) for f in story.facts[-3:]]
    assert changed == [("Wave 1", ()), ("Early", ("CX1",)), ("Late", ("CX7",))]
    assert waves.wave_of(story.day, "CX7") == "Late"


def test_each_broken_rule_of_waves_is_said():
    day = planned().day
    assert "no route CX9" in says(waves.set_waves_blockers(day, (Wave("Wave 1", TEN, ("CX9",)),)))
    twice = (Wave("Wave 1", TEN, ("CX1",)), Wave("Wave 2", TEN, ("CX1",)))
    assert says(waves.set_waves_blockers(day, twice)) == "CX1 is in 2 waves. Leave it in one."
    same_name = (Wave("Wave 1", TEN, ("CX1",)), Wave("Wave 1", TEN, ("CX7",)))
    assert "'Wave 1' stands 2 times" in says(waves.set_waves_blockers(day, same_name))
    assert "no plan" in says(waves.set_waves_blockers(Story().day, ()))


def test_a_route_that_has_left_stays_in_its_wave():
    story = on_the_road()
    moved = (Wave("Wave 2", TEN, ("CX1", "CX7")),)
    assert "CX1 has left with Wave 1. Leave it there." in says(waves.set_waves_blockers(story.day, moved))


def test_a_stand_up_is_held_for_a_wave_and_about_something():
    story = planned().does(waves.set_waves, waves=(ONE,))
    assert "no wave 'Wave 9'" in says(waves.brief_blockers(story.day, "Wave 9", "Belts"))
    assert "what the stand-up was about" in says(waves.brief_blockers(story.day, "Wave 1", ""))
    assert waves.brief(story.day, wave="Wave 1", topic="Belts", at=TEN, by="jo") == [
        BriefingGiven(at=TEN, by="jo", wave="Wave 1", topic="Belts")
    ]
