"""The measurements of the app run on the real pages and say what they promise; how fast is for people to read."""

import pytest

from dispatchkit.bench.fact_to_pixel import fact_to_pixel_s
from dispatchkit.bench.page_loads import ROWS_AND_VANS, load_s, reload_s, transferred, window
from dispatchkit.bench.served import served
from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.run_day import prepare_sample

pytestmark = pytest.mark.browser


def test_loads_weight_news_and_processes_are_measured_on_the_road_of_a_sample_day(chromium, tmp_path, eventually):
    with open_log(tmp_path / "days.sqlite") as log, served(tmp_path, preheated=0) as server:
        day, _ = prepare_sample(log, only=["calm_day"])
        desk = Desk(log, day, by="test", clock=FrozenClock(log.require(day).last_learned_at))
        done = sum(len(route.served) for route in desk.day().road.routes.values())
        with window(chromium, ROWS_AND_VANS) as page:
            first = transferred(page, server.page("road", day))
            assert {"first_load_mb", "first_load_largest"} == first.keys()
            assert first["first_load_mb"] > max(one["mb"] for one in first["first_load_largest"]) > 0
            assert load_s(page, server.page("road", day)) > 0
            assert reload_s(page) > 0
            server.rest()
            assert len(server.memory_mb()) == len(server.kernels()) == 1
            waited_s = fact_to_pixel_s(desk, [page], samples=2)
        assert all(s > 0 for s in waited_s)
        assert sum(len(route.served) for route in desk.day().road.routes.values()) == done + 2
        eventually(lambda: server.kernels() == [])
