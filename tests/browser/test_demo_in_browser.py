"""A simulated day in a real browser, moved by a program of its own: frozen, its clock stands; a step moves it."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dispatchkit.log import open_log
from dispatchkit.run_day.live import begun, go_on_live, resumed
from dispatchkit.station import load
from tests.small_station_day import write_station_day

pytestmark = pytest.mark.browser

STATION = load()
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
TAKES_HOLD_MS = 1000


@pytest.fixture(scope="module")
def simulated(serve, tmp_path_factory):
    """The server of a small day on the road, and the key of that day."""
    home = tmp_path_factory.mktemp("home")
    with open_log(home / "days.sqlite") as log:
        key = begun(log, write_station_day(home / "station day"), STATION, seed=3, say=lambda _: None)
        last = max(r.departs_at for r in resumed(log, key, STATION).day.plan.routes)
        go_on_live(resumed(log, key, STATION, until=last + timedelta(minutes=10), at_once=True))
    return serve(NOTEBOOKS, preheated=0, home=home), key


@pytest.fixture
def simulator(simulated):
    """The program that moves the day, as fast as the clock on the wall."""
    served, key = simulated
    command = [sys.executable, "-m", "dispatchkit", "simulate", str(key), "--home", str(served.home)]
    moving = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ)
    yield moving
    moving.terminate()
    moving.wait(timeout=20)


def shown_min(page):
    """Minutes since midnight, as the page's clock shows them."""
    hour, minute = re.search(r"(\d+):(\d+)", page.locator(".day-line .clock").inner_text()).groups()
    return 60 * int(hour) + int(minute)


def test_frozen_its_clock_stands_and_a_step_moves_it_by_five_minutes(simulated, simulator, visit_to, eventually):
    served, key = simulated
    with visit_to(served) as visit:
        page = visit.page
        page.goto(f"{served.address}voila/render/road.ipynb?token={served.token}&day={key}")
        page.get_by_role("button", name="Freeze").click()
        expect(page.get_by_role("button", name="Let it run")).to_be_visible()
        page.wait_for_timeout(TAKES_HOLD_MS)
        stood_min = shown_min(page)
        page.get_by_role("button", name="Step 5 min").click()
        eventually(lambda: shown_min(page) == stood_min + 5)
        expect(page.get_by_text("frozen by")).to_be_visible()
        page.wait_for_timeout(TAKES_HOLD_MS)
        assert shown_min(page) == stood_min + 5
