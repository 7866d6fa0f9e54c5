"""What a past day tells of its doors."""

from dispatchkit.day.facts.end_of_shift import PackageAccount
from dispatchkit.day.facts.road import NotDelivered, StopServed
from dispatchkit.eos import debrief
from dispatchkit.plan.realism.outcomes import gathered, most_common, visits_of
from tests.small_day import SIX_PM, STATION, TEN, Story, back, on_the_road


def served(story, stop_id, *not_delivered):
    told = tuple(NotDelivered(package_id=p, reason=reason) for p, reason in not_delivered)
    return story.told(StopServed(at=TEN, by="cortex", route_id="CX1", stop_id=stop_id, not_delivered=told))


def debriefed(story, *accounts):
    accounts = tuple(PackageAccount(*account) for account in accounts)
    back(story, "CX1")
    return story.does(debrief.debrief, route_id="CX1", accounts=accounts, station=STATION, at=SIX_PM)



NEVER = "OUT OF DRIVE TIME"
CODE = "MISSING OR INCORRECT ACCESS CODE"


def a_day():
    """The first stop goes well, the second lacks a code for one package, the third is not reached."""
    story = served(served(on_the_road(), "CX1:1"), "CX1:2", ("CX1:2-a", CODE))
    return debriefed(
        story, ("CX1:2-a", "attempted", CODE), ("CX1:3-a", "returned", NEVER), ("CX1:3-b", "returned", NEVER)
    )


def test_a_door_that_was_opened_one_that_stayed_shut_and_one_that_nobody_reached():
    seen = [(round(v.place[0], 2), v.failed, v.reason) for v in visits_of(a_day().day)]
    assert seen == [(41.61, False, ""), (41.62, True, CODE)]


def test_a_day_without_a_plan_tells_nothing():
    assert list(visits_of(Story().day)) == []


def test_visits_are_found_by_place_the_oldest_first():
    visits = tuple(visits_of(a_day().day))
    outcomes = gathered(reversed(visits))
    [here, nowhere] = outcomes.near([(41.62, -93.6), (45.0, -93.6)], within_m=15)
    assert [v.failed for v in here] == [True]
    assert nowhere == ()
    assert outcomes.near([], within_m=15) == []


def test_nothing_known_is_nothing_found():
    assert gathered(()).near([(41.6, -93.6)], within_m=15) == [()]


def test_the_most_common_reason_counts_and_a_blank_never():
    assert most_common(["", "A", "B", "B"]) == "B"
    assert most_common(["", ""]) == ""
