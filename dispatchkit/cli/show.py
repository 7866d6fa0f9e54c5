"""How the command line speaks: tables for people, JSON for programs, user text never read as markup or controls."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

out = Console()
err = Console(stderr=True)


def plain(text: object) -> str:
    """Text as it may stand on a terminal: control characters and marks that turn the writing direction are shown."""
    return "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs") else f"\\u{ord(c):04x}" for c in str(text))


def sentence(text: str, style: str = "") -> None:
    """Say something to the person at the terminal."""
    out.print(Text(plain(text), style=style))


def failure(text: str) -> None:
    """Say on the error stream what went wrong and what to do."""
    for line in text.splitlines():
        err.print(Text(plain(line), style="bold red"))


def as_json(value: Any) -> None:
    """Print one JSON value and nothing else."""
    out.file.write(json.dumps(value, ensure_ascii=True, indent=2) + "\n")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their headings; figures to the right."""
    drawn = Table(title=title, title_justify="left", box=SIMPLE, pad_edge=False, padding=(0, 1))
    kept = [list(row) for row in rows]
    for i, name in enumerate(columns):
        numeric = bool(kept) and all(isinstance(row[i], int | float) for row in kept)
        drawn.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in kept:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    out.print(drawn)
