"""What a person fills in before they decide: the fields of a dialog, and what is wrong with what they wrote."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Literal, TypeAlias

FieldKind = Literal["text", "select", "number", "time"]

Value: TypeAlias = str | int | float | time | None
"""What was filled in: a text, a number or a time of day; None where an optional field was left blank."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing to fill in.

    Attributes
    ----------
    key
        Under which name the decision gets the value.
    label
        What is asked for, with the unit where it has one.
    kind
        ``text``; ``select``, one of `options`; ``number``, which comes as int or float; ``time`` of day on the
        station's clock, which comes as `datetime.time`.
    help
        A sentence below the field, or empty.
    value
        What it holds at first, as text; ``13:04`` for a time.
    options
        What may be chosen, as ``(value, what is shown)``.
    required
        Whether it may not be left blank.
    at_least, at_most
        Bounds of a number, None for none.
    check
        Says what is wrong with a value, as a sentence, or None when nothing is. Not asked about a blank.
    """

    key: str
    label: str
    kind: FieldKind = "text"
    help: str = ""
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    required: bool = True
    at_least: float | None = None
    at_most: float | None = None
    check: Callable[[Any], str | None] | None = None

    def __post_init__(self) -> None:
        if self.kind == "select" and not self.options:
            raise ValueError(f"The field {self.label!r} offers nothing to choose. Give it options.")

    def shown(self) -> dict[str, Any]:
        """Return what the browser has to know."""
        names = ("key", "label", "kind", "help", "value", "options", "required")
        return {name: getattr(self, name) for name in names}

    def read(self, text: str) -> Value:
        """Return the value that `text` stands for.

        Raises
        ------
        ValueError
            With a sentence for the person, when it stands for none that is allowed.
        """
        text = text.strip()
        if not text:
            if self.required:
                raise ValueError(f"“{self.label}” is blank. Fill it in.")
            return None
        value = READERS[self.kind](self, text)
        if self.check is not None and (wrong := self.check(value)):
            raise ValueError(wrong)
        return value


def _chosen(field: Field, text: str) -> str:
    if text not in [value for value, _shown in field.options]:
        raise ValueError(f"“{text}” is not among the choices. Choose one that is.")
    return text


def _number(field: Field, text: str) -> int | float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"“{text}” is not a number. Write digits, such as 12 or 12.5.")
    if field.at_least is not None and number < field.at_least:
        raise ValueError(f"{text} is too little: it must be {field.at_least:g} or more.")
    if field.at_most is not None and number > field.at_most:
        raise ValueError(f"{text} is too much: it may be {field.at_most:g} at most.")
    return int(number) if number.is_integer() else number


def _time(_field: Field, text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 (a time of day; the decision knows the day)
    except ValueError:
        raise ValueError(f"“{text}” is not a time. Write it as 13:04.") from None


READERS: dict[FieldKind, Callable[[Field, str], Value]] = {
    "text": lambda _field, text: text,
    "select": _chosen,
    "number": _number,
    "time": _time,
}


def read_all(fields: Iterable[Field], texts: Mapping[str, Any]) -> tuple[dict[str, Value], dict[str, str]]:
    """Read what was filled in.

    Returns
    -------
    Values by key, and sentences by the key of each field that is not right; a field has one or the other.
    """
    values: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for field in fields:
        try:
            values[field.key] = field.read(str(texts.get(field.key, "")))
        except ValueError as wrong:
            problems[field.key] = str(wrong)
    return values, problems
