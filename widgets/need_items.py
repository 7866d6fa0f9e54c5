"""What needs a person as an item of the attention list: the same words on every page."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.overview.needs import Need
from widgets.attention import Act, Item

NAMED = 3
"""So many routes of a need have a button of their own; whoever has more of them chooses on the board."""


def item_of(
    need: Need, acts: tuple[Act, ...], named: Callable[[str], str], clock: Callable[[datetime], str]
) -> Item:
    """Return the need as an item; `named` puts names for ids, `clock` tells the station's time."""
    until = f"Before {clock(need.helps_until)}." if need.helps_until else ""
    why = " ".join(sentence for sentence in (need.why, need.do) if sentence)
    return Item(need.need_id, need.kind, named(need.what), named(why), until, acts)


def show_each(day: Day, need: Need, turn_to: Callable[[str, ipywidgets.Button], None]) -> Iterator[Act]:
    """Yield an act for each of the first routes of a need that leads to it; none where there is no plan."""
    plan = day.pre_load_out.plan
    for route_id in [r for r in need.route_ids if plan is not None and r in plan.route][:NAMED]:
        code = day.code(route_id)
        yield Act(f"Show {code}", f"Show {code}", partial(turn_to, route_id))
