"""Slow doors, slow roads, failing addresses."""

from datetime import timedelta
from math import log

import pytest
from msgspec.structs import replace

from dispatchkit.pace.past import Known as KnownArea
from dispatchkit.pace.past import Past
from dispatchkit.plan.realism import Kind, Known
from dispatchkit.plan.realism.outcomes import Visit, gathered
from tests.plan.realism.asked import RISK, found
from tests.small_day import KEY, STATION, plan, route

IN_A12 = plan(route("CX1", zone="A-12.3F"))


def past(area="A-12", days=5, longer=1.2):
    return Known(past=Past(areas={area: KnownArea(days=days, log_service=log(longer), doubt=0.001)}))


class TestSlowAreas:
    def test_an_area_whose_doors_took_long_is_told_with_the_time_of_crossing(self):
        [finding] = found(Kind.SLOW_AREA, IN_A12, known=past())
        assert finding.severity is RISK
        assert finding.figures == {"slower_pct": pytest.approx(20), "past_days": 5}
        assert "A-12 took 20% longer than planned on 5 earlier days" in finding.sentence
        assert "it is there from 10:05 to 10:21" in finding.sentence
        assert len(finding.stop_ids) == 3

    @pytest.mark.parametrize("known", [past(longer=1.05), past(days=2), past(area="A-13"), Known()])
    def test_a_little_slower_too_few_days_or_elsewhere_is_nothing(self, known):
        assert not found(Kind.SLOW_AREA, IN_A12, known=known)


class TestCongestedAreas:
    def station(self, area):
        return replace(STATION, travel=replace(STATION.travel, areas=(area,)))

    def test_a_school_zone_at_its_hour(self):
        # stops at 41.61, 41.62 and 41.63; the second is reached at 10:12
        school = "Lincoln school | circle 41.62 -93.6 500 | daily 10:10-10:30 150 | timed by drivers"
        [finding] = found(Kind.CONGESTION, IN_A12, station=self.station(school))
        assert (finding.severity, finding.stop_ids) == (RISK, ("CX1:2",))
        assert finding.figures == {"slower_pct": pytest.approx(50)}
        assert "1 of its 1 stops in Lincoln school" in finding.sentence
        assert "timed by drivers" in finding.sentence

    @pytest.mark.parametrize(
        "area",
        [
            "Lincoln school | circle 41.62 -93.6 500 | daily 14:30-15:30 150 | at another hour",
            "Lincoln school | circle 42.62 -93.6 500 | daily 10:10-10:30 150 | somewhere else",
            "Old town | zone A-12 | daily 10:00-11:00 105 | hardly slower",
        ],
    )
    def test_another_hour_another_place_or_hardly_slower_is_nothing(self, area):
        assert not found(Kind.CONGESTION, IN_A12, station=self.station(area))


class TestFailingAddresses:
    DOOR = (41.62, -93.6)

    def visits(self, *failed, reason="MISSING OR INCORRECT ACCESS CODE", place=DOOR):
        """Visits of the days before, the oldest first."""
        days = [KEY.service_day - timedelta(days=n) for n in range(len(failed), 0, -1)]
        return Known(outcomes=gathered(
            Visit(service_day=day, place=place, failed=f, reason=reason if f else "")
            for day, f in zip(days, failed, strict=True)
        ))

    def test_three_of_the_last_five_visits_failed_here(self):
        known = self.visits(True, False, True, False, True)
        [finding] = found(Kind.FAILING_ADDRESS, IN_A12, known=known)
        assert (finding.severity, finding.stop_ids) == (RISK, ("CX1:2",))
        assert "3 of the last 5 visits failed here: missing or incorrect access code" in finding.sentence
        assert finding.figures == {"failed_visits": 3, "visits": 5}

    def test_what_failed_before_the_last_five_is_forgiven(self):
        assert not found(Kind.FAILING_ADDRESS, IN_A12, known=self.visits(True, True, *[False] * 5))

    def test_once_is_chance(self):
        assert not found(Kind.FAILING_ADDRESS, IN_A12, known=self.visits(True, False))

    def test_the_house_next_door_is_another_one(self):
        next_door = (self.DOOR[0] + 0.0003, self.DOOR[1])     # 33 m
        assert not found(Kind.FAILING_ADDRESS, IN_A12, known=self.visits(True, True, place=next_door))

    def test_visits_without_a_reason_say_so(self):
        [finding] = found(Kind.FAILING_ADDRESS, IN_A12, known=self.visits(True, True, reason=""))
        assert "no reason told" in finding.sentence
