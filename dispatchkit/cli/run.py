"""Commands that run a whole day by themselves, and the one that lays the sample days out for the app."""

from pathlib import Path
from typing import Annotated

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import Day, Home, Json, Store, Travel, desk_at, opened, station_time
from dispatchkit.clock import RealClock
from dispatchkit.history import Histories
from dispatchkit.home import own_profile
from dispatchkit.run_day import DayResult, as_printed, go_on, prepare_sample, run_days
from dispatchkit.run_day.demo import demo_day
from dispatchkit.run_day.sample import HISTORY, SAMPLE_DAYS
from dispatchkit.station import load
from dispatchkit.travel.source import calibrated, with_engine

SEED = 1
BUDGET_S = 15.0


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("run-day")(run_day)
    app.command()(prepare)
    app.command("go-on")(carry_on)


def run_day(
    data: Annotated[Path, typer.Argument(help="A folder in one of two formats: challenge JSON or station-day CSV.")],
    seed: Annotated[int, typer.Option("--seed", help="The same seed runs the same day.")] = SEED,
    build: Annotated[bool, typer.Option("--build", help="Replace the given routes by built ones.")] = False,
    budget: Annotated[float, typer.Option("--budget", min=1, help="Most seconds to build a day's routes.")] = BUDGET_S,
    profile: Annotated[Path | None, typer.Option("--profile", help="The station's own profile (TOML).")] = None,
    report: Annotated[Path | None, typer.Option("--report", help="Folder for the day reports.")] = None,
    travel: Travel = None,
    store: Store = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Run each day of a folder headless: plan, load-out, road, end of shift, to a closed shift and a report.

    A day that the store holds already is run again beside it, as another branch; nothing is overwritten.
    """
    with opened(store, home, create=True) as log, show.progress() as say:
        rules = with_engine(load(own_profile(profile, home)), travel)
        results = run_days(log, data, station=rules, seed=seed, build=build, budget_s=budget, report=report, say=say)
    if as_json:
        show.as_json(as_printed(results))
    else:
        _show(results)
    if not all(r.chain_ok and r.closed for r in results):
        raise typer.Exit(1)


COLUMNS = ("day", "routes", "stops", "packages", "not delivered", "open", "late", "rescues")


def _show(results: list[DayResult]) -> None:
    """Print a row a day and what they come to; what is not well stands below in sentences."""
    show.table(COLUMNS, [_row(r) for r in results])
    total = as_printed(results)
    closed, routes, late = sum(r.closed for r in results), total["routes"], total["late_routes"]
    show.sentence(
        f"{closed} of {len(results)} days closed: {routes:,} routes ({late:,} late), {total['stops']:,} stops, "
        f"{total['delivered']:,} of {total['packages']:,} packages delivered, {total['rescues']:,} rescues. "
        f"{total['facts']:,} facts in {total['seconds']:.1f} s."
    )
    for r in results:
        for reason in r.left_open:
            show.sentence(f"▲ {r.name} stays open: {reason}", "red")
        if not r.chain_ok:
            show.sentence(f"▲ The log of {r.name} is damaged. Run `dispatchkit verify {r.name}`.", "red")
        if r.unserved:
            show.sentence(f"▲ {r.name}: {r.unserved} stops are on no route. Decide who takes them.", "red")
    if total["reconstructed"]:
        show.sentence("◆ The road was reconstructed by the simulator: the files do not record it.", "magenta")


def _row(r: DayResult) -> tuple[object, ...]:
    not_delivered = r.attempted + r.returned + r.missing
    return r.name, r.routes, r.stops, r.packages, not_delivered, r.balance_difference, r.late_routes, r.rescues


def prepare(
    home: Home = None,
    store: Store = None,
    samples: Annotated[Path | None, typer.Option("--samples", help="Folder of the sample data.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="DAY", help=f"Only {', '.join((*SAMPLE_DAYS, HISTORY))}; may be repeated."),
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Also make today's moving day; `dispatchkit simulate demo` moves it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Lay the sample days and their history out in the store; what is there already stays as it is."""
    with opened(store, home, create=True) as log, show.progress() as say:
        station = load(own_profile(None, home))
        key, made = prepare_sample(log, samples, only=only or (), say=say)
        if made:
            say("Learning from the days that are over.")
            Histories(log, station, calibrated(station)).learn()
        if demo:
            key = demo_day(log, station=station, wall=RealClock(), samples=samples, say=say)
    if as_json:
        show.as_json({"day": str(key), "made": made})
    else:
        show.sentence(f"{'Laid out' if made else 'There already'}: {', '.join(only or (*SAMPLE_DAYS, HISTORY))}.")


def carry_on(
    day: Day,
    until: Annotated[str, typer.Option("--until", help="Station time up to which it goes on: 15:00, 00:30 (Wed).")],
    store: Store = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Let a simulated day, such as the sample's, go on: an open page follows it."""
    with opened(store, home) as log:
        timezone = desk_at(log, day, by="go-on").day().course.timezone
        go_on(log, day, until=station_time(until, day, timezone), station=load(own_profile(None, home)))
        version = log.version(day)
    if as_json:
        show.as_json({"day": str(day), "facts": version})
    else:
        show.sentence(f"{day} has gone on to {until}: {version} facts.")
