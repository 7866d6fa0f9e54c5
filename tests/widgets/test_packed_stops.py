import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.packed_stops import DONE, NEXT, STOP, WINDOW, pack


def test_a_stop_is_ten_bytes_in_the_order_that_the_browser_reads():
    assert struct.unpack("<ffBB", pack([41.5], [-87.75], colour=3, marks=DONE)) == (41.5, -87.75, 3, 1)


def test_a_stop_can_be_the_next_one_and_have_a_window():
    assert pack([41.5], [-87.75], marks=NEXT + WINDOW)[-1] == 6


def test_five_thousand_stops_are_fifty_thousand_bytes():
    assert len(pack(np.full(5_000, 41.9), np.full(5_000, -87.7))) == 50_000


def test_no_stops_are_no_bytes():
    assert pack([], []) == b""


places = st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 255), st.integers(0, 15))


@given(st.lists(places, min_size=1))
def test_stops_come_back_as_they_went_in(stops):
    lat, lng, colour, marks = (list(column) for column in zip(*stops, strict=True))
    back = np.frombuffer(pack(lat, lng, colour, marks), dtype=STOP)
    assert np.allclose(back["lat"], lat, atol=1e-5)
    assert np.allclose(back["lng"], lng, atol=1e-5)
    assert (back["colour"].tolist(), back["marks"].tolist()) == (colour, marks)


@pytest.mark.parametrize(
    ("lat", "lng", "colour"),
    [([41.9], [-87.7, -87.8], 0), ([float("nan")], [-87.7], 0), ([41.9], [-87.7], 256), ([41.9], [-87.7], -1)],
    ids=["one longitude too many", "a stop without coordinates", "a colour past the palette", "a colour below it"],
)
def test_what_cannot_be_drawn_is_refused(lat, lng, colour):
    with pytest.raises(ValueError, match=r"\."):
        pack(lat, lng, colour)
