"""A day as readable text: JSON lines that can be kept, sent, and taken into a store on another machine. Pure.

The first line is a header; then come the artifacts that the day's facts refer to (base64 of zlib), the facts, and, only
when asked for, details of the directory. Facts are checked by their chain, artifacts by their digest, each on its own
line; a sum over all lines in the header catches the rest. A file that was cut, edited or is of another kind is refused
as a whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TypeVar

import msgspec

from dispatchkit.day import facts
from dispatchkit.day.facts import Fact
from dispatchkit.errors import Damaged
from dispatchkit.log import chain
from dispatchkit.log.artifacts import Artifact
from dispatchkit.log.directory import Detail
from dispatchkit.records import DayKey

FORMAT = 1
"""Version of the lines. A file with a higher one is refused instead of guessed at."""

LINE_START = b'{"line":'
"""How every line begins."""

_DAY_START = LINE_START + b'"dispatchkit day"'


class BadArchive(Damaged):
    """A file that is not what an export wrote. `line` counts from 1."""

    def __init__(self, source: str, line: int, what: str) -> None:
        self.line = line
        self.what = what
        super().__init__(f"{source}, line {line}: {what}. Nothing was taken from it; have the file made anew.")


class _Line(msgspec.Struct, frozen=True, tag_field="line", forbid_unknown_fields=True):
    """What all lines share: a field that says what they are."""


class _Header(_Line, frozen=True, kw_only=True):
    format: int
    artifacts: int
    details: int
    sum: str   # SHA-256 over all other lines


class _DayHeader(_Header, frozen=True, kw_only=True, tag="dispatchkit day"):
    day: str
    facts: int
    head: str


class _RestHeader(_Header, frozen=True, kw_only=True, tag="dispatchkit rest of a store"):
    days: tuple[str, ...]


class _ArtifactLine(_Line, frozen=True, tag="artifact"):
    artifact: Artifact


class _FactLine(_Line, frozen=True, tag="fact"):
    n: int
    first_n: int
    learned_at: str
    hash: str
    fact: msgspec.Raw   # the stored bytes as they are: the chain is over them


class _DetailLine(_Line, frozen=True, tag="detail"):
    detail: Detail


_encoder = msgspec.json.Encoder()
_line_decoder = msgspec.json.Decoder(_ArtifactLine | _FactLine | _DetailLine)
_HeaderKind = TypeVar("_HeaderKind", bound=_Header)


class DayArchive(msgspec.Struct, frozen=True):
    """Everything of one day: its chain, the facts in it, the artifacts they refer to, and details if asked for."""

    day: DayKey
    links: list[chain.Link]
    facts: list[Fact]
    artifacts: list[Artifact]
    details: list[Detail]


class Rest(msgspec.Struct, frozen=True):
    """What a whole store holds besides its days: their keys, artifacts that no fact refers to, and the directory."""

    days: tuple[DayKey, ...]
    artifacts: list[Artifact]
    details: list[Detail]


def day_lines(archive: DayArchive) -> list[bytes]:
    """Write a day as lines, without line ends."""
    body = [
        *_artifact_lines(archive.artifacts),
        *(
            _encoder.encode(_FactLine(k.n, k.first_n, k.learned_at, k.hash, msgspec.Raw(k.body.encode())))
            for k in archive.links
        ),
        *_detail_lines(archive.details),
    ]
    header = _DayHeader(
        format=FORMAT, day=str(archive.day), facts=len(archive.links), head=archive.links[-1].hash,
        artifacts=len(archive.artifacts), details=len(archive.details), sum=_sum(body),
    )  # fmt: skip
    return [_encoder.encode(header), *body]


def rest_lines(rest: Rest) -> list[bytes]:
    """Write what a store holds besides its days as lines, without line ends."""
    body = [*_artifact_lines(rest.artifacts), *_detail_lines(rest.details)]
    header = _RestHeader(
        format=FORMAT, days=tuple(map(str, rest.days)),
        artifacts=len(rest.artifacts), details=len(rest.details), sum=_sum(body),
    )  # fmt: skip
    return [_encoder.encode(header), *body]


def read_day(lines: Iterable[bytes], source: str) -> DayArchive:
    """Read an exported day, all of it checked; BadArchive, naming `source` and line, for anything else."""
    lines = [line.rstrip(b"\r\n") for line in lines]
    header = _header(lines, source, _DayHeader, "an exported day")
    try:
        day = DayKey.parse(header.day)
    except ValueError as error:
        raise BadArchive(source, 1, str(error).rstrip(".")) from error
    links, held, artifacts, details = _body(lines, source, day)
    _check_counts(header, lines, source, artifacts, details)
    if len(links) != header.facts:
        raise BadArchive(source, len(lines), f"the file ends after {len(links)} of {header.facts} facts")
    if not links or links[-1].hash != header.head:
        raise BadArchive(source, 1, "the header does not fit the facts below it")
    _check_sum(header, lines, source)
    return DayArchive(day, links, held, artifacts, details)


def read_days(lines: Iterable[bytes], source: str) -> list[DayArchive]:
    """Read exported days that stand one after the other in a file; BadArchive as for one, and for a day told twice."""
    lines = list(lines)
    starts = [i for i, line in enumerate(lines) if line.startswith(_DAY_START)]
    if not starts or starts[0] > 0:
        starts = [0, *starts]
    days: list[DayArchive] = []
    for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        try:
            days.append(read_day(lines[begin:end], source))
        except BadArchive as error:
            raise BadArchive(source, begin + error.line, error.what) from error
        if any(day.day == days[-1].day for day in days[:-1]):
            raise BadArchive(source, begin + 1, f"{days[-1].day} stands in it twice")
    return days


def read_rest(lines: Iterable[bytes], source: str) -> Rest:
    """Read what a store held besides its days, checked; BadArchive, naming `source` and line, for anything else."""
    lines = [line.rstrip(b"\r\n") for line in lines]
    header = _header(lines, source, _RestHeader, "a backup")
    _, _, artifacts, details = _body(lines, source, None)
    _check_counts(header, lines, source, artifacts, details)
    _check_sum(header, lines, source)
    return Rest(tuple(map(DayKey.parse, header.days)), artifacts, details)


def _artifact_lines(artifacts: Sequence[Artifact]) -> Iterator[bytes]:
    return (_encoder.encode(_ArtifactLine(a)) for a in artifacts)


def _detail_lines(details: Sequence[Detail]) -> Iterator[bytes]:
    return (_encoder.encode(_DetailLine(d)) for d in details)


def _sum(lines: Iterable[bytes]) -> str:
    return sha256(b"\n".join(lines)).hexdigest()


def _header(lines: Sequence[bytes], source: str, kind: type[_HeaderKind], what: str) -> _HeaderKind:
    first = lines[0] if lines else b""
    try:
        probe = msgspec.json.decode(first, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadArchive(source, 1, f"this is not the header of {what}") from error
    if probe.get("line") != kind.__struct_config__.tag:
        raise BadArchive(source, 1, f"this is not the header of {what}")
    if isinstance(version := probe.get("format"), int) and version > FORMAT:
        raise BadArchive(source, 1, f"format {version} was written by a newer version of this program; update it here")
    try:
        return msgspec.json.decode(first, type=kind)
    except msgspec.DecodeError as error:
        raise BadArchive(source, 1, f"the header cannot be read ({error})") from error


_Body = tuple[list[chain.Link], list[Fact], list[Artifact], list[Detail]]


def _body(lines: Sequence[bytes], source: str, day: DayKey | None) -> _Body:
    links: list[chain.Link] = []
    held: list[Fact] = []
    artifacts: list[Artifact] = []
    details: list[Detail] = []
    for number, line in enumerate(lines[1:], 2):
        try:
            match _line_decoder.decode(line):
                case _ArtifactLine(artifact=artifact):
                    artifacts.append(_checked(artifact))
                case _DetailLine(detail=detail):
                    details.append(detail)
                case _FactLine() as read:
                    link = _linked(read, day, links)
                    held.append(facts.decode(link.body))
                    links.append(link)
        except msgspec.DecodeError as error:
            raise BadArchive(source, number, f"the line is cut short or was changed ({error})") from error
        except (Damaged, ValueError) as error:
            raise BadArchive(source, number, str(error).rstrip(".")) from error
    return links, held, artifacts, details


def _checked(artifact: Artifact) -> Artifact:
    if artifact.data is not None and len(artifact.content()) != artifact.size:
        raise Damaged(f"Artifact {artifact.digest} has another size than it says.")
    if artifact.data is None and artifact.erased_at is None:
        raise Damaged(f"Artifact {artifact.digest} has no content.")
    return artifact


def _linked(line: _FactLine, day: DayKey | None, before: Sequence[chain.Link]) -> chain.Link:
    if day is None:
        raise Damaged("A fact stands outside its day.")
    link = chain.Link(line.n, line.first_n, line.learned_at, bytes(line.fact).decode(), line.hash)
    previous = before[-1].hash if before else chain.genesis(day)
    if link.n != len(before) + 1:
        raise Damaged(f"Fact {len(before) + 1} should stand here, not {link.n}.")
    if chain.digest_of(previous, day, link.n, link.first_n, link.learned_at, link.body) != link.hash:
        raise Damaged(f"Fact {link.n} is not what was written.")
    chain.instant(link.learned_at)
    return link


def _check_counts(
    header: _Header, lines: Sequence[bytes], source: str, artifacts: Sequence[Artifact], details: Sequence[Detail]
) -> None:
    for what, found, promised in (
        ("artifacts", len(artifacts), header.artifacts),
        ("directory details", len(details), header.details),
    ):
        if found != promised:
            raise BadArchive(source, len(lines), f"the file has {found} of {promised} {what}")


def _check_sum(header: _Header, lines: Sequence[bytes], source: str) -> None:
    if _sum(lines[1:]) != header.sum:
        raise BadArchive(source, len(lines), "something in lines 2 to here was changed after the export")
