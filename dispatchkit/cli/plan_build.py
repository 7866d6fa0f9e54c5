"""The command that builds routes from a folder's stops and vans and leaves them as a plan file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import Budget, Home, Json, PlanOut, Profile, Seed, Travel, day_key, until_interrupted
from dispatchkit.home import own_profile
from dispatchkit.imports.given import Import
from dispatchkit.imports.plan_file import PlanFile, plan_file_bytes
from dispatchkit.records import DayKey
from dispatchkit.station import load
from dispatchkit.times import seconds_between
from dispatchkit.travel.of_day import travel_of
from dispatchkit.travel.source import notes, with_engine

if TYPE_CHECKING:
    from dispatchkit.plan.intake import Built

SEED = 1
STOPPED = "Stopped before the time was up: this is the best plan found so far."

Data = Annotated[
    Path, typer.Argument(help="A folder (challenge JSON, station-day CSV) or a stop list (NAME.csv.gz with NAME.json).")
]
WhichDay = Annotated[
    DayKey | None,
    typer.Option("--day", parser=day_key, metavar="STATION/YYYY-MM-DD", help="Which one, where DATA hold several."),
]
Weighed = Annotated[
    bool | None,
    typer.Option(
        "--balance/--drive-only",
        help="Weigh balance, zones and compact routes as the profile says, or little driving alone. Else the former, "
        "and the latter for a stop list.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to `plan`."""
    app.command("build")(build_)


def build_(
    data: Data, out: PlanOut = None, day: WhichDay = None, budget: Budget = None, seed: Seed = SEED,
    weigh: Weighed = None, travel: Travel = None, profile: Profile = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Build routes from stops and vans. Nothing is committed, no day is changed.

    The plan keeps what vans hold and how long drivers may be out. Stops that no route reaches in time are served late
    and named; stops that no van can take, or that the data leave unclear, are left out and named with the reason and
    with what would take them. Ends with 1 where stops are left out. Ctrl-C takes the best plan so far; a second one
    ends at once.
    """
    from dispatchkit.cli.checked import data_of_one_day  # brings the solver along: only where a plan is built
    from dispatchkit.plan.engine.objective import DRIVING
    from dispatchkit.plan.posing import weighed
    from dispatchkit.run_day.building import built_side_by_side

    station = with_engine(load(own_profile(profile, home)), travel)
    found = data_of_one_day(data, station, day)
    times = travel_of(found, station, folder=home, asked=travel)
    with show.progress() as say, until_interrupted() as stop:
        say("Reading the drive times.")
        made = built_side_by_side(
            found, station, times, seed=seed, budget_s=budget or station.build.budget_s,
            progress=lambda so_far: say(str(so_far)), cancelled=stop.is_set,
            objective=None if weigh is None else weighed(station) if weigh else DRIVING,
        )  # fmt: skip
    stopped = (STOPPED,) if stop.is_set() else ()
    file = _as_file(found, made)
    if out is not None:
        out.write_bytes(plan_file_bytes(file))
    sentences = (*stopped, *made.sentences, *notes(times, made.plan.stops, made.plan.station_place))
    told = _as_json(made, file, out, sentences)
    if as_json:
        show.as_json(told)
    else:
        _tell(told)
    if made.all_reasons:
        raise typer.Exit(1)


def _as_file(found: Import, made: "Built") -> PlanFile:
    from dispatchkit.plan.filed import as_file

    vans = {van.code: van.van_id or van.code for van in found.vans}
    return as_file(
        made.plan,
        van_of={route.route_id: vans[route.code] for route in made.plan.routes},
        unserved=made.all_reasons,
    )


def _as_json(made: "Built", file: PlanFile, out: Path | None, sentences: tuple[str, ...]) -> dict[str, Any]:
    times = [(r.departs_at, r.finishes_at) for r in file.routes]
    hours = [seconds_between(leaves, back) / 3600 for leaves, back in times if leaves and back]
    plan, short = made.plan, made.short
    drive_s = sum(sum(route.drive_s) for route in plan.routes)
    return {
        "day": f"{plan.station}/{plan.service_day}",
        "routes": len(plan.routes),
        "stops": len(plan.stops),
        "unserved": len(made.all_reasons),
        "outside_window": len(made.outside_window),
        "drive_s": round(drive_s, 1),
        "drive_h": round(drive_s / 3600, 2),
        "hours_min": round(min(hours, default=0.0), 2),
        "hours_max": round(max(hours, default=0.0), 2),
        "mended_by": None if short is None else {
            "cause": str(short.cause),
            "vans": short.vans,
            "minutes": None if short.more_s is None else round(short.more_s / 60),
            "tried": short.vans_tried,
        },
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
