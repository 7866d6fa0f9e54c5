"""The command that builds routes from a folder's stops and vans and leaves them as a plan file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import Home, Json, Profile, Travel
from dispatchkit.home import own_profile
from dispatchkit.imports.given import Import
from dispatchkit.imports.plan_file import PlanFile, plan_file_bytes
from dispatchkit.station import load
from dispatchkit.times import seconds_between
from dispatchkit.travel.source import notes, travel_times, with_engine

SEED, BUDGET_S = 1, 60.0
NO_ROOM = "No van has room for it."

Data = Annotated[Path, typer.Argument(help="A folder of one day: challenge JSON or station-day CSV.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write the plan to this file; `plan check` reads it.")]
Budget = Annotated[float, typer.Option("--budget", min=1, help="Seconds for which better routes are sought.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the search's random choices.")]


def register(app: typer.Typer) -> None:
    """Add the command to `plan`."""
    app.command("build")(build_)


def build_(
    data: Data, out: Out = None, budget: Budget = BUDGET_S, seed: Seed = SEED,
    travel: Travel = None, profile: Profile = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Build routes from the stops and vans of a folder. Nothing is committed, no day is changed.

    The plan keeps what vans hold. Stops that no route reaches in time are served late and named; stops for which no
    van has room are left out and named. Ends with 1 where stops are left out.
    """
    from dispatchkit.cli.checked import data_of_one_day  # brings the solver along: only where a plan is built
    from dispatchkit.run_day.building import built_side_by_side

    station = with_engine(load(own_profile(profile, home)), travel)
    found = data_of_one_day(data, station)
    times = travel_times(station, timezone=found.timezone, folder=home)
    with show.progress() as say:
        say("Reading the drive times.")
        made = built_side_by_side(found, station, times, seed=seed, budget_s=budget, progress=say)
    file = _as_file(found, made)
    if out is not None:
        out.write_bytes(plan_file_bytes(file))
    told = _as_json(made, file, out, (*made.sentences, *notes(times, made.plan.stops, made.plan.station_place)))
    if as_json:
        show.as_json(told)
    else:
        _tell(told)
    if made.unserved:
        raise typer.Exit(1)


def _as_file(found: Import, made: Any) -> PlanFile:
    from dispatchkit.plan.filed import as_file

    vans = {route.code: route.van_id or route.code for route in found.routes}
    return as_file(
        made.plan,
        van_of={route.route_id: vans[route.code] for route in made.plan.routes},
        unserved={stop.stop_id: NO_ROOM for stop in made.unserved},
    )


def _as_json(made: Any, file: PlanFile, out: Path | None, sentences: tuple[str, ...]) -> dict[str, Any]:
    times = [(r.departs_at, r.finishes_at) for r in file.routes]
    hours = [seconds_between(leaves, back) / 3600 for leaves, back in times if leaves and back]
    plan = made.plan
    return {
        "day": f"{plan.station}/{plan.service_day}",
        "routes": len(plan.routes),
        "stops": len(plan.stops),
        "unserved": len(made.unserved),
        "outside_window": len(made.outside_window),
        "drive_h": round(sum(sum(route.drive_s) for route in plan.routes) / 3600, 2),
        "hours_min": round(min(hours, default=0.0), 2),
        "hours_max": round(max(hours, default=0.0), 2),
        "sentences": list(sentences),
        "file": str(out) if out else None,
    }


def _tell(told: dict[str, Any]) -> None:
    show.sentence(
        f"{told['day']}: {told['stops']:,} stops on {told['routes']} routes, {told['drive_h']:.1f} h of driving, "
        f"{told['hours_min']:.1f} to {told['hours_max']:.1f} h a route."
    )
    for sentence in told["sentences"]:
        show.sentence(sentence, "yellow")
    if told["file"]:
        show.sentence(f"Written to {told['file']}. Look at it with `dispatchkit plan check`.")
    else:
        show.sentence("Nothing is kept. Say --out FILE to write the plan down.")
