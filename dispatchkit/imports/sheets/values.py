"""Figures and words out of single cells. Each returns None for what cannot be meant; none of them takes a blank."""

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time, timedelta

from dispatchkit.imports.sheets.cells import Cell, is_blank, plain

YES = frozenset({"yes", "y", "true", "t", "1", "x", "active", "passed", "pass"})
NO = frozenset({"no", "n", "false", "f", "0", "inactive", "failed", "fail"})

GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ ,.'’])\d{3})(?:\1\d{3})*(?:([.,])\d+)?")
"""Figures with their thousands set apart: 1,234 or 1.234,5. A single dot before three digits is a decimal point."""

PLAIN = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?")


def as_text(cell: Cell) -> str | None:
    """Read text on one line; None where it holds control characters."""
    text = plain(cell)
    return None if any(unicodedata.category(c) in ("Cc", "Cs") for c in text) else text


def as_number(cell: Cell) -> float | None:
    """Read a finite number; thousands may be set apart by a comma, a blank or a dot, decimals by a point or comma."""
    if isinstance(cell, bool | date | time | timedelta):
        return None
    figure = float(cell) if isinstance(cell, int | float) else _figure(plain(cell))
    return figure if figure is not None and math.isfinite(figure) else None


def as_whole(cell: Cell) -> int | None:
    """Read a whole number; 27.0 is one, 27.5 is not."""
    figure = as_number(cell)
    return int(figure) if figure is not None and figure.is_integer() else None


def as_percent(cell: Cell, *, in_shares: bool = False) -> float | None:
    """Read a percentage. `in_shares` says that bare figures are shares: 0.5 is 50 %."""
    text = plain(cell)
    if text.endswith("%"):
        return as_number(text[:-1].rstrip())
    figure = as_number(cell)
    return None if figure is None else (round(figure * 100, 9) if in_shares else figure)


def are_shares(cells: Iterable[Cell]) -> bool:
    """Say whether the bare figures of a column are shares: all lie between 0 and 1, and one is neither."""
    figures = [as_number(cell) for cell in cells if not is_blank(cell) and not plain(cell).endswith("%")]
    known = [figure for figure in figures if figure is not None]
    return all(0 <= f <= 1 for f in known) and any(0 < f < 1 for f in known)


def as_yes_no(cell: Cell) -> bool | None:
    """Read yes or no in the usual spellings."""
    word = plain(cell).casefold()
    return True if word in YES else False if word in NO else None


def _figure(text: str) -> float | None:
    if not text.isascii():
        text = "".join(str(unicodedata.digit(c, c)) for c in text).replace("−", "-")
    grouped = GROUPED.fullmatch(text)
    if grouped and not (grouped[1] == "." and grouped[2] is None and text.count(".") == 1) and grouped[1] != grouped[2]:
        text = text.replace(grouped[1], "")
    if not PLAIN.fullmatch(text):
        return None
    return float(text.replace(",", "."))
