"""Whether a van may leave."""

from dispatchkit.fleet import inspection, vans
from dispatchkit.fleet.ready import van_blockers
from tests.small_day import planned


def inspected(*defects):
    return planned().does(inspection.inspect, van_id="V1", driver_id="A1", inspection="pre-trip", defects=defects)


def test_no_van_leaves_without_an_inspection():
    assert list(van_blockers(planned().day, "V1")) == ["Van V1 has no DVIC today."]


def test_an_inspected_van_is_ready():
    assert list(van_blockers(inspected().day, "V1")) == []


def test_a_grounded_van_is_not():
    assert list(van_blockers(inspected().does(vans.ground, van_id="V1", why="Tyre").day, "V1")) == [
        "Van V1 is grounded: Tyre."
    ]


def test_a_van_that_failed_is_not_even_once_it_is_released():
    story = inspected(("Horn", True)).does(vans.clear_defect, van_id="V1", defect="Horn")
    story.does(vans.release, van_id="V1")
    assert list(van_blockers(story.day, "V1")) == [
        "Van V1 failed its DVIC: Horn. Have it mended and inspect it again."
    ]
