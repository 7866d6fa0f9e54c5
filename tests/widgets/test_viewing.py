"""What time it is on a page: the clock on the wall while the day lasts, else the newest thing that was learned."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from dispatchkit import course
from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import LASTS
from dispatchkit.errors import WorkbenchError
from dispatchkit.log import open_log
from dispatchkit.plan import commit
from dispatchkit.records import DayKey
from dispatchkit.roles import Role
from dispatchkit.users import machine_user
from tests.small_day import TWO_ROUTES
from widgets import viewing
from widgets.viewing import Viewing

KEY = DayKey.parse("DXX1/2026-03-14")
EVENING_BEFORE = datetime(2026, 3, 14, 1, tzinfo=UTC)  # eight in the evening in Chicago
MIDNIGHT = datetime(2026, 3, 14, tzinfo=ZoneInfo("America/Chicago")).astimezone(UTC)


class Wall:
    """A clock that a test sets."""

    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at


@pytest.fixture
def log(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        Desk(log, KEY, by="maria", clock=FrozenClock(EVENING_BEFORE)).decide(
            course.open_day, timezone="America/Chicago"
        )
        yield log


def test_a_page_opened_on_the_night_before_comes_alive_at_midnight_and_stands_still_when_the_day_is_over(log):
    wall = Wall(EVENING_BEFORE + timedelta(hours=2))
    seen = Viewing(log, KEY, by="maria", wall=wall)
    assert (seen.live, seen.now()) == (False, EVENING_BEFORE)
    wall.at = MIDNIGHT
    assert (seen.live, seen.now()) == (True, MIDNIGHT)
    wall.at = MIDNIGHT + LASTS
    assert (seen.live, seen.now()) == (False, EVENING_BEFORE)


@pytest.mark.parametrize("wish", ["<script>alert(1)</script>", "DXX1/2026-13-45", "%00", "%ff%fe", "../../etc/passwd"])
def test_an_address_that_names_no_day_is_refused_in_a_sentence(log, tmp_path, monkeypatch, wish):
    monkeypatch.setenv("DISPATCHKIT_STORE", str(tmp_path / "days.sqlite"))
    monkeypatch.setenv("QUERY_STRING", f"day={wish}")
    with pytest.raises(WorkbenchError, match=r"\. Correct the address after 'day='\.$"):
        viewing.from_address()


@pytest.fixture
def asked(log, tmp_path, monkeypatch):
    """``asked(X_ROLE="lead", …)``: what the page looks at when the server sends these headers."""
    monkeypatch.setenv("DISPATCHKIT_STORE", str(tmp_path / "days.sqlite"))
    for name in ("QUERY_STRING", "HTTP_X_DISPATCHER", "HTTP_X_ROLE"):
        monkeypatch.delenv(name, raising=False)

    def ask(**headers):
        for name, value in headers.items():
            monkeypatch.setenv(f"HTTP_{name}", value)
        return viewing.from_address()

    return ask


def test_who_looks_and_as_what_comes_from_the_server(asked):
    seen = asked(X_DISPATCHER="Мария", X_ROLE="read-only")
    assert (seen.desk.by, seen.role, seen.may_decide) == ("Мария", Role.READ_ONLY, False)


def test_a_trainer_may_not_decide_on_the_real_day(asked):
    assert not asked(X_DISPATCHER="tina", X_ROLE="trainer").may_decide


def test_without_a_server_whoever_sits_at_the_machine_may_do_everything(asked):
    seen = asked()
    assert (seen.desk.by, seen.role, seen.may_decide) == (machine_user(), Role.LEAD, True)


@pytest.mark.parametrize("headers", [{}, {"X_ROLE": ""}, {"X_ROLE": "boss"}])
def test_a_name_without_a_role_that_is_known_is_let_do_nothing(asked, headers):
    with pytest.raises(WorkbenchError, match="which is no role here"):
        asked(X_DISPATCHER="jo", **headers)


@pytest.mark.parametrize("driver_id", ["A" + "7" * 12, "A" + "7" * 13])
def test_a_sentence_says_names_for_ids_of_either_length(log, driver_id):
    """A transporter id is a capital letter and 12 or 13 more signs."""
    log.directory.put(driver_id, {"name": "Rohini Mbekwe"}, source="associates", stored_at=EVENING_BEFORE)
    assert Viewing(log, KEY, by="maria").named(f"1 will not come: {driver_id}.") == "1 will not come: Rohini Mbekwe."


def test_a_route_of_a_draft_is_called_by_its_code_and_so_is_one_that_was_merged_away(log):
    called = msgspec.structs.replace(TWO_ROUTES, routes=tuple(
        msgspec.structs.replace(r, code=f"Street {n}") for n, r in enumerate(TWO_ROUTES.routes, 1)
    ))  # fmt: skip
    desk = Desk(log, KEY, by="maria", clock=FrozenClock(EVENING_BEFORE))
    desk.decide(commit.give_routes, plan=called, digest=desk.records.put(called))
    seen = Viewing(log, KEY, by="maria")
    first, second = (r.route_id for r in called.routes)
    assert [seen.code(r) for r in (first, second, "unknown")] == ["Street 1", "Street 2", "unknown"]
    without = msgspec.structs.replace(called, routes=called.routes[1:])
    for step in (commit.give_routes, commit.commit):
        desk.decide(step, plan=without, digest=desk.records.put(without))
    assert [seen.code(r) for r in (first, second)] == ["Street 1", "Street 2"]
