"""A day's report by its address: to people who are signed in, in a box of its own. Plain requests."""

from pathlib import Path

import pytest

from dispatchkit.roles import Role
from dispatchkit.users import Users
from tests.plain_requests import HORSE, ask, sign_in

PAGES = Path(__file__).parent / "pages"
REPORT = "/reports/DXX1_2026-03-14.html"


@pytest.fixture(scope="module")
def served(serve):
    """A server whose home has a named reader and a report."""
    served = serve(PAGES, preheated=0)
    Users(served.home).add("rita", Role.READ_ONLY, HORSE)
    (served.home / "reports").mkdir()
    (served.home / REPORT[1:]).write_text("<h1>The day</h1>", encoding="utf-8")
    return served


def test_nobody_reads_it_without_signing_in(served):
    answer, body = ask(served, "GET", REPORT)
    assert answer.status == 302
    assert b"The day" not in body


def test_who_is_signed_in_reads_it_in_a_box_that_cannot_act_for_them(served):
    cookie = sign_in(served, "rita")[2]
    answer, body = ask(served, "GET", REPORT, cookie=cookie)
    assert body == b"<h1>The day</h1>"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_nothing_else_of_the_home_is_served(served):
    cookie = sign_in(served, "rita")[2]
    for path in ("/reports/../users.toml", "/reports/%2e%2e/days.sqlite", "/reports/"):
        assert ask(served, "GET", path, cookie=cookie)[0].status in {403, 404}
