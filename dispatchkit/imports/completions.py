"""Recorded completions: a table with a row for each stop that was finished, from any source that keeps them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from dispatchkit.imports import values
from dispatchkit.imports.folder import read_originals
from dispatchkit.imports.problems import Findings, Spot, Unreadable, quoted
from dispatchkit.imports.tables import Column, Layout, recognised, rows

LAYOUT = Layout(
    "completions",
    (
        Column("route_id", ("route", "route code", "route_code")),
        Column("stop_id", ("stop",)),
        Column("completed_at", ("completed", "completion", "time", "timestamp")),
        Column("driver_id", ("driver", "transporter id"), required=False),
    ),
)

Completions = Mapping[str, Mapping[str, datetime]]
"""route_id → stop_id → when the route finished it (UTC)."""


class Recorded(NamedTuple):
    """What a file of completions says: when stops were finished, and of a route who drove it, where it does."""

    done: Completions
    driver_of: Mapping[str, str]


def read_completions(path: Path) -> Recorded:
    """Read a CSV file with the columns route_id, stop_id and completed_at (ISO 8601 with its offset).

    A column driver_id may say who drove the route, so that earlier days tell of him on later ones.

    Raises
    ------
    Unreadable
        With every row that cannot be used.
    """
    found: dict[str, dict[str, datetime]] = {}
    driver_of: dict[str, str] = {}
    for original in read_originals(path):
        findings = Findings(original.name)
        table = recognised(original.data.decode("utf-8-sig", errors="replace"), (LAYOUT,))
        if table is None:
            findings.block(
                "This is no table of completions.", "Give a CSV file with the columns route_id, stop_id, completed_at."
            )
        for row in rows(table, findings) if table else ():
            route_id = values.identifier(row["route_id"], row.at("route_id"))
            stop_id = values.identifier(row["stop_id"], row.at("stop_id"))
            at = _instant(row["completed_at"], row.at("completed_at"))
            if route_id is None or stop_id is None or at is None:
                continue
            if row["driver_id"]:
                driver_of[route_id] = row["driver_id"]
            stops = found.setdefault(route_id, {})
            # a stop told twice was tried again: the later time is when it was finished
            stops[stop_id] = max(at, stops.get(stop_id, at))
        if findings.blocking:
            raise Unreadable(p for p in findings.problems if p.blocks)
    return Recorded(found, driver_of)


def _instant(text: str, spot: Spot) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        spot.block(
            f"{quoted(text)} is no instant.",
            "Write it with its offset, such as 2018-08-08T15:04:05Z, and import again.",
        )
        return None
    return at.astimezone(UTC)
