"""The debrief: what it starts from, what it refuses, and that the account holds after it."""

import pytest

from dispatchkit.day.facts.end_of_shift import PackageAccount
from dispatchkit.day.facts.load_out import LoadingFinished
from dispatchkit.day.facts.road import NotDelivered, ProgressReported, StopServed
from dispatchkit.eos.balance import balance
from dispatchkit.eos.debrief import debrief, debrief_blockers, prefill, status_of_reason
from dispatchkit.records import PackageStatus
from tests.small_day import SIX_PM, STATION, TEN, back, on_the_road, planned, says

CLOSED = PackageAccount("CX1:1-a", "attempted", "BUSINESS CLOSED")
UNREACHED = (
    PackageAccount("CX1:3-a", "returned", "OUT OF DRIVE TIME"),
    PackageAccount("CX1:3-b", "returned", "OUT OF DRIVE TIME"),
)


@pytest.fixture
def story():
    """CX1 is back: one package of its first stop came home, its third stop was not reached."""
    shut = (NotDelivered("CX1:1-a", "BUSINESS CLOSED"),)
    told = on_the_road().told(
        StopServed(at=TEN, by="app", route_id="CX1", stop_id="CX1:1", not_delivered=shut),
        StopServed(at=TEN, by="app", route_id="CX1", stop_id="CX1:2"),
    )
    return back(told, "CX1")


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("BUSINESS CLOSED", PackageStatus.ATTEMPTED),
        (" out of  drive time", PackageStatus.RETURNED),
        ("Object missing", PackageStatus.MISSING),
        ("ALIENS", None),
    ],
)
def test_reasons_make_a_status_by_the_stations_profile(reason, status):
    assert status_of_reason(reason, STATION) is status


def test_it_starts_from_what_the_driver_said_and_what_was_not_reached(story):
    assert prefill(story.day, "CX1", STATION) == (CLOSED, *UNREACHED)


def test_what_it_starts_from_can_be_recorded_and_balances(story):
    story.does(debrief, route_id="CX1", accounts=prefill(story.day, "CX1", STATION), station=STATION, at=SIX_PM)
    assert balance(story.day).of["CX1"].difference == 0
    assert prefill(story.day, "CX1", STATION) == (CLOSED, *UNREACHED)


def test_a_reason_of_the_driver_that_the_station_does_not_know_is_left_to_a_person(story):
    odd = NotDelivered("CX1:2-a", "ALIENS")
    story.told(StopServed(at=SIX_PM, by="app", route_id="CX1", stop_id="CX1:2", not_delivered=(odd,)))
    first = prefill(story.day, "CX1", STATION)
    assert PackageAccount("CX1:2-a", "", "ALIENS") in first
    assert "'ALIENS' is not a reason" in says(debrief_blockers(story.day, "CX1", first, STATION))


def test_what_the_dock_did_not_find_needs_no_second_account(story):
    story.told(LoadingFinished(at=TEN, by="maria", route_id="CX1", packages=5, not_found=("CX1:3-a",)))
    assert prefill(story.day, "CX1", STATION) == (CLOSED, UNREACHED[1])
    assert not list(debrief_blockers(story.day, "CX1", (CLOSED, UNREACHED[1]), STATION))


def test_what_the_dock_did_not_find_may_have_turned_up(story):
    story.told(LoadingFinished(at=TEN, by="maria", route_id="CX1", packages=5, not_found=("CX1:2-a",)))
    found = PackageAccount("CX1:2-a", "returned", "OUT OF DRIVE TIME")
    assert not list(debrief_blockers(story.day, "CX1", (CLOSED, *UNREACHED, found), STATION))


def test_a_route_told_only_by_a_count_is_balanced_by_its_debrief():
    counted = ProgressReported(at=TEN, by="cortex", route_id="CX1", stops_done=2, source="cortex")
    story = back(on_the_road().told(counted), "CX1")
    assert prefill(story.day, "CX1", STATION) == UNREACHED
    story.does(debrief, route_id="CX1", accounts=(CLOSED, *UNREACHED), station=STATION)
    b = balance(story.day).of["CX1"]
    assert (b.delivered, b.attempted, b.returned, b.difference) == (3, 1, 2, 0)


def test_a_route_that_never_left_is_debriefed_as_cancelled():
    story = planned()
    accounts = prefill(story.day, "CX7", STATION)
    assert {(a.status, a.reason) for a in accounts} == {("returned", "TR CANCELLED")}
    story.does(debrief, route_id="CX7", accounts=accounts, station=STATION)
    assert balance(story.day).of["CX7"].returned == 6


def refusal(story, *accounts):
    return list(debrief_blockers(story.day, "CX1", accounts, STATION))


def test_a_van_that_is_out_is_not_debriefed():
    everything = prefill(on_the_road().day, "CX1", STATION)
    assert refusal(on_the_road(), *everything) == ["CX1 is not back yet. Debrief it when it is."]


def test_an_account_for_another_routes_package(story):
    strange = PackageAccount("CX7:1-a", "attempted", "BUSINESS CLOSED")
    [said] = refusal(story, CLOSED, *UNREACHED, strange)
    assert said.startswith("CX7:1-a is not a package of CX1.")


def test_an_account_for_a_delivered_package(story):
    [said] = refusal(story, CLOSED, *UNREACHED, PackageAccount("CX1:2-a", "attempted", "BUSINESS CLOSED"))
    assert said.startswith("CX1:2-a was delivered at stop CX1:2.")


def test_a_reason_that_the_station_does_not_know(story):
    [said] = refusal(story, PackageAccount("CX1:1-a", "attempted", "ALIENS"), *UNREACHED)
    assert said.startswith("CX1:1-a: 'ALIENS' is not a reason")


def test_a_status_that_is_not_the_reasons(story):
    [said] = refusal(story, PackageAccount("CX1:1-a", "missing", "BUSINESS CLOSED"), *UNREACHED)
    assert said == "CX1:1-a: BUSINESS CLOSED makes a package attempted, not missing."


def test_a_package_named_twice(story):
    assert refusal(story, CLOSED, CLOSED, *UNREACHED) == ["CX1:1-a is accounted for 2 times. Once is enough."]


def test_an_undelivered_package_without_an_account(story):
    assert refusal(story, CLOSED, UNREACHED[0]) == ["CX1: 1 without an account: CX1:3-b."]
