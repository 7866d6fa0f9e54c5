"""A plan as a file: which van serves which stops in what order, and which stops are left out and why.

One JSON object, as `dispatchkit plan build` writes and `plan check` reads it::

    {"routes": [{"route_id": "CX1", "van_id": "V1", "stops": ["CX1:A", "CX1:B"],
                 "departs_at": "2026-03-14T15:00:00Z", "finishes_at": "2026-03-14T23:10:00Z"}],
     "unserved": [{"stop_id": "CX1:C", "reason": "No van has room left."}]}

Stops are named as the data name them that lie beside it; the file holds no places, packages or windows.
"""

from datetime import UTC, datetime

import msgspec

from dispatchkit.imports import values
from dispatchkit.imports.given import OriginalFile
from dispatchkit.imports.problems import Findings, Unreadable

AGAIN = "Write the plan again with the program that made it."

NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises where bytes are no JSON: damaged, of another encoding, nested without end."""


class FiledRoute(msgspec.Struct, frozen=True, kw_only=True):
    """A van's route as the file has it.

    Attributes
    ----------
    van_id
        Empty where the file names none.
    stops
        Stop ids in order.
    departs_at, finishes_at
        Departure and return as the file states them (UTC); None where it does not.
    """

    route_id: str
    van_id: str = ""
    stops: tuple[str, ...]
    departs_at: datetime | None = None
    finishes_at: datetime | None = None


class Unserved(msgspec.Struct, frozen=True, kw_only=True):
    """A stop that is on no route, and why."""

    stop_id: str
    reason: str = ""


class PlanFile(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says. Whether it can be driven is for a check to say."""

    routes: tuple[FiledRoute, ...] = ()
    unserved: tuple[Unserved, ...] = ()


def is_plan_file(original: OriginalFile) -> bool:
    """Say whether this is meant as a plan: a JSON object with a list of routes."""
    try:
        content = msgspec.json.decode(original.data)
    except NOT_JSON:
        return False
    return isinstance(content, dict) and isinstance(content.get("routes"), list)


def read_plan_file(original: OriginalFile) -> PlanFile:
    """Read the file.

    Raises
    ------
    Unreadable
        With every entry that cannot be understood.
    """
    findings = Findings(original.name)
    try:
        content = msgspec.json.decode(original.data)
    except NOT_JSON as error:
        findings.block(f"Not JSON ({error}).", AGAIN)
        raise Unreadable(findings.problems) from error
    if not isinstance(content, dict) or not isinstance(content.get("routes"), list):
        findings.block('This is no plan: it needs a list of "routes".', AGAIN)
        raise Unreadable(findings.problems)
    routes = [_route(entry, findings, f"routes / {i}") for i, entry in enumerate(content["routes"], 1)]
    listed = content.get("unserved", [])
    if not isinstance(listed, list):
        findings.block('"unserved" is no list.', AGAIN)
        listed = []
    unserved = [_unserved(entry, findings, f"unserved / {i}") for i, entry in enumerate(listed, 1)]
    _named_once([route.route_id for route in routes if route], findings)
    if findings.problems:
        raise Unreadable(findings.problems)
    return PlanFile(routes=tuple(r for r in routes if r), unserved=tuple(u for u in unserved if u))


def plan_file_bytes(file: PlanFile) -> bytes:
    """Write the file, readable for people too; the same plan is the same bytes."""
    return msgspec.json.format(msgspec.json.encode(file, order="deterministic"), indent=1) + b"\n"


def _route(entry: object, findings: Findings, where: str) -> FiledRoute | None:
    if isinstance(entry, dict) and isinstance(entry.get("stops"), list):
        entry = entry | {"stops": [_as_id(stop) for stop in entry["stops"]]}
    try:
        route = msgspec.convert(entry, FiledRoute)
    except msgspec.ValidationError as error:
        findings.block(f"{error}.", AGAIN, column=where)
        return None
    for name in ("departs_at", "finishes_at"):
        at: datetime | None = getattr(route, name)
        if at is not None and at.tzinfo is None:
            findings.block(f"'{name}' needs an offset from UTC, such as 2026-03-14T15:00:00Z.", AGAIN, column=where)
            return None
        if at is not None and at.year not in values.YEARS:
            findings.block(f"'{name}' lies in the year {at.year}.", column=where)
            return None
    return msgspec.structs.replace(
        route,
        departs_at=route.departs_at.astimezone(UTC) if route.departs_at else None,
        finishes_at=route.finishes_at.astimezone(UTC) if route.finishes_at else None,
    )


def _unserved(entry: object, findings: Findings, where: str) -> Unserved | None:
    if isinstance(entry, dict) and "stop_id" in entry:
        entry = entry | {"stop_id": _as_id(entry["stop_id"])}
    try:
        return msgspec.convert(entry, Unserved)
    except msgspec.ValidationError as error:
        findings.block(f"{error}.", AGAIN, column=where)
        return None


def _as_id(value: object) -> object:
    """Numbers are ids too, where the data count their stops."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _named_once(route_ids: list[str], findings: Findings) -> None:
    for route_id in sorted({r for r in route_ids if route_ids.count(r) > 1}):
        findings.block(f"Two routes are called {route_id}.", "Give each an id of its own.", column="routes")
