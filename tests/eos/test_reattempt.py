"""What is tried again: attempted, and near."""

from dispatchkit.day.facts.end_of_shift import PackageAccount, PackagesDebriefed, ReattemptListed
from dispatchkit.eos.reattempt import list_reattempt, list_reattempt_blockers, within_reach
from tests.small_day import SIX_PM, STATION, TEN, on_the_road, says

ACCOUNTS = (
    PackageAccount("CX1:1-a", "attempted", "BUSINESS CLOSED"),
    PackageAccount("CX1:2-a", "attempted", "BUSINESS CLOSED"),
    PackageAccount("CX1:3-a", "returned", "DAMAGED"),
)


def debriefed():
    return on_the_road().told(PackagesDebriefed(at=TEN, by="maria", route_id="CX1", accounts=ACCOUNTS)).day


def test_only_what_was_attempted_and_is_near_is_offered():
    drive_s = {"CX1:1": 900.0, "CX1:2": 901.0, "CX1:3": 10.0}
    assert within_reach(debriefed(), "CX1", drive_s=drive_s, station=STATION) == ("CX1:1-a",)


def test_a_stop_to_which_nobody_knows_the_way_is_out_of_reach():
    assert within_reach(debriefed(), "CX1", drive_s={}, station=STATION) == ()


def test_a_list_is_kept():
    assert list_reattempt(debriefed(), route_id="CX1", package_ids=["CX1:1-a"], at=SIX_PM, by="maria") == [
        ReattemptListed(at=SIX_PM, by="maria", route_id="CX1", package_ids=("CX1:1-a",))
    ]


def test_what_was_not_attempted_is_not_tried_again():
    assert "Not attempted on CX1: CX1:3-a." in says(list_reattempt_blockers(debriefed(), "CX1", ["CX1:1-a", "CX1:3-a"]))


def test_an_empty_list_is_refused():
    assert "Name the packages" in says(list_reattempt_blockers(debriefed(), "CX1", []))
