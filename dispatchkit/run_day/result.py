"""What a whole day came to, in figures."""

from collections.abc import Sequence
from typing import Any

import msgspec

from dispatchkit.records import Record


class DayResult(Record, frozen=True, omit_defaults=False):
    """A day's figures as `dispatchkit run-day --json` prints them.

    Attributes
    ----------
    day
        The service day; for sums of several days the list of them.
    branch
        Empty for the first run of the day in this store, else its number.
    balance_difference
        Packages loaded less those accounted for; 0 on a closed day.
    late_routes
        Routes back at the station after their `finish_by`.
    reconstructed
        Whether the road was reconstructed by the simulator, since the files did not record it.
    unserved
        Stops that building left on no route.
    left_open
        Why the day could not be closed, as sentences; none for a closed one.
    """

    station: str
    day: str | tuple[str, ...]
    branch: str
    routes: int
    stops: int
    packages: int
    delivered: int
    attempted: int
    returned: int
    missing: int
    balance_difference: int
    rescues: int
    late_routes: int
    alarms: int
    facts: int
    chain_ok: bool
    closed: bool
    seconds: float
    reconstructed: bool
    built: bool
    seed: int
    unserved: int = 0
    planned_hours: float = 0.0
    drive_hours: float = 0.0
    left_open: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What people call the day: "DCH4/2018-08-08", with "@2" after it for its second run."""
        return f"{self.station}/{self.day}" + (f"@{self.branch}" if self.branch else "")


SUMMED = (
    "routes", "stops", "packages", "delivered", "attempted", "returned", "missing", "balance_difference", "rescues",
    "late_routes", "alarms", "facts", "seconds", "unserved", "planned_hours", "drive_hours",
)  # fmt: skip


def as_printed(results: Sequence[DayResult]) -> dict[str, Any]:
    """One object for `--json`: a single day as it is; several as their sums, with `days` holding each."""
    rows: list[dict[str, Any]] = [msgspec.to_builtins(r) for r in results]
    if len(rows) == 1:
        return rows[0]
    sums: dict[str, Any] = {key: sum(r[key] for r in rows) for key in SUMMED}
    for key in ("seconds", "planned_hours", "drive_hours"):
        sums[key] = round(sums[key], 2)
    stations = sorted({r["station"] for r in rows})
    return {
        "station": stations[0] if len(stations) == 1 else stations,
        "day": [r["day"] for r in rows],
        **sums,
        "chain_ok": all(r["chain_ok"] for r in rows),
        "closed": all(r["closed"] for r in rows),
        "reconstructed": any(r["reconstructed"] for r in rows),
        "built": any(r["built"] for r in rows),
        "seed": rows[0]["seed"] if rows else 0,
        "left_open": [f"{r.name}: {reason}" for r in results for reason in r.left_open],
        "days": rows,
    }
