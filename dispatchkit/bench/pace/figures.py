"""`bench pace`: the forecast and its alarms over many days that it has never seen, beside what the best could do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dispatchkit.bench import BESIDE_THE_CHECKOUT
from dispatchkit.bench.pace import DAYS
from dispatchkit.bench.pace.board_time import board_figures
from dispatchkit.bench.pace.days import REPORTING, Driven, days
from dispatchkit.bench.pace.measures import DayMeasures, figures, measure
from dispatchkit.bench.pace.real import REAL_ROUTES, real_days, real_routes
from dispatchkit.station import Station

AIMS = {
    "coverage80": "0.78-0.82",
    "coverage80_new_drivers": "0.75-0.85",
    "coverage80_bad_weather": "0.75-0.85",
    "late_recall_150min": "0.95 or more",
    "items_per_hour": "6 or less",
    "flood_share": "under 0.01",
    "chatter": "0",
    "board_ms": "under 150",
}
"""Key → what it should come to, for those whose aim is a figure of its own."""


def pace_figures(
    folder: Path, data: Path | None, station: Station, *, count: int = DAYS, say: Callable[[str], None]
) -> dict[str, Any]:
    """Measure on `count` simulated days, and as often on the ten real routes where the public data are at hand.

    Returns
    -------
    dict
        The keys of `measures.figures`, `board_ms` and `board_alone_ms`; `real_routes` holds the same keys of the real
        routes, or is None.
    """
    simulated = days(count, station, seed=REPORTING)
    found = figures([_measured(day, n, count, station, say) for n, day in enumerate(simulated)])
    found |= board_figures(folder, station)
    real = (data or BESIDE_THE_CHECKOUT) / REAL_ROUTES
    found["real_routes"] = None
    if real.is_dir():
        routes = real_routes(real, station)
        driven = real_days(count, routes, station, seed=REPORTING)
        found["real_routes"] = figures([_measured(day, n, count, station, say) for n, day in enumerate(driven)])
    return found


def _measured(day: Driven, number: int, count: int, station: Station, say: Callable[[str], None]) -> DayMeasures:
    say(f"Day {number + 1} of {count}")
    return measure(day, station)


def as_rows(found: dict[str, Any], prefix: str = "") -> list[tuple[str, object, str]]:
    """Rows for people: figure, value, aim."""
    rows: list[tuple[str, object, str]] = []
    for name, value in found.items():
        if name == "real_routes" and isinstance(value, dict):
            rows += as_rows(value, "real routes: ")
        elif isinstance(value, dict):
            rows.append((prefix + name, ", ".join(f"{k}: {_shown(v)}" for k, v in value.items()), ""))
        else:
            rows.append((prefix + name, _shown(value), AIMS.get(name, "")))
    return rows


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "/".join(_shown(v) for v in value.values())
    return "–" if value is None else str(value)
