"""Search across the day: routes, people, vans, stops, packages; a drawer of every page."""

from typing import Protocol

import ipywidgets

from dispatchkit.overview.search import Hit, find
from widgets.board import Board, Column
from widgets.drawer import Drawer
from widgets.guard import guarded
from widgets.status import Status
from widgets.viewing import Viewing

COLUMNS = (Column(key="what", label="Found"), Column(key="kind", label="Is a"), Column(key="where", label="Now"))


class HasFinder(Protocol):
    """What the search needs of its page."""

    viewing: Viewing
    status: Status

    def go(self, page: str, subject: str = "") -> None:
        """Turn to a subject, here or on the page that is for it."""
        ...


class Finder(Drawer):
    """A box to type in and what was found; choosing one leads there."""

    def __init__(self, page: HasFinder) -> None:
        self._page = page
        self._hits: dict[str, Hit] = {}
        self.text = ipywidgets.Text(placeholder="Route, driver, van, stop or package", continuous_update=True)
        self.text.add_class("find-text")
        self.board = Board(
            COLUMNS, label="What was found", when_empty="Type a code, a name or an id.", filterable=False
        )
        self.text.observe(guarded(page.status, lambda _: self.opened()), "value")
        self.board.on_select(guarded(page.status, self._chosen))
        super().__init__("Find", self.text, self.board, grow=self.board)

    def opened(self) -> None:
        """Look for what is typed."""
        viewing, text = self._page.viewing, self.text.value.strip()
        found = find(viewing.day, text, names=viewing.names, phones=viewing.phones) if text else ()
        self._hits = {f"{hit.kind}:{hit.id}": hit for hit in found}
        self.board.when_empty = f"Nothing on this day is called '{text}'." if text else "Type a code, a name or an id."
        self.board.show(
            {"id": key, "what": hit.title, "kind": hit.kind, "where": hit.detail} for key, hit in self._hits.items()
        )
        self.show("Find", str(len(found)) if text else "")

    def _chosen(self, key: str) -> None:
        hit = self._hits[key]
        self._page.go(hit.page, hit.route_id or hit.id)
        self.close_drawer()
