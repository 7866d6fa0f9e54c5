"""The time of a simulated day on every page of it: shown to all, steered by those who may decide."""

from datetime import timedelta

import pytest

from dispatchkit.log import open_log
from dispatchkit.roles import Role
from tests.small_day import KEY, TEN, back, on_the_road
from tests.small_log import written
from tests.small_playback import died, moved
from widgets.pages.road import RoadPage
from widgets.shell import Shell
from widgets.viewing import Viewing

MINUTE = timedelta(minutes=1)


@pytest.fixture
def page(tmp_path):
    """``page()``: the road page of a small day that is simulated, for a dispatcher or another role."""
    opened = []

    def build(story=None, *, role=Role.LEAD, simulated=True):
        log = open_log(tmp_path / f"{len(opened)}.sqlite")
        opened.append(log)
        written(log, story or on_the_road())
        if simulated:
            moved(log, KEY, at=TEN)
        return Shell(Viewing(log, KEY, by="maria", role=role), "road", RoadPage)

    yield build
    for log in opened:
        log.close()


def playback(shell):
    return shell.viewing.desk.log.playbacks.of(KEY)


def says(shell):
    return shell.demo._words.value


def test_on_a_day_that_nobody_simulates_there_are_no_such_buttons(page):
    assert page(simulated=False).demo.layout.display == "none"


def test_the_buttons_freeze_step_and_let_run_for_everybody(page):
    shell = page()
    demo = shell.demo
    assert (demo.layout.display, demo.freeze.description) == (None, "Freeze")
    assert "10 times as fast" in says(shell)
    demo.freeze.click()
    assert playback(shell).frozen
    assert (demo.freeze.description, "frozen by maria" in says(shell)) == ("Let it run", True)
    demo.step.click()
    assert playback(shell).goes_to == TEN + 5 * MINUTE
    demo.next_need.click()
    assert playback(shell).to_need
    demo.freeze.click()
    assert not playback(shell).frozen
    demo.speeds.value = 60.0
    assert playback(shell).speed == 60


def test_the_pages_clock_is_the_simulated_one(page):
    shell = page()
    assert "10:00" in shell.line._words.value
    shell.viewing.desk.log.playbacks.stands(KEY, TEN + 5 * MINUTE)
    shell.look()
    assert "10:05" in shell.line._words.value
    assert "as of" not in shell.line._words.value


def test_what_somebody_else_chose_is_shown_and_sends_nothing_back(page):
    shell = page()
    other = Viewing(shell.viewing.desk.log, KEY, by="jo")
    other.desk.log.playbacks.run(KEY, type(playback(shell))(30.0, False, None, False, TEN, "jo"))
    shell.look()
    assert (shell.demo.speeds.value, playback(shell).who) == (30.0, "jo")


def test_a_speed_that_no_button_has_presses_none(page):
    shell = page()
    moved(shell.viewing.desk.log, KEY, at=TEN, speed=12)
    shell.look()
    assert (shell.demo.speeds.value, "12 times as fast" in says(shell)) == (None, True)


def test_where_the_simulator_is_gone_it_says_so_and_what_to_do(page):
    shell = page()
    died(shell.viewing.desk.log, KEY)
    shell.look()
    assert f"Start it: `dispatchkit simulate {KEY}`" in says(shell)
    demo = shell.demo
    assert all(button.disabled for button in (demo.freeze, demo.step, demo.next_need, demo.speeds))


def test_a_button_that_comes_too_late_says_why_nothing_moves(page):
    shell = page()
    died(shell.viewing.desk.log, KEY)
    shell.demo.freeze.click()
    assert "is not running" in shell.status.text


def test_who_may_change_nothing_sees_how_the_time_runs_and_cannot_steer_it(page):
    shell = page(role=Role.READ_ONLY)
    assert "10 times as fast" in says(shell)
    assert shell.demo.freeze.disabled
    assert "read-only" in shell.demo.freeze.tooltip


def test_when_every_route_is_back_there_is_nothing_to_steer(page):
    shell = page(back(on_the_road(), "CX1", "CX7"))
    assert "Every route is back" in says(shell)
    assert shell.demo.step.disabled
