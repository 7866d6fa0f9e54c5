"""Answers kept in a file as they come, one a line, so that a run which was broken off goes on where it stopped."""

from pathlib import Path
from typing import Any

import msgspec

from dispatchkit.bench.routing.ask import Answer
from dispatchkit.bench.routing.row import Row, Singles
from dispatchkit.errors import WorkbenchError

Key = tuple[str, str, float, int]


def read(path: Path) -> dict[Key, Answer]:
    """Answers of an earlier run by `Case.key`; none where there is no such file. Of two to one case the later counts.

    Raises
    ------
    WorkbenchError
        A line is none of ours.
    """
    if not path.exists():
        return {}
    found: dict[Key, Answer] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            told: dict[str, Any] = msgspec.json.decode(line)
            answer: Answer = msgspec.convert(told, Row) if "engine" in told else msgspec.convert(told, Singles)
        except (msgspec.DecodeError, msgspec.ValidationError, TypeError) as error:
            raise WorkbenchError(
                f"{path}, line {number}, is no figure of this benchmark ({error}). Take the line out, or name another "
                "file, and run this again."
            ) from error
        found[_key(answer)] = answer
    return found


def add(path: Path, answer: Answer) -> None:
    """Write one more answer."""
    with path.open("ab") as file:
        file.write(msgspec.json.encode(answer) + b"\n")


def _key(answer: Answer) -> Key:
    return answer.case, answer.engine if isinstance(answer, Row) else "", answer.budget_s, answer.seed
