"""Cells of a schedule, as they are met in the languages of its portals."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.imports.reports.block_cells import blocks


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Standard Parcel\n10:15am • 10 hrs", [("Standard Parcel", time(10, 15))]),
        ("Sameday Parcel\n6:00pm • 4 Std.", [("Sameday Parcel", time(18))]),
        ("Parcel Electric - Rivian MEDIUM, 10:15", [("Parcel Electric - Rivian MEDIUM", time(10, 15))]),
        ("10:15 AM - 8:15 PM Standard Parcel", [("Standard Parcel", time(10, 15))]),
        ("Standard Parcel 10:15 AM - 8:15 PM", [("Standard Parcel", time(10, 15))]),
        ("10:15 AM 10 hrs", [("", time(10, 15))]),
        ("10:15 AM", [("", time(10, 15))]),
        ("Nursery Route Level 1", [("Nursery Route Level 1", None)]),
        ("CDV\n7:00am • 4 hrs\nEDV\n6:15pm • 4 hrs", [("CDV", time(7)), ("EDV", time(18, 15))]),
        (time(9, 30), [("", time(9, 30))]),
        (0.5, [("", time(12))]),
        ("off", []),
    ],
)
def test_a_cell_is_a_service_type_and_a_start_as_far_as_it_says(cell, found):
    assert blocks(cell, ("OFF",)) == tuple(found)


@given(st.text(max_size=60))
def test_no_cell_is_too_strange_to_be_read(text):
    assert all(isinstance(service, str) for service, _ in blocks(text, ("OFF",)) or ())
