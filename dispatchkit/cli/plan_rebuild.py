"""The command that rebuilds a plan after a van, a driver or a route dropped out, or stops came in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from dispatchkit.cli import show
from dispatchkit.cli.in_hand import InHand, Keep, effect_as_json, in_hand, show_effect
from dispatchkit.cli.options import By, Home, Json, PlanOut, Profile, Store, Travel, day_key
from dispatchkit.errors import NotFound, Refused
from dispatchkit.home import own_profile
from dispatchkit.imports.plan_file import PlanFile, plan_file_bytes
from dispatchkit.plan.effect import RouteEffect, effect, warnings
from dispatchkit.plan.locks import listed, route_of_stop
from dispatchkit.plan.rebuild import Rebuilt, rebuild
from dispatchkit.plan.rebuilding.changed_only import changed_only
from dispatchkit.plan.rebuilding.instead import free_drivers, instead
from dispatchkit.records import Plan
from dispatchkit.station import Station, load
from dispatchkit.travel.of_day import travel_of, with_limits
from dispatchkit.travel.source import calibrated, with_engine

What = Annotated[str, typer.Argument(metavar="DAY|FILE", help="A day such as DXX1/2026-03-14, or a plan file.")]
Data = Annotated[
    Path | None, typer.Option("--data", help="The data of a plan file; else what lies beside. New stops are served.")
]
Drop = Annotated[list[str] | None, typer.Option("--drop", metavar="VAN", help="A van that drops out; repeat it.")]
DriverOut = Annotated[
    list[str] | None, typer.Option("--driver-out", metavar="DRIVER", help="A driver who drops out; repeat it.")
]
Cut = Annotated[list[str] | None, typer.Option("--cut", metavar="ROUTE", help="A route that is cut; repeat it.")]
LeaveOut = Annotated[bool, typer.Option("--leave-out", help="Leave the stops of these routes out, on purpose.")]
Loose = Annotated[bool, typer.Option("--loose", help="Serve stops too that are on no route now.")]
KeepOrder = Annotated[
    bool, typer.Option("--keep-order", help="Keep the order of the stops that stay on a route: it is loaded.")
]

NO_OUT = "A day keeps its plans itself. Say --keep WHY instead of --out."
NO_KEEP = "A plan file has no history. Say --out FILE instead of --keep."
NO_DRIVERS = "A plan file names no drivers. Say --drop VAN or --cut ROUTE."


def register(app: typer.Typer) -> None:
    """Add the command to `plan`."""
    app.command("rebuild")(rebuild_)


def rebuild_(
    what: What, by: By, data: Data = None, drop: Drop = None, driver_out: DriverOut = None, cut: Cut = None,
    leave_out: LeaveOut = False, loose: Loose = False, keep_order: KeepOrder = False, keep: Keep = "",
    out: PlanOut = None, travel: Travel = None, profile: Profile = None, store: Store = None, home: Home = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Give the stops of a van or route that drops out to the routes around, with the least change of all others.

    A day is its plan in hand; --keep makes the change its draft. A plan file is read with its data: stops that the
    data have and the file does not are served as well, those that the data no longer have are gone. Nobody else's
    stops change route unless some would be left over. Ends with 1 where stops are left over against the wish.

    JSON keys: `out` (codes of routes), `given`, `moved` (stop ids), `moved_share` (0-1), `left` (`stop_id`, `reason`),
    `asked` (route ids), `routes` (each route that changed: `before`, `after`), `sentences`; of a day `day`, `change`,
    `stop_ids`, `before`, `plan`, `kept`; of a file `file` and `warnings`.
    """
    how: dict[str, Any] = {"leave_out": leave_out, "keep_order": keep_order}
    if Path(what).exists():
        if keep:
            raise typer.BadParameter(NO_KEEP)
        if driver_out:
            raise typer.BadParameter(NO_DRIVERS)
        station = with_engine(load(own_profile(profile, home)), travel)
        held = _Filed(Path(what), data, station, home, travel)
        without = [*(held.route_of_van(van) for van in drop or ()), *(held.route_id(code) for code in cut or ())]
        with show.progress() as say:
            say("Rebuilding the plan.")
            made = rebuild(
                held.plan, held.station, held.travel,
                without=list(dict.fromkeys(without)), loose=held.loose(loose), **how,
            )  # fmt: skip
        _tell_file(held, made, out, as_json=as_json)
    else:
        key = day_key(what)
        if out is not None:
            raise typer.BadParameter(NO_OUT)
        if data is not None or travel is not None:
            raise typer.BadParameter("A day has its data and drive times with it. Leave --data and --travel out.")
        with in_hand(key, by=by, profile=profile, store=store, home=home) as of_day:
            without = _without(of_day, drop or (), driver_out or (), cut or ())
            on = route_of_stop(of_day.plan)
            begun = (*of_day.day.load_out.loading, *of_day.day.load_out.departed)
            made = rebuild(
                of_day.plan, of_day.station, of_day.travel, without=without,
                loose=[s for s in of_day.plan.stop if s not in on] if loose else [],
                locks=of_day.locks, unable=begun, **how,
            )  # fmt: skip
            said = [sentence for r in without for sentence in instead(of_day.day, r, of_day.station)]
            of_day.tell(
                made.edited, keep, as_json=as_json, said=(*made.sentences, *said), also=_as_json(made, said)
            )
    if made.limits:
        raise typer.Exit(1)


class _Filed:
    """A plan file with its data."""

    def __init__(
        self, path: Path, data: Path | None, station: Station, home: Path | None, asked: str | None
    ) -> None:
        from dispatchkit.cli.checked import file_with_data  # brings the solver along: only where a file is read
        from dispatchkit.plan.filed import of_file

        self.file: PlanFile
        self.file, found = file_with_data(path, data, station)
        self.travel = travel_of(found, station, folder=home, asked=asked)
        self.station, self.timezone = with_limits(station, found), found.timezone
        self.plan: Plan = of_file(self.file, found, station, self.travel).plan

    def route_of_van(self, van_id: str) -> str:
        """The route that a van has; NotFound where it has none."""
        found = [route.route_id for route in self.file.routes if route.van_id == van_id]
        if found:
            return found[0]
        vans = listed([route.van_id for route in self.file.routes if route.van_id])
        raise NotFound(f"No route of the plan has van {van_id}. It has {vans or 'no vans'}; or say --cut ROUTE.")

    def route_id(self, text: str) -> str:
        """A route by its code, or its id; NotFound where there is none."""
        found = [route.route_id for route in self.plan.routes if text in (route.route_id, route.code)]
        if len(found) == 1:
            return found[0]
        codes = listed([route.code for route in self.plan.routes])
        raise NotFound(f"There is no route {text} in the plan. It has {codes}.")

    def loose(self, every: bool) -> list[str]:
        """Stops of the data that are on no route: those that the file does not name, or all of them."""
        left_out = set() if every else {unserved.stop_id for unserved in self.file.unserved}
        on = route_of_stop(self.plan)
        return [s for s in self.plan.stop if s not in on and s not in left_out]

    def rebuilt(self, plan: Plan, left: dict[str, str]) -> PlanFile:
        """The file of another plan of the same data."""
        from dispatchkit.plan.filed import as_file

        on, known = route_of_stop(plan), plan.stop
        before = {u.stop_id: u.reason for u in self.file.unserved if u.stop_id in known and u.stop_id not in on}
        return as_file(
            plan, van_of={route.route_id: route.van_id for route in self.file.routes}, unserved=before | left
        )


def _without(held: InHand, drop: Sequence[str], drivers: Sequence[str], cut: Sequence[str]) -> list[str]:
    """Ids of the routes that are no more. Refused where another driver can take one: then the plan stays as it is."""
    before = held.day.pre_load_out
    found = [held.route_id(code) for code in cut]
    for van_id in drop:
        routes = [r for r, van in before.van_of.items() if van == van_id and r in held.plan.route]
        if not routes:
            raise NotFound(f"No route of the plan has van {van_id}. Give routes their vans first, or say --cut ROUTE.")
        found += routes
    for driver_id in drivers:
        routes = [r for r, driver in before.driver_of.items() if driver == driver_id and r in held.plan.route]
        if not routes:
            raise NotFound(f"Driver {driver_id} has no route of the plan. There is nothing to rebuild.")
        for route_id in routes:
            if free := free_drivers(held.day, route_id):
                code = held.day.code(route_id)
                raise Refused(
                    [f"Nothing has to be rebuilt: the van of {code} is there, and {listed(list(free))} can drive it. "
                     f"Give {code} another driver; or say --cut {code} to share it out all the same."]
                )  # fmt: skip
        found += routes
    return list(dict.fromkeys(found))


def _as_json(made: Rebuilt, said: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "out": list(made.out),
        "given": list(made.given),
        "moved": list(made.moved),
        "moved_share": round(made.moved_share, 5),
        "left": [{"stop_id": s, "reason": reason} for s, reason in made.left.items()],
        "asked": list(made.asked),
        "sentences": [*made.sentences, *said],
    }


def _tell_file(held: _Filed, made: Rebuilt, out: Path | None, *, as_json: bool) -> None:
    before, after = changed_only(made.edited)
    seen: Sequence[RouteEffect] = effect(before, after, held.station, calibrated(held.station))
    warned = list(warnings(seen, held.station))
    if out is not None:
        out.write_bytes(plan_file_bytes(held.rebuilt(made.edited.plan, made.left)))
    if as_json:
        routes = [effect_as_json(one) for one in seen]
        told = {**_as_json(made), "warnings": warned, "routes": routes, "file": str(out) if out else None}
        show.as_json(told)
        return
    show_effect(seen, held.timezone, str(held.plan.service_day))
    for sentence in warned:
        show.sentence(f"▲ {sentence}", "yellow")
    for sentence in made.sentences:
        show.sentence(sentence, "yellow" if made.limits else "")
    if out is None:
        show.sentence("Nothing is kept. Say --out FILE to write the plan down.")
    else:
        show.sentence(f"Written to {out}. Look at it with `dispatchkit plan check`.")
