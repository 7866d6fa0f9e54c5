"""Who drives."""

import pytest

from dispatchkit.plan.realism import Kind, Known
from dispatchkit.records import Driver
from tests.plan.realism.asked import RISK, checked, found
from tests.small_day import plan, route

TWO_ZONES = plan(route("CX1", zone="A-12.3F"), route("CX7", zone="B-4.1A", packages=(1, 1, 1)))


def driven_by(cx1, cx7=None):
    return Known(driver_of={"CX1": cx1, "CX7": cx7 or Driver(driver_id="A2", zones={"B": 20})})


def test_a_driver_who_never_drove_there_is_new():
    [finding] = found(Kind.FAMILIARITY, TWO_ZONES, known=driven_by(Driver(driver_id="A1", zones={"B": 40})))
    assert (finding.severity, finding.figures) == (RISK, {"known_pct": 0})
    assert "A1 is new here and knows 0% of the route's zones" in finding.sentence


def test_one_who_did_knows_it():
    known = driven_by(Driver(driver_id="A1", zones={"A-12": 5}))
    assert not found(Kind.FAMILIARITY, TWO_ZONES, known=known)
    assert checked(TWO_ZONES, known=known).routes[0].known_share == pytest.approx(0.5)


def test_where_nobodys_days_are_known_nobody_is_new():
    known = driven_by(Driver(driver_id="A1"), Driver(driver_id="A2"))
    assert not found(Kind.FAMILIARITY, TWO_ZONES, known=known)
    assert checked(TWO_ZONES, known=known).routes[0].known_share is None


def test_a_new_driver_on_a_long_route():
    new = Driver(driver_id="A1", nursery=True)
    [finding] = found(Kind.NURSERY, TWO_ZONES, known=driven_by(new))
    assert finding.severity is RISK
    assert finding.figures["planned_h"] > finding.figures["light_h"]
    assert not found(Kind.NURSERY, TWO_ZONES, "CX7", known=driven_by(Driver(driver_id="A3"), new))
