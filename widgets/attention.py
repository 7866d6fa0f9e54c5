"""What needs a person, first things first: each in a sentence, with why, until when it helps, and the one usual act."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import ipywidgets

from widgets.buttons import allow
from widgets.plain import markup


class Act(NamedTuple):
    """Something that a person can do about an item.

    Attributes
    ----------
    label
        What the button says.
    about
        The same for those who do not see what the button stands beside, such as "See rescue of CX128".
    do
        What it does.
    why_not
        Why it may not be done by this person, as sentences; empty where it may.
    """

    label: str
    about: str
    do: Callable[[ipywidgets.Button], None]
    why_not: str = ""


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
        The first is the usual one.
    """

    item_id: str
    kind: str
    what: str
    why: str
    until: str
    acts: tuple[Act, ...]


SIGNS = {"act": "▲", "watch": "●", "msg": "✉"}


class Attention(ipywidgets.VBox):
    """The list. What stands on is never rebuilt, so nothing jumps under the cursor and no focus is lost."""

    def __init__(self, when_empty: str) -> None:
        self._nothing = ipywidgets.HTML(f'<p class="quiet">{markup(when_empty)}</p>')
        self._drawn: dict[str, ItemBox] = {}
        super().__init__([self._nothing])
        self.add_class("attention")

    def show(self, items: Iterable[Item]) -> None:
        """Show these items in their order."""
        drawn: dict[str, ItemBox] = {}
        for item in items:
            drawn[item.item_id] = box = self._drawn.get(item.item_id) or ItemBox()
            box.show(item)
        gone = [box for item_id, box in self._drawn.items() if item_id not in drawn]
        self._drawn = drawn
        children = tuple(drawn.values()) or (self._nothing,)
        if children != self.children:
            self.children = children
        for box in gone:
            box.close_whole()


class ItemBox(ipywidgets.VBox):
    """One item: its words, and a button for each act. Words change in place; a button stays while its act does."""

    def __init__(self) -> None:
        self._item: Item | None = None
        self._words = ipywidgets.HTML()
        self._buttons: dict[str, ipywidgets.Button] = {}
        self._row = ipywidgets.Box()
        self._row.add_class("acts")
        super().__init__([self._words, self._row])
        self.add_class("item")

    def show(self, item: Item) -> None:
        """Say what the item says now."""
        if self._item is None or self._item.kind != item.kind:
            for kind in SIGNS:
                self.remove_class(kind)
            self.add_class(item.kind)
        self._item = item
        until = f'<p class="until">{markup(item.until)}</p>' if item.until else ""
        self._words.value = f"<h3>{SIGNS[item.kind]} {markup(item.what)}</h3><p>{markup(item.why)}</p>{until}"
        buttons = {act.label: self._buttons.get(act.label) or self._button(act.label) for act in item.acts}
        for i, act in enumerate(item.acts):
            allow(buttons[act.label], act.why_not, about=act.about)
            buttons[act.label].button_style = "primary" if i == 0 else ""
        gone = [button for label, button in self._buttons.items() if label not in buttons]
        self._buttons = buttons
        if tuple(buttons.values()) != self._row.children:
            self._row.children = tuple(buttons.values())
        for button in gone:
            button.close()

    def close_whole(self) -> None:
        """Let go of the item and everything in it, in the browser too."""
        for part in (*self._buttons.values(), self._words, self._row, self):
            part.close()

    def _button(self, label: str) -> ipywidgets.Button:
        made = ipywidgets.Button(description=label)
        made.on_click(lambda button: self._press(label, button))
        return made

    def _press(self, label: str, button: ipywidgets.Button) -> None:
        """Do what the act of this label is now; a press that came too late for its act does nothing."""
        for act in self._item.acts if self._item else ():
            if act.label == label:
                act.do(button)
