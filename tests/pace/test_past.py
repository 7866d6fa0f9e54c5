"""What earlier days make of today before it begins."""

import numpy as np
import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.pace.explain import explain_late
from dispatchkit.pace.factors import log_variance
from dispatchkit.pace.forecast import project
from dispatchkit.pace.past import NO_PAST, Doors, Known, Past, area_of, before_today
from dispatchkit.pace.timetable import timetables
from tests.pace.story import PaceStory, a_route, clock

SLOW = Known(days=10, log_service=float(np.log(1.25)), doubt=0.0005)
USUAL = Known(days=40, log_service=0.0, doubt=0.0005)


@pytest.fixture
def foreseen(station):
    def projection(story, past, now=None):
        tables = timetables(story.plan, story.travel)
        return project(story.day(), "CX1", now=now or clock(8), station=station, tables=tables, past=past)

    return projection


def left_with(driver_id, **zones):
    """CX1 is about to leave with a driver; its stops lie in zones as told, from the first stop of each on."""
    story = PaceStory(zoned(a_route("CX1", stops=120), **zones))
    departed = RouteDeparted(at=clock(8, 30), by="maria", route_id="CX1", driver_id=driver_id, van_id="V1")
    return story.happened(departed)


def zoned(route, **zones):
    planned, stops = route
    starts = sorted((first, zone.replace("_", "-") + ".1A") for zone, first in zones.items())
    named = [max((pair for pair in starts if pair[0] <= k), default=(0, ""))[1] for k in range(len(stops))]
    return planned, [replace(stop, zone=zone) for stop, zone in zip(stops, named, strict=True)]


def test_a_zone_lies_in_the_area_that_its_name_begins_with():
    assert [area_of(zone) for zone in ("A-12.3F", "A-1", "")] == ["A-12", "A-1", ""]


def test_a_driver_who_was_slow_on_ten_days_is_expected_late_before_his_first_stop(foreseen):
    story, past = left_with("A1"), Past(drivers={"A1": SLOW, "A2": USUAL})
    late, usual = (foreseen(story, p, now=clock(8, 31)) for p in (past, NO_PAST))
    assert late.service_rate == pytest.approx(1.25 * usual.service_rate, rel=0.02)
    assert late.finish.at(0.5) > usual.finish.at(0.5)
    assert late.finish.spread_s < usual.finish.spread_s * late.service_rate


def test_a_new_driver_beside_known_ones_is_expected_slower_and_nobody_is_new_where_nobody_is_known(foreseen, station):
    story = left_with("A9")
    beside_known, alone = (foreseen(story, p) for p in (Past(drivers={"A2": USUAL}), NO_PAST))
    assert beside_known.service_rate / alone.service_rate == pytest.approx(1 + station.forecast.new_driver_share)
    nobody_assigned, _ = before_today([""], np.zeros(1), Past(drivers={"A2": USUAL}), station.forecast)
    assert nobody_assigned[0, 1] == before_today([""], np.zeros(1), NO_PAST, station.forecast)[0][0, 1]


def test_a_slow_area_ahead_shows_before_it_is_entered(foreseen):
    story = left_with("A1", A_12=0, A_13=60).drove("CX1", clock(9, 30))
    lifts = Past(areas={"A-12": USUAL, "A-13": SLOW})
    known, unknown = (foreseen(story, past, now=clock(9, 30)) for past in (lifts, NO_PAST))
    assert known.finish.at(0.5) > unknown.finish.at(0.5)
    ahead = [s for s in known.work.stop_ids if int(s.removeprefix("CX1-")) >= 60]
    planned_s = sum(story.plan.stop[s].service_s for s in ahead)
    assert known.work.service_s[-len(ahead) :].sum() == pytest.approx(1.25 * planned_s, rel=0.01)


def test_who_is_slow_where_everybody_is_slow_is_no_slow_driver(foreseen):
    story = left_with("A1", A_12=0, A_13=60).drove("CX1", clock(9, 45), rate=1.2)
    gated = Past(areas={"A-12": Known(days=40, log_service=float(np.log(1.25)), doubt=0.0005), "A-13": USUAL})
    known, unknown = (foreseen(story, past, now=clock(9, 45)) for past in (gated, NO_PAST))
    assert known.service_rate < unknown.service_rate
    assert known.finish.at(0.5) < unknown.finish.at(0.5)


def test_what_is_known_of_no_area_is_as_planned_and_more_doubtful(station):
    doors = Doors(Past(areas={"A-12": SLOW}), "A1", station.forecast)
    assert doors["A-99"] == 1.0
    assert doors["A-12"] == pytest.approx(1.25, rel=0.01)
    known, unknown = doors.doubt([("A-12", 1.0)]), doors.doubt([("A-99", 1.0)])
    own = float(log_variance(station.forecast.driver_area_spread_share))
    assert own < known < unknown
    assert doors.doubt([("A-99", 0.5), ("A-98", 0.5)]) == pytest.approx(unknown / 2)


def test_one_who_knows_the_doors_is_quicker_there_than_others_are(station):
    quick = Known(days=20, log_service=-0.06, doubt=0.0003)
    past = Past(areas={"A-12": SLOW}, pairs={"A1": {"A-12": quick}})
    his, anybodys = (Doors(past, driver, station.forecast) for driver in ("A1", "A2"))
    assert his["A-12"] < anybodys["A-12"]
    assert his.doubt([("A-12", 1.0)]) < anybodys.doubt([("A-12", 1.0)])


def test_why_a_route_is_late_names_the_area_that_always_takes_longer(station):
    story = left_with("A1", A_12=0, A_13=60).drove("CX1", clock(9, 30))
    tables = timetables(story.plan, story.travel)
    reasons = explain_late(
        story.day(), "CX1", now=clock(9, 30), station=station, tables=tables, past=Past(areas={"A-13": SLOW})
    )
    assert reasons[0].what == "A-13 takes 25 % longer than planned on most days"
