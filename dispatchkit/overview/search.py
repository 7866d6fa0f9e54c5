"""Finding anything of a day: routes, drivers, vans, stops, packages, zones, notes, incidents and files. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from typing import NamedTuple

from dispatchkit.day import Day
from dispatchkit.day.facts.whole_day import FileHeld, FileImported
from dispatchkit.overview.hits import KINDS, Hit, HitKind, Teller
from dispatchkit.records import Plan

__all__ = ["Hit", "find"]

LEAST_DIGITS = 4
"""A phone number is looked for by so many digits or more; fewer are part of a code."""

LEAST_OF_MANY = 3
"""Stops and packages are looked for by so many letters or more; fewer are in thousands of them."""

_PHONE_SIGNS = frozenset("0123456789 +-/().")


class _Candidate(NamedTuple):
    """Something that may be meant: the words by which it is found, and how it is told."""

    kind: HitKind
    words: Sequence[str]
    tell: Callable[[], Hit]


def find(
    day: Day, text: str, *, names: Mapping[str, str], phones: Mapping[str, str] | None = None, limit: int = 20
) -> tuple[Hit, ...]:
    """What the text may mean, the best first; nothing for a text without letters or digits.

    Case and accents do not matter. A whole match comes before a beginning, that before a word's beginning, that before
    anything within, and last come those that have each word of the text somewhere. Among equals routes come first, then
    drivers, vans, and so on as in `HitKind`. Stops and packages are looked for by three letters or more.

    Parameters
    ----------
    names
        driver_id → name.
    phones
        driver_id → phone number; found by four digits or more, however they are written.
    """
    wanted = plain(text)
    if not any(sign.isalnum() for sign in wanted):
        return ()
    rank = _ranking(wanted)
    candidates = _candidates(day, wanted, names, _numbers(wanted, phones or {}))
    found = (
        (by, KINDS.index(candidate.kind), place, candidate)
        for place, candidate in enumerate(candidates)
        if (by := min(map(rank, candidate.words))) < _NO_MATCH
    )
    best = nsmallest(limit, found, key=lambda match: match[:3])
    return tuple(candidate.tell() for *_, candidate in best)


def plain(text: str) -> str:
    """The text as it is compared: without case and accents, blanks made single."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(text.casefold().split())


_NO_MATCH = 5


def _ranking(wanted: str) -> Callable[[str], int]:
    """How well plain words fit what is wanted: 0 for the very same, `_NO_MATCH` for not at all."""
    word_begins = re.compile(rf"(?<![^\W_]){re.escape(wanted)}")
    parts = wanted.split()

    def rank(words: str) -> int:
        if wanted not in words:
            return 4 if len(parts) > 1 and all(part in words for part in parts) else _NO_MATCH
        if words.startswith(wanted):
            return 0 if words == wanted else 1
        return 2 if word_begins.search(words) else 3

    return rank


def _numbers(wanted: str, phones: Mapping[str, str]) -> dict[str, str]:
    """driver_id → the wanted text, for those whose phone number has the wanted digits in it."""
    digits = _digits(wanted)
    if len(digits) < LEAST_DIGITS or not _PHONE_SIGNS.issuperset(wanted):
        return {}
    return {driver_id: wanted for driver_id, phone in phones.items() if digits in _digits(phone)}


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _candidates(day: Day, wanted: str, names: Mapping[str, str], numbers: Mapping[str, str]) -> Iterator[_Candidate]:
    tell, before, plan = Teller(day, names), day.pre_load_out, day.pre_load_out.plan
    for driver in before.roster.drivers if before.roster else ():
        id_ = driver.driver_id
        words = (plain(id_), plain(names.get(id_, "")), numbers.get(id_, ""))
        yield _Candidate("driver", words, partial(tell.driver, id_))
    for van in before.fleet.vans if before.fleet else ():
        yield _Candidate("van", (plain(van.van_id), f"van {plain(van.van_id)}"), partial(tell.van, van.van_id))
    if plan is not None:
        yield from _planned(plan, wanted, tell)
    for place, note in enumerate(day.course.notes, 1):
        yield _Candidate("note", (plain(note.text),), partial(tell.note, str(place), note))
    for id_, incident in day.end_of_shift.incidents.items():
        words = (plain(id_), plain(incident.opened.incident_type), plain(incident.opened.description))
        yield _Candidate("incident", words, partial(tell.incident, id_))
    files: list[FileImported | FileHeld] = [*day.course.files, *day.course.held.values()]
    for file in files:
        yield _Candidate("file", (plain(file.name),), partial(tell.file, file))


def _planned(plan: Plan, wanted: str, tell: Teller) -> Iterator[_Candidate]:
    """Yield what the plan names. Stops and packages come by the ten thousand: only those that have the text at all."""
    for route in plan.routes:
        yield _Candidate("route", (plain(route.code), plain(route.route_id)), partial(tell.route, route.route_id))
    for zone in dict.fromkeys(stop.zone for stop in plan.stops):
        if zone:
            yield _Candidate("zone", (plain(zone), f"zone {plain(zone)}"), partial(tell.zone, zone))
    for stop in plan.stops if len(wanted) >= LEAST_OF_MANY else ():
        if wanted in (name := stop.stop_id.casefold()):
            yield _Candidate("stop", (name,), partial(tell.stop, stop.stop_id))
        for package in stop.packages:
            if wanted in (name := package.package_id.casefold()):
                yield _Candidate("package", (name,), partial(tell.package, package.package_id, stop.stop_id))
