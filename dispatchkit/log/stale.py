"""What was written meanwhile, in sentences for the one who comes too late. Pure."""

import re
from collections.abc import Sequence

from dispatchkit.day.entry import Entry

SHOWN = 5
"""Changes told one by one; the rest is counted."""


def changes(entries: Sequence[Entry], *, expected: int, version: int) -> list[str]:
    """Return sentences on what stands in a day beyond the entry that somebody took for its last.

    Parameters
    ----------
    entries
        Those beyond `expected`.
    expected, version
        Number of the last entry as it was believed, and as it is.
    """
    if version < expected:
        return [f"It holds {version} facts where you saw {expected}: it was restored, or is another log."]
    told = [f"{_words(e.fact.kind)} by {e.fact.by} at {e.learned_at:%H:%M} UTC." for e in entries[:SHOWN]]
    if (more := len(entries) - SHOWN) > 0:
        told.append(f"And {more} more.")
    return told


def _words(kind: str) -> str:
    """Split the name of a fact into words: "RescueStarted" is "Rescue started"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind).capitalize()
