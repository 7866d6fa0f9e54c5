from datetime import timedelta

import pytest

from dispatchkit.day.facts.road import MessageReceived, RescueStarted
from dispatchkit.errors import Refused
from dispatchkit.pace import Rung, pace_board
from tests.pace.story import PaceStory, StraightStreets, a_calm_day, a_route, clock, cx1_forty_behind


@pytest.fixture
def board(station):
    def lines(story, now):
        return {x.code: x for x in pace_board(story.day(), now=now, station=station, travel=story.travel)}

    return lines


def test_forty_behind_at_eleven_asks_for_about_ninety_minutes_of_help(board):
    cx1 = board(cx1_forty_behind(clock(11)), clock(11))["CX1"]
    assert (cx1.behind, cx1.rung) == (40, Rung.HELP)
    assert 80 <= cx1.help_min <= 100
    assert "40 stops behind" in cx1.reason


def test_forty_behind_at_four_asks_for_a_rescue_van_and_the_station(board):
    cx1 = board(cx1_forty_behind(clock(16)), clock(16))["CX1"]
    assert (cx1.behind, cx1.rung) == (40, Rung.RESCUE_VAN)


def test_on_a_calm_day_nobody_needs_anybody(board):
    lines = board(a_calm_day(), clock(11)).values()
    assert {x.rung for x in lines} == {Rung.ON_PACE}
    assert all(abs(x.behind) <= 1 and x.chance_late < 0.2 and x.help_min == 0 for x in lines)


def test_what_needs_a_person_stands_first(station):
    story = cx1_forty_behind(clock(11))
    lines = pace_board(story.day(), now=clock(11), station=station, travel=story.travel)
    assert [x.code for x in lines] == ["CX1", "CX7"]


def test_a_line_says_who_drives_what_and_when_it_left(board):
    cx1 = board(a_calm_day(2), clock(11))["CX1"]
    assert (cx1.driver_id, cx1.van_id, cx1.departed_at) == ("driver of CX1", "van of CX1", clock(8, 30))


def test_every_state_from_the_dock_to_the_dock(board):
    story = PaceStory(*(a_route(f"CX{k}", block=k, stops=20) for k in range(4)))
    story.departed("CX1").departed("CX2").departed("CX3").drove("CX1", clock(9)).drove("CX2", clock(9, 30))
    story.drove("CX3", clock(9, 30)).came_back("CX3", clock(9, 30))
    states = {code: x.state for code, x in board(story, clock(9, 30)).items()}
    assert states == {"CX0": "not left", "CX1": "on the road", "CX2": "heading back", "CX3": "back"}


def test_who_is_late_on_the_way_back_is_called_and_nobody_is_sent(board):
    story = PaceStory(a_route("CX1", stops=20)).departed("CX1").drove("CX1", clock(10))
    cx1 = board(story, clock(12))["CX1"]
    assert (cx1.state, cx1.chance_late, cx1.rung) == ("heading back", 1.0, Rung.CALL)
    assert "help" not in cx1.reason


def test_a_route_without_stops_that_stays_at_the_station_is_late_for_nothing(board):
    empty, _ = a_route("CX0", stops=0)
    cx0 = board(PaceStory((empty, []), a_route("CX1", block=1)), clock(12))["CX0"]
    assert (cx0.state, cx0.chance_late, cx0.rung) == ("not left", 0.0, Rung.ON_PACE)


def test_a_route_that_is_back_shows_when_it_was(board):
    story = PaceStory(a_route("CX1", stops=20)).departed("CX1").drove("CX1", clock(10)).came_back("CX1", clock(9, 40))
    cx1 = board(story, clock(12))["CX1"]
    assert {cx1.finish_p50, cx1.finish_p80, cx1.finish_p90} == {clock(9, 40)}
    assert (cx1.chance_late, cx1.help_min, cx1.stale) == (0.0, 0.0, False)


def test_a_route_that_came_back_late_says_by_how_much(board):
    story = PaceStory(a_route("CX1", stops=20)).departed("CX1").drove("CX1", clock(10))
    late = story.plan.route["CX1"].finish_by + timedelta(minutes=20)
    cx1 = board(story.came_back("CX1", late), late)["CX1"]
    assert cx1.chance_late == 1.0
    assert "20 min after its window" in cx1.reason


def test_old_news_is_not_drawn_as_live(board):
    story = a_calm_day(1)
    fresh, old = (board(story, clock(11, m))["CX0"] for m in (10, 50))
    assert (fresh.stale, old.stale) == (False, True)
    assert fresh.rung is Rung.ON_PACE
    assert old.rung is not Rung.ON_PACE
    assert "Nothing heard for" in old.reason


def test_a_route_with_help_on_the_way_says_who_comes_and_is_only_watched(board):
    story = cx1_forty_behind(clock(11))
    story.happened(
        RescueStarted(
            at=clock(11), by="maria", rescue_id="r1", route_id="CX1", helper_route_id="CX7", stop_ids=("CX1-90",),
            helper_order=("CX1-90",), meet_at=clock(11, 30), meet_lat=41, meet_lng=-93,
        )
    )  # fmt: skip
    cx1 = board(story, clock(11))["CX1"]
    assert cx1.rung is Rung.WATCH
    assert "CX7 meets it at 11:30" in cx1.reason


def one_still_here():
    """CX1 is 40 stops behind; CX9 should have left at 8:15 and has not."""
    story = PaceStory(
        a_route("CX1", stops=200), a_route("CX7", block=1, stops=120, slack_min=200),
        a_route("CX9", block=2, departs_at=clock(8, 15), slack_min=60),
    )  # fmt: skip
    story.departed("CX1").departed("CX7").drove("CX7", clock(11))
    return story.drove("CX1", clock(11), lost_min=90, lost_at=clock(9))


def test_a_route_that_has_not_left_in_time_stands_first_and_says_so_instead_of_asking_for_help(station):
    lines = pace_board(one_still_here().day(), now=clock(11, 14), station=station, travel=StraightStreets())
    assert [x.code for x in lines] == ["CX9", "CX1", "CX7"]
    cx9 = lines[0]
    assert cx9.rung is Rung.GET_OUT
    assert cx9.reason.startswith("Has not left; planned 08:15, now 2 h 59 late. Leaving now, it is back by ")
    assert "help" not in cx9.reason


def test_a_route_a_few_minutes_over_its_departure_says_so_and_waits_its_turn(board):
    cx9 = board(one_still_here(), clock(8, 20))["CX9"]
    assert cx9.rung is Rung.ON_PACE
    assert cx9.reason.startswith("Has not left; planned 08:15, now 5 min late.")


def test_a_route_whose_time_has_not_come_is_not_late_and_neither_is_one_with_nothing_left_to_take_out(board):
    story = PaceStory(a_route("CX1", stops=3))
    assert "Has not left" not in board(story, clock(8, 30))["CX1"].reason
    assert "Has not left" in board(story, clock(8, 31))["CX1"].reason
    given = story.reported("CX1", 3, clock(8, 40))
    assert board(given, clock(11))["CX1"].rung is not Rung.GET_OUT


def test_without_a_plan_there_is_no_board(station):
    story = a_calm_day(1)
    story.facts.clear()
    with pytest.raises(Refused, match="no plan"):
        pace_board(story.day(), now=clock(11), station=station, travel=story.travel)


def test_a_line_says_where_it_is_heading_how_its_breaks_stand_and_who_last_talked_to_its_driver(board):
    story = PaceStory(a_route("CX1", break_s=1800)).departed("CX1").drove("CX1", clock(11), rate=1.5)
    silent = board(story, clock(11))["CX1"]
    assert silent.trend.words.startswith("losing ")
    assert (silent.breaks.taken_s, silent.breaks.owed_s, silent.contact) == (0, 1800, None)
    story.happened(MessageReceived(at=clock(10, 58), by="maria", message_id="m1", route_id="CX1", text="Gate locked."))
    told = board(story, clock(11))["CX1"]
    assert told.contact.at == clock(10, 58)
    assert told.heard_at == silent.heard_at, "a word is contact, and says nothing of how old the figures are"
