"""What every page has: the phases, search, activity, who else is here, and what a role may do."""

import pytest

from dispatchkit import course
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.roles import Role
from tests.small_day import KEY, at_the_dock, on_the_road
from tests.small_log import written
from tests.widgets.story import OnPage
from widgets.pages.close import ClosePage
from widgets.pages.load_out import LoadOutPage
from widgets.shell import Shell
from widgets.viewing import Viewing


@pytest.fixture
def desk(tmp_path):
    return OnPage(tmp_path, at_the_dock(), "load_out", LoadOutPage)


def rows_of(board):
    return board._sent.everything()["changed"]


def test_the_header_says_where_each_phase_stands(desk):
    said = {phase["name"]: phase for phase in desk.shell.phases.words["phases"]}
    assert said["load_out"]["says"] == "0 of 2 left"
    assert said["road"]["state"] == "ahead"


def test_search_leads_here_or_to_the_page_that_is_for_it(desk, sent):
    messages = sent(desk.shell.phases)
    desk.shell.finder.text.value = "cx7"
    assert next(iter(rows_of(desk.shell.finder.board).values()))["what"] == "CX7"
    desk.shell.finder._chosen("route:CX7")
    hit = desk.shell.finder._hits["route:CX7"]
    here = hit.page == "load_out"
    assert desk.page.route.route_id == ("CX7" if here else "")
    assert [m["page"] for m in messages] == ([] if here else [hit.page])


def test_search_for_nothing_known_says_so(desk):
    desk.shell.finder.text.value = "zebra"
    assert desk.shell.finder.board.when_empty == "Nothing on this day is called 'zebra'."


def test_activity_tells_who_did_what_and_can_be_narrowed(desk):
    feed = desk.shell.feed
    feed.layout.display = None
    desk.desk.decide(course.note, text="Ice on the ramp")
    Desk(desk.log, KEY, by="jo").decide(course.note, text="Gate 3 is shut")
    desk.shell.look()
    everybody = [row["what"] for row in rows_of(feed.board).values()]
    assert any("Gate 3 is shut" in what for what in everybody)
    feed.who.value = "jo"
    (only,) = rows_of(feed.board).values()
    assert (only["who"], "Gate 3 is shut" in only["what"]) == ("jo", True)


def test_what_people_write_acts_on_no_row_of_the_activity(desk):
    desk.shell.feed.layout.display = None
    desk.shell.decide(course.note, "Noted.", text="Gate 3\nis \u202eshut\x1b[31m")
    texts = [row["what"] for row in rows_of(desk.shell.feed.board).values()]
    assert any(r"Gate 3 is \u202eshut\u001b[31m" in text for text in texts)


def test_what_is_taken_back_stays_readable(desk):
    desk.shell.decide(course.note, "Noted.", text="Wrong day")
    desk.shell.feed.layout.display = None
    desk.shell.line.undo.click()
    texts = [row["what"] for row in rows_of(desk.shell.feed.board).values()]
    assert any("Wrong day" in text and text.endswith("(taken back)") for text in texts)


def test_two_windows_see_each_other(desk):
    other = Shell(Viewing(desk.log, KEY, by="jo"), "close", ClosePage)
    other.presence.beat()
    desk.shell.presence.beat()
    desk.shell.show()
    assert "also here: jo" in desk.shell.line._words.value
    other.presence.leave()
    desk.shell.presence.beat()
    desk.shell.show()
    assert "also here" not in desk.shell.line._words.value


def test_who_reads_only_sees_everything_and_can_press_nothing(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        written(log, on_the_road())
        shell = Shell(Viewing(log, KEY, by="rita", role=Role.READ_ONLY), "close", ClosePage)
        acts = [act for row in rows_of(shell.content.board).values() for act in row["step"]]
        assert acts
        assert all(act["disabled"] and "read-only" in act["title"] for act in acts)
        assert shell.line.undo.disabled
        assert "rita (looks only)" in shell.line._words.value


def test_a_page_pressed_without_the_right_to_is_refused_in_a_sentence(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        written(log, on_the_road())
        shell = Shell(Viewing(log, KEY, by="rita", role=Role.READ_ONLY), "close", ClosePage)
        board = shell.content.board
        board._heard(board, {"event": "act", "row": "CX1", "act": "back"}, None)
        assert "read-only" in shell.status.text
        assert log.version(KEY) == len(on_the_road().facts)


def test_undo_says_what_it_took_back(desk):
    """Whoever presses twice, or has decided in another window too, must see what is gone."""
    desk.desk.decide(course.note, text="Ice on the ramp")
    desk.shell.look()
    desk.shell.line.undo.click()
    assert "Ice on the ramp" in desk.said
    assert desk.said.startswith("Taken back: ")


def test_on_a_past_day_the_clock_stands_and_the_page_says_what_that_means(desk):
    assert "not today: what you do gets this time" in desk.shell.line._words.value


def test_whoever_only_looks_reads_on_the_undo_button_why_it_is_off(desk):
    viewing = Viewing(desk.log, KEY, by="guest", role=Role.READ_ONLY)
    assert Shell(viewing, "load_out", LoadOutPage).line.undo.tooltip == viewing.forbids
