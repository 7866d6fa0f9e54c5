"""Preview and take with a real log: nothing before, everything at once, and nothing twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.errors import Refused, Stale
from dispatchkit.fleet import vans
from dispatchkit.imports import OriginalFile
from dispatchkit.intake import preview, take
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.roles import Role
from dispatchkit.station import load
from tests import small_papers as papers
from tests.intake_story import NOON
from tests.small_station_day import write_station_day

KEY = DayKey.parse(papers.DAY)
PLAN = OriginalFile(name=papers.DOP_NAME, data=papers.day_of_ops())
ROUTES = OriginalFile(name=papers.routes_name(), data=papers.routes(0, 0))
LATER = OriginalFile(name=papers.routes_name("11_50"), data=papers.routes(87, 40))
PEOPLE = OriginalFile(name="AssociateData.csv", data=papers.associates())
VANS = OriginalFile(name="VehiclesData.csv", data=papers.vehicles())
PICTURE = OriginalFile(name="cat.png", data=b"\x89PNG\r\n\x1a\n")
MORNING_FILES = (PLAN, ROUTES, PEOPLE, VANS)


@pytest.fixture(scope="module")
def station(tmp_path_factory):
    own = tmp_path_factory.mktemp("profile") / "DXX1.toml"
    own.write_text(papers.PROFILE, encoding="utf-8")
    return load(own)


@pytest.fixture
def log(tmp_path):
    with open_log(tmp_path / "days.sqlite") as opened:
        yield opened


@pytest.fixture
def desk(log, station):
    return At(log, station)


class At:
    """A person at a desk with files."""

    def __init__(self, log, station):
        self.log, self.station, self.clock = log, station, FrozenClock(NOON)

    def looks(self, *files, **more):
        return preview(self.log, files, by="maria", station=self.station, clock=self.clock, **more)

    def takes(self, *files, **more):
        return take(self.log, self.looks(*files, **more), by="maria", clock=self.clock)[0]

    @property
    def day(self):
        return Desk(self.log, KEY, by="maria").day()


def test_a_preview_writes_nothing(desk):
    shown = desk.looks(*MORNING_FILES)
    assert (shown.key, shown.can_be_taken, desk.log.days(), desk.log.directory.every("name")) == (KEY, True, [], {})


def test_a_new_day_is_opened_and_a_batch_is_one_append_with_its_artifacts_and_names(desk):
    taken = desk.takes(*MORNING_FILES)
    assert (taken.routes, taken.stops, taken.packages, taken.committed) == (2, 346, 638, True)
    entries = desk.log.read(KEY)
    assert (entries[0].fact.kind, {entry.first_n for entry in entries}) == ("DayOpened", {1, 2})
    assert desk.log.verify().ok
    assert desk.log.artifact(PLAN.digest) == PLAN.data
    assert desk.log.directory.every("name")["A000000000001X"] == "Driver 1"
    assert all(f.reading for f in desk.day.course.files)


def test_the_same_batch_again_writes_nothing(desk):
    desk.takes(*MORNING_FILES)
    before = desk.log.version(KEY)
    again = desk.takes(*MORNING_FILES)
    assert (again.repeated, desk.log.version(KEY)) == (True, before)


def test_an_open_question_or_a_blocker_refuses_and_writes_nothing(desk):
    with pytest.raises(Refused, match="Answer 'stops'"):
        desk.takes(PLAN)
    with pytest.raises(Refused, match="cannot be used"):
        desk.takes(PICTURE, day=KEY)
    assert desk.log.days() == []


def test_a_preview_that_would_now_do_something_else_is_refused_with_what_changed(desk):
    desk.takes(*MORNING_FILES)
    grounding = OriginalFile(name="VehiclesData.csv", data=papers.vehicles(grounded=True))
    shown = desk.looks(grounding, day=KEY)
    assert "Van 7 is grounded" in [c.text for c in shown.changes]
    Desk(desk.log, KEY, by="jo").decide(vans.ground, van_id="Van 7", why="Flat tyre")
    before = desk.log.version(KEY)
    with pytest.raises(Stale, match="no longer change: Van 7 is grounded"):
        take(desk.log, shown, by="maria", clock=desk.clock)
    assert desk.log.version(KEY) == before


def test_a_preview_of_an_older_version_is_taken_where_it_comes_out_the_same(desk):
    desk.takes(*MORNING_FILES)
    shown = desk.looks(LATER)
    Desk(desk.log, KEY, by="jo").decide(vans.ground, van_id="Van 8", why="Flat tyre")
    assert take(desk.log, shown, by="maria", clock=desk.clock)[0].facts > 0
    assert desk.day.road.routes["CX101"].done_count == 87


def test_read_only_takes_nothing(desk):
    with pytest.raises(Refused, match="read-only"):
        take(desk.log, desk.looks(*MORNING_FILES), by="maria", role=Role.READ_ONLY)
    assert desk.log.days() == []


def test_files_of_two_days_ask_which(desk):
    other = OriginalFile(name=papers.routes_name().replace("02-22", "02-21"), data=papers.routes(1, 2))
    (question,) = desk.looks(PLAN, other).questions
    assert (question.id, {o.id for o in question.options}) == ("day", {papers.DAY, "DXX1/2026-02-21"})
    shown = desk.looks(PLAN, other, answers={"day": papers.DAY})
    assert (shown.key, [q.id.partition("-")[0] for q in shown.questions]) == (KEY, ["elsewhere"])


def test_a_file_that_names_no_day_needs_one(desk):
    assert "Say which day" in desk.looks(VANS).blockers[0]
    assert desk.takes(VANS, day=KEY).facts > 0


def test_a_branch_takes_files_of_its_day(desk):
    branch = DayKey(KEY.station, KEY.service_day, "2")
    assert desk.looks(*MORNING_FILES, day=branch).key == branch


def test_the_zone_of_an_earlier_day_of_the_station_is_taken(desk):
    desk.takes(*MORNING_FILES)
    tomorrow = OriginalFile(name=papers.DOP_NAME.replace("02-22", "02-23"), data=papers.day_of_ops(packages=300))
    shown = preview(desk.log, [tomorrow], by="maria", station=load(), clock=desk.clock, answers={"stops": "estimate"})
    assert [q.id for q in shown.questions] == ["dsp"]


def test_public_route_data_goes_through_the_same_calls(desk, tmp_path):
    folder = write_station_day(tmp_path / "day", harm=())
    files = [OriginalFile(name=p.name, data=p.read_bytes()) for p in sorted(folder.iterdir())]
    shown = desk.looks(*files)
    assert [c.text for c in shown.changes] == ["DXX1/2026-03-14: 3 routes, 36 stops, 36 packages: the day's plan"]
    taken = take(desk.log, shown, by="maria", clock=desk.clock)
    assert (taken[0].committed, taken[0].stops) == (True, 36)
    again = desk.looks(*files)
    assert (again.changes, {f.state for f in again.files}) == ((), {"repeated"})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.permutations([PLAN, ROUTES, LATER, PEOPLE, VANS]), cuts=st.integers(1, 4))
def test_files_in_any_order_and_any_batches_make_a_day_that_folds(station, tmp_path_factory, files, cuts):
    answers = {"stops": "wait", "plan": "keep", "drivers": "keep"}
    with open_log(tmp_path_factory.mktemp("log") / "days.sqlite") as log:
        desk = At(log, station)
        for batch in (files[:cuts], files[cuts:], files):
            shown = desk.looks(*batch, day=KEY, answers=answers)
            assert (shown.questions, shown.blockers) == ((), ())
            take(log, shown, by="maria", clock=desk.clock)
        day = desk.day
        assert len(day.course.files) == 5
        assert day.pre_load_out.plan is not None
        assert log.verify().ok
        version = log.version(KEY)
        assert take(log, desk.looks(*files, day=KEY), by="maria", clock=desk.clock)[0].repeated
        assert log.version(KEY) == version
