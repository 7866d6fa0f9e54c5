"""A decision before it is made: what to look at, what stands in its way, what to fill in, and one button."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import anywidget

from dispatchkit.errors import Refused
from dispatchkit.printable import printable
from widgets.fields import Field, Value, read_all
from widgets.guard import Guard
from widgets.status import Status

STATIC = Path(__file__).parent / "static"

OnConfirm: TypeAlias = Callable[[dict[str, Value]], object]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is being asked."""

    fields: tuple[Field, ...]
    on_confirm: OnConfirm
    shown: dict[str, Any]


class Dialog(anywidget.AnyWidget):
    """One modal dialog for a page; it shows nothing until a page asks something.

    Escape lets the question go, Enter confirms. While the decision runs the button is off. What the decision raises is
    shown in the dialog, as the sentences it is: give it the decision itself, not one with a guard around it.
    """

    _esm = STATIC / "dialog.js"
    _css = STATIC / "dialog.css"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._question: Question | None = None
        self._is_barred = False
        self._turn = 0  # grows with all that a person has to see before they answer: an answer to less does not count
        self._told = Status()  # never shown: what the guard says goes into the dialog
        self.on_msg(self._heard)

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return self._question is not None

    def ask(
        self,
        title: str,
        sentences: Iterable[str] = (),
        blockers: Iterable[str] = (),
        fields: Iterable[Field] = (),
        confirm: str = "Confirm",
        *,
        danger: bool = False,
        on_confirm: OnConfirm,
    ) -> None:
        """Ask for a decision; what was asked before is let go.

        Parameters
        ----------
        title
            What is to be decided.
        sentences
            Facts to look at first.
        blockers
            Why it may not be done, whatever is filled in; with any of them the button is off. What depends on the
            fields the decision says when it is tried.
        fields
            What has to be filled in.
        confirm
            What the button says: the act, "Start rescue", rather than "OK".
        danger
            Whether it does harm when pressed by mistake: then the focus starts on Cancel.
        on_confirm
            Called with the values by key of field, once they are all right. The dialog closes when it returns, unless
            it called `refuse` or `ask`, and stays with the reasons when it raises.
        """
        fields = tuple(fields)
        reasons = [printable(blocker) for blocker in blockers]
        shown = {
            "title": printable(title),
            "sentences": [printable(sentence) for sentence in sentences],
            "blockers": reasons,
            "fields": [field.shown() for field in fields],
            "confirm": confirm,
            "danger": danger,
        }
        self._question = Question(fields=fields, on_confirm=on_confirm, shown=shown)
        self._is_barred = bool(reasons)
        self._turn += 1
        self._send_question()

    def refuse(self, blockers: Iterable[str]) -> None:
        """Say why it may not be done, and leave the dialog open with what was filled in.

        The button is off until something else is filled in. Without blockers it is on at once.
        """
        self._is_barred = False
        self._answer([printable(blocker) for blocker in blockers], {})

    def dismiss(self) -> None:
        """Close the dialog, as if the person had let it go. (A widget's own `close` ends it for good.)"""
        self._question = None
        self._turn += 1
        self.send({"op": "close"})

    def _send_question(self) -> None:
        if self._question is not None:
            self.send({"op": "ask", "turn": self._turn, **self._question.shown})

    def _answer(self, blockers: list[str], problems: dict[str, str]) -> None:
        """Give the question back to the person: why not, and what is wrong with which field."""
        self._turn += 1
        self.send({"op": "refuse", "turn": self._turn, "blockers": blockers, "problems": problems})

    def _heard(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        match content:
            case {"event": "ready"}:
                self._send_question()
            case {"event": "cancel", "turn": self._turn}:
                self._question = None
            case {"event": "confirm", "turn": self._turn, "values": dict(texts)}:
                if self._question is not None and not self._is_barred:
                    self._confirm(self._question, texts)

    def _confirm(self, question: Question, texts: dict[str, Any]) -> None:
        values, problems = read_all(question.fields, texts)
        if problems:
            self._answer([], problems)
            return
        turn = self._turn
        self._told.clear()
        decision = question.on_confirm
        with Guard(self._told, getattr(decision, "__qualname__", repr(decision))) as guard:
            try:
                decision(values)
            except Refused as refused:
                self.refuse(refused.reasons)
        if guard.failed:
            self.refuse([self._told.text])
        elif self._turn == turn:
            self.dismiss()
