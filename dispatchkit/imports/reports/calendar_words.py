"""Names of weekdays and months, in the languages in which a portal may be set: "So., 23/Aug." is a Sunday in August."""

from collections.abc import Iterable
from functools import cache

from babel import Locale

from dispatchkit.imports.sheets.header import normalised

WIDTHS = ("wide", "abbreviated")
"""How long a name is written: "Sunday", "Sun". Shorter forms mean different days in different languages."""


def weekday(name: str, languages: tuple[str, ...]) -> int | None:
    """Monday 0 to Sunday 6; None where no language has the word, or two mean different days by it."""
    return _names("days", languages).get(normalised(name))


def month(name: str, languages: tuple[str, ...]) -> int | None:
    """January 1 to December 12; None where no language has the word, or two mean different months by it."""
    return _names("months", languages).get(normalised(name))


@cache
def _names(what: str, languages: tuple[str, ...]) -> dict[str, int]:
    """Numbers by name, as the Unicode CLDR has them; a name with two meanings is left out."""
    meanings: dict[str, set[int]] = {}
    for name, number in _all_names(what, languages):
        meanings.setdefault(normalised(name), set()).add(number)
    return {name: numbers.pop() for name, numbers in meanings.items() if name and len(numbers) == 1}


def _all_names(what: str, languages: tuple[str, ...]) -> Iterable[tuple[str, int]]:
    for language in languages:
        contexts = getattr(Locale.parse(language), what)
        for context in ("format", "stand-alone"):
            for width in WIDTHS:
                for number, name in contexts[context].get(width, {}).items():
                    yield name, number
