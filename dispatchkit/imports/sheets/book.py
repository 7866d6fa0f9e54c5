"""What both kinds of workbook share: merged areas, macros, and why one cannot be read."""

from collections.abc import Sequence
from typing import TypeAlias

from dispatchkit.imports.problems import Findings
from dispatchkit.imports.sheets.cells import Cell, is_blank
from dispatchkit.imports.sheets.damage import Damaged
from dispatchkit.imports.sheets.sniff import has_macros

Area: TypeAlias = tuple[int, int, int]
"""A merged area as far as it matters: first row, last row and first column, from 0."""


def filled(rows: Sequence[Sequence[Cell]], areas: Sequence[Area]) -> tuple[tuple[Cell, ...], ...]:
    """Give each row of a merged area the area's value, in its first column; empty texts become None."""
    table = [[None if cell == "" else cell for cell in row] for row in rows]
    left = sum(map(len, table))     # a row is filled once for each of its cells at most: areas may lie by the million
    for top, bottom, place in areas:
        value = table[top][place] if top < len(table) and place < len(table[top]) else None
        if value is None or is_blank(value):
            continue
        for row in table[top + 1 : bottom + 1]:
            left -= 1
            if left < 0:
                return tuple(map(tuple, table))
            if place < len(row) and row[place] is None:
                row[place] = value
    return tuple(map(tuple, table))


def block_locked(findings: Findings) -> None:
    """Record that a workbook has a password."""
    findings.block(
        "The workbook is protected with a password.", "Save it without one, or export it again, and import that."
    )


def note_macros(data: bytes, findings: Findings) -> None:
    """Note where a workbook carries macros."""
    if has_macros(data):
        findings.note("The workbook carries macros. They were not run; only its cells were read.")


def block_damaged(findings: Findings, error: Damaged) -> None:
    """Record that a workbook cannot be read, in the words of its parser."""
    findings.block(f"The workbook is damaged or cut off: {error}.", "Get it again from its source and import again.")
