"""Commands on plans: what they have in common, and the one that checks whether the routes can really be finished."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import At, Home, Json, Profile, Store, Travel, day_key, opened
from dispatchkit.home import own_profile
from dispatchkit.plan.realism import Finding, PlanRealism, RouteRealism, Severity
from dispatchkit.station import load
from dispatchkit.times import clock_text
from dispatchkit.travel.source import with_engine

app = typer.Typer(help="The plan of a day: check it, change it by hand, compare it, commit it.", no_args_is_help=True)

COLUMNS = (
    "route", "stops", "packages", "hours", "P50", "P90", "by", "chance", "load", "business", "hard",
)  # fmt: skip

STYLES = {Severity.LIMIT: "red", Severity.RISK: "yellow", Severity.NOTE: ""}
SIGNS = {Severity.LIMIT: "■", Severity.RISK: "▲", Severity.NOTE: "·"}
"""By form as well as by colour."""

MOST_SHOWN = 9.99
"""Shares beyond this have no place in a column: somebody's figure is wrong."""


@app.command()
def check(
    what: Annotated[str, typer.Argument(metavar="PATH|DAY", help="A day such as DXX1/2026-03-14, a folder, a file.")],
    data: Annotated[
        Path | None, typer.Argument(help="The data of a plan file; else the other files of its folder.")
    ] = None,
    at: At = "",
    travel: Travel = None,
    profile: Profile = None,
    store: Store = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Check whether every route of a plan can really be finished, and say what speaks against it.

    PATH is a folder with the routes that a station gave (challenge JSON or station-day CSV), or a plan file (JSON):
    which van serves which stops in what order. Ends with 1 where a hard limit is broken: a stop not served, more than
    a van holds, a window missed, a shift too long.
    """
    from dispatchkit.cli import checked  # brings the solver along that orders stops: only where a plan is checked

    station, path = with_engine(load(own_profile(profile, home)), travel), Path(what)
    with show.progress() as say:
        say("Checking the plan.")
        if path.exists():
            if at:
                raise typer.BadParameter("Only a day of the store was known at a time. Leave --at out.")
            found = list(checked.of_path(path, data, station, home, asked=travel))
        else:
            key = day_key(what)
            if data is not None:
                raise typer.BadParameter("A day of the store has its data with it. Leave DATA out.")
            if travel is not None:
                raise typer.BadParameter("A day of the store has its drive times with its plan. Leave --travel out.")
            with opened(store, home) as log:
                found = [checked.of_day(log, key, station, at=at)]
    _print(found, as_json=as_json)
    if not all(one.feasible for one in found):
        raise typer.Exit(1)


def _print(found: Sequence[PlanRealism], *, as_json: bool) -> None:
    from dispatchkit.plan.realism.printed import as_printed

    if as_json:
        show.as_json({"plans": [as_printed(one) for one in found]})
        return
    for one in found:
        show.sentence(f"{one.station}/{one.service_day}", "bold")
        show.table(COLUMNS, [_row(route, one.timezone) for route in one.routes])
        for finding in one.findings:
            _tell("The plan", finding)
        for route in one.routes:
            for finding in route.findings:
                _tell(route.code, finding)
        for sentence in one.sentences:
            show.sentence(sentence)


def _row(route: RouteRealism, timezone: str) -> tuple[object, ...]:
    p50, p90, by = (clock_text(at, timezone) for at in (route.p50, route.p90, route.finish_by))
    return (
        route.code, route.stops, route.packages, f"{route.planned_h:.1f}", p50, p90, by,
        _share(route.chance_in_time), _share(route.load_share), sum(route.businesses_by_hour.values()),
        "■" if route.hard else "",
    )  # fmt: skip


def _share(share: float | None) -> str:
    if share is None:
        return "–"
    return f"{share:.0%}" if share < MOST_SHOWN else f">{MOST_SHOWN:.0%}"


def _tell(about: str, finding: Finding) -> None:
    from dispatchkit.plan.realism.printed import map_link

    link = map_link(finding)
    said = f"{SIGNS[finding.severity]} {about}: {finding.sentence}" + (f" {link}" if link else "")
    show.sentence(said, STYLES[finding.severity])
