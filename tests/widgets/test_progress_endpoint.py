"""Where programs tell how far routes are: who may, what is answered, and what a repeated request comes to."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from jupyter_server.auth.authorizer import AllowAllAuthorizer
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from traitlets.config import Config

from dispatchkit.clock import FrozenClock
from dispatchkit.log import open_log
from dispatchkit.roles import Role
from dispatchkit.users import Users
from tests.small_day import KEY, TEN, planned
from tests.small_log import written
from widgets import progress_endpoint
from widgets.identity import Identity
from widgets.progress_endpoint import ADDRESS, ProgressDoor, ProgressEndpoint

NOW = TEN + timedelta(minutes=30)
DAY = str(KEY)
TOLD = {"route": "CX1", "stops_done": 1, "at": (TEN + timedelta(minutes=20)).isoformat()}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("DISPATCHKIT_STORE", raising=False)
    with open_log(tmp_path / "days.sqlite") as log:
        written(log, planned())
    return tmp_path


@pytest.fixture
def door(home):
    opened = ProgressDoor(home, wall=FrozenClock(NOW))
    yield opened
    opened.close()


def ask(door, told=TOLD, *, day=DAY, role=Role.DISPATCHER, key="", by="maria"):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return door.answer(body, day=day, by=by, role=role, key=key)


def version(home):
    with open_log(home / "days.sqlite") as log:
        return log.version(KEY)


def test_a_report_is_written_and_answered_in_sentences(door, home):
    before = version(home)
    answer = ask(door)
    assert (answer.status, answer.body["written"], version(home)) == (200, 1, before + 1)
    assert answer.body["reports"][0]["sentence"] == "CX1: 1 stop at 10:20."


def test_sent_again_it_writes_nothing_with_a_key_or_without(door, home):
    first = ask(door, key="k1")
    stands = version(home)
    assert ask(door, key="k1") is first
    again = ask(door)
    assert (again.body["written"], again.body["reports"][0]["outcome"]) == (0, "known")
    restarted = ProgressDoor(home, wall=FrozenClock(NOW))
    assert ask(restarted, key="k1").body["written"] == 0
    restarted.close()
    assert version(home) == stands


def test_a_key_with_other_content_is_refused_and_anothers_key_is_his(door):
    ask(door, key="k1")
    other = TOLD | {"stops_done": 2}
    assert ask(door, other, key="k1").status == 409
    assert ask(door, other, key="k1", by="scanner").status == 200


def test_what_is_marked_comes_back_with_its_doubts(door):
    answer = ask(door, TOLD | {"stops_done": 99})
    assert (answer.status, answer.body["reports"][0]["outcome"]) == (200, "marked")
    assert "more than planned" in [doubt["kind"] for doubt in answer.body["reports"][0]["doubts"]]


@pytest.mark.parametrize(
    ("more", "status", "says"),
    [
        ({"role": Role.READ_ONLY}, 403, "signed in as read-only"),
        ({"role": Role.TRAINER}, 403, "signed in as trainer"),
        ({"day": "tomorrow"}, 400, "'tomorrow' is not a day"),
        ({"day": ""}, 400, "?day=STATION/YYYY-MM-DD"),
        ({"day": "DYY2/2026-03-14"}, 404, "There is no day DYY2/2026-03-14"),
        ({"told": b"{"}, 400, "not JSON"),
        ({"told": []}, 400, "It holds no report."),
        ({"told": b" " * 2_000_001}, 413, "A request may have 2 MB"),
        ({"told": [TOLD] * 5001}, 409, "are too many"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(door, home, more, status, says):
    before = version(home)
    answer = ask(door, **more)
    assert answer.status == status
    assert says in " ".join(answer.body["problems"])
    assert version(home) == before


def test_while_the_store_is_locked_it_asks_to_come_again_and_the_key_stays_free(door, home, monkeypatch):
    monkeypatch.setattr(progress_endpoint, "PATIENCE_S", 0.05)
    with closing(sqlite3.connect(home / "days.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert ask(door, key="k1").status == 503
        other.execute("ROLLBACK")
    assert ask(door, key="k1").status == 200


class TestOverTheWire:
    @pytest.fixture
    def post(self, door, home):
        identity = Identity(config=Config({"Identity": {"home": str(home), "token": "secret"}}))
        application = Application(
            [(rf"/{ADDRESS}", ProgressEndpoint, {"door": door})],
            identity_provider=identity, authorizer=AllowAllAuthorizer(identity_provider=identity), base_url="/",
            cookie_secret="x", headers={}, allow_origin="", allow_origin_pat="", allow_remote_access=True,
            local_hostnames=["localhost"], disable_check_xsrf=True, jinja2_env=None,
        )  # fmt: skip

        def send(**headers):
            async def there_and_back():
                listener, port = bind_unused_port()
                server = HTTPServer(application)
                server.add_socket(listener)
                address = f"http://127.0.0.1:{port}/{ADDRESS}?day={DAY}"
                answer = await AsyncHTTPClient(force_instance=True).fetch(
                    address, method="POST", body=json.dumps(TOLD), headers=headers, raise_error=False
                )
                server.stop()
                await server.close_all_connections()
                return answer.code, json.loads(answer.body)

            return asyncio.run(there_and_back())

        return send

    def test_nobody_is_told_so_in_json(self, post):
        code, body = post()
        assert (code, body["written"]) == (401, 0)
        assert "Authorization: token" in body["problems"][0]

    def test_the_tokens_holder_may_report_also_where_people_are_named(self, post, home):
        Users(home).add("maria", Role.DISPATCHER, "correct horse")
        code, body = post(Authorization="token secret")
        assert (code, body["written"]) == (200, 1)

    def test_another_sites_page_may_not(self, post):
        assert post(Authorization="token wrong")[0] == 401
