"""Taking up a day, writing things down, handing over."""

from dispatchkit import course
from dispatchkit.day.facts.whole_day import DayOpened, HandoverWritten, NoteAdded
from tests.small_day import TEN, Story, says


def test_a_day_is_opened_in_its_stations_zone():
    [fact] = course.open_day(Story().day, timezone="America/Chicago", profile="abc", at=TEN, by="maria")
    assert fact == DayOpened(
        at=TEN, by="maria", station="DXX1", service_day="2026-03-14", timezone="America/Chicago", profile="abc"
    )


def test_a_day_is_opened_once():
    opened = Story().does(course.open_day, timezone="America/Chicago").day
    assert "opened already" in says(course.open_blockers(opened, "America/Chicago"))


def test_a_time_zone_must_exist():
    assert "'Chicago' is not a time zone" in says(course.open_blockers(Story().day, "Chicago"))
    assert "not a time zone" in says(course.open_blockers(Story().day, "../etc/passwd"))


def test_notes_and_handovers_are_kept_in_order():
    story = Story().does(course.note, text=" Gate 4 is shut. ", about="CX1")
    story.does(course.hand_over, text="Over.", to="jo")
    assert story.day.course.notes == (
        NoteAdded(at=TEN, by="maria", text="Gate 4 is shut.", about="CX1"),
        HandoverWritten(at=TEN, by="maria", text="Over.", to="jo"),
    )


def test_an_empty_note_is_refused():
    assert "nothing written" in says(course.writing_blockers(Story().day, "  "))
