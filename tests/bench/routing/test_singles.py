"""Figures that stand for themselves come under the names of the tables."""

import msgspec
import pytest

from dispatchkit.bench.routing.cases import CHALLENGE, Case
from dispatchkit.bench.routing.singles import figures
from tests.small_challenge import write_challenge


def asked(name, **more):
    return Case(name, name, "", 1.0, 1, **more)


def test_the_challenges_score_is_taken_of_the_folders_routes(tmp_path):
    write_challenge(tmp_path / CHALLENGE)
    found = figures(asked("challenge"), tmp_path)
    assert set(found) >= {"challenge_score_mean", "challenge_score_nn_mean"}
    assert 0 <= found["challenge_score_mean"] <= 1
    assert msgspec.json.encode(found)       # it is kept in a file


def test_a_look_at_one_routes_order_is_a_look_at_four_and_its_figures_say_what_they_are_of(tmp_path, monkeypatch):
    from dispatchkit.bench.routing import one_route

    measured = one_route.measured
    monkeypatch.setattr(one_route, "measured", lambda **asked: measured(**asked, stops=6))
    found = figures(asked("one_route", quick=True), tmp_path)
    assert len(found["resequence_cases"]) == 4
    assert found["resequence_180_s"] > 0
    assert found["resequence_within_share"] == 1.0
    assert "cases" not in found


def test_a_name_that_is_none_of_them_is_not_understood(tmp_path):
    with pytest.raises(ValueError, match="no single figures called night"):
        figures(asked("night"), tmp_path)
