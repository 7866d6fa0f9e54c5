"""Reports into the log while others decide."""

from datetime import timedelta

import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.errors import Refused
from dispatchkit.fleet import vans
from dispatchkit.intake.progress import report
from dispatchkit.log import open_log
from dispatchkit.pace.told import Told
from dispatchkit.roles import Role
from tests.small_day import KEY, STATION, TEN, planned
from tests.small_log import written

NOW = TEN + timedelta(minutes=30)
TOLD = Told(route="CX1", source="scanner", at=TEN + timedelta(minutes=20), stops_done=2)


@pytest.fixture
def log(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        written(log, planned())
        yield log


def test_what_somebody_decides_meanwhile_does_not_make_a_report_less_true(log, monkeypatch):
    desk = Desk(log, KEY, by="scanner", clock=FrozenClock(NOW))
    append, stirred = desk.append, []

    def while_jo_grounds_a_van(facts, *, expected, **more):
        if not stirred:
            stirred.append(Desk(log, KEY, by="jo").decide(vans.ground, van_id="V3", why="Flat tyre"))
        return append(facts, expected=expected, **more)

    monkeypatch.setattr(desk, "append", while_jo_grounds_a_van)
    (one,) = report(desk, [TOLD], station=STATION)
    assert (one.outcome, desk.day().road.routes["CX1"].done_count) == ("taken", 2)
    assert sum(e.fact.kind == "ProgressReported" for e in desk.entries()) == 1


def test_who_may_only_look_reports_nothing(log):
    desk = Desk(log, KEY, by="eve", clock=FrozenClock(NOW), role=Role.READ_ONLY)
    with pytest.raises(Refused, match="read-only"):
        report(desk, [TOLD], station=STATION)
