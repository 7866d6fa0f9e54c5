"""The hourly report on the command line, and what a dispatcher knows better than it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

import msgspec
import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import At, By, Day, Home, Json, Profile, Store, desk_at, looked_at, opened
from dispatchkit.day import Day as ServiceDay
from dispatchkit.day.facts import Fact
from dispatchkit.errors import Refused
from dispatchkit.history import Histories
from dispatchkit.home import own_profile
from dispatchkit.pace import pace_board
from dispatchkit.pace.hourly import hourly
from dispatchkit.pace.named import name
from dispatchkit.pace.route_names import RouteNames
from dispatchkit.pace.timetable import timetables
from dispatchkit.station import Station, load
from dispatchkit.travel.source import calibrated


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("hourly")(hourly_report)


def hourly_report(
    day: Day,
    by: By,
    at: At = "",
    cause: Annotated[
        list[str] | None,
        typer.Option(
            "--cause", metavar="ROUTE=CAUSE",
            help="Write down the root cause of a route, in a word of the profile: CX101='slow pace'. "
            "One's own words follow a colon: CX101='other: gate closed'. Blank leaves it to the figures.",
        ),
    ] = None,
    action: Annotated[
        list[str] | None,
        typer.Option(
            "--action", metavar="ROUTE=ACTION", help="Write down what is done about a route: CX101='rescue planned'."
        ),
    ] = None,
    profile: Profile = None,
    store: Store = None,
    home: Home = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Write the hourly report: in progress, at risk, behind, package progress; root cause and action of each behind.

    What --cause and --action say is written into the day first, with who says so, and can be taken back there.
    """
    if at and (cause or action):
        raise typer.BadParameter("What is known better is written down now. Leave --at out, or --cause and --action.")
    station = load(own_profile(profile, home))
    travel = calibrated(station)
    with opened(store, home) as log:
        desk = desk_at(log, day, by=by)
        if cause or action:
            causes, actions = (_by_route(desk.day(), given or ()) for given in (cause, action))
            desk.decide(_name_each, causes=causes, actions=actions, station=station)
        shown, now = looked_at(desk, at)
        names = log.directory.every("name")
        past = Histories(log, station, travel).of(shown)
    made = hourly(
        shown,
        pace_board(shown, now=now, station=station, travel=travel, past=past),
        now=now,
        station=station,
        tables=timetables(shown.plan, travel),
        name_of=lambda driver_id: names.get(driver_id, driver_id),
    )
    if as_json:
        show.as_json({"day": str(day), **msgspec.to_builtins(made)})
    else:
        for line in made.text.splitlines():
            show.sentence(line)


def _by_route(day: ServiceDay, given: Sequence[str]) -> dict[str, str]:
    """Read ROUTE=WORDS by route id; Refused with a sentence where it is not clear which route is meant."""
    names, found = RouteNames(day.plan), {}
    for text in given:
        route, sign, words = text.partition("=")
        route_id, unclear = names.find(route)
        if unclear or not sign:
            raise Refused([unclear or f"'{text}' names no route. Write it as CX101='slow pace'."])
        found[route_id] = words.strip()
    return found


def _name_each(
    day: ServiceDay, *, causes: Mapping[str, str], actions: Mapping[str, str], station: Station, at: datetime, by: str
) -> list[Fact]:
    """All that was said on one command line, as one decision."""
    facts: list[Fact] = []
    for route_id in dict.fromkeys((*causes, *actions)):
        cause, _, note = (part.strip() for part in causes.get(route_id, "").partition(":"))
        facts += name(
            day, route_id=route_id, cause=cause if route_id in causes else None, note=note,
            action=actions.get(route_id), station=station, at=at, by=by,
        )  # fmt: skip
    return facts
