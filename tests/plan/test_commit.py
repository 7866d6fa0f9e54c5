"""Drafts, and the plan that becomes the day's."""

from datetime import date

from dispatchkit.day.facts.pre_load_out import PlanCommitted, RoutesBuilt, RoutesGiven
from dispatchkit.plan import commit
from tests.small_day import TEN, TWO_ROUTES, Story, on_the_road, plan, planned, route, says


def test_given_routes_are_counted():
    [fact] = commit.give_routes(Story().day, plan=TWO_ROUTES, digest="d", at=TEN, by="maria")
    assert fact == RoutesGiven(at=TEN, by="maria", plan="d", routes=2, stops=6, packages=12)


def test_built_routes_keep_what_would_build_them_again():
    [fact] = commit.built(Story().day, plan=TWO_ROUTES, digest="d", seed=7, engine="pyvrp", at=TEN, by="maria")
    assert fact == RoutesBuilt(
        at=TEN, by="maria", plan="d", routes=2, stops=6, packages=12, seed=7, engine="pyvrp"
    )


def test_the_plan_of_another_date_is_refused():
    tomorrows = plan(route("CX1"), service_day=date(2026, 3, 15))
    assert "2026-03-15" in says(commit.draft_blockers(Story().day, tomorrows))


def test_a_plan_without_routes_is_refused():
    assert "no routes" in says(commit.draft_blockers(Story().day, plan()))


def test_only_a_draft_of_the_day_is_committed():
    day = Story().does(commit.give_routes, plan=TWO_ROUTES, digest="d").day
    assert "not a draft" in says(commit.commit_blockers(day, "another", TWO_ROUTES))
    [fact] = commit.commit(day, digest="d", plan=TWO_ROUTES, at=TEN, by="jo")
    assert fact == PlanCommitted(at=TEN, by="jo", plan="d")


def test_the_same_plan_is_committed_once():
    assert says(commit.commit_blockers(planned().day, "plan", TWO_ROUTES)) == "This plan is the day's already."


def test_no_other_plan_once_a_route_has_left():
    story = on_the_road().does(commit.give_routes, plan=TWO_ROUTES, digest="second")
    assert "CX1, CX7 left on the plan" in says(commit.commit_blockers(story.day, "second", TWO_ROUTES))


def test_another_draft_may_replace_the_plan_before_that():
    story = planned().does(commit.give_routes, plan=TWO_ROUTES, digest="second")
    assert not list(commit.commit_blockers(story.day, "second", TWO_ROUTES))
