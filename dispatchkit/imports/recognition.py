"""What a file is, by its content. Names are changed by hand and prove nothing."""

import json
from collections import Counter
from enum import StrEnum
from pathlib import PurePath

import msgspec

from dispatchkit.imports import gzipped, tables
from dispatchkit.imports.given import OriginalFile
from dispatchkit.imports.layouts import LAYOUTS
from dispatchkit.imports.problems import Findings, quoted

DATA_SUFFIXES = frozenset({".csv", ".tsv", ".json", ".xlsx", ".xls"})
"""Files with these names are meant as data: passing one over is worth a note, and an empty one stops the import."""

OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"PAR1": "a Parquet file",
}
"""First bytes of formats that are mistaken for data."""


class ChallengeFile(StrEnum):
    """The files of the routing challenge that are of use, by their usual names."""

    ROUTES = "route_data.json"
    PACKAGES = "package_data.json"
    SEQUENCES = "actual_sequences.json"
    TIMES = "travel_times.json"


ROUTE_KEYS = frozenset({"stops", "station_code", "date_YYYY_MM_DD", "departure_time_utc", "executor_capacity_cm3"})
LIMIT_KEYS = frozenset({"vans", "van_volume", "shift_s"})
PACKAGE_KEYS = frozenset({"scan_status", "time_window", "planned_service_time_seconds", "dimensions"})


class ChallengePiece(msgspec.Struct, frozen=True):
    """A recognised file of the challenge: an object with one entry a route."""

    original: OriginalFile
    kind: ChallengeFile
    content: dict[str, object]


class LimitsPiece(msgspec.Struct, frozen=True):
    """The vans and limits that stand beside a stop list."""

    original: OriginalFile
    content: dict[str, object]


class TablePiece(msgspec.Struct, frozen=True):
    """A recognised table: one of a station day, or a stop list."""

    original: OriginalFile
    table: tables.Table

    @property
    def kind(self) -> str:
        """The usual name of the file."""
        return self.table.layout.kind


Piece = ChallengePiece | TablePiece | LimitsPiece


def recognise(original: OriginalFile, findings: Findings) -> Piece | None:
    """Say what the file is; None where it is nothing we read, or damaged (then `findings` has the reason)."""
    suffix = PurePath(original.name.casefold().removesuffix(".gz")).suffix
    if other := next((what for start, what in OTHER_FORMATS.items() if original.data.startswith(start)), None):
        if suffix in DATA_SUFFIXES:
            findings.note(f"This is {other}, which is not read; it was left out.", "Save it as CSV and import again.")
        return None
    aside = Findings(original.name)
    data: bytes | None = original.data
    if original.data.startswith(gzipped.STARTS):
        data = gzipped.unpacked(original.data, aside)
    if data is None:
        findings.problems += aside.problems if suffix in DATA_SUFFIXES else []
        return None
    encoding = json.detect_encoding(data)
    try:
        text, damage = data.decode(encoding), None
    except UnicodeDecodeError as error:
        text, damage = data.decode(encoding, errors="replace"), error
    if not text.strip():
        if suffix in DATA_SUFFIXES:
            findings.block("The file is empty.", "Get it again from its source, or remove it, and import again.")
        return None
    piece = _piece(original, text, suffix, aside)
    if damage is not None:
        if piece is None and suffix not in DATA_SUFFIXES:
            return None
        line = data.count(b"\n", 0, damage.start) + 1
        findings.block(
            f"The text is not in {damage.encoding.upper()}: it cannot be read at byte {damage.start + 1}, line {line}.",
            'Save it as "CSV UTF-8" (or JSON in UTF-8) and import again.',
        )
        return None
    findings.problems += aside.problems
    if piece is None and not aside.problems and suffix in DATA_SUFFIXES:
        findings.note("Neither the challenge's data, nor a table of a station day, nor a stop list; it was left out.")
    return piece


def _piece(original: OriginalFile, text: str, suffix: str, findings: Findings) -> Piece | None:
    if text.lstrip().startswith("{") or suffix == ".json":
        content = _json(text, findings)
        if not isinstance(content, dict):
            return None
        if len(LIMIT_KEYS & content.keys()) > 1:
            return LimitsPiece(original, content)
        kind = _challenge_file(content)
        return ChallengePiece(original, kind, content) if kind else None
    table = tables.recognised(text, LAYOUTS)
    return TablePiece(original, table) if table is not None else None


def _json(text: str, findings: Findings) -> object:
    """Parse JSON with literal NaN, as the challenge writes it; None with the reason in `findings` where that fails.

    A name that stands twice in one object is a problem: the parser alone would keep the last and lose the first.
    """

    def without_loss(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) < len(pairs):
            for name in (name for name, times in Counter(n for n, _ in pairs).items() if times > 1):
                findings.block(f"{quoted(name)} stands twice.", "Remove one of the two and import again.")
        return made

    try:
        return json.loads(text, object_pairs_hook=without_loss)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated")
        findings.block(
            f"Not JSON from line {error.lineno}, column {error.colno} on ({error.msg})"
            + ("; the file seems to be cut off." if cut else "."),
            "Get it again from its source and import again.",
        )
    except RecursionError:
        findings.block("The JSON is nested too deeply to be a day's data.", "Get it again from its source.")
    except ValueError as error:
        findings.block(f"The JSON holds a figure that cannot be read ({error}).")
    return None


def _challenge_file(content: dict[str, object]) -> ChallengeFile | None:
    """Let every route of the object say what file it comes from; the most votes win."""
    votes = Counter(kind for kind in map(_vote, content.values()) if kind is not None)
    return votes.most_common(1)[0][0] if votes else None


def _vote(route: object) -> ChallengeFile | None:
    if not isinstance(route, dict):
        return None
    if ROUTE_KEYS & route.keys():
        return ChallengeFile.ROUTES
    if route.keys() == {"actual"}:
        return ChallengeFile.SEQUENCES
    held = [value for stop in route.values() if isinstance(stop, dict) for value in stop.values()]
    if any(isinstance(value, dict) and PACKAGE_KEYS & value.keys() for value in held):
        return ChallengeFile.PACKAGES
    return ChallengeFile.TIMES if any(isinstance(value, int | float) for value in held) else None
