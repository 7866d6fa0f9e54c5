"""What all sample days have: a page that says what they are, and the people and vans of their station."""

import pytest

from dispatchkit.pace.board import NOT_LEFT, state_of
from dispatchkit.run_day.sample import SAMPLE_DAYS
from dispatchkit.samples.crew import crew
from dispatchkit.samples.days import STORIES

OF_THE_CREW = [name for name in SAMPLE_DAYS if name not in ("calm_day", "malformed")]
"""The days that know the crew as its history does; the malformed one knows only what its files say."""


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_its_page_says_what_happens_what_to_look_at_and_what_to_ask(standing, story):
    about = story.about(standing(story.name))
    for sentences in (about.happens, about.look_at, about.ask):
        assert sentences
        assert all(s.endswith((".", "?")) for s in sentences)


@pytest.mark.parametrize("name", OF_THE_CREW)
def test_the_people_and_vans_of_the_station_stay_the_same(standing, history, name):
    before = standing(name).day.pre_load_out
    on = {m.driver.driver_id for m in crew().on(SAMPLE_DAYS[name].service_day)}
    assert before.fleet == crew().fleet
    assert before.roster.driver.keys() == on
    assert all(d.zones == history.zones.get(d.driver_id, {}) for d in before.roster.drivers)


@pytest.mark.parametrize("name", OF_THE_CREW)
def test_twenty_routes_each_with_somebody_who_mostly_knows_it(standing, name):
    day = standing(name).day
    before = day.pre_load_out
    assert len(day.plan.routes) == len(before.driver_of) == len(before.van_of) == 20
    known = [
        area.prefix in before.roster.driver[before.driver_of[route.route_id]].zones
        for area, route in zip(crew().areas, day.plan.routes, strict=True)
    ]
    assert sum(known) >= 17


def test_on_the_malformed_day_people_and_vans_are_those_of_the_files(standing):
    before = standing("malformed").day.pre_load_out
    assert before.roster.driver.keys() == {m.driver.driver_id for m in crew().on(SAMPLE_DAYS["malformed"].service_day)}
    assert before.fleet.van.keys() == crew().fleet.van.keys()
    assert len(before.driver_of) == len(before.van_of) == 20


def test_on_the_malformed_day_the_plan_of_the_files_is_in_and_nobody_has_left(standing):
    day = standing("malformed").day
    assert day.plan.travel == "counted"
    assert all(f.by == "run-day" and not f.problems for f in day.course.files)
    assert {state_of(day, r.route_id) for r in day.plan.routes} == {NOT_LEFT}
