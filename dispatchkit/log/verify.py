"""Whether a store still says what was once written into it."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, text

from dispatchkit.day import facts
from dispatchkit.errors import Damaged
from dispatchkit.log import artifacts, chain, entries
from dispatchkit.records import DayKey

_KEYS = text("SELECT day FROM heads UNION SELECT day FROM facts ORDER BY day")
_BESIDE = text('SELECT n, "at", "by", kind FROM facts WHERE day = :day ORDER BY n')


class Verification(msgspec.Struct, frozen=True):
    """What a check of the store found: how much was checked, and each problem as a sentence naming day and fact."""

    days: int
    facts: int
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


def keys(connection: Connection) -> list[DayKey]:
    """Return every day of which anything at all is stored, in order."""
    return [DayKey.parse(key) for key in connection.execute(_KEYS).scalars()]


def day_problems(connection: Connection, day: DayKey, known: dict[str, str | None]) -> tuple[int, list[str]]:
    """Check one day; return its number of facts and its problems.

    `known` keeps what was found on each artifact, so that one which many facts share is read once.
    """
    links = entries.links(connection, day)
    beside = {row.n: (row.at, row.by, row.kind) for row in connection.execute(_BESIDE, {"day": str(day)})}
    wrong = list(chain.breaks(day, links))
    for link in links:
        wrong += [(link.n, what) for what in _fact_problems(connection, link, beside[link.n], known)]
    problems = [f"{day}: fact {n} {what}." for n, what in wrong]
    return len(links), problems + list(_head_problems(day, links, entries.head(connection, day)))


def _head_problems(day: DayKey, links: list[chain.Link], head: entries.Head | None) -> Iterator[str]:
    last = links[-1] if links else None
    if head is None:
        yield f"{day}: the day's head is missing, but {len(links)} facts are stored."
    elif last is None:
        yield f"{day}: all {head.version} facts are missing."
    elif head.version > last.n:
        yield f"{day}: the last fact should be {head.version}, but it is {last.n}; the end is missing."
    elif head.version < last.n:
        yield f"{day}: fact {head.version + 1} and those after it were not written by an append."
    elif head.hash != last.hash:
        yield f"{day}: the hash of fact {last.n} is not that of the day's head."


def _fact_problems(
    connection: Connection, link: chain.Link, beside: tuple[str, str, str], known: dict[str, str | None]
) -> Iterator[str]:
    try:
        fact = facts.decode(link.body)
    except Damaged:
        yield "cannot be read by this version of the program"
        return
    if beside != tuple(entries.columns(fact).values()):
        yield "has another time, author or kind beside its body than in it"
    for digest in chain.referred(fact):
        if digest not in known:
            known[digest] = artifacts.complaint(connection, digest)
        if complaint := known[digest]:
            yield f"({fact.kind}) refers to artifact {digest[:12]}…, which {complaint}"
