"""Words of exports against the word lists of the station profile: case, blanks and signs never matter."""

from functools import cache

from dispatchkit.imports.sheets.header import normalised


def is_one_of(word: str, known: tuple[str, ...]) -> bool:
    """Whether the word is on the list: PRE_TRIP is on one that has "Pre-Trip". A word of signs only is itself."""
    return word in known or normalised(word) in _reduced(known)


def begins_with_one_of(text: str, known: tuple[str, ...]) -> bool:
    """Whether the text begins with a word on the list: "Pre-Trip EDV Inspection" with one that has "PRE TRIP"."""
    return normalised(text).startswith(tuple(_reduced(known)))


def mentions_one_of(text: str, known: tuple[str, ...]) -> bool:
    """Whether a word on the list stands anywhere in the text: "Nursery Route Level 1" with one that has "NURSERY"."""
    said = normalised(text)
    return any(word in said for word in _reduced(known))


@cache
def _reduced(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, map(normalised, known)))
