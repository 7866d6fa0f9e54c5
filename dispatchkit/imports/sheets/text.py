"""Delimited text: its encoding, its delimiter, its cells."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from statistics import median

from dispatchkit.imports.problems import Findings
from dispatchkit.imports.sheets.cells import Cell, Sheet
from dispatchkit.imports.sheets.limits import Limits, TooBig, check, refuse

DELIMITERS = ",;\t|"

TRIED_RECORDS = 20
TRIED_CHARS = 10_000
"""Records, and characters of each of their lines, by which the delimiter is told."""

ENCODINGS = ("utf-8-sig", "cp1252")
"""Encodings that are tried in this order: what is no UTF-8 comes from an older Windows program."""


def read_text(data: bytes, findings: Findings, limits: Limits) -> tuple[Sheet, ...]:
    """Read delimited text into one sheet; none, with the reason in `findings`, where that cannot be done."""
    text = _decoded(data)
    if text is None or "\x00" in text:
        findings.block("The text holds bytes that are no signs of any text; it is damaged.", "Get it again.")
        return ()
    first = text.split("\n", 1)[0].strip().casefold()
    told = first.removeprefix("sep=") if first.startswith("sep=") else ""      # a line that Excel writes and reads
    delimiter = told if len(told) == 1 and not told.isalnum() else _delimiter(text)
    rows: list[tuple[Cell, ...]] = []
    cells = 0
    try:
        for record in _records(text, delimiter, limits):
            check(len(rows) + 1, limits.rows, "rows")
            check(len(record), limits.columns, "columns")
            cells += sum(map(bool, record))
            check(cells, limits.cells, "cells")
            check(max(map(len, record), default=0), limits.text_chars, "characters in one cell")
            rows.append(tuple(cell or None for cell in record))
    except TooBig as error:
        refuse(findings, error)
        return ()
    except csv.Error as error:
        findings.block(
            f"From here on the text cannot be read ({error}); a quotation mark is missing, the file is cut off, or a "
            "line of it has no end.",
            row=len(rows) + 1,
        )
        return ()
    return (Sheet(rows=tuple(rows), delimited=True),)


def _decoded(data: bytes) -> str | None:
    encodings: tuple[str, ...] = ENCODINGS
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    elif b"\x00" in data[:4]:
        encodings = ("utf-16-be",) if data[:1] == b"\x00" else ("utf-16-le",)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _records(text: str, delimiter: str, limits: Limits) -> Iterator[list[str]]:
    """Yield the records, and stop in the middle of one that is wider than any table."""
    since_record = 0

    def lines() -> Iterator[str]:
        nonlocal since_record
        for line in io.StringIO(text, newline=""):
            since_record += line.count(delimiter)
            if since_record > limits.columns + limits.text_chars:      # a quoted text may hold delimiters
                check(since_record, limits.columns, "columns")
            yield line

    for record in csv.reader(lines(), delimiter=delimiter, strict=True, skipinitialspace=True):
        since_record = 0
        yield record


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first records into the most cells; a comma where none cuts them."""
    return max(DELIMITERS, key=lambda delimiter: _usual_width(text, delimiter))


def _usual_width(text: str, delimiter: str) -> float:
    lines = (line[:TRIED_CHARS] for line in islice(io.StringIO(text, newline=""), TRIED_RECORDS * 2))
    records = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        return median([len(record) for record in islice(records, TRIED_RECORDS) if record] or [0])
    except csv.Error:
        return 0
