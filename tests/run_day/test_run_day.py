"""A whole day, run headless: from files to a closed shift, with every package accounted for."""

import pytest

from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import VanInspected
from dispatchkit.desk import Desk
from dispatchkit.imports.problems import Unreadable
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.run_day import as_printed, run_days
from dispatchkit.station import load


@pytest.fixture
def log(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        yield log


def run(log, folder, **more):
    return run_days(log, folder, **({"station": load(), "seed": 1, "build": False} | more))


def desk_of(log, result):
    from datetime import date

    return Desk(log, DayKey(result.station, date.fromisoformat(result.day), result.branch), by="test")


def test_a_day_runs_to_a_closed_shift_with_every_package_accounted_for(log, station_day):
    (result,) = run(log, station_day)
    assert (result.routes, result.stops, result.packages) == (3, 36, 36)
    assert result.delivered + result.attempted + result.returned + result.missing == 36
    assert (result.balance_difference, result.closed, result.chain_ok, result.reconstructed) == (0, True, True, True)


def test_the_same_seed_runs_the_same_day_and_another_one_another(log, station_day):
    first, again, other = (run(log, station_day, seed=s)[0] for s in (1, 1, 2))
    days = [desk_of(log, r).day() for r in (first, again, other)]
    assert days[0].road == days[1].road
    assert days[0].road != days[2].road


def test_a_second_run_stands_beside_the_first(log, station_day):
    branches = [run(log, station_day)[0].branch for _ in range(3)]
    assert branches == ["", "2", "3"]
    assert len(log.days()) == 3


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


def test_every_route_of_a_grounded_fleet_stays_and_its_packages_are_accounted_for(log, station_day, tmp_path):
    profile = tmp_path / "DXX1.toml"
    profile.write_text('[simulator]\ndefect = { value = 100, unit = "%", source = "this test" }', "utf-8")
    (result,) = run(log, station_day, station=load(profile))
    day = desk_of(log, result).day()
    assert not day.load_out.departed
    assert any("failed its inspection" in n.text for n in day.course.notes)
    assert (result.returned, result.delivered, result.closed) == (36, 0, True)


def test_several_days_print_their_sums(log, station_day):
    both = as_printed([*run(log, station_day), *run(log, station_day)])
    assert (both["packages"], both["day"], len(both["days"])) == (72, ["2026-03-14", "2026-03-14"], 2)


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
