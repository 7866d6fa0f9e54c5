"""What is asked, and what is left out and why."""

import pytest

from dispatchkit.bench.routing import cases as rules
from dispatchkit.bench.routing.cases import cases, missing
from dispatchkit.bench.routing.engines import OURS
from dispatchkit.errors import WorkbenchError
from tests.small_instances import DAY, write_day, write_instances


@pytest.fixture
def data(tmp_path):
    return write_instances(tmp_path)


@pytest.fixture
def with_a_large_day(data, monkeypatch):
    monkeypatch.setattr(rules, "SEEDED", (DAY,))
    return data


def named(found):
    return [(case.name, case.engine, case.seed) for case in found]


def test_a_large_day_is_asked_with_every_seed_everything_else_with_the_first(with_a_large_day):
    found = named(cases(with_a_large_day, seeds=[4, 5, 6], only=["solomon", "days"]))
    assert found == [("solomon/TEN", OURS, 4), (DAY, OURS, 4), (DAY, OURS, 5), (DAY, OURS, 6)]


def test_a_large_day_is_asked_of_the_peers_and_with_balance(with_a_large_day):
    found = cases(with_a_large_day, seeds=[1], only=["peers", "balanced"])
    assert {case.engine for case in found} >= {OURS, "pyvrp", "ortools"}
    assert [case.instance for case in found] == [DAY] * len(found)
    assert [case.balanced for case in found] == [True] + [False] * (len(found) - 1)


def test_a_word_means_a_group_an_engine_or_the_beginning_of_a_name(data):
    assert named(cases(data, seeds=[1], only=["solomon/T"])) == [("solomon/TEN", OURS, 1)]
    assert {case.engine for case in cases(data, seeds=[1], only=["ours"])} == {OURS}
    assert named(cases(data, seeds=[1], quick=True, only=["rebuild"])) == [("rebuild", "", 1)]


def test_a_word_that_means_nothing_is_refused_with_what_there_is(data):
    with pytest.raises(WorkbenchError, match=r"No case is meant by night\. There are solomon, x, days"):
        cases(data, seeds=[1], only=["solomon", "night"])


def test_a_quick_look_asks_of_the_smallest_day_for_a_few_seconds(data):
    found = cases(data, seeds=[1], quick=True, only=["days", "peers"])
    assert {case.name for case in found} == {DAY}
    assert max(case.budget_s for case in found) < 10


def test_every_engine_can_be_given_the_same_time(with_a_large_day):
    assert {case.budget_s for case in cases(with_a_large_day, seeds=[1], budget_s=5.0)} == {5.0}


def test_without_the_judge_no_day_is_asked_for_and_it_is_said(data):
    (data.parent / "tools" / "judge_plan.py").unlink()
    assert [case for case in cases(data, seeds=[1]) if case.group == "days"] == []
    assert any("their judge, is not there" in sentence for sentence in missing(data))


def test_what_is_not_there_is_said(tmp_path):
    write_day(tmp_path / "generated_days")
    said = " ".join(missing(tmp_path))
    assert "The published instances are left out" in said
    assert "A station's real day is left out" in said
    assert "The generated days are left out: " + str(tmp_path / "generated_days") not in said


def test_without_vroom_the_others_are_asked_and_it_is_said_how_to_get_it(with_a_large_day, monkeypatch):
    monkeypatch.setattr(rules, "find_spec", lambda _: None)
    assert "vroom" not in {case.engine for case in cases(with_a_large_day, seeds=[1])}
    assert any(r"pip install 'dispatchkit[bench]'" in sentence for sentence in missing(with_a_large_day))
