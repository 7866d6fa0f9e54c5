"""Commands on travel times: fit a curve of one's own, and see what a routing engine would say."""

import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import Home, Json
from dispatchkit.errors import WorkbenchError
from dispatchkit.geo import is_on_earth
from dispatchkit.home import home as home_folder
from dispatchkit.home import own_profile
from dispatchkit.records import Place
from dispatchkit.station import Station, load
from dispatchkit.travel import fitted
from dispatchkit.travel.address import KEY_VARIABLE, parse
from dispatchkit.travel.kept import KeptAnswers
from dispatchkit.travel.source import calibrated

if TYPE_CHECKING:
    import pandas as pd

    from dispatchkit.travel.compare import Comparison, Way

LEAST_ROUTES = 3
"""Routes that a curve is fitted to at least: each is judged by the others, and one alone says little."""

app = typer.Typer(
    help="How long driving takes: fit the curve to recorded drives, ask a routing engine, compare both.",
    no_args_is_help=True,
)

Profile = Annotated[Path | None, typer.Option("--profile", help="The station's own profile (TOML).")]


@app.command()
def fit(
    data: Annotated[Path, typer.Argument(help="Folder in the challenge's format, with travel_times.json.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="File for the curve; the profile's [travel] curve then names it.")
    ] = None,
    profile: Profile = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Fit the curve to recorded drives, and say how far it is off on routes that it was not fitted to.

    With --json: `routes` (a row each), `bands` (by straight-line distance), `ratio_mean`, `ratio_median`, `ratio_sd`,
    `distance_m` and `drive_s` (the curve).
    """
    from dispatchkit.intake import read_days
    from dispatchkit.travel.fit import estimates_left_out, fit_routes
    from dispatchkit.travel.judge import route_bands, route_errors
    from dispatchkit.travel.routes import recorded_routes

    recorded = recorded_routes(read_days(data, load(own_profile(profile, home))))
    if len(recorded) < LEAST_ROUTES:
        raise WorkbenchError(
            f"{len(recorded)} routes are too few to fit a curve and to judge it. Name a folder with {LEAST_ROUTES} "
            "recorded routes or more."
        )
    routes = list(recorded.values())
    with show.progress() as say:
        say(f"Fitting {len(routes)} times, each time without one route …")
        estimates = estimates_left_out(routes)
        curve = fit_routes(routes)
    errors, bands = route_errors(routes, estimates), route_bands(routes, estimates)
    made = fitted.FittedCurve(
        curve=curve,
        source=f"{len(routes)} recorded routes of {', '.join(sorted({name.split('/')[0] for name in recorded}))}",
        routes=len(routes),
        stops=int(errors["stops"].sum()),
        ratio_mean=float(errors["ratio"].mean()),
        ratio_sd=float(errors["ratio"].std()),
    )
    if out is not None:
        fitted.write(out, made)
    if as_json:
        show.as_json({
            "routes": [{"route": name, **row} for name, row in zip(recorded, _rows(errors), strict=True)],
            "bands": _rows(bands),
            "ratio_mean": made.ratio_mean,
            "ratio_median": float(errors["ratio"].median()),
            "ratio_sd": made.ratio_sd,
            "distance_m": list(curve.distance_m),
            "drive_s": list(curve.drive_s),
        })
        return
    columns = ("route", "stops", "recorded min", "estimated min", "ratio", "median error of a pair, s")
    show.table(columns, [
        (name, row["stops"], round(row["recorded_s"] / 60), round(row["estimated_s"] / 60), f"{row['ratio']:.2f}",
         round(row["pair_error_s"]))
        for name, row in zip(recorded, _rows(errors), strict=True)
    ])  # fmt: skip
    show.table(PAIRS, [_band(row) for row in _rows(bands)])
    show.sentence(
        f"Each route was estimated by a curve fitted to the other {len(routes) - 1}: its driving along the driver's "
        f"order is {made.ratio_mean:.2f} of what was recorded on average, standard deviation {made.ratio_sd:.2f}."
    )
    if out is not None:
        show.sentence(f"The curve is in {out}. Name it in [travel] curve of the station profile to drive by it.")


@app.command()
def check(
    engine: Annotated[
        str, typer.Argument(metavar="ENGINE", help="Such as osrm+http://localhost:5000; the profile's by default.")
    ] = "",
    data: Annotated[
        Path | None, typer.Option("--data", help="Folder of route data: legs along its routes are asked for.")
    ] = None,
    routes: Annotated[int, typer.Option("--routes", min=1, help="How many of its routes.")] = 3,
    points: Annotated[
        str, typer.Option("--points", help='Places in order instead, as "41.97,-88.01 41.98,-88.02".')
    ] = "",
    profile: Profile = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Ask a routing engine for some drives, and set them beside the calibrated curve. Nothing is kept.

    With --json: `engine`, `legs`, `without_way`, `engine_s`, `curve_s`, `ratio` (curve over engine), `requests`,
    `request_s` and `bands`.
    """
    from dispatchkit.travel.compare import compare
    from dispatchkit.travel.engine import Engine
    from dispatchkit.travel.routed import RoutedTravel

    station = load(own_profile(profile, home))
    named = engine or station.travel.engine
    if not named:
        raise typer.BadParameter("Name an engine, or set one in [travel] engine of the station profile.")
    address = parse(named)
    ways = _ways(data, points, routes, station)
    curve = calibrated(station)
    asked = RoutedTravel(Engine(address, station.travel, os.environ.get(KEY_VARIABLE, "")), otherwise=curve)
    with show.progress() as say:
        say(f"Asking {address.where} …")
        found = compare(asked, curve, ways)
    if as_json:
        show.as_json({
            "engine": address.where, "legs": found.legs, "without_way": found.without_way, "engine_s": found.engine_s,
            "curve_s": found.curve_s, "ratio": _number(found.ratio), "requests": found.requests,
            "request_s": round(found.request_s, 4), "bands": _rows(found.bands),
        })  # fmt: skip
        return
    columns = ("straight line", "legs", "curve / engine", "median difference")
    show.table(columns, [_band(row)[:4] for row in _rows(found.bands)])
    for sentence in _told(address.where, found):
        show.sentence(sentence)


@app.command()
def forget(profile: Profile = None, home: Home = None) -> None:
    """Forget every answer of a routing engine that is kept on this machine, as after a new map."""
    rules = load(own_profile(profile, home)).travel
    gone = KeptAnswers(home_folder(home), days=rules.keep_count).forget(all_of_them=True)
    show.sentence(f"{gone} kept answers are forgotten. The next plan asks the engine again.")


PAIRS = ("straight line", "pairs", "ratio", "median error", "of them driven", "ratio, driven", "median error, driven")


def _band(row: dict[str, Any]) -> tuple[object, ...]:
    least, most = row["from_m"], row["to_m"]
    return (
        f"{least:,.0f}-{most:,.0f} m" if most is not None else f"over {least:,.0f} m",
        row["pairs"], _ratio(row["ratio"]), _percent(row["error_pct"]),
        row["driven"], _ratio(row["driven_ratio"]), _percent(row["driven_error_pct"]),
    )  # fmt: skip


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} %"


def _told(where: str, found: "Comparison") -> list[str]:
    told = [
        f"{where} answers a request in {found.request_s:.2f} s (asked: {found.requests}). Over {found.legs} legs the "
        f"calibrated curve takes {_ratio(_number(found.ratio))} times the engine's drive."
    ]
    if found.without_way:
        told.append(f"For {found.without_way} legs the engine found no way; a plan takes the curve there and says so.")
    return told


def _ways(data: Path | None, points: str, routes: int, station: Station) -> "list[Way]":
    """The places along the routes of a folder, station to station, or those that were typed."""
    if data is not None and not points:
        return _along_routes(data, station)[:routes]
    if data is not None or not points:
        raise typer.BadParameter("Say --data FOLDER or --points, one of them.")
    try:
        places = [(float(lat), float(lng)) for lat, lng in (point.split(",") for point in points.split())]
    except ValueError:
        places = []
    if len(places) < 2 or not all(is_on_earth(*place) for place in places):
        raise typer.BadParameter('Write two places or more as "41.97,-88.01 41.98,-88.02".')
    return [_way(places)]


def _along_routes(data: Path, station: Station) -> "list[Way]":
    from dispatchkit.intake import read_days

    ways: list[Way] = []
    for day in read_days(data, station):
        base = (day.station_lat, day.station_lng)
        stops = ([stop.place for stop in route.stops if stop.place is not None] for route in day.routes)
        ways.extend(_way([base, *places, base]) for places in stops)
    return ways


def _way(places: Sequence[Place]) -> "Way":
    return [lat for lat, _ in places], [lng for _, lng in places]


def _rows(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    """Rows as JSON can say them: what is no number, or endless, is null."""
    return [{name: _number(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
