"""The files of every sample day, dropped on an empty store: they make the day that they were made of."""

from collections import defaultdict

import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.imports import OriginalFile
from dispatchkit.intake import FileState, preview, take
from dispatchkit.log import open_log
from dispatchkit.run_day.sample import SAMPLE_DAYS
from dispatchkit.samples.files import taken_files
from dispatchkit.samples.papers import DSP, sample_papers
from dispatchkit.samples.papers.of_sample import snapshots_of
from dispatchkit.samples.papers.standing import standings

WITH_EXPORTS = [name for name in SAMPLE_DAYS if name != "malformed"]
"""Days of which Cortex was exported; the malformed one stands on the evening before."""


@pytest.fixture(scope="module")
def dropped(standing, station, tmp_path_factory):
    """``dropped("calm_day")``: the day as it was, the files' preview, the day that they made, their preview anew."""
    done = {}

    def drop(name):
        if name not in done:
            done[name] = _drop(standing(name), station, tmp_path_factory.mktemp(name))
        return done[name]

    return drop


def _drop(shift, station, folder):
    was, clock = shift.day, FrozenClock(shift.clock.now())
    files = taken_files(shift) or sample_papers(was)
    originals = [OriginalFile(name=name, data=data) for name, data in files.items()]
    answers = {"timezone": was.course.timezone, "dsp": DSP, "stops": "estimate"}
    with open_log(folder / "days.sqlite") as log:
        shown = preview(log, originals, by="maria", station=station, answers=answers, clock=clock)
        take(log, shown, by="maria", clock=clock)
        made = Desk(log, was.key, by="maria").day()
        again = preview(log, originals, by="maria", station=station, day=was.key, clock=clock)
        return was, shown, made, again


def by_code(day, values):
    return {day.code(route_id): value for route_id, value in values.items()}


def driver_of(day):
    left = {route_id: fact.driver_id for route_id, fact in day.load_out.departed.items()}
    return by_code(day, dict(day.pre_load_out.driver_of) | left)


@pytest.mark.parametrize("name", SAMPLE_DAYS)
class TestEveryDay:
    def test_its_files_are_taken_without_a_blocker(self, dropped, name):
        was, shown, made, _ = dropped(name)
        assert (shown.key, shown.blockers, shown.questions) == (was.key, (), ())
        assert [str(p) for file in shown.files for p in file.problems if p.blocks] == []
        assert {f.original for f in made.course.files} == {f.digest for f in shown.files}

    def test_taking_the_same_files_twice_changes_nothing(self, dropped, name):
        _, _, made, again = dropped(name)
        assert {file.state for file in again.files} == {FileState.REPEATED}
        assert (again.changes, again.questions, again.blockers, again.can_be_taken) == ((), (), (), False)
        assert again.version == made.version

    def test_the_plan_has_the_same_routes_and_packages(self, dropped, name):
        was, _, made, _ = dropped(name)
        packages = [
            {r.code: sum(len(s.packages) for s in day.plan.stops_of(r.route_id)) for r in day.plan.routes}
            for day in (was, made)
        ]
        assert packages[0] == packages[1]

    def test_the_waves_leave_when_they_left(self, dropped, name):
        waves = []
        for day in dropped(name)[::2]:
            held = defaultdict(set)
            for route in day.plan.routes:
                held[route.departs_at].add(route.code)
            waves.append(held)
        assert waves[0] == waves[1]

    def test_the_same_people_are_on_the_roster(self, dropped, name):
        people = [
            {(d.driver_id, d.qualifications, d.standby, d.nursery) for d in day.pre_load_out.roster.drivers}
            for day in dropped(name)[::2]
        ]
        assert people[0] == people[1]

    def test_the_same_vans_are_there_and_the_same_are_grounded(self, dropped, name):
        vans = [
            {(v.van_id, v.service_type, v.electric, v.van_id in day.pre_load_out.grounded)
             for v in day.pre_load_out.fleet.vans}
            for day in dropped(name)[::2]
        ]  # fmt: skip
        assert vans[0] == vans[1]

    def test_every_inspection_is_taken_those_past_midnight_too(self, dropped, name):
        inspected = [
            {(van_id, kind, i.passed) for (van_id, kind), i in day.pre_load_out.inspections.items()}
            for day in dropped(name)[::2]
        ]
        assert inspected[0] == inspected[1]

    def test_every_van_has_a_volume(self, dropped, name):
        _, shown, made, _ = dropped(name)
        assert all(v.volume_cm3 for v in made.pre_load_out.fleet.vans)
        assert not any("No volume is known" in note for note in shown.notes)


@pytest.mark.parametrize("name", WITH_EXPORTS)
class TestExportsOfCortex:
    def test_every_route_has_its_driver_and_its_stops(self, dropped, name):
        was, _, made, _ = dropped(name)
        now = standings(was, max(snapshots_of(was)))
        assert driver_of(made) == driver_of(was)
        stops = {r.code: len(r.stop_ids) for r in made.plan.routes}
        assert stops == by_code(was, {route_id: standing.stops for route_id, standing in now.items()})

    def test_progress_is_that_of_the_newest_export(self, dropped, name):
        was, _, made, _ = dropped(name)
        now = standings(was, max(snapshots_of(was)))
        done = by_code(made, {route_id: route.done_count for route_id, route in made.road.routes.items()})
        assert done == by_code(was, {route_id: standing.stops_done or 0 for route_id, standing in now.items()})
