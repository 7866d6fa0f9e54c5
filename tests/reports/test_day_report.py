"""The report: it says what is known, what is made up, and what is open; names in it stay names."""

import re

import msgspec
import pytest

from dispatchkit.day.facts.end_of_shift import IncidentOpened
from dispatchkit.day.facts.pre_load_out import FleetTaken, RosterTaken
from dispatchkit.day.facts.whole_day import DayClosed, FactVoided
from dispatchkit.errors import Refused, WorkbenchError
from dispatchkit.records import DayKey
from dispatchkit.reports.day_report import day_report, report_name, write_report
from tests.reports.pages import Seen
from tests.reports.story import committed, debriefed, entries, half_way, served
from tests.small_day import KEY, SIX_PM, TEN, Story, at_the_dock, on_the_road, plan, route

HARM = "</td></iframe><script>alert('x')</script>\"' onload=\"y\u202e"


def report(story):
    return Seen(day_report(story.day, entries(story)))


def svgs(html):
    return re.findall(r"<svg.*?</svg>", html, re.DOTALL)


def test_an_open_day_says_that_it_is_open():
    assert "The day is open" in report(half_way()).text


def test_a_closed_day_says_when_it_was_closed_on_the_stations_clock():
    closed = debriefed().told(DayClosed(at=SIX_PM, by="maria"))
    assert "Closed at 18:00" in report(closed).text
    assert "The day is open" not in report(closed).text


@pytest.mark.parametrize("source", ["reconstructed", "simulated"])
def test_a_road_that_nobody_saw_is_labelled(source):
    said = report(debriefed(by=source)).text
    assert f"The road is {source}." in said
    assert "not how it went" in said


def test_a_road_that_was_seen_is_not_labelled():
    said = report(debriefed(by="cortex")).text
    assert "reconstructed" not in said
    assert "simulated" not in said


def test_what_was_taken_back_labels_nothing():
    story = served(on_the_road(), "CX1:1", by="simulated")
    story.told(FactVoided(at=SIX_PM, by="maria", n=(len(story.facts),), why="typed on the wrong day"))
    assert "simulated" not in report(story).text


def test_invented_drivers_and_vans_are_labelled():
    story = at_the_dock()
    story.told(RosterTaken(at=TEN, by="run-day", roster="roster", drivers=3, invented=True))
    assert "no drivers; those in this report are invented" in report(story).text
    story.told(FleetTaken(at=TEN, by="run-day", fleet="fleet", vans=3, invented=True))
    assert "no drivers and no vans; those in this report are invented" in report(story).text


def test_named_drivers_and_vans_are_not_labelled():
    assert "invented" not in report(debriefed()).text


def test_packages_that_nobody_accounted_for_are_shown_with_a_sign():
    seen = report(half_way())
    assert "8 ▲ not accounted for" in seen.text
    assert "▲ 2" in seen.words                     # CX1, in the table
    assert "▲ 6" in seen.words                     # CX7


def test_a_balance_of_nothing_has_no_warning_sign():
    assert "0 ✓ not accounted for" in report(debriefed()).text


def test_what_came_back_is_listed_with_its_reason():
    words = report(debriefed()).words
    place = words.index("CX1:2-a")
    assert words[place : place + 3] == ["CX1:2-a", "attempted", "BUSINESS CLOSED"]


def test_it_has_a_page_to_print_on():
    html = day_report(half_way().day, entries(half_way()))
    assert "@page" in html
    assert "@media print" in html


def test_it_asks_nothing_of_others():
    seen = report(debriefed())
    assert [asked for asked in seen.asked if not str(asked[1]).startswith("#")] == []
    assert "script" not in seen.tags
    assert Seen(seen.value("iframe", "srcdoc")).asked == []


def test_the_map_comes_through_the_frame_unharmed():
    inner = Seen(report(debriefed()).value("iframe", "srcdoc"))
    assert any("L.map" in script for script in inner.scripts)


def test_names_and_words_are_never_read_as_markup():
    planned_route, stops = route("CX1", packages=(1, 1, 1))
    stops[0] = msgspec.structs.replace(
        stops[0], packages=(msgspec.structs.replace(stops[0].packages[0], package_id=f"CX1:1-{HARM}"),)
    )
    harmed = msgspec.structs.replace(planned_route, code=HARM)
    story = served(on_the_road(the_plan=plan((harmed, stops), route("CX7"))), "CX1:1")
    story.told(IncidentOpened(at=SIX_PM, by="maria", incident_id="i1", incident_type="other", description=HARM))
    harmless = report(half_way())
    seen = report(story)
    assert set(seen.tags) <= {*harmless.tags, "b"}
    assert not any(name.startswith("on") for _, name, _ in seen.attributes)
    assert HARM.replace("\u202e", "\\u202e") in seen.words        # the route's code, to the letter
    assert "\u202e" not in seen.text


@pytest.mark.parametrize(
    "the_plan", [plan(), plan(route("CX1", packages=())), plan(route("CX1", packages=(1,)))],
    ids=["no routes", "no stops", "one stop"],
)  # fmt: skip
def test_the_smallest_days_have_a_report(the_plan):
    story = committed(the_plan)
    assert len(svgs(day_report(story.day, entries(story)))) == 2


def test_a_day_without_a_plan_has_none():
    with pytest.raises(Refused, match="has no plan"):
        day_report(Story().day, [])


def test_its_file_is_named_by_station_date_and_branch_alone():
    assert report_name(KEY) == "DXX1_2026-03-14.html"
    assert report_name(DayKey("DXX1", KEY.service_day, "2")) == "DXX1_2026-03-14_run2.html"


def test_a_report_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path):
    story = half_way()
    target = tmp_path / "report.html"
    target.mkdir()
    with pytest.raises(WorkbenchError, match=r"cannot be written: .*\. Choose another place\."):
        write_report(target, story.day, entries(story))
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(WorkbenchError, match="cannot be written"):
        write_report(tmp_path / "nowhere" / "report.html", story.day, entries(story))


def test_an_older_report_is_replaced_by_a_whole_one(tmp_path):
    story = half_way()
    (tmp_path / "report.html").write_text("old", encoding="utf-8")
    write_report(tmp_path / "report.html", story.day, entries(story))
    assert (tmp_path / "report.html").read_text(encoding="utf-8").endswith("</html>")
    assert len(list(tmp_path.iterdir())) == 1
