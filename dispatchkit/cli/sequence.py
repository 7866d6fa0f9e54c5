"""The command that orders the stops of given routes, and compares with the order that drivers took."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import Home, Json, Profile, Seed, Travel, to_write
from dispatchkit.errors import WorkbenchError
from dispatchkit.home import own_profile
from dispatchkit.station import load
from dispatchkit.travel.of_day import travel_of
from dispatchkit.travel.source import with_engine

if TYPE_CHECKING:
    from dispatchkit.plan.given_orders import OrderedRoute
    from dispatchkit.plan.habits import Habits

SEED = 1

Data = Annotated[Path, typer.Argument(help="A folder with given routes: challenge JSON or station-day CSV.")]
Out = Annotated[
    Path | None, to_write("--out", "Write the orders to this file, in the challenge's form for proposed ones.")
]
ByHabit = Annotated[
    bool, typer.Option("--habits/--no-habits", help="As drivers go from zone to zone, or for the least driving.")
]
AsPlanned = Annotated[bool, typer.Option("--as-planned", help="Keep the order that the data give, where they do.")]
Learn = Annotated[
    bool, typer.Option("--learn", help="Order nothing: learn the drivers' habits, as a section for the profile.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("sequence")(sequence_)


def sequence_(
    data: Data, out: Out = None, by_habit: ByHabit = True, as_planned: AsPlanned = False, learn: Learn = False,
    seed: Seed = SEED, travel: Travel = None, profile: Profile = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Order the stops of every given route. Nothing is committed, no day is changed.

    Routes whose driver's order was recorded are scored against it as the routing challenge of 2021 does (0 is the
    same order), beside nearest neighbour. Their habits are learned from the other routes of the data, never from the
    one that is scored; routes without others go by the habits of the station profile.
    """
    from dispatchkit.intake import read_days  # these bring the solver along: only where something is ordered
    from dispatchkit.plan.given_orders import learned_habits, ordered_routes

    station = with_engine(load(own_profile(profile, home)), travel)
    days = read_days(data, station)
    if not any(day.routes for day in days):
        raise WorkbenchError(f"{data.name} gives no routes to order. Build some with `dispatchkit plan build`.")
    if learn:
        try:
            habits = learned_habits(days, station)
        except ValueError as error:
            raise WorkbenchError(f"{data.name}: {error}") from error
        _tell_habits(habits, data.name, as_json=as_json)
        return
    found: list[OrderedRoute] = []
    with show.progress() as say:
        say("Reading the drive times.")
        ordered = ordered_routes(
            days, station, lambda day: travel_of(day, station, folder=home, asked=travel),
            seed=seed, by_habit=by_habit, as_given=as_planned,
        )  # fmt: skip
        for one in ordered:
            found.append(one)
            say(f"Ordered {len(found)} of {sum(len(day.routes) for day in days)} routes.")
    if out is not None:
        out.write_text(json.dumps({one.route.route_id: {"proposed": one.positions} for one in found}, indent=1) + "\n")
    told = _as_json(found, out)
    if as_json:
        show.as_json(told)
    else:
        _tell(told)


def _as_json(found: Sequence["OrderedRoute"], out: Path | None) -> dict[str, Any]:
    return {
        "routes": [
            {
                "route_id": one.route.route_id,
                "route": one.name,
                "stops": len(one.order),
                "drive_h": round(one.drive_s / 3600, 2),
                "by": str(one.by),
                "score": _rounded(one.score),
                "nearest_neighbour_score": _rounded(one.nearest_score),
            }
            for one in found
        ],
        "score_mean": _mean([one.score for one in found]),
        "nearest_neighbour_score_mean": _mean([one.nearest_score for one in found]),
        "file": str(out) if out else None,
    }


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


def _mean(scores: Sequence[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return round(sum(known) / len(known), 4) if known else None


def _tell(told: dict[str, Any]) -> None:
    columns = ("route", "stops", "drive h", "ordered by", "score", "nearest neighbour's")
    show.table(columns, [
        (row["route"], row["stops"], row["drive_h"], row["by"], _shown(row["score"]),
         _shown(row["nearest_neighbour_score"]))
        for row in told["routes"]
    ])  # fmt: skip
    if told["score_mean"] is not None:
        show.sentence(
            f"Mean score against the drivers' own orders: {told['score_mean']:.4f}; nearest neighbour's: "
            f"{told['nearest_neighbour_score_mean']:.4f}. The lower, the nearer."
        )
    if told["file"]:
        show.sentence(f"Written to {told['file']}.")
    else:
        show.sentence("Nothing is kept. Say --out FILE to write the orders down.")


def _shown(score: float | None) -> str:
    return "–" if score is None else f"{score:.4f}"


def _tell_habits(habits: "Habits", data: str, *, as_json: bool) -> None:
    by_step_s = {name.removesuffix("_s"): round(seconds) for name, seconds in asdict(habits).items()}
    if as_json:
        show.as_json({f"{name}_s": seconds for name, seconds in by_step_s.items()})
        return
    source = json.dumps(f"learned by `dispatchkit sequence --learn` on {data}")      # escapes are TOML's as well
    show.as_it_is("[habits]")
    for name, seconds in by_step_s.items():
        show.as_it_is(f'{name} = {{ value = {seconds}, unit = "s", source = {source} }}')
