"""Every report is told from every other by its header."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatchkit.imports.problems import Findings
from dispatchkit.imports.reports import REPORTS, About
from dispatchkit.imports.sheets import Sheet, find_table
from dispatchkit.imports.sheets.header import normalised

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.datetimes(), st.dates(), st.times(), st.timedeltas(),
    st.text(max_size=20),
    st.sampled_from(["A1B2C3D4E5F6G", "2026-W08", "11/01/2026 01:30", "23:59", "99%", "PRE_TRIP"]),
)  # fmt: skip
"""What a spreadsheet may hold anywhere, and a little that is right."""


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.source)
def test_no_header_means_two_columns(kind):
    headers = Counter(normalised(alias) for column in kind.columns.values() for alias in column.aliases)
    assert [header for header, times in headers.items() if times > 1] == []


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.source)
def test_the_usual_header_alone_is_recognised_as_what_it_is(kind, read):
    header = [column.aliases[0] for column in kind.columns.values()]
    dates = ["Sun, 22/Feb"] if kind.source == "Schedule" else []
    assert read([header + dates, ["x" for _ in header + dates]]).source == kind.source


def test_report_names_are_all_different():
    assert len({kind.source for kind in REPORTS}) == len(REPORTS)


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.source)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_no_cell_is_too_strange_for_a_reader(kind, profile, data):
    header = [*(column.aliases[0] for column in kind.columns.values()), "Sun, 22/Feb"]
    row = st.lists(CELLS, min_size=len(header), max_size=len(header)).map(tuple)
    rows = data.draw(st.lists(row, min_size=1, max_size=3))
    findings = Findings("strange.xlsx")
    table = find_table(Sheet(rows=(tuple(header), *rows)), kind.columns, findings, note_unknown=kind.notes_unknown)
    assert table is not None
    kind.read(table, About(file="strange.xlsx", profile=profile))
    assert all(p.message.endswith((".", "?")) and str(p).isprintable() for p in findings.problems)
