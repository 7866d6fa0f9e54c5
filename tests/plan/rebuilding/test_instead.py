"""What could step in for a van or a driver, so that nothing has to be rebuilt."""

from dispatchkit.fleet import vans
from dispatchkit.plan.rebuilding.instead import free_drivers, free_vans, instead
from dispatchkit.roster import attendance
from tests.small_day import STATION, at_the_dock


def test_a_free_van_and_a_standby_are_named():
    day = at_the_dock().day
    assert (free_vans(day, "CX1", STATION), free_drivers(day, "CX1")) == (("V3",), ("A3",))
    assert list(instead(day, "CX1", STATION)) == [
        "Free and able to carry CX1 is V3. Given another van, CX1 stays as it is.",
        "Without a route and able to drive CX1 is A3. Given another driver, CX1 stays as it is.",
    ]


def test_a_grounded_van_and_an_absent_driver_step_in_for_nobody():
    story = at_the_dock().does(vans.ground, van_id="V3", why="Flat tyre")
    story.does(attendance.call_out, driver_id="A3", attendance="Called out excused")
    assert list(instead(story.day, "CX1", STATION)) == []
