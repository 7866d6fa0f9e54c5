"""The phases in the page's header: where the day stands in each, what blocks the next step, and the way there."""

from collections.abc import Callable, Iterable
from pathlib import Path

import anywidget
import traitlets

from dispatchkit.overview.phases import Phase
from dispatchkit.printable import printable

STATIC = Path(__file__).parent / "static"


class PhaseBar(anywidget.AnyWidget):
    """Shows nothing where it stands: it fills the header that the template made.

    Attributes
    ----------
    words
        ``title`` of the day, and for each of ``phases``: ``name``, ``state`` ("done", "now", "ahead"), ``says``,
        ``sign`` ("watch" where something blocks the next step, else empty) and ``blockers``, sentences.
    """

    _esm = STATIC / "phases.js"

    words = traitlets.Dict().tag(sync=True)

    def show(self, title: str, phases: Iterable[Phase], named: Callable[[str], str] = str) -> None:
        """Say where the day stands, with names for ids by `named`; nothing is sent where it stands as before."""
        self.words = {"title": printable(title), "phases": [_words(phase, named) for phase in phases]}

    def visit(self, page: str, **query: str) -> None:
        """Lead the browser to another page of the same day, with these words in the address."""
        self.send({"op": "visit", "page": page, "query": query})


def _words(phase: Phase, named: Callable[[str], str]) -> dict[str, object]:
    # routes on the road always keep that phase open: there it would be a sign that never goes
    blocked = phase.state == "now" and phase.name != "road" and bool(phase.blockers)
    return {
        "name": phase.name,
        "state": phase.state,
        "says": printable(phase.says),
        "sign": "watch" if blocked else "ok" if phase.state == "done" else "",
        "blockers": [printable(named(b)) for b in phase.blockers],
    }
