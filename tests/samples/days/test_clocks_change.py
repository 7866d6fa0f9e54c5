"""The Sunday in spring: an hour that did not exist lasts no time."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture(scope="module")
def day(standing):
    return standing("clocks_change").day


def test_it_is_the_sunday_in_spring_and_its_shift_is_closed(day):
    assert day.key.service_day == date(2026, 3, 8)
    assert day.course.closed_at is not None


def test_the_first_wave_is_at_the_dock_while_an_hour_is_left_out(day):
    over = [
        (day.load_out.arrived[left.driver_id], left.at)
        for left in day.load_out.departed.values()
        if day.load_out.arrived[left.driver_id].astimezone(CHICAGO).utcoffset() == timedelta(hours=-6)
    ]
    assert len(over) >= 10
    for came, left_at in over:
        assert left_at - came == timedelta(minutes=45)
        walls = [at.astimezone(CHICAGO).replace(tzinfo=None) for at in (came, left_at)]
        assert walls[1] - walls[0] == timedelta(minutes=105)


def test_windows_last_as_long_as_on_any_other_day(day):
    assert {r.finish_by - r.departs_at for r in day.plan.routes} == {timedelta(hours=9.5)}
