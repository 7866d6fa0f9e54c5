"""Volume falls into a folder and a draft with its summary is there: nothing twice, or committed, or silent."""

import os
from datetime import UTC, datetime, time, timedelta
from threading import Event
from time import time as wall_s
from zoneinfo import ZoneInfo

import msgspec
import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.day.facts.pre_load_out import RoutesBuilt
from dispatchkit.day.facts.whole_day import DayClosed, DayOpened, DayReopened
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.run_day.plan_watch import evening
from dispatchkit.run_day.plan_watch.task import BY
from dispatchkit.run_day.plan_watch.watch import JOB, PlanWatch, Standing
from dispatchkit.station import load
from dispatchkit.travel.source import with_engine
from tests import small_papers as papers
from tests.small_station_day import write_station_day
from tests.small_stop_list import stops, write_stop_list

CHICAGO = ZoneInfo("America/Chicago")
KEY = DayKey.parse("DXX1/2026-03-14")
LATE = datetime(2026, 3, 14, 0, 48, tzinfo=UTC)     # 19:48 of the evening before, in Chicago
BUDGET_S = 1.0


def at_once(station):
    """The profile of a station whose files settle at once and whose engines are asked once."""
    replace = msgspec.structs.replace
    return replace(
        station,
        intake=replace(station.intake, settle_s=0.01),
        travel=replace(station.travel, tries_count=1, pause_s=0.0, wait_s=1.0),
    )


class Evening:
    """A folder, a store, a clock, and the program that waits."""

    def __init__(self, tmp_path):
        self.folder, self.said = tmp_path / "volume", []
        self.folder.mkdir()
        self.log = open_log(tmp_path / "days.sqlite")
        self.clock, self.station = FrozenClock(LATE), at_once(load())
        self.start()

    def start(self, **more):
        """A program that has just been started."""
        standing = Standing(at=time(20, 30), zone=CHICAGO, budget_s=BUDGET_S, **more)
        self.watch = PlanWatch(
            self.log, self.folder, standing, who="maria", station=self.station, say=self.said.append, stop=Event(),
            clock=self.clock,
        )  # fmt: skip
        return self

    def settled(self):
        """Nobody has written any of the files for a while."""
        for path in self.folder.rglob("*"):
            if path.is_file() and path.suffix != ".md":
                os.utime(path, (wall_s() - 60,) * 2)
        return self

    def falls(self, **more):
        """A station's day falls into a folder of its own."""
        write_station_day(self.folder / "evening", harm=(), **more)
        return self.settled()

    def stops_fall(self):
        """A list of stops that are on no route, with two vans."""
        limits = {"station": "DXX1", "service_day": "2026-03-14"}
        write_stop_list(self.folder, stops(12), name="evening", limits=limits)
        return self.settled()

    def runs(self):
        """One run, as cron would have it; whether nothing is left for a person."""
        return self.watch.once()

    @property
    def desk(self):
        return Desk(self.log, KEY, by="maria", clock=self.clock)

    @property
    def day(self):
        return self.desk.day()

    def count(self, kind):
        return sum(isinstance(entry.fact, kind) for entry in self.desk.entries())

    @property
    def page(self):
        """What the folder's own page says."""
        return (self.folder / "plan-watch.md").read_text("utf-8")

    @property
    def summary(self):
        return (self.folder / "plan-DXX1-2026-03-14.md").read_text("utf-8")


@pytest.fixture
def at_work(tmp_path):
    made = Evening(tmp_path)
    yield made
    made.log.close()


def test_routes_that_the_station_gave_become_a_checked_draft(at_work):
    assert at_work.falls().runs()
    assert at_work.day.pre_load_out.in_hand
    assert at_work.day.pre_load_out.plan is None
    assert "3 routes, 36 stops" in at_work.day.course.notes[-1].text
    assert "| CX1 | 12 |" in at_work.summary
    assert "DXX1/2026-03-14" in at_work.page


def test_the_same_files_are_planned_once_whoever_starts_again(at_work):
    at_work.falls().runs()
    version, said = at_work.day.version, list(at_work.said)
    assert at_work.start().runs()
    assert at_work.settled().start().runs()
    assert (at_work.day.version, at_work.said) == (version, said)


def test_stops_without_routes_are_built_and_a_restart_only_finishes(at_work):
    at_work.stops_fall().watch._inbox.look()
    at_work.watch._inbox.look()
    assert not at_work.day.pre_load_out.drafts
    desk = Desk(at_work.log, KEY, by=BY, clock=at_work.clock)
    evening.build(desk, at_work.station, budget_s=BUDGET_S, home=None, cancelled=lambda: False)
    assert at_work.start().runs()          # it was stopped after the build: only the check was left
    assert at_work.count(RoutesBuilt) == 1
    assert "12 stops" in at_work.summary
    assert at_work.day.pre_load_out.plan is None


def test_what_was_given_is_built_where_that_is_asked_for(at_work):
    assert at_work.falls().start(build_given=True).runs()
    assert at_work.count(RoutesBuilt) == 1
    assert "Routes were built from the stops" in at_work.summary


def test_a_plan_that_counts_packages_only_needs_its_answer_in_advance(at_work):
    own = at_work.folder.parent / "DXX1.toml"
    own.write_text(papers.PROFILE, "utf-8")
    at_work.station = at_once(load(own))
    (at_work.folder / papers.DOP_NAME).write_bytes(papers.day_of_ops())
    assert not at_work.settled().start().runs()
    assert "Estimate them" in at_work.page
    assert at_work.start(answers={"stops": "estimate"}).runs()
    assert "2 routes" in (at_work.folder / "plan-DXX1-2026-02-22.md").read_text("utf-8")


def test_no_volume_by_the_hour_is_said_once_and_until_it_comes(at_work):
    assert not at_work.runs()               # the evening before nothing came either
    at_work.said.clear()
    at_work.clock.set(LATE + timedelta(minutes=42))
    at_work.watch._go_on()
    at_work.watch._go_on()
    assert at_work.said == ["No volume file by 20:30; none has come here before."]
    assert "**No volume file by 20:30" in at_work.page
    assert at_work.falls().runs()
    assert "No volume" not in at_work.page


def test_it_says_when_the_last_one_came(at_work):
    at_work.falls().runs()
    at_work.clock.set(LATE + timedelta(hours=1))
    at_work.watch._go_on()
    assert at_work.said[-1].startswith("DXX1/2026-03-14: Planned by itself.")
    at_work.clock.set(LATE + timedelta(days=1, hours=1))
    at_work.watch._go_on()
    assert at_work.said[-1] == "No volume file by 20:30; yesterday's came at 19:48."


def test_what_cannot_be_used_waits_with_its_sentences(at_work):
    write_station_day(at_work.folder / "evening", harm=())
    (at_work.folder / "evening" / "depots.csv").write_text("depot_id,long,lat\nDXX1,-93.6,\n", "utf-8")
    assert not at_work.settled().runs()
    assert "depots.csv" in at_work.page
    assert "Files that wait for you" in at_work.page
    write_station_day(at_work.folder / "evening", harm=())
    assert at_work.settled().runs()
    assert "wait for you" not in at_work.page


def test_a_day_that_another_program_plans_is_left_to_it(at_work):
    at_work.falls()
    now = at_work.clock.now()
    at_work.log.leases.take(KEY, JOB, holder_id="other", who="jo", now=now, for_s=600)
    assert not at_work.runs()
    assert not at_work.day.course.notes
    assert "Another program is at it (jo, since 19:48)." in at_work.said[-1]
    at_work.clock.set(now + timedelta(seconds=601))
    at_work.watch._go_on()
    assert "Planned by itself" in at_work.day.course.notes[-1].text


def test_an_engine_that_is_silent_is_said_and_asked_again(at_work):
    station = at_work.station
    at_work.falls().runs()
    at_work.station = with_engine(station, "osrm+http://127.0.0.1:9")
    assert not at_work.start(build_given=True).runs()
    assert "DXX1/2026-03-14 is not planned so far." in at_work.said[-1]
    assert "Not planned so far" in at_work.page
    said = len(at_work.said)
    at_work.clock.set(LATE + timedelta(seconds=station.build.again_s))
    at_work.watch._go_on()
    assert len(at_work.said) == said + 1        # that it builds; why it cannot was said before
    at_work.station = station
    assert at_work.start(build_given=True).runs()
    assert at_work.count(RoutesBuilt) == 1


def test_files_wait_until_what_is_in_their_way_is_gone(at_work):
    opened = DayOpened(at=LATE, by="jo", station="DXX1", service_day="2026-03-14", timezone="America/Chicago")
    at_work.desk.append([opened, DayClosed(at=LATE, by="jo")], expected=0)
    assert not at_work.falls().runs()
    assert "closed" in at_work.page
    at_work.desk.append([DayReopened(at=LATE, by="jo", why="too early")], expected=2)
    said = len(at_work.said)
    at_work.clock.set(LATE + timedelta(seconds=at_work.station.build.again_s))
    at_work.watch._go_on()
    at_work.runs()
    assert "Planned by itself" in at_work.day.course.notes[-1].text
    assert not any("closed" in sentence for sentence in at_work.said[said:])


def test_a_folder_that_cannot_be_written_loses_no_draft(at_work):
    (at_work.folder / "plan-DXX1-2026-03-14.md").mkdir()
    at_work.falls().runs()
    assert any("cannot be written" in sentence for sentence in at_work.said)
    assert "Planned by itself" in at_work.day.course.notes[-1].text
