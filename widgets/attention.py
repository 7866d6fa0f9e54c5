"""What needs a person, first things first: each in a sentence, with why, until when it helps, and the one usual act."""

from collections.abc import Callable, Iterable
from html import escape
from typing import NamedTuple

import ipywidgets


class Item(NamedTuple):
    """One thing that needs a person.

    Attributes
    ----------
    item_id
        Its own among those shown; an item keeps its place and its buttons while it stands.
    kind
        ``act``, ``watch`` or ``msg``: how much it matters, said by colour and by the sign.
    until
        Until when doing something still helps, as a sentence; may be empty.
    acts
        Label and what it does; the first is the usual one.
    """

    item_id: str
    kind: str
    what: str
    why: str
    until: str
    acts: tuple[tuple[str, Callable[[ipywidgets.Button], None]], ...]


SIGNS = {"act": "▲", "watch": "●", "msg": "✉"}


class Attention(ipywidgets.VBox):
    """The list. Items that stand on are never rebuilt, so nothing jumps under the cursor and no focus is lost."""

    def __init__(self, when_empty: str) -> None:
        self._nothing = ipywidgets.HTML(f'<p class="quiet">{escape(when_empty)}</p>')
        self._drawn: dict[str, tuple[tuple[str, ...], ipywidgets.VBox]] = {}
        super().__init__([self._nothing])
        self.add_class("attention")

    def show(self, items: Iterable[Item]) -> None:
        """Show these items in their order."""
        drawn: dict[str, tuple[tuple[str, ...], ipywidgets.VBox]] = {}
        for item in items:
            said = (item.kind, item.what, item.why, item.until, *(label for label, _ in item.acts))
            held = self._drawn.get(item.item_id)
            drawn[item.item_id] = held if held is not None and held[0] == said else (said, _box(item))
        if list(drawn.items()) == list(self._drawn.items()):
            return
        for item_id, (_, box) in self._drawn.items():
            if drawn.get(item_id, (None, None))[1] is not box:
                _close(box)
        self._drawn = drawn
        self.children = [box for _, box in drawn.values()] or [self._nothing]


def _box(item: Item) -> ipywidgets.VBox:
    until = f'<p class="until">{escape(item.until)}</p>' if item.until else ""
    words = ipywidgets.HTML(f"<h3>{SIGNS[item.kind]} {escape(item.what)}</h3><p>{escape(item.why)}</p>{until}")
    buttons = []
    for i, (label, act) in enumerate(item.acts):
        button = ipywidgets.Button(description=label, button_style="primary" if i == 0 else "")
        button.on_click(act)
        buttons.append(button)
    acts = ipywidgets.Box(buttons)
    acts.add_class("acts")
    box = ipywidgets.VBox([words, acts])
    box.add_class("item")
    box.add_class(item.kind)
    return box


def _close(box: ipywidgets.Box) -> None:
    """Let go of an item and everything in it, in the browser too."""
    for child in box.children:
        if isinstance(child, ipywidgets.Box):
            _close(child)
        else:
            child.close()
    box.close()
