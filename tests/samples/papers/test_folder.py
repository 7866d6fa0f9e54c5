import msgspec
import pytest

from dispatchkit.day.pre_load_out import PreLoadOut
from dispatchkit.errors import Refused
from dispatchkit.samples.names import names_of
from dispatchkit.samples.papers import about_papers, papers, write_papers
from tests.samples.papers.story import FIVE_PM, ONE_PM, THREE_PM
from tests.small_day import Story, planned


@pytest.fixture(scope="module")
def files(day, names):
    return papers(day, names, snapshots=[THREE_PM, ONE_PM])


def test_a_whole_day_has_one_of_each_paper_and_two_of_each_snapshot(files):
    assert sorted(files) == [
        "2026-03-14-DXX1-CYCLE_1-DSP-DayOfOpsPlan.xlsx",
        "AssociateData.csv",
        "DSP_RTS_Detail_DXX1_DXXA_2026-03-14.csv",
        "DVIC_DXX1_2026-03-14.csv",
        "DXXA_DXX1_2026-W10_DA_Overview.csv",
        "EV_Charge_DXX1_2026-03-14.csv",
        "Itineraries_DXX1_2026-03-14_13_00 (CDT).xlsx",
        "Itineraries_DXX1_2026-03-14_15_00 (CDT).xlsx",
        "Route_Sheets_DXX1_2026-03-14.pdf",
        "Routes_DXX1_2026-03-14_13_00 (CDT).xlsx",
        "Routes_DXX1_2026-03-14_15_00 (CDT).xlsx",
        "Safety_Events_DXX1_DXXA_2026-03-14.csv",
        "VehiclesData.xlsx",
        "Week-11-Schedule.xlsx",
        "Whip Around DVIR 2026-03-14.csv",
    ]


def test_the_same_day_is_the_same_bytes(day, names, files):
    assert papers(day, names, snapshots=[ONE_PM, THREE_PM]) == files


def test_the_papers_of_thirty_eight_routes_are_small(sample):
    day = planned(the_plan=sample.plan, roster=sample.roster, fleet=sample.fleet).day
    files = papers(day, names_of(sample.roster.driver), snapshots=[ONE_PM, THREE_PM])
    assert sum(map(len, files.values())) < 250_000


def test_what_the_day_does_not_know_yet_is_left_out(names):
    night_before = planned().day
    assert sorted(papers(night_before, names)) == [
        "2026-03-14-DXX1-CYCLE_1-DSP-DayOfOpsPlan.xlsx",
        "AssociateData.csv",
        "DXXA_DXX1_2026-W10_DA_Overview.csv",
        "Route_Sheets_DXX1_2026-03-14.pdf",
        "VehiclesData.xlsx",
        "Week-11-Schedule.xlsx",
    ]
    plan_alone = PreLoadOut(plan=night_before.pre_load_out.plan)
    bare = msgspec.structs.replace(night_before, pre_load_out=plan_alone)
    assert len(papers(bare, names)) == 2


def test_a_day_without_a_plan_has_no_papers(names):
    with pytest.raises(Refused, match="no plan yet"):
        papers(Story().day, names)


def test_papers_are_written_as_they_are_and_their_page_names_them(tmp_path, files):
    write_papers(tmp_path / "new", files)
    assert {p.name: p.read_bytes() for p in (tmp_path / "new").iterdir()} == files
    page = about_papers("calm_day/files", files, what="the calm day")
    assert all(f"`{name}`" in page for name in files)


def test_the_schedules_number_can_be_given(day, names):
    assert "Week-47-Schedule.xlsx" in papers(day, names, week=47, snapshots=[FIVE_PM])
