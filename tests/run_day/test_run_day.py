"""A whole day, run headless: from files to a closed shift, with every package accounted for."""

from datetime import date, timedelta

import pytest

from dispatchkit.day.facts.load_out import BriefingGiven, RouteDeparted
from dispatchkit.day.facts.pre_load_out import VanInspected
from dispatchkit.day.facts.road import StopServed
from dispatchkit.desk import Desk
from dispatchkit.errors import WorkbenchError
from dispatchkit.imports.problems import Unreadable
from dispatchkit.records import DayKey
from dispatchkit.run_day import as_printed, run_days
from dispatchkit.run_day.result import SUMMED
from dispatchkit.run_day.shift import STEP
from dispatchkit.station import load
from tests.small_station_day import DAY, write_station_day


def run(log, folder, **more):
    return run_days(log, folder, **({"station": load(), "seed": 1, "build": False} | more))


def desk_of(log, result):
    return Desk(log, DayKey(result.station, date.fromisoformat(result.day), result.branch), by="test")


def test_a_day_runs_to_a_closed_shift_with_every_package_accounted_for(log, station_day):
    (result,) = run(log, station_day)
    assert (result.routes, result.stops, result.packages) == (3, 36, 36)
    assert result.delivered + result.attempted + result.returned + result.missing == 36
    assert (result.balance_difference, result.closed, result.chain_ok, result.reconstructed) == (0, True, True, True)


def facts_of(log, result):
    return [e.fact for e in desk_of(log, result).entries()]


@pytest.mark.parametrize("build", [False, True])
def test_the_same_seed_runs_the_same_day(log, station_day, build):
    first, again = (run(log, station_day, seed=5, build=build, budget_s=1)[0] for _ in range(2))
    assert facts_of(log, first) == facts_of(log, again)


def test_another_seed_runs_another_day(log, station_day):
    one, other = (run(log, station_day, seed=s)[0] for s in (1, 2))
    assert desk_of(log, one).day().road != desk_of(log, other).day().road


@pytest.mark.parametrize("seed", range(2, 6))
def test_any_seed_runs_to_its_close(log, station_day, seed):
    (result,) = run(log, station_day, seed=seed)
    assert (result.closed, result.left_open, result.balance_difference) == (True, (), 0)


def test_who_is_back_before_anybody_looks_needs_no_clearance(log, tmp_path):
    (result,) = run(log, write_station_day(tmp_path / "one stop", vans=1, stops=1))   # out and back between two looks
    day = desk_of(log, result).day()
    assert day.end_of_shift.returned.keys() == {"Route0"}
    assert result.closed


def test_a_second_run_stands_beside_the_first(log, station_day):
    branches = [run(log, station_day)[0].branch for _ in range(3)]
    assert branches == ["", "2", "3"]
    assert [str(head.key) for head in log.days()] == [DAY, f"{DAY}@2", f"{DAY}@3"]


def test_a_second_run_leaves_the_first_as_it_was(log, station_day):
    (first,) = run(log, station_day)
    before = desk_of(log, first).entries()
    run(log, station_day, seed=2)
    assert desk_of(log, first).entries() == before


@pytest.mark.parametrize("stage", ["planning", "load-out", "on the road", "end of shift"])
def test_a_run_that_is_interrupted_leaves_a_log_that_verifies_and_the_next_run_stands_beside_it(
    log, station_day, stage
):
    def interrupt(sentence):
        if stage in sentence:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(log, station_day, say=interrupt)
    assert log.verify().ok
    left = len(log.days())
    (again,) = run(log, station_day)
    assert (again.closed, again.branch) == (True, "2" if left else "")


@pytest.mark.parametrize("writes", [1, 4, 9, 50])
def test_an_interruption_at_any_write_leaves_a_log_that_verifies(log, station_day, writes, monkeypatch):
    append, done = log.append, []

    def append_and_stop(*arguments, **more):
        written = append(*arguments, **more)
        done.append(written)
        if len(done) == writes:
            raise KeyboardInterrupt
        return written

    monkeypatch.setattr(log, "append", append_and_stop)
    with pytest.raises(KeyboardInterrupt):
        run(log, station_day)
    checked = log.verify()
    assert (checked.ok, checked.facts) == (True, sum(map(len, done)))


def test_no_van_leaves_before_its_inspection(log, station_day):
    (result,) = run(log, station_day)
    inspected: set[str] = set()
    for entry in desk_of(log, result).entries():
        if isinstance(entry.fact, VanInspected) and entry.fact.passed:
            inspected.add(entry.fact.van_id)
        if isinstance(entry.fact, RouteDeparted):
            assert entry.fact.van_id in inspected


def test_the_log_never_learns_a_thing_before_an_earlier_one(log, station_day):
    (result,) = run(log, station_day)
    learned = [e.learned_at for e in desk_of(log, result).entries()]
    assert learned == sorted(learned)


def test_recorded_departures_are_kept(log, station_day):
    (result,) = run(log, station_day)
    departed = desk_of(log, result).day().load_out.departed
    assert {r: f"{left.at:%H:%M}" for r, left in departed.items()} == {
        "Route0": "14:00", "Route1": "15:00", "Route2": "16:00"
    }  # fmt: skip


def test_each_wave_is_briefed_before_its_own_departure_and_not_after_the_last(log, station_day):
    (result,) = run(log, station_day)
    order = [e.fact.kind for e in desk_of(log, result).entries() if isinstance(e.fact, BriefingGiven | RouteDeparted)]
    assert order == ["BriefingGiven", "RouteDeparted"] * 3


def test_early_routes_are_watched_while_later_ones_are_at_the_dock(log, station_day):
    (result,) = run(log, station_day)                                  # an hour lies between departures
    served = [e for e in desk_of(log, result).entries() if isinstance(e.fact, StopServed)]
    assert max(e.learned_at - e.fact.at for e in served) <= STEP


def test_what_the_road_told_is_labelled_reconstructed(log, station_day):
    (result,) = run(log, station_day)
    day = desk_of(log, result).day()
    assert {r.last_served.by for r in day.road.routes.values()} == {"reconstructed"}


def test_built_routes_serve_the_same_packages(log, station_day):
    (given,), (built,) = run(log, station_day), run(log, station_day, build=True, budget_s=2)
    assert built.built
    assert (built.packages, built.unserved, built.closed) == (given.packages, 0, True)


def test_a_folder_with_one_bad_row_runs_nothing(log, station_day):
    customers = station_day / "customers.csv"
    customers.write_text(customers.read_text("utf-8").replace("-93.600000,41.600000", "-93.600000,forty", 1), "utf-8")
    with pytest.raises(Unreadable, match=r"customers\.csv row 2"):
        run(log, station_day)
    assert log.days() == []


def test_a_day_that_cannot_be_closed_says_why(log, station_day, tmp_path, monkeypatch):
    monkeypatch.setattr("dispatchkit.run_day.on_road.LONGEST", timedelta(minutes=20))   # not all are back by then
    (result,) = run(log, station_day, report=tmp_path / "reports")
    assert not result.closed
    assert "CX3 is not back" in " ".join(result.left_open)
    assert list(as_printed([result])["left_open"]) == list(result.left_open)
    assert "The day is open" in (tmp_path / "reports" / "DXX1_2026-03-14.html").read_text("utf-8")


def test_reports_that_cannot_be_written_are_said_before_anything_runs(log, station_day):
    with pytest.raises(WorkbenchError, match="for the reports cannot be made"):
        run(log, station_day, report=station_day / "customers.csv" / "reports")
    assert log.days() == []


def test_every_route_of_a_grounded_fleet_stays_and_its_packages_are_accounted_for(log, station_day, tmp_path):
    profile = tmp_path / "DXX1.toml"
    profile.write_text('[simulator]\ndefect = { value = 100, unit = "%", source = "this test" }', "utf-8")
    (result,) = run(log, station_day, station=load(profile))
    day = desk_of(log, result).day()
    assert not day.load_out.departed
    assert any("failed its inspection" in n.text for n in day.course.notes)
    assert (result.returned, result.delivered, result.closed) == (36, 0, True)


def test_several_days_print_their_sums(log, station_day):
    results = [*run(log, station_day), *run(log, station_day, seed=2)]
    both = as_printed(results)
    assert (both["packages"], both["day"], len(both["days"])) == (72, ["2026-03-14", "2026-03-14"], 2)
    for key in SUMMED:
        assert both[key] == pytest.approx(sum(getattr(r, key) for r in results))


def test_a_real_station_day_runs_to_its_close(log, shared_data):
    (result,) = run(log, shared_data / "amazon_dch4_2018-08-08")
    assert (result.station, result.day) == ("DCH4", "2018-08-08")
    assert (result.routes, result.stops, result.packages) == (25, 4224, 6137)
    assert (result.balance_difference, result.closed, result.chain_ok) == (0, True, True)


def test_ten_real_routes_of_ten_days_each_run_to_their_close(log, shared_data):
    results = run(log, shared_data / "amazon_routes10")
    assert len(results) == 10
    assert sum(r.packages for r in results) == 2314
    assert all(r.closed and r.chain_ok and r.balance_difference == 0 for r in results)
