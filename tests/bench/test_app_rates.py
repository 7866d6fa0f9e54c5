"""What the measurements of the app can say without a browser."""

import sys

import pytest

from dispatchkit.bench import served
from dispatchkit.bench.big_plan import ROUTES, STOPS, write_big_day
from dispatchkit.bench.fact_to_pixel import percentile
from dispatchkit.bench.headless import headless_browser
from dispatchkit.bench.served import wait_until
from dispatchkit.bootstrap.progress import NotReady
from dispatchkit.desk import Desk
from dispatchkit.log import open_log


def test_ninety_nine_of_a_hundred_values_do_not_exceed_the_percentile():
    values = [*range(1, 101)]
    assert (percentile(values, 0.99), percentile(values, 0.5), percentile([7.0], 0.99)) == (99, 50, 7)


def test_of_few_values_the_percentile_is_the_worst():
    assert percentile([1, 2, 3, 40, 5], 0.99) == 40


def test_the_large_day_has_ten_thousand_stops_with_places_and_a_committed_plan(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        plan = Desk(log, write_big_day(log), by="test").day().plan
    assert (len(plan.stops), len(plan.routes)) == (ROUTES * STOPS, ROUTES) == (10_000, 50)
    assert len({stop.place for stop in plan.stops}) == 10_000


def test_without_playwright_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(NotReady, match="pip install playwright"), headless_browser():
        pass


def test_a_browser_that_is_not_there_is_said_before_anything_starts(monkeypatch, tmp_path):
    monkeypatch.setenv("DISPATCHKIT_CHROMIUM", str(tmp_path / "nowhere"))
    with pytest.raises(NotReady, match="nowhere"), headless_browser():
        pass


def test_where_no_browser_is_found_it_is_said_how_to_get_one(monkeypatch):
    monkeypatch.setattr("dispatchkit.bench.headless.find_browser", lambda: None)
    with pytest.raises(NotReady, match="apt-get install chromium"), headless_browser():
        pass


def test_waiting_ends_with_the_sentence_that_was_given(monkeypatch):
    monkeypatch.setattr(served, "PATIENCE_S", 0)
    with pytest.raises(NotReady, match="The server does not answer"):
        wait_until(lambda: False, "The server does not answer.")
