"""The summary says how large, how likely, how hard, what is left out and what to look at first."""

from dispatchkit.plan.realism import check
from dispatchkit.run_day.plan_watch.status import status
from dispatchkit.run_day.plan_watch.summary import Summary
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import KEY, M3, STATION, TEN, plan, route

CHICAGO = "America/Chicago"


def summed_up(the_plan, *, sentences=(), first=5):
    found = check(the_plan, STATION, CalibratedTravel(), timezone=CHICAGO)
    return Summary(
        key=KEY, found=found, made="Routes were built from the stops of volume.csv.", sentences=sentences, at=TEN,
        look_first_count=first,
    )  # fmt: skip


def test_a_calm_plan_is_summed_up_in_figures():
    told = summed_up(plan(route("CX1", van_volume_cm3=10 * M3), route("CX7", van_volume_cm3=10 * M3)))
    assert "2 routes, 6 stops, 12 packages." in told.note
    assert "No route is hard." in told.note
    assert "at P50" in told.note
    assert "(P90)" in told.note
    assert "Look first" not in told.note
    assert "| CX7 | 3 | 6 |" in told.markdown
    assert "Sat 14 Mar, 10:00" in told.markdown


def test_the_hardest_comes_first_and_no_more_than_is_asked_for():
    late = [route(f"CX{n}", packages=(2,) * 8, leg_s=4000.0, van_volume_cm3=10 * M3) for n in range(4)]
    told = summed_up(plan(*late), first=2)
    assert len(told.first) == 2
    assert "Hard: CX0, CX1, CX2, CX3." in told.note
    assert told.note.count("Look first at:") == 1
    assert told.first[0] in told.markdown.replace("\\", "")


def test_stops_that_are_left_out_stand_with_their_reasons():
    told = summed_up(plan(route("CX1")), sentences=("1 stop is on no route, since no van has room for it: S9.",))
    assert "- 1 stop is on no route, since no van has room for it: S9." in told.markdown


def test_names_of_files_and_routes_are_no_markup():
    told = summed_up(plan(route("CX|1*<b>", van_volume_cm3=10 * M3)))
    assert "CX\\|1\\*\\<b\\>" in told.markdown


def test_a_plan_without_routes_says_so():
    assert "It has no route with stops." in summed_up(plan()).note


def test_the_folder_says_what_came_what_waits_and_what_is_missing():
    page = status(
        at="20:30", timezone=CHICAGO, overdue="No volume file by 20:30; none has come here before.",
        drafts={"DXX1/2026-03-14": "2 routes."}, failed={"DXX2/2026-03-14": "No answer."},
        waiting={"cat|s.jpg": ("It cannot be used.",)},
    )  # fmt: skip
    for said in ("**No volume file by 20:30", "**DXX1/2026-03-14**: 2 routes.", "No answer.", "cat\\|s.jpg"):
        assert said in page


def test_an_empty_folder_is_no_fault():
    page = status(at="20:30", timezone=CHICAGO, overdue="", drafts={}, failed={}, waiting={})
    assert "Nothing has come yet." in page
