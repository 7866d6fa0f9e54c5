"""How much the sheets of a workbook hold, counted in their XML before a parser builds tables of them.

A parser that is handed two cells in opposite corners of a sheet makes seventeen thousand million of them; one that is
handed a long text and many references to it copies it as often; one that is handed marks within marks without end
keeps them all. All of this is seen here first.
"""

import re
from xml.parsers import expat

from dispatchkit.imports.sheets.damage import Damaged
from dispatchkit.imports.sheets.limits import Limits, check, check_bytes

DEEPEST = 64
"""Marks that stand within one another; the parts of an export go to about ten."""

MOST_MARKS = 4_000_000
"""Marks of one part: three times as many as a sheet has rows, and far more than cells and texts may be."""

CHUNK_BYTES = 1 << 20
"""How much is looked at in one go; no mark is as long as that, with all that it says of itself."""

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)


def weigh(parts: dict[str, bytes], limits: Limits) -> tuple[str, ...]:
    """Count rows, columns, cells and text of all parts of a workbook.

    Returns
    -------
    tuple of str
        Cells whose formula failed ("J4"): a parser may pass them over without a word.

    Raises
    ------
    TooBig
        At the first count that goes over its limit.
    Damaged
        Where a part is not XML, or has a document type (through which text can multiply).
    """
    texts = [_weighed(content, limits, []) for name, content in parts.items() if _is_texts(name)]
    shared = [length for part in texts for length in part.texts]
    cells = text_chars = 0
    failed: list[str] = []
    for name, content in parts.items():
        if not _is_texts(name):
            part = _weighed(content, limits, shared)
            cells += part.cells
            text_chars += part.text_chars
            check(cells, limits.cells, "cells")
            check_bytes(text_chars, limits.expanded_bytes, "The text of all cells")
            failed += part.failed
    return tuple(failed)


def _is_texts(name: str) -> bool:
    return "sharedstrings" in name.casefold()


def _weighed(content: bytes, limits: Limits, shared: list[int]) -> "_Part":
    part = _Part(limits, shared)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = part.start
    parser.EndElementHandler = part.end
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = part.doctype
    try:
        for start in range(0, len(content), CHUNK_BYTES):
            parser.Parse(content[start : start + CHUNK_BYTES])
            if parser.CurrentByteIndex + CHUNK_BYTES < start:
                raise Damaged("a mark in a part of it has no end")
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:    # Lookup, Value: an encoding that nobody knows
        raise Damaged(f"a part of it is not XML: {error}") from error
    return part


class _Part:
    """Counts over one part. Rows and columns are counted to the last cell that holds something."""

    def __init__(self, limits: Limits, shared: list[int]) -> None:
        self.limits = limits
        self.shared = shared
        self.texts: list[int] = []
        self.failed: list[str] = []
        self.cells = 0
        self.text_chars = 0
        self.row = self.column = 0
        self.kind = ""
        self.length = 0
        self.value: list[str] | None = None
        self.filled = False
        self.marks = self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.marks += 1
        self.depth += 1
        check(self.marks, MOST_MARKS, "marks in one part")
        if self.depth > DEEPEST:
            raise Damaged("the marks in a part of it stand within one another without end")
        match name.rpartition(":")[2]:
            case "row":
                given = attributes.get("r", "")
                self.row, self.column = (int(given) if given.isdecimal() else self.row + 1), 0
            case "c":
                place = REFERENCE.fullmatch(attributes.get("r", ""))
                self.column = _column(place[1]) if place else self.column + 1
                self.row = int(place[2]) if place else self.row
                self.kind, self.length, self.filled = attributes.get("t", ""), 0, False
                if self.kind == "e":
                    self.failed.append(attributes.get("r", f"row {self.row}"))
            case "v":
                self.value, self.filled = [], True
            case "t":
                self.filled = True
            case "si":
                self.length = 0

    def text(self, text: str) -> None:
        self.length += len(text)
        if self.value is not None:
            self.value.append(text)

    def end(self, name: str) -> None:
        self.depth -= 1
        match name.rpartition(":")[2]:
            case "v":
                index = "".join(self.value or ()).strip() if self.kind == "s" else ""
                if index.isdecimal() and int(index) < len(self.shared):
                    self.length = self.shared[int(index)]
                self.value = None
            case "c" if self.filled:
                self.cells += 1
                check(self.row, self.limits.rows, "rows")
                check(self.column, self.limits.columns, "columns")
                check(self.cells, self.limits.cells, "cells")
                self._check_text()
                self.text_chars += self.length
            case "si":
                self.texts.append(self.length)
                self._check_text()

    def _check_text(self) -> None:
        check(self.length, self.limits.text_chars, "characters in one cell")

    def doctype(self, *_: object) -> None:
        raise Damaged("a part of it declares a document type, which no workbook does")


def _column(letters: str) -> int:
    """Number of a column, A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
