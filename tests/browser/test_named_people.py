"""Who is let in once people are named, and how guessing is slowed down. No browser needed: plain requests."""

from pathlib import Path

import pytest

from dispatchkit.roles import Role
from dispatchkit.station import load
from dispatchkit.users import Users
from tests.plain_requests import HORSE, ask, sign_in

PAGES = Path(__file__).parent / "pages"
RULES = load().sign_in


def is_let_in(served, cookie):
    """Whether somebody with this cookie gets further than the sign-in page."""
    answer, _ = ask(served, "GET", "/nowhere", Cookie=cookie)
    return answer.status == 404


@pytest.fixture(scope="module")
def served(serve):
    """A server whose home has a named dispatcher."""
    served = serve(PAGES, preheated=0)
    Users(served.home).add("maria", Role.DISPATCHER, HORSE)
    return served


@pytest.fixture
def users(served):
    return Users(served.home)


def test_the_token_opens_nothing_any_more_but_the_count_of_processes(served):
    token = {"Authorization": f"token {served.token}"}
    for path in ("/voila/render/trial.ipynb", f"/voila/render/trial.ipynb?token={served.token}", "/nowhere"):
        answer, _ = ask(served, "GET", path, **token)
        assert (answer.status, answer.headers["Location"].split("?")[0]) == (302, "/login")
    _, body, _ = sign_in(served, "maria", served.token)
    assert "Name or password is wrong" in body
    counted, body = ask(served, "GET", "/api/kernels", **token)
    assert (counted.status, body) == (200, b'{"kernels": []}')


def test_a_session_of_the_token_ends_when_the_first_person_is_named(serve):
    fresh = serve(PAGES, preheated=0)
    answer, _, cookie = sign_in(fresh, "", fresh.token)
    assert answer.status == 302
    assert is_let_in(fresh, cookie)
    Users(fresh.home).add("maria", Role.DISPATCHER, HORSE)
    assert not is_let_in(fresh, cookie)


@pytest.mark.parametrize(
    "change",
    [
        lambda users: users.remove("temp"),
        lambda users: users.set_password("temp", "battery staple"),
        lambda users: users.set_role("temp", Role.READ_ONLY),
    ],
    ids=["struck off", "another password", "another role"],
)
def test_a_session_ends_when_its_user_changes(served, users, change):
    users.add("temp", Role.LEAD, HORSE)
    _, _, cookie = sign_in(served, "temp")
    assert is_let_in(served, cookie)
    change(users)
    assert not is_let_in(served, cookie)
    if users.find("temp"):
        users.remove("temp")


def test_a_cookie_that_was_signed_out_is_worth_nothing_to_whoever_copied_it(served):
    _, _, cookie = sign_in(served, "maria")
    _, _, other = sign_in(served, "maria")
    answer, body = ask(served, "GET", "/logout", Cookie=cookie)
    assert (answer.status, b"You are signed out." in body) == (200, True)
    assert not is_let_in(served, cookie)
    assert is_let_in(served, other)


def test_a_cookie_that_nobody_signed_is_worth_nothing(served):
    _, _, cookie = sign_in(served, "maria")
    name, _, value = cookie.partition("=")
    assert not is_let_in(served, f"{name}={value[:-4]}0000")


def test_a_list_of_users_that_cannot_be_read_lets_nobody_in_and_says_so(served, users):
    _, _, cookie = sign_in(served, "maria")
    kept = users.path.read_bytes()
    users.path.write_bytes(b"{")
    try:
        assert not is_let_in(served, cookie)
        answer, body, _ = sign_in(served, "maria")
        assert answer.status == 500
        assert "the list of users cannot be read" in body
        opened, _ = ask(served, "GET", f"/nowhere?token={served.token}")
        assert opened.status == 302
    finally:
        users.path.write_bytes(kept)


def test_after_a_few_wrong_passwords_a_name_has_to_wait_also_with_the_right_one(served, users):
    users.add("slow", Role.LEAD, HORSE)
    for _ in range(RULES.free_tries_count):
        assert sign_in(served, "slow", "wrong")[0].status == 401
    answer, body, _ = sign_in(served, "SLOW")
    assert answer.status == 429
    assert 0 < int(answer.headers["Retry-After"]) <= RULES.first_wait_s
    assert "Too many wrong tries. Wait" in body
    assert sign_in(served, "maria")[0].status == 302


def test_a_name_is_text_on_the_page_and_no_name_is_told_from_another(served):
    _, wrong, _ = sign_in(served, "nobody")
    _, hostile, _ = sign_in(served, '"><script>alert(1)</script>')
    assert "Name or password is wrong" in wrong
    assert "<script>alert" not in hostile


def test_another_site_signs_nobody_in_and_nobody_is_sent_there(served):
    answer, _, _ = sign_in(served, "maria", Origin="http://elsewhere.example")
    assert answer.status == 403
    answer, _, _ = sign_in(served, "maria", after="//elsewhere.example/")
    assert (answer.status, answer.headers["Location"]) == (302, "/")
