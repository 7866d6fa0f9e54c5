from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.road import AlarmCleared, AlarmRaised, AlarmReopened, RescueStarted
from dispatchkit.day.facts.whole_day import DayClosed
from dispatchkit.errors import Refused
from dispatchkit.pace.alarms import acknowledge, clear, says, shelve, standing_at, watch
from dispatchkit.pace.board import pace_board
from dispatchkit.pace.timetable import timetables
from tests.pace.story import PaceStory, a_calm_day, a_route, clock, cx1_forty_behind


@pytest.fixture
def looked(station):
    def look(story, at, **profile):
        """What a look at the road brings, and let it be written."""
        of = replace(station, **profile)
        facts = watch(story.day(), at=at, by="watch", station=of, travel=story.travel)
        story.happened(*facts)
        return facts

    return look


def test_a_route_that_will_be_late_raises_one_alarm_that_says_what_why_what_to_do_and_until_when(looked):
    (alarm,) = looked(cx1_forty_behind(clock(11)), clock(11))
    assert isinstance(alarm, AlarmRaised)
    assert (alarm.alarm_id, alarm.route_ids) == ("late:CX1:1", ("CX1",))
    assert "CX1 will probably be back late" in alarm.what
    assert "40 stops behind" in alarm.why
    assert "Send help" in alarm.do
    assert clock(11) < alarm.helps_until < clock(16)


def test_on_a_calm_day_there_are_no_alarms(looked):
    assert looked(a_calm_day(), clock(11)) == []


def test_an_alarm_that_stands_is_not_raised_again(looked):
    story = cx1_forty_behind(clock(11))
    looked(story, clock(11))
    assert looked(story, clock(11, 5)) == []


def test_an_alarm_that_was_put_away_is_not_raised_again_and_comes_back_by_itself(looked):
    story = cx1_forty_behind(clock(11))
    looked(story, clock(11))
    story.happened(*shelve(story.day(), alarm_id="late:CX1:1", until=clock(11, 20), at=clock(11), by="maria"))
    assert looked(story, clock(11, 10)) == []
    assert standing_at(story.day(), clock(11, 10)) == ()
    assert [a.raised.alarm_id for a in standing_at(story.day(), clock(11, 20))] == ["late:CX1:1"]


def test_a_chance_that_wobbles_around_the_line_raises_once_and_clears_once(looked, station):
    story = cx1_forty_behind(clock(11))
    (x,) = (
        x for x in pace_board(story.day(), now=clock(11), station=station, travel=story.travel) if x.code == "CX1"
    )
    raised, cleared = 0, 0
    # the line moves around the chance instead of the chance around the line: the same wobble, without noise
    for k in range(12):
        line = x.chance_late + (0.02 if k % 2 else -0.02)
        facts = looked(story, clock(11), alarm=replace(station.alarm, raise_late_share=line))
        raised += sum(isinstance(f, AlarmRaised) for f in facts)
        cleared += sum(isinstance(f, AlarmCleared) for f in facts)
    assert (raised, cleared) == (1, 0)
    below = replace(station.alarm, raise_late_share=1.1, clear_late_share=x.chance_late)
    assert [type(f) for f in looked(story, clock(11), alarm=below)] == [AlarmCleared]
    assert looked(story, clock(11), alarm=below) == []


@pytest.fixture
def gone(looked, station):
    """CX1's alarm is raised and goes by itself at eleven: the line moves below its chance, which is that of a call."""
    quiet = replace(station.alarm, raise_late_share=1.1, clear_late_share=1.0)
    calls = replace(station.pace, help_late_share=1.1)

    def go():
        story = cx1_forty_behind(clock(11))
        looked(story, clock(11), pace=calls)
        story.happened(*acknowledge(story.day(), alarm_id="late:CX1:1", at=clock(11), by="jo"))
        assert [type(f) for f in looked(story, clock(11), alarm=quiet, pace=calls)] == [AlarmCleared]
        return story, calls

    return go


def test_a_cause_that_was_gone_for_a_moment_is_the_same_alarm_with_its_holder(looked, gone):
    story, calls = gone()
    (back,) = looked(story, clock(11, 30), pace=calls)
    assert isinstance(back, AlarmReopened)
    alarm = story.day().road.alarms["late:CX1:1"]
    assert (alarm.cleared_at, alarm.reopened_at, alarm.acknowledged_by) == (None, clock(11, 30), "jo")
    assert standing_at(story.day(), clock(11, 30)) == (alarm,)
    assert looked(story, clock(11, 31), pace=calls) == []


def test_a_cause_that_was_gone_for_longer_has_a_new_number(looked, gone):
    story, calls = gone()
    assert [f.alarm_id for f in looked(story, clock(11, 31), pace=calls)] == ["late:CX1:2"]


def test_a_cause_that_is_back_and_asks_for_help_is_a_new_alarm_however_soon(looked, gone):
    story, _ = gone()
    (raised,) = looked(story, clock(11, 1))
    assert (type(raised), raised.alarm_id) == (AlarmRaised, "late:CX1:2")


@pytest.mark.parametrize(("more", "becomes"), [(0, AlarmReopened), (1, AlarmRaised)])
def test_a_wave_that_is_back_with_one_route_more_is_a_new_alarm(looked, station, more, becomes):
    story, calls = a_late_wave(left_at=clock(9, 30)), replace(station.pace, help_late_share=1.1)
    never = replace(station.alarm, raise_late_share=1.1, clear_late_share=1.0)
    looked(story, clock(11), pace=calls)
    looked(story, clock(11, 5), pace=calls, alarm=never)
    (before,) = story.day().road.alarms.values()
    fewer = replace(before.raised, route_ids=before.raised.route_ids[more:])
    story.facts = [fewer if fact == before.raised else fact for fact in story.facts]
    assert [type(f) for f in looked(story, clock(11, 10), pace=calls)] == [becomes]


def test_an_alarm_that_a_person_ended_does_not_stand_again_by_itself(looked, station):
    story, calls = cx1_forty_behind(clock(11)), replace(station.pace, help_late_share=1.1)
    looked(story, clock(11), pace=calls)
    story.happened(*clear(story.day(), alarm_id="late:CX1:1", why="He says it works.", at=clock(11, 1), by="jo"))
    assert [f.alarm_id for f in looked(story, clock(11, 2), pace=calls)] == ["late:CX1:2"]


def test_an_alarm_clears_when_its_route_is_back(looked):
    story = cx1_forty_behind(clock(16))
    looked(story, clock(16))
    (cleared,) = looked(story.came_back("CX1", clock(19)).came_back("CX7", clock(16, 30)), clock(19))
    assert isinstance(cleared, AlarmCleared)
    assert "back at the station" in cleared.why


def a_late_wave(*, left_at, routes=8, slack_min=10.0):
    story = PaceStory(*(a_route(f"CX{k}", block=k, slack_min=slack_min, wave="A") for k in range(routes)))
    for route in story.plan.routes:
        story.departed(route.route_id, left_at).drove(route.route_id, clock(11))
    return story


def test_a_wave_that_left_late_is_one_alarm_for_its_routes_not_eight(looked):
    (alarm,) = looked(a_late_wave(left_at=clock(9, 30)), clock(11))
    assert alarm.alarm_id == "late:wave A:1"
    assert len(alarm.route_ids) == 8
    assert "60 min" in alarm.why


def test_a_wave_that_left_late_but_will_be_in_time_needs_nobody(looked):
    assert looked(a_late_wave(left_at=clock(9), slack_min=120), clock(11)) == []


def test_a_route_behind_even_its_own_late_departure_is_a_cause_of_its_own(looked):
    story = PaceStory(*(a_route(f"CX{k}", block=k, slack_min=10, wave="A") for k in range(4)))
    for route in story.plan.routes:
        story.departed(route.route_id, clock(9, 30))
        story.drove(route.route_id, clock(12), lost_min=60 * (route.code == "CX3"), lost_at=clock(10))
    alarms = looked(story, clock(12))
    assert [a.alarm_id for a in alarms] == ["late:wave A:1", "late:CX3:1"]


def test_a_wave_that_still_stands_at_the_station_is_one_alarm_that_sends_somebody_to_the_station(looked, station):
    story = PaceStory(*(a_route(f"CX{k}", block=k, slack_min=200, wave="A") for k in range(6)))
    late = clock(8, 30) + timedelta(seconds=station.alarm.wave_late_s)
    assert looked(story, late) == []
    (alarm,) = looked(story, late + timedelta(minutes=1))
    assert "Ask the station" in alarm.do
    for route in story.plan.routes:
        story.departed(route.route_id, late + timedelta(minutes=5))
    (cleared,) = looked(story, late + timedelta(minutes=6))
    assert cleared.alarm_id == alarm.alarm_id


def test_a_wave_that_stands_at_the_station_stays_one_alarm_however_long_it_stands(looked):
    story = PaceStory(*(a_route(f"CX{k}", block=k, slack_min=10, wave="A") for k in range(6)))
    (alarm,) = [*looked(story, clock(8, 50)), *looked(story, clock(10)), *looked(story, clock(12))]
    assert alarm.alarm_id == "late:wave A:1"


def one_left_behind(*, slack_min=200.0):
    """Of a wave of six, CX3 stands at the station."""
    story = PaceStory(*(a_route(f"CX{k}", block=k, slack_min=slack_min, wave="A") for k in range(6)))
    for route in story.plan.routes:
        if route.code != "CX3":
            story.departed(route.route_id).drove(route.route_id, clock(13))
    return story


def test_a_route_that_has_not_left_is_an_alarm_that_asks_what_holds_it_and_not_for_help(looked):
    story = one_left_behind()
    assert looked(story, clock(8, 45)) == []
    (alarm,) = looked(story, clock(9, 32))
    assert (alarm.alarm_id, alarm.route_ids) == ("late:departure CX3:1", ("CX3",))
    assert alarm.what == "CX3 has not left: 62 min after its plan."
    assert alarm.do == "Find what holds it: driver, van, inspection or loading."
    assert clock(9, 32) < alarm.helps_until < clock(12)
    assert looked(story, clock(10)) == []


def test_where_leaving_now_is_too_late_its_stops_are_for_others(looked):
    (alarm,) = looked(one_left_behind(slack_min=10), clock(9, 32))
    assert "give its stops to others" in alarm.do
    assert alarm.helps_until is None


def test_once_it_has_left_what_holds_it_is_no_question_any_more_but_being_late_may_be_one(looked):
    story = one_left_behind(slack_min=10)
    looked(story, clock(9, 32))
    cleared, raised = looked(story.departed("CX3", clock(9, 40)), clock(9, 41))
    assert (cleared.alarm_id, cleared.why) == ("late:departure CX3:1", "CX3 has left.")
    assert raised.alarm_id == "late:CX3:1"


@pytest.fixture
def now_says(station):
    """What the standing alarm of a story says at an instant."""

    def say(story, at, alarm_id="late:CX1:1", **profile):
        of, day = replace(station, **profile), story.day()
        board = pace_board(day, now=at, station=of, travel=story.travel)
        tables = timetables(story.plan, story.travel)
        return says(day, day.road.alarms[alarm_id], board, now=at, station=of, tables=tables)

    return say


class TestWordsOfNow:
    def test_it_says_how_much_help_saves_the_day_and_before_when(self, looked, now_says):
        story = cx1_forty_behind(clock(11))
        looked(story, clock(11))
        said = now_says(story, clock(11))
        assert said.cause.do == "Send help: a near driver takes stops."
        minutes, until = int(said.cause.saves.split()[1]), f"{said.cause.helps_until:%H:%M}"
        assert said.cause.saves == f"Sending {minutes} minutes of help before {until} saves the day."
        assert 80 <= minutes <= 105
        assert (said.since, said.is_current) == (clock(11), True)

    def test_where_a_call_may_do_help_comes_second(self, looked, now_says, station):
        story, calls = cx1_forty_behind(clock(11)), replace(station.pace, help_late_share=1.1)
        looked(story, clock(11))
        said = now_says(story, clock(11), pace=calls).cause
        assert said.do == "Call the driver."
        assert said.saves.startswith("If that does not do it, sending ")

    def test_an_hour_later_its_words_are_new_and_the_fact_is_the_old_one(self, looked, now_says):
        story = cx1_forty_behind(clock(11))
        (raised,) = looked(story, clock(11))
        story.drove("CX1", clock(12), lost_min=90, lost_at=clock(9))
        said = now_says(story, clock(12, 20))
        assert said.since == clock(11)
        assert said.alarm.raised == raised
        assert said.cause.why != raised.why

    def test_after_its_time_help_alone_is_not_promised_any_more(self, looked, now_says):
        story = cx1_forty_behind(clock(11))
        looked(story, clock(11))
        said = now_says(story, clock(15, 30)).cause
        assert said.saves == ""
        assert said.do.startswith("One helper alone no longer brings it back in time.")

    def test_a_route_that_caught_up_says_so_while_its_alarm_stands(self, looked, now_says):
        story = cx1_forty_behind(clock(11))
        looked(story, clock(11))
        story.reported("CX1", 110, clock(11, 20))
        said = now_says(story, clock(11, 20)).cause
        assert said.what.startswith("CX1 will probably be back in time: by ")
        assert said.saves == ""

    def test_with_help_on_the_way_nobody_is_asked_for_more(self, looked, now_says):
        story = cx1_forty_behind(clock(11))
        looked(story, clock(11))
        story.happened(
            RescueStarted(
                at=clock(11, 5), by="jo", rescue_id="r1", route_id="CX1", helper_route_id="CX7",
                stop_ids=("CX1-199",), helper_order=(), meet_at=clock(11, 40), meet_lat=41, meet_lng=-93,
            )
        )  # fmt: skip
        said = now_says(story, clock(11, 6)).cause
        assert (said.do, said.saves) == ("Help is on the way: CX7 meets it at 11:40.", "")

    def test_a_wave_says_what_all_its_routes_need_together(self, looked, now_says):
        story = a_late_wave(left_at=clock(9, 30))
        looked(story, clock(11))
        said = now_says(story, clock(11), "late:wave A:1").cause
        assert said.saves.startswith("Sending ")
        for route in story.plan.routes:
            story.came_back(route.route_id, clock(17))
        assert not now_says(story, clock(17), "late:wave A:1").is_current

    def test_a_wave_that_has_left_and_will_be_in_time_says_just_that(self, looked, now_says, station):
        story = PaceStory(*(a_route(f"CX{k}", block=k, slack_min=200, wave="A") for k in range(6)))
        late = clock(8, 30) + timedelta(seconds=station.alarm.wave_late_s + 60)
        looked(story, late)
        for route in story.plan.routes:
            story.departed(route.route_id, late + timedelta(minutes=5))
        said = now_says(story, late + timedelta(minutes=6), "late:wave A:1").cause
        assert said.what == "A left late: all of its 6 late routes will probably be back in time."
        assert (said.do, said.saves) == ("Watch it.", "")

    def test_a_wave_that_has_left_speaks_of_its_late_routes_alone(self, looked, now_says):
        story = a_late_wave(left_at=clock(9, 30))
        looked(story, clock(11))
        said = now_says(story, clock(11), "late:wave A:1").cause
        assert said.what == "A left late: 8 of its 8 late routes will probably be back after their window."

    def test_a_route_that_has_not_left_says_by_when_it_has_to(self, looked, now_says):
        story = one_left_behind()
        looked(story, clock(9, 32))
        said = now_says(story, clock(9, 40), "late:departure CX3:1").cause
        assert said.what == "CX3 has not left: 70 min after its plan."
        assert said.saves.startswith("Leaving before ")
        story.departed("CX3", clock(9, 41))
        assert not now_says(story, clock(9, 42), "late:departure CX3:1").is_current


def test_an_alarm_is_taken_on_once(looked):
    story = cx1_forty_behind(clock(11))
    looked(story, clock(11))
    story.happened(*acknowledge(story.day(), alarm_id="late:CX1:1", at=clock(11, 1), by="maria"))
    with pytest.raises(Refused, match="maria has taken"):
        acknowledge(story.day(), alarm_id="late:CX1:1", at=clock(11, 2), by="jo")


def test_an_alarm_can_only_be_put_away_until_later(looked):
    story = cx1_forty_behind(clock(11))
    looked(story, clock(11))
    with pytest.raises(Refused, match="until later"):
        shelve(story.day(), alarm_id="late:CX1:1", until=clock(11), at=clock(11), by="maria")


def test_an_alarm_is_cleared_by_hand_with_a_reason_and_not_without(looked):
    story = cx1_forty_behind(clock(11))
    looked(story, clock(11))
    with pytest.raises(Refused, match="Say why"):
        clear(story.day(), alarm_id="late:CX1:1", why=" ", at=clock(11, 1), by="maria")
    story.happened(*clear(story.day(), alarm_id="late:CX1:1", why="Driver caught up.", at=clock(11, 1), by="maria"))
    assert story.day().road.alarms["late:CX1:1"].cleared_at == clock(11, 1)


def test_nothing_can_be_done_about_an_alarm_that_nobody_raised_or_that_is_over(looked):
    story = cx1_forty_behind(clock(16))
    with pytest.raises(Refused, match="no alarm"):
        acknowledge(story.day(), alarm_id="late:CX1:1", at=clock(16), by="maria")
    looked(story, clock(16))
    looked(story.came_back("CX1", clock(19)), clock(19))
    with pytest.raises(Refused, match="cleared at 19:00"):
        shelve(story.day(), alarm_id="late:CX1:1", until=clock(20), at=clock(19), by="maria")


def test_a_closed_day_is_not_looked_at(looked):
    story = cx1_forty_behind(clock(11)).happened(DayClosed(at=clock(11), by="maria"))
    assert looked(story, clock(11)) == []
