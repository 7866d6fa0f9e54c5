"""Routes can be built where stops came with their places; what was built is a draft with what is to be known of it."""

import pytest

from dispatchkit import course
from dispatchkit.day.facts.whole_day import DayClosed, FileImported
from dispatchkit.errors import Refused
from dispatchkit.plan import commit
from dispatchkit.plan.built_draft import build_blockers, keep_built
from tests.small_day import TEN, TWO_ROUTES, Story, on_the_road, says

VOLUME = FileImported(at=TEN, by="maria", name="stops.csv", original="abc", source="stop list", rows=6)
COUNTED = FileImported(at=TEN, by="maria", name="dop.csv", original="def", source="Day-of-Ops plan", rows=2)


@pytest.fixture
def day():
    return Story().keeping("plan", TWO_ROUTES).does(course.open_day, timezone="America/Chicago")


def test_stops_with_places_can_be_built(day):
    assert not says(build_blockers(day.told(VOLUME).day))


def test_nothing_came_so_nothing_can_be_built(day):
    assert "No stops have come in yet" in says(build_blockers(day.day))


def test_stops_that_are_counted_only_cannot_be_built(day):
    day.told(COUNTED).does(commit.give_routes, plan=TWO_ROUTES, digest="plan")
    assert "do not say where they are" in says(build_blockers(day.day))


def test_a_closed_day_gets_no_routes(day):
    assert "closed" in says(build_blockers(day.told(VOLUME, DayClosed(at=TEN, by="maria")).day))


def test_no_routes_are_built_once_vans_have_left():
    assert "CX1, CX7 left" in says(build_blockers(on_the_road().told(VOLUME).day))


def test_what_is_to_be_known_is_kept_with_the_routes(day):
    day.told(VOLUME).does(keep_built, plan=TWO_ROUTES, digest="plan", seed=1, sentences=("S9 has no room.",))
    assert day.day.pre_load_out.in_hand == "plan"
    assert day.day.pre_load_out.plan is None
    assert day.day.course.notes[-1].text == "S9 has no room."


def test_what_cannot_be_built_cannot_be_kept(day):
    with pytest.raises(Refused, match="No stops"):
        day.does(keep_built, plan=TWO_ROUTES, digest="plan", seed=1, sentences=())
