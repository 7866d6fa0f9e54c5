"""Ctrl-C while routes are built takes the best plan so far; a second one ends at once."""

import json
import os
import signal
import threading
import time
from multiprocessing import active_children

import pytest

from dispatchkit.cli.options import until_interrupted
from tests.small_station_day import write_station_day


@pytest.fixture
def data(tmp_path):
    return write_station_day(tmp_path / "data", harm=())


def interrupts(*, again=False):
    """Press Ctrl-C as soon as the build has its workers, and again as soon as the first one is heard."""
    before = set(active_children())

    def press():
        while set(active_children()) <= before:
            time.sleep(0.01)
        hears = signal.getsignal(signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        while again and signal.getsignal(signal.SIGINT) is hears:
            time.sleep(0.001)
        if again:
            os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()


@pytest.fixture
def running():
    """While it is set, Ctrl-C ends what runs; one that comes too late fails a test, and does not end all of them."""
    running, before = threading.Event(), signal.getsignal(signal.SIGINT)

    def interrupted(*_):
        if running.is_set():
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupted)
    running.set()
    yield running
    signal.signal(signal.SIGINT, before)


def test_the_best_plan_so_far_is_written_down_and_that_is_said(call, data, tmp_path):
    interrupts()
    said = call("plan", "build", data, "--budget", "600", "--out", tmp_path / "plan.json")
    assert said.code == 0
    assert "Stopped before the time was up" in said.out
    routes = json.loads((tmp_path / "plan.json").read_text("utf-8"))["routes"]
    assert sum(len(route["stops"]) for route in routes) == 36
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_one_ends_at_once_and_leaves_no_worker(call, data, tmp_path, running):
    before = set(active_children())
    interrupts(again=True)
    said = call("plan", "build", data, "--budget", "600", "--out", tmp_path / "plan.json")
    running.clear()
    assert said.code == 130
    assert not (tmp_path / "plan.json").exists()
    assert set(active_children()) <= before


def pressed_twice():
    with until_interrupted() as stop:
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.wait(1)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)


def test_the_first_is_heard_and_the_second_ends():
    with pytest.raises(KeyboardInterrupt):
        pressed_twice()
