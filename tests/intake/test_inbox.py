"""A watched folder takes what is clear, keeps for a person what is not, and never touches the files."""

import os
from threading import Event, Thread
from time import monotonic, sleep, time

import msgspec
import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.errors import WorkbenchError
from dispatchkit.intake.inbox import Inbox
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.station import load
from tests import small_papers as papers
from tests.intake_story import NOON
from tests.small_station_day import DAY, write_station_day

KEY, PUBLIC = DayKey.parse(papers.DAY), DayKey.parse(DAY)


@pytest.fixture
def station(tmp_path):
    own = tmp_path / "DXX1.toml"
    own.write_text(papers.PROFILE, encoding="utf-8")
    station = load(own)
    return msgspec.structs.replace(station, intake=msgspec.structs.replace(station.intake, settle_s=0.05))


class Watched:
    """A folder, the log beside it, and what was said."""

    def __init__(self, tmp_path, station, day=None):
        self.folder, self.store, self.said = tmp_path / "inbox", tmp_path / "days.sqlite", []
        self.folder.mkdir(exist_ok=True)
        self.station, self.day_key = station, day
        self.start()

    def start(self):
        """A program that has just been started."""
        self.log = open_log(self.store)
        self.inbox = Inbox(
            self.log, self.folder, by="maria", station=self.station, day=self.day_key, say=self.said.append,
            clock=FrozenClock(NOON),
        )  # fmt: skip
        return self

    def falls(self, name, data, *, ago_s=60):
        """A file that was last written so long ago."""
        path = self.folder / name
        path.write_bytes(data)
        os.utime(path, (time() - ago_s,) * 2)

    def looks(self, times=2):
        for _ in range(times):
            self.inbox.look()
        return self

    @property
    def day(self):
        return Desk(self.log, KEY, by="maria").day()


@pytest.fixture
def watched(tmp_path, station):
    made = Watched(tmp_path, station)
    yield made
    made.log.close()


def test_files_that_answer_each_other_are_taken_together(watched):
    watched.falls(papers.DOP_NAME, papers.day_of_ops())
    watched.falls(papers.routes_name(), papers.routes())
    watched.looks()
    assert len(watched.day.plan.routes) == 2
    assert watched.day.course.held == {}


def test_a_file_is_read_only_when_it_has_stopped_growing(watched):
    watched.falls(papers.routes_name(), papers.routes(), ago_s=-60)
    watched.looks(3)
    assert watched.said == []
    watched.falls(papers.routes_name(), papers.routes())
    watched.looks(1)
    assert watched.said == []
    watched.looks(1)
    assert watched.said


def test_a_file_that_asks_waits_on_its_day_and_goes_in_when_another_answers_it(watched):
    watched.falls(papers.DOP_NAME, papers.day_of_ops())
    watched.looks()
    (held,) = watched.day.course.held.values()
    assert held.name == papers.DOP_NAME
    assert any("No file tells the stops" in why for why in held.why)
    assert "waits for you" in watched.said[-1]
    watched.falls(papers.routes_name(), papers.routes())
    watched.looks()
    assert watched.day.course.held == {}
    assert len(watched.day.plan.routes) == 2


def test_a_broken_file_is_said_and_the_others_go_on(watched):
    watched.falls("VehiclesData.xlsx", b"PK\x03\x04 broken")
    watched.falls(papers.DOP_NAME, papers.day_of_ops())
    watched.falls(papers.routes_name(), papers.routes())
    watched.looks()
    assert any("VehiclesData.xlsx waits for you" in said for said in watched.said)
    assert len(watched.day.plan.routes) == 2


def test_an_unusable_file_waits_on_the_day_that_was_named(tmp_path, station):
    watched = Watched(tmp_path, station, day=KEY)
    watched.falls("VehiclesData.xlsx", b"PK\x03\x04 broken")
    watched.looks()
    assert [h.name for h in watched.day.course.held.values()] == ["VehiclesData.xlsx"]
    assert watched.log.verify().ok
    watched.log.close()


def test_a_restart_repeats_nothing_and_the_files_stay_as_they_were(watched):
    watched.falls(papers.DOP_NAME, papers.day_of_ops())
    watched.falls(papers.routes_name(), papers.routes())
    other = papers.day_of_ops(packages=12, codes=("CX900", "CX901"))
    watched.falls(papers.DOP_NAME.replace("CYCLE_1", "CYCLE_2"), other)
    watched.looks()
    before = {p.name: p.read_bytes() for p in watched.folder.iterdir()}
    version = watched.log.version(KEY)
    assert version > 0
    watched.log.close()
    watched.start().looks(3)
    assert watched.log.version(KEY) == version
    assert {p.name: p.read_bytes() for p in watched.folder.iterdir()} == before


def test_a_folder_that_is_not_there_is_said(tmp_path, station):
    with open_log(tmp_path / "x.sqlite") as log, pytest.raises(WorkbenchError, match="no folder"):
        Inbox(log, tmp_path / "nowhere", by="maria", station=station, say=print)


def test_it_watches_until_it_is_told_to_stop(watched):
    stop = Event()
    watching = Thread(target=watched.inbox.watch, args=(stop,))
    watching.start()
    watched.falls(papers.DOP_NAME, papers.day_of_ops())
    watched.falls(papers.routes_name(), papers.routes())
    until = monotonic() + 20
    while monotonic() < until and not watched.said:
        sleep(0.02)
    stop.set()
    watching.join(timeout=20)
    assert not watching.is_alive()
    assert any("the day's plan" in said for said in watched.said)


def test_a_folder_that_cannot_be_looked_through_is_said_once_and_tried_again(watched):
    away = watched.folder.with_name("away")
    watched.folder.rename(away)
    watched.looks(3)
    assert [said for said in watched.said if "cannot be looked through" in said] == [
        "inbox cannot be looked through just now. No such file or directory. It is tried again."
    ]
    away.rename(watched.folder)
    watched.falls(papers.DOP_NAME, papers.day_of_ops())
    watched.falls(papers.routes_name(), papers.routes())
    watched.looks()
    assert len(watched.day.plan.routes) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for few and has no pipes among files.")
def test_links_that_lead_nowhere_and_pipes_are_left_alone(watched):
    (watched.folder / "loop.csv").symlink_to("loop.csv")
    (watched.folder / "itself").symlink_to(".")
    (watched.folder / "gone.csv").symlink_to("nowhere.csv")
    os.mkfifo(watched.folder / "pipe.csv")
    assert watched.looks(3).said == []


def test_public_route_data_is_taken_as_soon_as_all_of_it_is_there(tmp_path, watched):
    day = write_station_day(tmp_path / "day", harm=())
    for name in ("customers.csv", "depots.csv"):
        watched.falls(name, (day / name).read_bytes())
    watched.looks()
    assert "vehicles.csv" in watched.said[-1]
    assert {path.name for path in watched.inbox.waiting} == {"customers.csv", "depots.csv"}
    for name in ("vehicles.csv", "departures.csv"):
        watched.falls(name, (day / name).read_bytes())
    watched.looks()
    assert len(Desk(watched.log, PUBLIC, by="maria").day().plan.routes) == 3
    assert watched.inbox.waiting == {}


def test_reports_that_programs_leave_beside_the_files_are_nobodys_data(watched):
    watched.falls("plan-watch.md", b"# Plans made by themselves")
    watched.looks(3)
    assert watched.said == []
