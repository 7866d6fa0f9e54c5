"""Sentences of the rooms that say the same of several routes, vans, drivers or waves, told as one. Pure.

The rooms say one thing of one subject: "Van V7 has no DVIC today." Told of three vans it is "3 vans have no DVIC today:
V7, V9, V12." Items of one list, "Not ticked yet: …", are told as that list. A sentence of any other build is told as it
is, and so is one that stands alone.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dispatchkit.day import Day

NAMED = 8
"""Subjects told by name; the rest is counted."""

_VERBS = {"has": "have", "is": "are", "never": "never", "failed": "failed"}
_SAID = re.compile(r"(?P<subject>.+?) (?P<verb>has|is|never|failed) (?P<what>[^.]+)\.(?P<then>.*)", re.DOTALL)
_OPEN = re.compile(r"; (?P<count>\d+) packages? (?:is|are) not accounted for")
_LISTED = re.compile(r"(?P<head>[^:.]+): (?P<item>[^:]+)\.")
_TITLED = re.compile(r"(?P<title>Van|Driver|Incident) (?P<name>.+)")
_OF = re.compile(r"(?P<subject>.+) of (?P<route>.+)")


class _Said(NamedTuple):
    """A sentence taken apart: `noun` of the subject, its name, and what is said of it but for the open packages.

    An item of a list has the list's head for a noun, and no verb.
    """

    noun: str
    name: str
    verb: str = ""
    what: str = ""
    then: str = ""
    packages: int = 0


def grouped(sentences: Iterable[str], day: Day) -> tuple[str, ...]:
    """The same sentences, those alike told as one, each where the first of its kind stood."""
    bare = _nouns(day)
    groups: dict[tuple[str, ...], list[tuple[str, _Said | None]]] = {}
    for sentence in sentences:
        said = _taken_apart(sentence, bare)
        kind = (sentence,) if said is None else (said.noun, said.verb, said.what, said.then)
        groups.setdefault(kind, []).append((sentence, said))
    return tuple(_told(group) for group in groups.values())


def listed(names: Iterable[str]) -> str:
    """Names one after the other, the first few by name and the rest counted: "V7, V9 and 3 more"."""
    unique = tuple(dict.fromkeys(names))
    more = len(unique) - NAMED
    return ", ".join(unique[:NAMED]) + (f" and {more} more" if more > 0 else "")


def counted(count: int, noun: str) -> str:
    """A count with its noun: "1 route", "38 routes"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _nouns(day: Day) -> dict[str, str]:
    """What a sentence may begin with, without saying what it is: codes of routes, and names of waves."""
    plan = day.pre_load_out.plan
    return dict.fromkeys(day.load_out.waves, "wave") | ({r.code: "route" for r in plan.routes} if plan else {})


def _taken_apart(sentence: str, bare: Mapping[str, str]) -> _Said | None:
    parts = _SAID.fullmatch(sentence)
    known = _known(parts, bare) if parts else None
    if known is None and (item := _LISTED.fullmatch(sentence)):
        return _Said(item["head"], item["item"])
    return known


def _known(parts: re.Match[str], bare: Mapping[str, str]) -> _Said | None:
    """What is said of a subject that the day knows; None where it does not."""
    subject = parts["subject"]
    # "Wave 1 of CX1 has had no stand-up": said of the wave, once for each of its routes
    if (of := _OF.fullmatch(subject)) and bare.get(of["route"]) == "route":
        subject = of["subject"]
    if titled := _TITLED.fullmatch(subject):
        noun, name = titled["title"].lower(), titled["name"]
    elif subject in bare:
        noun, name = bare[subject], subject
    else:
        return None
    found = _OPEN.search(parts["what"])
    packages = int(found["count"]) if found else 0
    return _Said(noun, name, parts["verb"], _OPEN.sub("", parts["what"]), parts["then"], packages)


def _told(group: list[tuple[str, _Said | None]]) -> str:
    sentence, first = group[0]
    said = [s for _, s in group if s is not None]
    if first is None or len(group) == 1:
        return sentence
    names = dict.fromkeys(s.name for s in said)
    if not first.verb:
        return f"{first.noun} ({len(names)}): {'; '.join(names)}."
    what = first.what + _not_accounted_for(sum(s.packages for s in said))
    if len(names) == 1:
        subject = first.name if first.noun in ("wave", "route") else f"{first.noun.capitalize()} {first.name}"
        return f"{subject} {first.verb} {what}.{first.then}"
    what, then = _of_many(what), _of_many(first.then)
    subject, verb = counted(len(names), first.noun), _VERBS[first.verb]
    if ":" in what:
        return f"{subject} ({listed(names)}) {verb} {what}.{then}"
    return f"{subject} {verb} {what}: {listed(names)}.{then}"


def _not_accounted_for(packages: int) -> str:
    if not packages:
        return ""
    return f"; {counted(packages, 'package')} {'is' if packages == 1 else 'are'} not accounted for"


def _of_many(text: str) -> str:
    for one, many in (("it as a route", "them as routes"), ("its", "their"), ("it", "them")):
        text = re.sub(rf"\b{one}\b", many, text)
    return text
