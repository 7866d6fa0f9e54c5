"""The figures as a section of BENCHMARKS.md, so that none is copied by hand."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dispatchkit.bench.routing.figures import single_rows
from dispatchkit.bench.routing.published import is_published

HEAD = """## `dispatchkit bench routing --json`

Each engine works in a fresh process; its time counts from when it has the matrix, with the start of its own processes
and the loading of its libraries in it. `peak_mb` is the memory that its processes had of their own at once (USS, looked
at five times a second), the matrix among it. Our search was compiled before, as it is after a machine's first run.

Peers: PyVRP with its defaults but `exhaustive_on_best=False`, on one processor; VROOM at exploration level 0 (its first
solutions do not look at the time limit, and more exploration means more of them), a thread for each processor; OR-Tools
routing with the cheapest arc and guided local search, on one processor.

Published costs are distances with one decimal, the rest cut off (Solomon), and rounded (X), as their solutions count
them. Days are judged by the program beside their data; a gap is to the best plan of this run that keeps every limit."""

COLUMNS = (
    ("case", "Case"), ("engine", "Engine"), ("seed", "Seed"), ("budget_s", "Given s"), ("took_s", "Took s"),
    ("first_feasible_s", "First feasible s"), ("cost", "Cost"), ("gap_to_best", "Gap"), ("routes", "Routes"),
    ("unserved", "Unserved"), ("late", "Late"), ("overtime", "Overtime"), ("overload", "Overload"),
    ("hours_sd", "sd of hours"), ("peak_mb", "Peak MB"),
)  # fmt: skip

_WHOLE_FROM = 1_000     # larger figures are shown without decimals


def section(found: dict[str, Any]) -> str:
    """Write what `figures.figures` returns as headings and tables; the text ends with a line break."""
    rows = found["cases"]
    singles = [(f"`{name}`", _shown(value), aim) for name, value, aim in single_rows(found)]
    parts = [HEAD, *_table(("Figure", "Value", "Aim"), singles)]
    for heading, some in (
        ("Generated days", [row for row in rows if not is_published(row["case"])]),
        ("Published instances", [row for row in rows if is_published(row["case"])]),
    ):
        if some:
            cells = ([_shown(row[key], share=key == "gap_to_best") for key, _ in COLUMNS] for row in some)
            parts += [f"### {heading}", *_table([title for _, title in COLUMNS], cells)]
    return "\n\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    lines = [head, ["---"] * len(head), *rows]
    if len(lines) > 2:
        yield "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _shown(value: Any, *, share: bool = False) -> str:
    if value is None:
        return "–"
    if share:
        return f"{value:.2%}"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= _WHOLE_FROM else f"{value:g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
