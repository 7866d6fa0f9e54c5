"""How the watched folder stands, as a page of Markdown beside its files. Pure."""

from collections.abc import Mapping, Sequence

from dispatchkit.run_day.plan_watch.summary import plain

FILE = "plan-watch.md"
"""What the page is called; the program's own, written anew whenever something changes."""


def status(
    *, at: str, timezone: str, overdue: str, drafts: Mapping[str, str], failed: Mapping[str, str],
    waiting: Mapping[str, Sequence[str]],
) -> str:  # fmt: skip
    """Put together how the folder stands.

    Parameters
    ----------
    at, timezone
        By when volume is expected, and in which zone.
    overdue
        That none came by then, as a sentence; empty where it did.
    drafts, failed
        Day → what became of it: the summary of its draft, or why there is none so far.
    waiting
        File → why it waits for a person.
    """
    lines = ["# Plans made by themselves", "", plain(f"Volume is expected by {at} ({timezone}).")]
    if overdue:
        lines += ["", f"**{plain(overdue)}**"]
    for heading, rows in (("Drafts", drafts), ("Not planned so far", failed)):
        if rows:
            lines += ["", f"## {heading}", "", *(_line(day, (text,)) for day, text in rows.items())]
    if waiting:
        lines += ["", "## Files that wait for you", "", *(_line(name, why) for name, why in waiting.items())]
    if not (overdue or drafts or failed or waiting):
        lines += ["", "Nothing has come yet."]
    return "\n".join(lines) + "\n"


def _line(about: str, said: Sequence[str]) -> str:
    """A line of a list: what it is about, and what is said of it."""
    return f"- **{plain(about)}**: {plain(' '.join(said))}"
