"""What needs a person, in the words of the panel: until when something helps, and not a minute longer."""

import re
from datetime import timedelta

import pytest

from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.day.facts.road import AlarmRaised, PositionSeen
from tests.small_day import TEN, on_the_road, plan, route
from tests.widgets.story import OnPage
from widgets.pages.road import RoadPage

ONE = TEN + timedelta(hours=3)
LATE = AlarmRaised(at=TEN + timedelta(hours=2), by="watch", alarm_id="late:CX1:1", route_ids=("CX1",),
                   what="CX1 will be late.", why="40 stops behind.", do="Send help.", helps_until=ONE)  # fmt: skip


@pytest.fixture
def item(tmp_path):
    """What the panel says of CX1's alarm."""

    def shown(story):
        return OnPage(tmp_path, story, "road", RoadPage).page.needs.attention._drawn["alarm:late:CX1:1"]._item

    return shown


def test_an_alarm_says_how_much_help_saves_the_day_and_until_when(item):
    story = on_the_road(the_plan=plan(route("CX1", packages=(1,) * 60), route("CX7")))
    story.told(LATE, PositionSeen(at=ONE, by="van", route_id="CX1", lat=41.6, lng=-93.6))
    said = item(story)
    assert re.fullmatch(r"Sending \d+ minutes of help before 1[4-7]:\d\d saves the day\.", said.until)
    assert "Alarm since 12:00." in said.why


def came_back(at):
    return on_the_road().told(LATE, DriverReturned(at=at, by="jo", route_id="CX1"))


def test_what_cannot_be_worked_out_any_more_says_of_when_its_words_are(item):
    said = item(came_back(ONE - timedelta(minutes=5)))
    assert (said.what, said.why, said.until) == (
        "CX1 will be late.", "At 12:00: 40 stops behind. Send help.", "Before 13:00.",
    )  # fmt: skip


def test_until_when_something_helped_is_not_said_once_that_is_past(item):
    assert item(came_back(ONE + timedelta(minutes=5))).until == ""
