"""An import is whole or not at all: taken back as one, taken again after, never half, never twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.errors import Refused, Stale, WorkbenchError
from dispatchkit.imports import OriginalFile
from dispatchkit.intake import bring_in, preview, take
from dispatchkit.log import Log, open_log
from dispatchkit.records import DayKey
from dispatchkit.roles import Role
from dispatchkit.station import load
from tests import small_papers as papers
from tests.intake_story import NOON
from tests.small_station_day import write_station_day

KEY = DayKey.parse(papers.DAY)
BATCH = (
    OriginalFile(name=papers.DOP_NAME, data=papers.day_of_ops()),
    OriginalFile(name=papers.routes_name(), data=papers.routes()),
    OriginalFile(name="AssociateData.csv", data=papers.associates()),
    OriginalFile(name="VehiclesData.csv", data=papers.vehicles(grounded=True)),
)
CLOCK = FrozenClock(NOON)


class PowerCut(Exception):
    """The machine went off."""


@pytest.fixture(scope="module")
def station(tmp_path_factory):
    own = tmp_path_factory.mktemp("profile") / "DXX1.toml"
    own.write_text(papers.PROFILE, encoding="utf-8")
    return load(own)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "days.sqlite"


@pytest.fixture
def log(store):
    with open_log(store) as opened:
        yield opened


def looks(log, station, *files, by="maria", **more):
    return preview(log, files or BATCH, by=by, station=station, clock=CLOCK, **more)


def takes(log, station, *files, by="maria", **more):
    return take(log, looks(log, station, *files, by=by, **more), by=by, clock=CLOCK)[0]


def desk_of(log, by="maria"):
    return Desk(log, KEY, by=by, clock=CLOCK)


def test_the_first_import_of_a_day_is_taken_back_as_one_and_taken_again(log, station):
    takes(log, station)
    desk_of(log).undo()
    day = desk_of(log).day()
    assert (day.pre_load_out.plan, day.pre_load_out.fleet, day.course.files) == (None, None, ())
    assert day.course.opened_at is not None
    with pytest.raises(Refused, match="An opened day stays opened"):
        desk_of(log).undo()
    again = takes(log, station)
    assert (again.repeated, again.routes) == (False, 2)
    assert list(desk_of(log).day().pre_load_out.grounded) == ["Van 7"]
    assert log.verify().ok


def test_a_later_import_is_taken_back_without_the_first(log, station):
    takes(log, station)
    takes(log, station, OriginalFile(name=papers.routes_name("11_50"), data=papers.routes(87, 40)))
    assert desk_of(log).day().road.routes["CX101"].done_count == 87
    desk_of(log).undo()
    day = desk_of(log).day()
    assert (day.road.routes["CX101"].done_count, len(day.plan.routes), len(day.course.files)) == (0, 2, 4)


def test_public_route_data_is_taken_back_as_one(log, station, tmp_path):
    (taken,) = bring_in(log, write_station_day(tmp_path / "day", harm=()), by="maria", station=station, clock=CLOCK)
    desk = Desk(log, taken.key, by="maria", clock=CLOCK)
    assert (desk.day().pre_load_out.plan is not None, taken.committed) == (True, True)
    desk.undo()
    assert (desk.day().pre_load_out.plan, desk.day().course.files) == (None, ())
    (again,) = bring_in(log, tmp_path / "day", by="maria", station=station, clock=CLOCK)
    assert (again.repeated, again.committed) == (False, True)


def test_a_zone_that_was_answered_opens_the_day_and_the_batch_goes_in(log):
    answers = {"timezone": "America/Denver", "dsp": "QWER"}
    assert not [note for note in takes(log, load(), answers=answers).notes if "timezone" in note]
    assert desk_of(log).day().course.timezone == "America/Denver"


@pytest.mark.parametrize("at", ["append", "put_artifact"])
def test_a_power_cut_leaves_nothing_of_a_batch_and_it_goes_in_afterwards(log, station, monkeypatch, at):
    shown = looks(log, station)
    whole, calls = getattr(Log, at), []

    def cut(self, *args, **kwargs):
        calls.append(args)
        if len(calls) > 1:      # the day is opened, or an artifact kept, before it happens
            raise PowerCut
        return whole(self, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(Log, at, cut)
        with pytest.raises(PowerCut):
            take(log, shown, by="maria", clock=CLOCK)
    assert [entry.fact.kind for entry in log.read(KEY)] == ["DayOpened"]
    assert (log.directory.every("name"), log.verify().ok) == ({}, True)
    assert takes(log, station).routes == 2
    assert len(log.directory.every("name")) == 2


def test_names_that_cannot_be_kept_keep_the_facts_out_too(log, station, monkeypatch):
    def cut(*_):
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr("dispatchkit.log.log.put_all", lambda connection, details: cut() if list(details) else None)
        with pytest.raises(PowerCut):
            takes(log, station)
    assert [entry.fact.kind for entry in log.read(KEY)] == ["DayOpened"]


def test_of_two_who_take_the_same_batch_at_once_one_wins_and_the_other_is_told(store, station):
    with open_log(store) as log:
        shown = {by: looks(log, station, by=by) for by in ("maria", "jo")}
    together = Barrier(2)

    def tries(by):
        with open_log(store) as log:
            together.wait()
            try:
                return take(log, shown[by], by=by, clock=CLOCK)[0].routes
            except WorkbenchError as error:
                return error

    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(tries, ("maria", "jo")))
    assert [c for c in came if c == 2] == [2]
    (told,) = [c for c in came if c != 2]
    assert isinstance(told, Stale)
    with open_log(store) as log:
        day = desk_of(log).day()
        assert (len(day.course.files), len(day.plan.routes), log.verify().ok) == (4, 2, True)


def test_who_may_only_read_opens_no_day(log, station):
    with pytest.raises(Refused, match="read-only"):
        take(log, looks(log, station), by="eve", clock=CLOCK, role=Role.READ_ONLY)
    assert log.days() == []
    assert log.directory.every("name") == {}


def test_a_blank_status_does_not_make_an_inactive_driver_active(log, station):
    takes(log, station, OriginalFile(name="a.csv", data=papers.associates().replace(b"ACTIVE", b"INACTIVE")), day=KEY)
    assert len(log.directory.every("inactive")) == 2
    takes(log, station, OriginalFile(name="b.csv", data=papers.associates().replace(b",ACTIVE", b",")), day=KEY)
    assert set(log.directory.every("inactive").values()) == {"yes"}


def test_an_export_whose_name_speaks_of_tomorrow_holds_nothing_up(log, station):
    takes(log, station)
    takes(log, station, OriginalFile(name=papers.routes_name("23_59"), data=papers.routes(9, 9)))
    real = looks(log, station, OriginalFile(name=papers.routes_name("14_30"), data=papers.routes(95, 44)))
    assert [str(file.state) for file in real.files] == ["new"]


def test_each_of_the_twice_shown_hours_in_autumn_is_its_own(log, station):
    def of_sunday(name, *done):
        return OriginalFile(name=name.replace("2026-02-22", "2026-11-01"), data=papers.routes(*done))

    first, again = papers.routes_name("01_30").replace("CST", "CDT"), papers.routes_name("01_30")
    dop = OriginalFile(name=papers.DOP_NAME.replace("2026-02-22", "2026-11-01"), data=papers.day_of_ops())
    shown = looks(log, station, dop, of_sunday(again, 9, 9), of_sunday(first, 3, 3))
    assert [str(file.state) for file in shown.files] == ["new", "new", "stale"]
    assert any("CX101: 9 stops" in note and "kept and marked" in note for note in shown.notes)  # of a day to come
