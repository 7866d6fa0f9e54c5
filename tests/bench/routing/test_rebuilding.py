"""What a rebuild of a generated day comes to, judged by the program that stands beside the data."""

from dispatchkit.bench.routing.rebuilding import measured
from tests.small_instances import DAY, write_instances


def test_a_van_of_two_drops_out_and_what_the_other_cannot_hold_is_counted(tmp_path):
    found = measured(write_instances(tmp_path), budget_s=0.5, seed=1, day=DAY)
    assert found.keys() == {
        "rebuild_s", "rebuild_mean_s", "rebuild_cold_s", "rebuild_moved_share", "rebuild_unserved", "rebuild_broken",
        "rebuild_drive_ratio", "rebuild_day", "rebuild_vans",
    }  # fmt: skip
    assert (found["rebuild_vans"], found["rebuild_unserved"], found["rebuild_broken"]) == (1, 4, 0)
    assert found["rebuild_moved_share"] == 0
