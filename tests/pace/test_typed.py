"""Lines as somebody types them in a hurry."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.pace.typed import typed
from dispatchkit.records import DayKey

KEY = DayKey.parse("DXX1/2026-03-14")


def read(text):
    return typed(text, key=KEY, timezone="America/Chicago")


@pytest.mark.parametrize(
    ("line", "route", "done", "of"),
    [
        ("CX101 87", "CX101", 87, None),
        ("cx101   87", "cx101", 87, None),
        ("CX101: 87/173", "CX101", 87, 173),
        ("CX101 87 of 173 stops", "CX101", 87, 173),
        ("CX101,87", "CX101", 87, None),
        ("101 87", "101", 87, None),
        ("CX101 = 0", "CX101", 0, None),
    ],
)
def test_a_route_and_its_stops_done(line, route, done, of):
    ((one,), problems) = read(line)
    assert (one.route, one.stops_done, one.of, one.at, problems) == (route, done, of, None, ())


def test_a_time_is_the_stations():
    ((one,), _) = read("CX101 87 at 10:40")
    assert one.at == datetime(2026, 3, 14, 15, 40, tzinfo=UTC)


def test_several_lines_with_blanks_and_remarks():
    told, problems = read("# the slow ones\nCX101 87\n\n  CX102 90; CX103 12\n")
    assert ([t.route for t in told], problems) == (["CX101", "CX102", "CX103"], ())


@pytest.mark.parametrize("line", ["CX101", "87", "CX101 many", "CX101 -3", "CX101 87 at 27:99", "CX101 87 99 11"])
def test_a_line_that_is_not_understood_is_said_and_the_others_are_taken(line):
    told, (problem,) = read(f"CX100 5\n{line}")
    assert [t.route for t in told] == ["CX100"]
    assert problem == f"Line 2, '{line}', is not understood. Write a route and its stops done, such as CX101 87."


@given(st.text(max_size=200))
def test_whatever_is_typed_is_understood_or_said_and_prints(text):
    told, problems = read(text)
    assert all(one.stops_done is not None for one in told)
    assert all(problem.isprintable() for problem in problems)
