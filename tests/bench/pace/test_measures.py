import csv
import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from typer.testing import CliRunner

from dispatchkit.bench.pace.attention import asked
from dispatchkit.bench.pace.days import FITTING, REPORTING, days
from dispatchkit.bench.pace.fitting import as_profile, fit
from dispatchkit.bench.pace.looks import looks
from dispatchkit.bench.pace.measures import figures, measure
from dispatchkit.cli.main import app
from dispatchkit.imports.completions import read_completions
from dispatchkit.imports.problems import Unreadable
from dispatchkit.station import load
from tests.small_challenge import write_challenge

KEYS = {
    "days", "mae_min", "optimal_mae_min", "oracle_mae_min", "elapsed_rule_mae_min", "coverage80",
    "coverage80_by_bucket", "coverage80_new_drivers", "coverage80_bad_weather", "late_recall_150min",
    "late_precision", "optimal_late_precision", "items_per_hour", "flood_share", "chatter",
}  # fmt: skip
THREE = datetime(2018, 8, 8, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def station():
    return load()


@pytest.fixture(scope="module")
def found(station):
    return figures([measure(day, station) for day in days(8, station, seed=REPORTING)])


def test_every_key_of_the_benchmark_is_there(found):
    assert found.keys() >= KEYS
    assert all(set(found[key]) == {"25", "50", "75"} for key in KEYS if key.endswith("mae_min"))


def test_on_a_few_days_already_the_figures_lie_where_they_should(found):
    assert found["mae_min"]["25"] < 0.75 * found["elapsed_rule_mae_min"]["25"]
    assert found["mae_min"]["50"] < 1.1 * found["optimal_mae_min"]["50"]
    assert 0.7 < found["coverage80"] < 0.9
    assert found["late_recall_150min"] > 0.85
    assert found["items_per_hour"] < 6


class TestAttention:
    def looked(self, station, chance):
        (day,) = days(1, station, seed=FITTING)
        seen = looks(day, station.forecast)
        late = np.zeros(seen.done.shape)
        late[:, 0] = chance(seen.at_s / 3600)
        return asked(seen, late, raise_at=0.35, clear_at=0.04, station=station)

    def test_a_chance_that_stays_between_the_lines_raises_once(self, station):
        quiet = self.looked(station, lambda h: 0.0 * h).items
        wobbling = self.looked(station, lambda h: np.where(np.arange(len(h)) % 2, 0.4, 0.1))
        assert (wobbling.items - quiet, wobbling.again) == (1, 0)

    def test_one_that_falls_below_the_lower_line_and_comes_back_at_once_is_the_same_alarm(self, station):
        quiet = self.looked(station, lambda h: 0.0 * h).items
        back = self.looked(station, lambda h: np.where(np.arange(len(h)) % 2, 0.4, 0.0))
        assert (back.items - quiet, back.again) == (1, 0)

    def test_one_that_comes_back_so_late_that_it_asks_for_help_chatters(self, station):
        assert self.looked(station, lambda h: np.where(np.arange(len(h)) % 2, 0.9, 0.0)).again > 3

    def test_a_route_just_gone_is_not_judged_unless_it_is_nearly_sure(self, station):
        quiet = self.looked(station, lambda h: 0.0 * h).items
        assert self.looked(station, lambda h: np.where(h < 0.8, 0.6, 0.0)).items == quiet
        assert self.looked(station, lambda h: np.where(h < 0.8, 0.9, 0.0)).items == quiet + 1


def test_fitting_finds_the_simulators_own_spreads_again(station):
    fitted = fit(station, count=25, say=lambda _: None)
    real = station.simulator
    assert fitted.spreads.drive_spread_share == pytest.approx(real.drive_spread_share, rel=0.1)
    assert fitted.spreads.service_spread_share == pytest.approx(real.service_spread_share, rel=0.1)
    assert fitted.spreads.driver_spread_share == pytest.approx(real.driver_spread_share, rel=0.2)
    assert fitted.spreads.area_spread_share == pytest.approx(real.area_spread_share, rel=0.25)
    assert fitted.spreads.driver_day_spread_share == pytest.approx(real.driver_day_spread_share, rel=0.3)
    assert fitted.spreads.new_driver_share == pytest.approx(real.new_driver_slower_share, abs=0.06)
    text = as_profile(fitted, 25)
    assert text.startswith("[forecast]\n")
    assert "calibration = { value = [\"0: " in text


def test_what_was_fitted_can_be_used_as_a_stations_own_profile(station, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(as_profile(fit(station, count=8, say=lambda _: None), 8))
    assert load(own).forecast.calibration != ()


class TestBacktest:
    @pytest.fixture
    def recorded(self, tmp_path):
        """The small route as it was driven: a minute's drive and its service, stop after stop, `late` times as long."""

        def write(stops=("CC", "AA", "NA"), route_id="RouteID_1"):
            data, path = write_challenge(tmp_path / "data"), tmp_path / "completions.csv"
            with path.open("w", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["route_id", "stop_id", "completed_at"])
                for k, stop_id in enumerate(stops, start=1):
                    rows.writerow([route_id, stop_id, (THREE + timedelta(minutes=20 * k)).isoformat()])
            return ["forecast", "backtest", str(data), "--completions", str(path), "--json"]

        return write

    def test_anyones_days_are_judged_under_the_same_keys(self, recorded):
        result = CliRunner().invoke(app, recorded())
        assert result.exit_code == 0, result.output
        told = json.loads(result.stdout)
        assert told.keys() >= KEYS
        assert (told["days"], told["routes"], told["censored_routes"]) == (1, 1, 0)
        assert told["mae_min"]["25"] is not None
        assert told["oracle_mae_min"]["25"] is None

    def test_without_a_driver_nothing_is_learned_and_that_is_said(self, recorded):
        words = recorded()
        assert json.loads(CliRunner().invoke(app, words).stdout)["unknown_drivers"] == 1
        said = " ".join(CliRunner().invoke(app, words[:-1]).output.split())
        assert "Of 1 of 1 routes nobody says who drove them" in said

    def test_a_route_whose_stops_others_took_would_have_ended_nobody_knows_when(self, recorded):
        told = json.loads(CliRunner().invoke(app, recorded(stops=("CC", "AA"))).stdout)
        assert (told["routes"], told["censored_routes"]) == (1, 1)
        assert told["mae_min"]["50"] is None

    def test_completions_of_other_routes_are_said_so(self, recorded):
        result = CliRunner().invoke(app, recorded(route_id="RouteID_9"))
        assert "Compare the route_id" in str(result.exception)


class TestCompletions:
    def write(self, tmp_path, text):
        path = tmp_path / "completions.csv"
        path.write_text(text)
        return path

    def test_a_stop_told_twice_was_done_the_second_time(self, tmp_path):
        rows = "R,S,2018-08-08T15:00:00Z\nR,S,2018-08-08T11:00:00-05:00\n"
        path = self.write(tmp_path, f"route_id,stop_id,completed_at\n{rows}")
        assert read_completions(path).done == {"R": {"S": THREE + timedelta(hours=1)}}

    def test_a_column_may_say_who_drove(self, tmp_path):
        row = "R,S,2018-08-08T15:00:00Z,A1\nQ,T,2018-08-08T15:00:00Z,\n"
        path = self.write(tmp_path, f"route_id,stop_id,completed_at,Driver ID\n{row}")
        assert read_completions(path).driver_of == {"R": "A1"}

    @pytest.mark.parametrize("at", ["2018-08-08T15:00:00", "three", ""])
    def test_a_time_without_its_offset_is_named_with_its_row(self, tmp_path, at):
        with pytest.raises(Unreadable, match="offset"):
            read_completions(self.write(tmp_path, f"route_id,stop_id,completed_at\nR,S,{at}\n"))

    def test_a_table_of_something_else_is_refused(self, tmp_path):
        with pytest.raises(Unreadable, match="no table of completions"):
            read_completions(self.write(tmp_path, "driver,phone\nA,1\n"))
