"""Behind a reverse proxy: the requests are what nginx or Caddy pass on, set up as docs/DEPLOYMENT.md says."""

import re
from pathlib import Path

import pytest

from dispatchkit.errors import WorkbenchError
from dispatchkit.station import load
from tests.plain_requests import ask, sign_in
from widgets.server import serve as serve_pages

PAGES = Path(__file__).parent / "pages"
RULES = load().sign_in

PASSED_ON = {"Host": "dispatch.example.org", "X_Forwarded_Proto": "https", "X_Real_IP": "203.0.113.7"}


@pytest.fixture(scope="module")
def proxied(serve):
    """A server that believes the proxy before it."""
    return serve(PAGES, "--public-address", "https://dispatch.example.org", preheated=0)


def test_the_host_that_people_type_is_served_and_no_other(proxied, trial):
    assert ask(proxied, "GET", "/login", **PASSED_ON)[0].status == 200
    assert ask(proxied, "GET", "/login", Host="elsewhere.example")[0].status == 403
    assert ask(trial, "GET", "/login", **PASSED_ON)[0].status == 403


def test_the_cookie_never_travels_without_tls(proxied):
    answer, _, _ = sign_in(proxied, "", proxied.token, Origin="https://dispatch.example.org", **PASSED_ON)
    assert answer.status == 302
    for word in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert word in answer.headers["Set-Cookie"]


def test_a_page_has_its_line_to_its_process_through_the_proxy_and_another_site_has_none(proxied):
    signed_in = PASSED_ON | {"Cookie": sign_in(proxied, "", proxied.token, **PASSED_ON)[2]}
    _, body = ask(proxied, "GET", "/voila/render/trial.ipynb", **signed_in)
    process = re.search(r'"kernelId": "([\w-]+)"', body.decode())[1]
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    upgrade |= {"Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
    line = f"/api/kernels/{process}/channels"
    own, _ = ask(proxied, "GET", line, Origin="https://dispatch.example.org", **signed_in, **upgrade)
    another, _ = ask(proxied, "GET", line, Origin="https://elsewhere.example", **signed_in, **upgrade)
    stranger, _ = ask(proxied, "GET", line, Origin="https://dispatch.example.org", **PASSED_ON, **upgrade)
    assert (own.status, another.status, stranger.status) == (101, 403, 403)


def test_one_desk_that_guesses_makes_no_other_wait(proxied):
    guessing = PASSED_ON | {"X_Real_IP": "203.0.113.66"}
    for i in range(RULES.free_tries_at_address_count):
        assert sign_in(proxied, f"guess {i}", "wrong", **guessing)[0].status == 401
    assert sign_in(proxied, "", proxied.token, **guessing)[0].status == 429
    assert sign_in(proxied, "", proxied.token, **PASSED_ON)[0].status == 302


def test_without_a_proxy_nobody_is_believed_about_his_address(trial):
    sign_in(trial, "", "wrong", X_Real_IP="203.0.113.9", X_Forwarded_For="203.0.113.9")
    log = (trial.home / "server.log").read_text(encoding="utf-8")
    assert "Refused a sign-in from 127.0.0.1" in log
    assert "203.0.113.9" not in log


@pytest.mark.parametrize("address", ["dispatch.example.org", "ftp://dispatch.example.org", "https://example.org/desk"])
def test_an_address_that_cannot_be_served_is_told(address):
    with pytest.raises(WorkbenchError, match=r"Write it as https://dispatch\.example\.org"):
        serve_pages(PAGES, port=1, token="t", public_address=address)
