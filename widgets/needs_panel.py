"""What needs a person: the left column of every page, with the same words everywhere and each page's own acts."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.overview.needs import Need, needs
from dispatchkit.times import clock_text
from widgets.attention import Act, Attention, Item
from widgets.layout import Panel
from widgets.shell import Shell

NAMED = 3
"""So many routes of a need have a button of their own; whoever has more of them chooses on the board."""

HEADING = "Needs a person"


class NeedsPanel(Panel):
    """The needs of the day that a page is for, the most urgent first.

    Parameters
    ----------
    when_empty
        What it says when all is well.
    acts
        What a person can do about a need on this page, the usual act first.

    Attributes
    ----------
    attention
        The list itself.
    """

    def __init__(self, shell: Shell, when_empty: str, acts: Callable[[Day, Need], Iterable[Act]]) -> None:
        self._viewing = shell.viewing
        self._acts = acts
        self.attention = Attention(when_empty)
        self.attention.add_class("scroll")
        super().__init__(HEADING, self.attention)

    def show_day(
        self, day: Day, now: datetime, wanted: Callable[[Need], bool], also: Iterable[Item] = ()
    ) -> None:
        """Show those needs of the day at `now` that are wanted here, then what the page itself has found."""
        viewing = self._viewing
        every = needs(day, now=now, station=viewing.station, travel=viewing.travel, past=viewing.past)
        found = [*(self._item(day, need, now) for need in every if wanted(need)), *also]
        self.attention.show(found)
        self.show(HEADING, str(len(found)) if found else "")

    def _item(self, day: Day, need: Need, now: datetime) -> Item:
        until = need.saves
        if not until and need.helps_until and need.helps_until > now:
            until = f"Before {clock_text(need.helps_until, day.course.timezone, str(day.key.service_day))}."
        named = self._viewing.named
        why = " ".join(sentence for sentence in (need.why, need.do) if sentence)
        return Item(need.need_id, need.kind, named(need.what), named(why), until, tuple(self._acts(day, need)))


def show_each(day: Day, need: Need, turn_to: Callable[[str, ipywidgets.Button], None]) -> Iterator[Act]:
    """Yield an act for each of the first routes of a need that leads to it; none where there is no plan."""
    plan = day.pre_load_out.plan
    for route_id in [r for r in need.route_ids if plan is not None and r in plan.route][:NAMED]:
        code = day.code(route_id)
        yield Act(f"Show {code}", f"Show {code}", partial(turn_to, route_id))
