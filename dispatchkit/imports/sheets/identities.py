"""Who and which van: names, transporter ids and vehicle identification numbers."""

import re

from dispatchkit.imports.sheets.cells import Cell, plain
from dispatchkit.records import TRANSPORTER_ID_LENGTH

DRIVER_ID = re.compile(rf"[A-Z][A-Z0-9]{{{TRANSPORTER_ID_LENGTH - 1},{TRANSPORTER_ID_LENGTH}}}")
VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "md", "phd", "esq"})
"""What may stand after a comma without being a first name, in lower case and without dots."""

FORMULA_SIGNS = ("=", "+", "-", "@")
"""What a text begins with that a spreadsheet would run."""


def first_last(text: str) -> str:
    """Write a name as "First Last", from either that or "Last, First"; a suffix (Jr., III) comes last.

    What a spreadsheet would run is no name: it is left as it stands.
    """
    if text.startswith(FORMULA_SIGNS):
        return text
    parts = [" ".join(part.split()) for part in text.split(",")]
    parts = [part for part in parts if part]
    suffixes = [part for part in parts[1:] if _is_suffix(part)]
    names = [part for part in parts if part not in suffixes]
    if len(names) < 2:
        return " ".join((*names, *suffixes))
    last = names[0].split()
    if len(last) > 1 and _is_suffix(last[-1]):      # "Ode Jr., Ana": the suffix belongs to the whole name
        suffixes.append(last.pop())
    return " ".join((*names[1:], *last, *suffixes))


def as_driver_id(cell: Cell) -> str | None:
    """Read a transporter id: a capital letter, then 12 or 13 capital letters or digits."""
    text = plain(cell)
    return text if DRIVER_ID.fullmatch(text) else None


def as_vin(cell: Cell) -> str | None:
    """Read a VIN in capitals. Only its signs are checked: the check digit is not kept everywhere."""
    text = plain(cell).upper().replace(" ", "").replace("-", "")
    return text if VIN.fullmatch(text) else None


def _is_suffix(word: str) -> bool:
    return word.casefold().replace(".", "") in SUFFIXES
