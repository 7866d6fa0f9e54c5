"""The home page: what needs a person in all phases, all days, and files that come in after a look."""

import pytest

from dispatchkit.day.facts.whole_day import FileHeld
from dispatchkit.log import open_log
from dispatchkit.samples.papers import papers
from tests.small_day import KEY, TEN, at_the_dock, planned
from tests.small_log import written
from tests.widgets.story import OnPage
from widgets.home.first_day import FirstDay
from widgets.pages.home import HomePage
from widgets.upload import UploadedFile

NAMES = {"A1": "Ana Ruiz", "A2": "Jo Bell", "A3": "Kim Oduya"}


@pytest.fixture
def at(tmp_path, monkeypatch):
    monkeypatch.setenv("DISPATCHKIT_HOME", str(tmp_path))
    return lambda story: OnPage(tmp_path, story, "home", HomePage)


def charge_csv(van="V1", charge="80"):
    return UploadedFile("EV.csv", f"VIN,State of Charge,Distance to Empty\n{van},{charge},120\n".encode())


def titles(desk):
    return [item.what for item in (box._item for box in desk.page.needs.attention._drawn.values())]


def test_needs_of_every_phase_stand_together_and_lead_to_their_page(at, sent):
    desk = at(planned())
    assert titles(desk)[0] == "2 routes without a driver: CX1, CX7."
    messages = sent(desk.shell.phases)
    box = next(iter(desk.page.needs.attention._drawn.values()))
    box._item.acts[0].do(None)
    assert messages[0]["op"] == "visit"
    assert messages[0]["page"] == "plan"


def test_every_day_of_the_store_is_listed_and_one_press_opens_it(at, sent):
    desk = at(at_the_dock())
    (row,) = desk.page._days.rows()
    assert (row["id"], row["stands"]["text"]) == (str(KEY), "open")
    messages = sent(desk.shell.phases)
    desk.page.days._heard(None, {"event": "select", "id": str(KEY)}, None)
    assert messages == [{"op": "visit", "page": "home", "query": {"day": str(KEY)}}]


def test_what_nobody_can_read_is_told_and_changes_nothing(at):
    desk = at(planned())
    before = desk.day.version
    desk.page.files._arrived([UploadedFile("holiday.jpg", b"\xff\xd8\xff\xe0 a picture")])
    assert desk.page.files.take.disabled
    assert list(desk.page.files.reasons)
    desk.page.files.forget.click()
    assert desk.day.version == before
    assert desk.page.files._shown is None


def test_files_are_shown_first_and_taken_by_one_press(at, tmp_path):
    story = planned()
    desk = at(story)
    files = papers(desk.day, NAMES)
    plan = next(name for name in files if "DayOfOps" in name)
    desk.page.files._arrived([UploadedFile(plan, files[plan])])
    while desk.page.files.questions:
        dropdown = next(iter(desk.page.files.questions.values()))
        dropdown.value = dropdown.options[1][1]
    assert desk.day.course.files == ()
    desk.page.files.take.click()
    assert [file.name for file in desk.day.course.files] == [plan]
    desk.page.files._arrived([UploadedFile("the same again.xlsx", files[plan])])
    assert "Nothing would change" in desk.page.files.about.value


def test_a_question_is_short_and_lists_what_it_is_about_and_a_file_in_the_way_is_left_out(at):
    story = planned()
    desk = at(story)
    files = papers(desk.day, NAMES)
    plan = next(name for name in files if "DayOfOps" in name)
    picture = UploadedFile("holiday.jpg", b"\xff\xd8\xff\xe0 a picture")
    desk.page.files._arrived([UploadedFile(plan, files[plan]), picture])
    (asked,) = [box for box in desk.page.files._asked.children if "holiday.jpg" in box.children[0].value]
    words = asked.children[0].value
    assert "<b>holiday.jpg cannot be used. Take the other files without it?</b>" in words
    assert "<li>The file is a picture" in words
    (unusable,) = [dropdown for q, dropdown in desk.page.files.questions.items() if q.startswith("unusable")]
    unusable.value = "leave"
    assert [str(file.state) for file in desk.page.files._shown.files] == ["new", "left out"]


def test_a_file_that_waits_is_looked_at_or_let_go(at):
    desk = at(planned())
    digest = desk.log.put_artifact(b"not a table", "application/octet-stream")
    desk.desk.observe([FileHeld(at=TEN, by="inbox", name="odd.csv", original=digest, why=("Nobody can tell.",))])
    desk.shell.look()
    box = desk.page.needs.attention._drawn["plan:files held"]
    box._item.acts[0].do(None)
    assert [file.name for file in desk.page.files._shown.files] == ["odd.csv"]
    box._item.acts[1].do(None)
    assert desk.day.course.held == {}


def test_an_empty_store_welcomes_and_takes_the_first_day(tmp_path, monkeypatch, sent):
    monkeypatch.setenv("DISPATCHKIT_HOME", str(tmp_path))
    with open_log(tmp_path / "elsewhere.sqlite") as log:
        files = papers(written(log, planned()).day(), NAMES)
    page = FirstDay()
    messages = sent(page.phases)
    page.files._arrived([UploadedFile(name, data) for name, data in files.items() if "DayOfOps" in name])
    while page.files.questions:
        dropdown = next(iter(page.files.questions.values()))
        dropdown.value = dropdown.options[1][1]
    page.files.take.click()
    assert messages == [{"op": "visit", "page": "home", "query": {"day": str(KEY)}}]
