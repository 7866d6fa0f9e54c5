"""Commands on the course of a plan: what was done to it, what is locked, taking back, and making it the day's."""

from collections.abc import Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from dispatchkit.cli import show
from dispatchkit.cli.in_hand import InHand, in_hand
from dispatchkit.cli.options import By, Day, Home, Json, Profile, Store
from dispatchkit.day import Entry
from dispatchkit.loadout import waves
from dispatchkit.overview.sentences import Words
from dispatchkit.plan import commit as commits
from dispatchkit.plan import history as histories
from dispatchkit.plan import keep

COLUMNS = ("entry", "when", "who", "what", "plan", "taken back")

StopsToLock = Annotated[list[str] | None, typer.Option("--stop", metavar="STOPS", help="Stay on their route.")]
RoutesToLock = Annotated[list[str] | None, typer.Option("--route", metavar="ROUTE", help="Stays as it is.")]
OrdersToLock = Annotated[list[str] | None, typer.Option("--order", metavar="ROUTE", help="Its order stays.")]
Why = Annotated[str, typer.Option("--why", help="Why, for the history.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `plan`."""
    for command in (lock, unlock, history, undo, redo, commit):
        app.command()(command)


def lock(
    day: Day, by: By, stop: StopsToLock = None, route: RoutesToLock = None, order: OrdersToLock = None, why: Why = "",
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Lock stops to their route, routes, or the order of routes: no change by hand touches them."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        _change_locks(held, stop, route, order, why, locked=True, as_json=as_json)


def unlock(
    day: Day, by: By, stop: StopsToLock = None, route: RoutesToLock = None, order: OrdersToLock = None, why: Why = "",
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Unlock stops, routes, or the order of routes."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        _change_locks(held, stop, route, order, why, locked=False, as_json=as_json)


def history(
    day: Day, profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False
) -> None:
    """Show what was done to the day's plan: who, when, why, and what of it was taken back."""
    with in_hand(day, by="history", profile=profile, store=store, home=home) as held:
        names = held.desk.log.directory.every("name")
        steps = histories.history(held.desk.entries())
        codes = histories.codes(held.desk.entries(), held.desk.records)
    words = Words(code_of=lambda r: codes.get(r, ""), name_of=lambda d: names.get(d, ""))
    if as_json:
        show.as_json([_step_as_json(step, words) for step in steps])
        return
    zone = ZoneInfo(held.day.course.timezone)
    rows = [
        (s.n, f"{s.fact.at.astimezone(zone):%a %H:%M}", s.fact.by, words.say(s.fact), s.plan[:8], s.undone_by)
        for s in steps
    ]
    show.table(COLUMNS, rows)


def undo(
    day: Day, by: By, profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False
) -> None:
    """Take back your last change of the plan by hand."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        written = held.desk.decide(histories.take_back, entries=held.desk.entries, seen=held.day.version)
        _tell_written(held, written, "Taken back. The draft is as it was before.", as_json=as_json)


def redo(
    day: Day, by: By, profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False
) -> None:
    """Do again what was taken back last."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        written = held.desk.decide(histories.redo, entries=held.desk.entries, seen=held.day.version)
        _tell_written(held, written, "Done again.", as_json=as_json)


def commit(
    day: Day, by: By, profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False
) -> None:
    """Make the draft the day's plan, with its waves."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        desk = held.desk
        written = desk.decide(commits.commit, seen=held.day.version, digest=held.digest, plan=held.plan)
        written += desk.decide(waves.set_waves, waves=waves.planned_again(desk.day(), held.station))
        _tell_written(held, written, "It is the day's plan now.", as_json=as_json)


def _change_locks(
    held: InHand, stop: Sequence[str] | None, route: Sequence[str] | None, order: Sequence[str] | None, why: str,
    *, locked: bool, as_json: bool,
) -> None:  # fmt: skip
    written = held.desk.decide(
        keep.change_locks,
        seen=held.day.version,
        digest=held.digest,
        plan=held.plan,
        locked=locked,
        stop_ids=held.stop_ids(stop or ()),
        route_ids=[held.route_id(r) for r in route or ()],
        orders=[held.route_id(r) for r in order or ()],
        why=why,
    )
    said = ("Locked." if locked else "Unlocked.") if written else "It was so already."
    _tell_written(held, written, said, as_json=as_json)


def _tell_written(held: InHand, written: Sequence[Entry], said: str, *, as_json: bool) -> None:
    if not as_json:
        show.sentence(said)
        return
    before = held.desk.day().pre_load_out
    locks = before.locks.get(before.in_hand)
    show.as_json(
        {
            "day": str(held.desk.key),
            "written": [entry.n for entry in written],
            "in_hand": before.in_hand,
            "plan": before.plan_digest,
            "locks": {
                "stop_ids": sorted(locks.stop_ids) if locks else [],
                "route_ids": sorted(locks.route_ids) if locks else [],
                "orders": sorted(locks.orders) if locks else [],
            },
        }
    )


def _step_as_json(step: histories.Step, words: Words) -> dict[str, Any]:
    return {
        "n": step.n,
        "at": step.fact.at.isoformat(),
        "by": step.fact.by,
        "kind": step.fact.kind,
        "what": words.say(step.fact),
        "why": step.why,
        "before": getattr(step.fact, "before", ""),
        "plan": step.plan,
        "undone_by": step.undone_by,
    }
