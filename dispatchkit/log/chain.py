"""The hash chain of a day: each entry vouches for all before it. Pure.

The hash of an entry is SHA-256 over the previous hash and the canonical bytes of its day, `n`, `first_n`, `learned_at`
and body. A change to any of them, a removed or a swapped entry shows there; a cut end shows against the head.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from dispatchkit.day.facts import Fact
from dispatchkit.records import DayKey

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FREE_TEXT = frozenset({"by", "text", "why", "note", "description", "what", "do", "cause"})


class Link(msgspec.Struct, frozen=True):
    """An entry as the log stores it: `learned_at` as a stamp, `body` as the fact's exact JSON, and its `hash`."""

    n: int
    first_n: int
    learned_at: str
    body: str
    hash: str


def stamp(instant: datetime) -> str:
    """Write an aware instant as UTC text of fixed width, `2026-03-14T10:00:00.000000Z`; ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError(f"The instant {instant} needs a time zone.")
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def instant(text: str) -> datetime:
    """Read a stamp back: aware, UTC; ValueError for anything else."""
    value = datetime.fromisoformat(text)
    if stamp(value) != text:
        raise ValueError(f"'{text}' is not an instant as the log writes it.")
    return value


def genesis(day: DayKey) -> str:
    """Return the hash before a day's first entry: no two days share it."""
    return sha256(f"dispatchkit log 1\n{day}".encode()).hexdigest()


def digest_of(previous: str, day: DayKey, n: int, first_n: int, learned_at: str, body: str) -> str:
    """Return the hash of an entry that follows the one with hash `previous`.

    No part but the last can hold a line break (a day key cannot, see `DayKey`), so no two entries share their bytes.
    """
    return sha256(f"{previous}\n{day}\n{n}\n{first_n}\n{learned_at}\n{body}".encode()).hexdigest()


def extend(day: DayKey, version: int, head: str, learned_at: str, bodies: Sequence[str]) -> list[Link]:
    """Return the links that append `bodies` to a day whose last entry has number `version` and hash `head`."""
    links: list[Link] = []
    for n, body in enumerate(bodies, version + 1):
        head = digest_of(head, day, n, version + 1, learned_at, body)
        links.append(Link(n, version + 1, learned_at, body, head))
    return links


def breaks(day: DayKey, links: Sequence[Link]) -> Iterator[tuple[int, str]]:
    """Yield `(n, what is wrong)` for each place where the chain does not hold; nothing for an intact day.

    Each break is told once: after it, the check goes on from the hash that is stored.
    """
    expected, previous = 1, genesis(day)
    for link in links:
        if link.n != expected:
            last = link.n - 1
            yield expected, f"is missing, with all up to {last}" if last > expected else "is missing"
        elif digest_of(previous, day, link.n, link.first_n, link.learned_at, link.body) != link.hash:
            yield link.n, "is not what was written, or stands in another's place"
        expected, previous = link.n + 1, link.hash


def referred(fact: Fact) -> list[str]:
    """Return the digests of the artifacts that a fact refers to, found by the shape of its fields' values.

    Ids and free text are passed over: 64 hexadecimal digits in a note are a note.
    """
    return [
        value
        for name in fact.__struct_fields__
        if name not in _FREE_TEXT and not name.endswith("_id")
        and isinstance(value := getattr(fact, name), str) and _DIGEST.fullmatch(value)
    ]
