"""What the home page has done in a process of its own: files are read, and taken in. Light to import."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dispatchkit.imports.given import OriginalFile
from dispatchkit.records import DayKey
from dispatchkit.roles import Role
from dispatchkit.station import Station

if TYPE_CHECKING:
    from dispatchkit.intake import Preview, Taken


def read(
    store: str, originals: Sequence[OriginalFile], by: str, station: Station, day: DayKey | None,
    answers: Mapping[str, str],
) -> "Preview":  # fmt: skip
    """What taking these files in would change; nothing is written."""
    from dispatchkit.intake import preview
    from dispatchkit.log import open_log

    with open_log(store) as log:
        return preview(log, originals, by=by, station=station, day=day, answers=answers)


def take_in(store: str, shown: "Preview", by: str, role: Role) -> "list[Taken]":
    """Take in what a preview showed."""
    from dispatchkit.intake import take
    from dispatchkit.log import open_log

    with open_log(store) as log:
        return take(log, shown, by=by, role=role)
