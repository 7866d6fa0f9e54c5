"""However broken a list of stops is: every row is on a route, or named with a reason, and nothing is dropped."""

from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dispatchkit.imports import Unreadable, read_folder
from dispatchkit.plan.intake import built_plan
from dispatchkit.station import load
from dispatchkit.travel.stated import StatedTravel
from tests.small_stop_list import stop, write_stop_list

STATION = load()

words = st.sampled_from(["", "nan", "inf", "-", "1e400", "0x10", "½", "NaN"])
numbers = st.one_of(st.floats(-1e9, 1e9), st.integers(-3, 100_000), words)
degrees = st.one_of(st.floats(41.8, 42.0), numbers)
rows = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "stop_id": st.sampled_from(["", "1", "2", "a b", "\u202eid"]), "lat": degrees, "lon": degrees,
            "volume": numbers, "service_s": numbers, "opens_s": numbers, "closes_s": numbers,
        },
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(broken=rows, vans=st.integers(0, 2))
@example(broken=[{}, {"stop_id": "1", "lat": 42.0}, {"stop_id": "1", "lat": 42.0}], vans=0)
def test_every_row_of_a_broken_list_is_planned_or_named_with_a_reason(tmp_path, broken, vans):
    written = [stop(n, **cells) for n, cells in enumerate(broken, 1)]
    try:
        (day,) = read_folder(write_stop_list(tmp_path, written, limits={"vans": vans}), leave_out=True)
    except Unreadable as refused:
        pytest.fail(f"A broken row stopped it all: {refused}")
    by_calls = map(float, count()).__next__
    made = built_plan(day, STATION, StatedTravel(), seed=1, budget_s=2, clock=by_calls)
    planned = [s for route in made.plan.routes for s in route.stop_ids]
    assert len(planned) == len(set(planned))
    assert not set(planned) & made.all_reasons.keys()
    assert len(planned) + len(made.all_reasons) == len(set(written))
    assert all(reason.strip().endswith((".", "again.")) for reason in made.all_reasons.values())
