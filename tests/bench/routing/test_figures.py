"""What all answers together say: gaps, spread over seeds, ours over the best peer; and answers that are kept."""

import json

import msgspec
import pytest
from typer.testing import CliRunner

from dispatchkit.bench.routing import cases as rules
from dispatchkit.bench.routing import kept
from dispatchkit.bench.routing.as_markdown import section
from dispatchkit.bench.routing.figures import AIMS, ask_all, figures, single_rows, with_gaps
from dispatchkit.bench.routing.row import Row, Singles
from dispatchkit.cli.main import app
from dispatchkit.errors import WorkbenchError
from tests.small_instances import DAY, write_instances


def row(case=DAY, engine="ours", seed=1, cost=100.0, **more):
    plain = {
        "stops": 10, "budget_s": 60.0, "took_s": 60.1, "first_feasible_s": 4.0, "routes": 2, "unserved": 0,
        "late": 0.0, "overtime": 0.0, "overload": 0.0, "hours_sd": 0.3, "peak_mb": 50.0,
    }  # fmt: skip
    return Row(case=case, engine=engine, seed=seed, cost=cost, **(plain | more))


def test_the_gap_of_a_day_is_to_the_best_plan_that_keeps_every_limit():
    rows = with_gaps([row(cost=110.0), row(engine="vroom", cost=100.0), row(engine="pyvrp", cost=80.0, late=5.0)])
    assert [r.gap_to_best for r in rows] == [0.1, 0.0, None]


def test_seeds_are_put_together():
    found = figures([row(cost=100.0), row(seed=2, cost=102.0, first_feasible_s=7.0), row(seed=3, cost=101.0)])
    assert found[f"{DAY}_cost_mean"] == 101
    assert found[f"{DAY}_spread_share"] == pytest.approx(2 / 101, abs=1e-5)
    assert found[f"{DAY}_first_feasible_s"] == 7.0
    assert found[f"{DAY}_s_a_stop"] == 10.1


def test_one_seed_without_a_feasible_plan_leaves_no_time_to_the_first():
    assert figures([row(), row(seed=2, first_feasible_s=None)])[f"{DAY}_first_feasible_s"] is None


def test_a_first_plan_that_stood_at_once_is_a_time_too():
    assert figures([row(first_feasible_s=0.0)])[f"{DAY}_first_feasible_s"] == 0.0


def test_our_worst_seed_is_held_against_the_best_peer_that_keeps_every_limit():
    peers = [row(engine="pyvrp", cost=120.0), row(engine="vroom", cost=110.0)]
    broken = row(engine="ortools", cost=1.0, unserved=9)
    assert figures([row(cost=100.0), row(seed=2, cost=99.0), *peers, broken])[f"{DAY}_over_best_peer"] == 0.9091


def test_balance_is_held_against_the_plain_plan():
    found = figures([row(cost=100.0), row(f"{DAY}-balanced", cost=101.0, hours_sd=0.12)])
    assert found[f"{DAY}_balanced_over_plain"] == 1.01
    assert found[f"{DAY}_balanced_hours_sd"] == 0.12
    assert found[f"{DAY}_cost_mean"] == 100


def test_published_gaps_are_averaged_and_broken_plans_counted():
    found = figures([
        row("solomon/R101", gap_to_best=0.01),
        row("solomon/R102", gap_to_best=0.0),
        row("x/X-n101-k25", gap_to_best=0.002),
        row("x/X-n106-k14", gap_to_best=None, unserved=1),
    ])
    assert (found["solomon_gap_mean"], found["x_gap_mean"], found["published_gap_mean"]) == (0.005, 0.002, 0.004)
    assert found["published_infeasible"] == 1


def test_single_figures_stand_beside_the_rows():
    found = figures([row(), Singles(case="dch4", budget_s=60.0, seed=1, figures={"dch4_hours_ratio": 0.98})])
    assert found["dch4_hours_ratio"] == 0.98
    assert len(found["cases"]) == 1


def test_lists_are_for_programs_only():
    singles = Singles(case="challenge", budget_s=60.0, seed=1, figures={"mean": 0.03, "scores": {"CX1": 0.03}})
    found = figures([singles])
    assert found["scores"] == {"CX1": 0.03}
    assert [name for name, _, _ in single_rows(found)] == ["mean"]
    assert str(singles) == "challenge: mean 0.03"


def test_what_was_not_measured_is_none_for_programs_and_no_line_for_people():
    found = figures([row(first_feasible_s=None)])
    assert found["rebuild_s"] is None
    told = {name: value for name, value, _ in single_rows(found)}
    assert "rebuild_s" not in told
    assert told[f"{DAY}_first_feasible_s"] == "–"


def test_the_section_has_a_table_of_figures_with_their_aims_and_one_of_each_kind_of_case():
    text = section(figures([row(cost=123_456.0), row("solomon/R101", gap_to_best=0.0051), row(seed=2)]))
    assert f"| `published_gap_mean` | 0.0051 | {AIMS['published_gap_mean']} |" in text
    assert "| 123,456 |" in text
    assert "| 0.51% |" in text
    assert text.index("### Generated days") < text.index("### Published instances")


class TestKept:
    def test_a_run_that_was_broken_off_goes_on_where_it_stopped(self, tmp_path):
        file, asked = tmp_path / "rows.jsonl", []
        data = write_instances(tmp_path)
        case = rules.Case("x/FIVE", "x", "ours", 1.0, 1)
        kept.add(file, row("x/FIVE", budget_s=1.0, cost=64.0))
        (answer,) = ask_all([case], data, out=file, say=asked.append, told=lambda _: None)
        assert answer.cost == 64.0
        assert asked == []

    def test_another_seed_or_budget_is_another_question(self):
        key = rules.Case("x/FIVE", "x", "ours", 1.0, 1).key
        assert key != rules.Case("x/FIVE", "x", "ours", 1.0, 2).key != rules.Case("x/FIVE", "x", "ours", 2.0, 2).key

    def test_rows_and_single_figures_come_back_as_they_were(self, tmp_path):
        file = tmp_path / "rows.jsonl"
        answers = [row(), Singles(case="dch4", budget_s=60.0, seed=1, figures={"dch4_hours_ratio": 0.98})]
        for answer in answers:
            kept.add(file, answer)
        assert list(kept.read(file).values()) == answers

    def test_a_line_that_is_none_of_ours_is_named(self, tmp_path):
        file = tmp_path / "rows.jsonl"
        file.write_bytes(msgspec.json.encode(row()) + b"\n{\"case\": 1}\n")
        with pytest.raises(WorkbenchError, match="line 2, is no figure of this benchmark"):
            kept.read(file)


class TestCommand:
    def test_it_asks_judges_keeps_and_writes(self, tmp_path, monkeypatch):
        monkeypatch.setattr(rules, "PUBLISHED_S", 4.0)
        data, kept_at, written = write_instances(tmp_path), tmp_path / "rows.jsonl", tmp_path / "section.md"
        asked = ["bench", "routing", "--data", str(data), "--only", "x/FIVE", "--seeds", "2", "--json"]
        ran = CliRunner().invoke(app, [*asked, "--out", str(kept_at), "--markdown", str(written)])
        assert ran.exit_code == 0, ran.output
        (found,) = json.loads(ran.stdout)["cases"]
        assert (found["case"], found["engine"], found["seed"], found["cost"]) == ("x/FIVE", "ours", 2, 64.0)
        assert found["peak_mb"] > 10
        assert len(kept.read(kept_at)) == 1
        assert "| x/FIVE |" in written.read_text(encoding="utf-8")

    def test_a_file_that_could_not_be_written_is_refused_before_hours_are_spent(self, tmp_path):
        asked = ["bench", "routing", "--data", str(tmp_path), "--markdown", str(tmp_path / "no" / "section.md")]
        ran = CliRunner().invoke(app, asked)
        assert ran.exit_code == 2
        assert "no folder" in ran.output

    @pytest.mark.parametrize("seeds", ["", "one", "1,-2"])
    def test_seeds_that_are_none_are_refused(self, tmp_path, seeds):
        ran = CliRunner().invoke(app, ["bench", "routing", "--data", str(tmp_path), "--seeds", seeds])
        assert ran.exit_code == 2
        assert "whole numbers" in ran.output
