"""A folder, a file or a handful of uploads: what they are, whether they belong together, and what they hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from dispatchkit.imports import challenge, layouts, station_day, stop_list
from dispatchkit.imports.assembly import assemble
from dispatchkit.imports.given import Import, OriginalFile, Source
from dispatchkit.imports.problems import Findings, Problem, Unreadable, quoted
from dispatchkit.imports.recognition import ChallengeFile, ChallengePiece, LimitsPiece, Piece, TablePiece, recognise

MAX_FILE_BYTES = 512 * 1024**2
"""A file larger than this is no station's day: the largest day seen has 3 MB."""

MAX_FROM_STATION_M = 200_000.0
"""Farther out no van goes and comes back in a shift. The station profile has the last word on both limits."""

NAMED = 10
"""Files that a sentence names; the rest are counted."""

P = TypeVar("P", ChallengePiece, TablePiece)


def read_folder(
    path: Path | str, *, max_from_station_m: float = MAX_FROM_STATION_M, max_file_bytes: int = MAX_FILE_BYTES,
    leave_out: bool = False,
) -> list[Import]:  # fmt: skip
    """Read the files of a folder (hidden ones and subfolders aside), or a single file; a stop list with its limits.

    Parameters
    ----------
    path
        The folder. What its files are is told by their content, not by their names.
    max_from_station_m
        Straight-line metres beyond which a stop is a mistake.
    max_file_bytes
        Size beyond which a file is not opened.
    leave_out
        Whether a stop or van that cannot be used is left out and told (`Import.left_out`) instead of stopping it all:
        for whoever makes a plan of the rest. A day is opened with whole files only.

    Returns
    -------
    list of Import
        One for each station and service day, sorted by these.

    Raises
    ------
    Unreadable
        With everything that has to be put right, file by file and row by row. Nothing is imported then.
    """
    originals = read_originals(path, max_file_bytes=max_file_bytes)
    return read_files(
        originals, where=_called(Path(path)), max_from_station_m=max_from_station_m, leave_out=leave_out
    )  # fmt: skip


def read_originals(path: Path | str, *, max_file_bytes: int = MAX_FILE_BYTES) -> list[OriginalFile]:
    """Read the bytes of a folder's files (hidden ones and subfolders aside), or of a single file.

    A stop list comes with the limits that stand beside it under the same name.

    Raises
    ------
    Unreadable
        Where there is nothing, a file cannot be opened, or one is larger than `max_file_bytes`.
    """
    path = Path(path)
    findings = Findings(_called(path))
    originals = [file for p in _paths(path, findings) if (file := _original(p, findings, max_file_bytes)) is not None]
    if findings.problems:
        raise Unreadable(findings.problems)
    return originals


def _called(path: Path) -> str:
    """What sentences call a folder or file."""
    return path.name or str(path)


def read_files(
    originals: Sequence[OriginalFile], *, where: str = "the files", max_from_station_m: float = MAX_FROM_STATION_M,
    leave_out: bool = False,
) -> list[Import]:  # fmt: skip
    """Read files that are in memory already, such as uploads. `where` is what sentences call them together.

    Returns and raises the same as `read_folder`.
    """
    together = Findings(where)
    problems: list[Problem] = []
    pieces: list[Piece] = []
    for original in originals:
        findings = Findings(original.name)
        if (piece := recognise(original, findings)) is not None:
            pieces.append(piece)
        problems += findings.problems
    json_files = _one_of_each((p for p in pieces if isinstance(p, ChallengePiece)), together)
    csv_pieces = [p for p in pieces if isinstance(p, TablePiece)]
    lists = [p for p in csv_pieces if p.table.layout is layouts.STOPS]
    csv_files = _one_of_each((p for p in csv_pieces if p.table.layout is not layouts.STOPS), together)
    if lists:
        _check_lists_alone((*json_files.values(), *csv_files.values()), lists, together)
    elif json_files or csv_files or not any(p.blocks for p in problems):
        _check_together(json_files, csv_files, _names(originals), together)
    problems += together.problems
    _raise_if_blocked(problems)
    if lists:
        limits = [p for p in pieces if isinstance(p, LimitsPiece)]
        days, found = stop_list.read(lists, limits, max_from_station_m=max_from_station_m)
        _raise_if_blocked(found, leave_out=leave_out)
        return [replace(day, problems=(*problems, *day.problems)) for day in days]
    if json_files:
        routes, read_problems = challenge.read(json_files, max_from_station_m=max_from_station_m)
    else:
        routes, read_problems = station_day.read(csv_files, max_from_station_m=max_from_station_m)
    _raise_if_blocked(read_problems, leave_out=leave_out)
    problems += (p for p in read_problems if not p.blocks)
    source: Source = "challenge" if json_files else "station day"
    used = (*(p.original for p in json_files.values()), *(p.original for p in csv_files.values()))
    unplaced = Findings(where)
    imports = assemble(routes, used, source, unplaced, problems)
    _raise_if_blocked(unplaced.problems)
    return imports


def _raise_if_blocked(problems: Iterable[Problem], *, leave_out: bool = False) -> None:
    if blocking := [p for p in problems if p.blocks and not (leave_out and p.about)]:
        raise Unreadable(blocking)


def _paths(path: Path, findings: Findings) -> list[Path]:
    """List what is to be read; a folder without files is a problem, and so is no folder."""
    try:
        if path.is_file():
            return _with_limits(path)
        paths = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith("."))
    except (OSError, ValueError) as error:      # ValueError: a path that no file system can hold
        findings.block(f"There is no folder or file here that can be opened ({_reason(error)}).", "Choose another one.")
        return []
    if not paths:
        findings.block("The folder holds no files.", "Choose the folder that holds the day's files.")
    return paths


def _with_limits(path: Path) -> list[Path]:
    """A file, and the limits beside it where it is called as a table."""
    is_table = path.name.casefold().removesuffix(".gz").endswith((".csv", ".tsv"))
    beside = path.with_name(f"{stop_list.name_of(path.name)}.json")
    return [path, beside] if is_table and beside.is_file() else [path]


def _original(path: Path, findings: Findings, max_file_bytes: int) -> OriginalFile | None:
    try:
        size = path.stat().st_size
        if size <= max_file_bytes:
            with path.open("rb") as opened:
                data = opened.read(max_file_bytes + 1)      # not more than that, however fast it grows
            if len(data) == size == path.stat().st_size:
                return OriginalFile(name=path.name, data=data)
            findings.block(f"{quoted(path.name)} is still being written.", "Wait until it is there and try again.")
            return None
    except OSError as error:
        findings.block(f"{quoted(path.name)} cannot be opened ({_reason(error)}).", "Release it and try again.")
        return None
    findings.block(
        f"{quoted(path.name)} has {size / 1024**2:,.0f} MB; files up to {max_file_bytes / 1024**2:,.0f} MB are read.",
        "Move it out of the folder, or split it by day, and import again.",
    )
    return None


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _one_of_each(pieces: Iterable[P], together: Findings) -> dict[str, P]:
    """Key pieces by kind. The same file twice is one file; two different ones of a kind are a problem."""
    chosen: dict[str, P] = {}
    for piece in pieces:
        held = chosen.setdefault(piece.kind, piece)
        if held is piece:
            continue
        names = f"{quoted(held.original.name)} and {quoted(piece.original.name)}"
        if held.original.digest == piece.original.digest:
            together.note(f"{names} are the same file; it was read once.")
        else:
            together.block(f"{names} both hold what {piece.kind} usually holds.", "Leave one of them and import again.")
    return chosen


def _check_together(
    json_files: Mapping[str, ChallengePiece], csv_files: Mapping[str, TablePiece], found: str, together: Findings
) -> None:
    """Check that the files make one whole of one format."""
    if json_files and csv_files:
        together.block(
            f"Files of two formats are mixed: {_names(p.original for p in json_files.values())} of the challenge and "
            f"{_names(p.original for p in csv_files.values())} of a station day.",
            "Put each into a folder of its own and import one at a time.",
        )
    elif json_files:
        _check_complete(json_files, (ChallengeFile.ROUTES, ChallengeFile.PACKAGES), found, together)
    elif csv_files:
        _check_complete(csv_files, [layout.kind for layout in layouts.REQUIRED], found, together)
    else:
        together.block(
            f"Nothing here can be read as a service day. Found: {found}.",
            "Choose a folder with the challenge's JSON files, with a station day's customers, vehicles and depots, or "
            "with a stop list and its limits.",
        )


def _check_lists_alone(
    others: Sequence[ChallengePiece | TablePiece], lists: Sequence[TablePiece], together: Findings
) -> None:
    if others:
        together.block(
            f"Stop lists are mixed with files of another format: {_names(p.original for p in lists)} and "
            f"{_names(p.original for p in others)}.",
            "Put each into a folder of its own and import one at a time.",
        )


def _check_complete(pieces: Collection[str], required: Iterable[str], found: str, together: Findings) -> None:
    for kind in required:
        if kind not in pieces:
            together.block(
                f"What {kind} usually holds is in none of the files. Found: {found}.", "Add that file and import again."
            )


def _names(originals: Iterable[OriginalFile]) -> str:
    names = [original.name for original in originals]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
