"""How the command line speaks: tables for people, JSON for programs, user text never read as markup or controls.

Answers go to the output, so that a program can read them; progress and failures go to the error stream.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dispatchkit.printable import printable

LONGEST_WORD = 24
"""Characters up to which a word in a table is kept whole where there is room for that: days, ids, figures."""

out = Console()
err = Console(stderr=True)


def sentence(text: str, style: str = "") -> None:
    """Say something to the person at the terminal."""
    _say(out, text, style)


def failure(text: str) -> None:
    """Say on the error stream what went wrong and what to do."""
    for line in text.splitlines():
        _say(err, line, "bold red")


def as_json(value: Any) -> None:
    """Print one JSON value and nothing else."""
    out.file.write(json.dumps(value, ensure_ascii=True, indent=2) + "\n")


def as_it_is(line: str) -> None:
    """Print a line that goes into a file: it is not broken where the terminal ends."""
    out.file.write(printable(line) + "\n")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function that says what is going on: one line that changes, and only where somebody watches."""
    with err.status("") as line:
        yield lambda text: line.update(Text(printable(text)))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their headings, figures to the right; where there is no room, lines break between words."""
    drawn = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    kept = [list(row) for row in rows]
    for i, name in enumerate(columns):
        numeric = bool(kept) and all(isinstance(row[i], int | float) for row in kept)
        words = [len(word) for cell in (name, *(row[i] for row in kept)) for word in str(cell).split()]
        drawn.add_column(
            name,
            justify="right" if numeric else "left",
            min_width=max((n for n in words if n <= LONGEST_WORD), default=0),
            overflow="fold",
        )
    for row in kept:
        drawn.add_row(*(Text(printable(str(cell))) for cell in row))
    out.print(drawn)
    out.print()


def _say(console: Console, text: str, style: str) -> None:
    """A terminal gets whole words on each line; a file or program gets whole sentences."""
    console.print(Text(printable(text), style=style), soft_wrap=not console.is_terminal)
