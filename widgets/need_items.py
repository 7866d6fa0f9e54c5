"""What needs a person as an item of the attention list: the same words on every page."""

from collections.abc import Callable
from datetime import datetime

from dispatchkit.overview.needs import Need
from widgets.attention import Act, Item


def item_of(
    need: Need, acts: tuple[Act, ...], named: Callable[[str], str], clock: Callable[[datetime], str]
) -> Item:
    """Return the need as an item; `named` puts names for ids, `clock` tells the station's time."""
    until = f"Before {clock(need.helps_until)}." if need.helps_until else ""
    why = " ".join(sentence for sentence in (need.why, need.do) if sentence)
    return Item(need.need_id, need.kind, named(need.what), named(why), until, acts)
