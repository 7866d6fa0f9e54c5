"""Commands that look at plans and change nothing: two side by side, and who could take over which route."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from dispatchkit import in_hand as in_hands
from dispatchkit.cli import show
from dispatchkit.cli.in_hand import Keep, figures_as_json, in_hand
from dispatchkit.cli.options import By, Day, Home, Json, Profile, Store
from dispatchkit.cli.two_plans import two_plans
from dispatchkit.errors import Refused
from dispatchkit.home import own_profile
from dispatchkit.plan.absorb import Cover, Taker
from dispatchkit.plan.compare import Compared, RouteCompared, Whole, compare
from dispatchkit.plan.effect import Figures
from dispatchkit.station import load
from dispatchkit.times import clock_text
from dispatchkit.travel.source import calibrated

WHOLE = (
    "plan", "routes", "stops", "hours", "drive h", "sd h", "shortest", "longest", "worst chance", "late", "fullest",
    "overlap", "split zones",
)  # fmt: skip
ROUTES = ("route", "came", "left", "legs", "hours", "drive h", "in time")
COVERS = ("route", "stops", "can be", "by", "P80 of the last", "least chance")

Source = Annotated[
    str, typer.Argument(metavar="DAY|DAY#DIGEST|PATH", help="A day, one of its plans by digest, a folder, a plan file.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to `plan`."""
    app.command("compare")(compare_)
    app.command("absorb")(absorb_)


def compare_(
    a: Source,
    b: Source,
    data: Annotated[Path | None, typer.Option("--data", help="The data of plan files; else what lies beside.")] = None,
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Hold the second plan against the first: stops and orders that changed, hours, balance, chances.

    A day is its plan in hand. DAY#DIGEST is any plan that its history names; the first letters of the digest do.
    """
    station = load(own_profile(profile, home))
    one, other = two_plans((a, b), data=data, station=station, store=store, home=home)
    found = compare(one, other, station, calibrated(station))
    if as_json:
        show.as_json(_compared_as_json(found))
        return
    show.table(WHOLE, [_whole("A", found.a), _whole("B", found.b)])
    if rows := [_compared(route) for route in found.routes if route.came or route.left or route.legs_changed]:
        show.table(ROUTES, rows)
    for sentence in found.sentences:
        show.sentence(sentence)


def absorb_(
    day: Day,
    by: By,
    route: Annotated[str, typer.Option("--route", help="Show what giving this route away does to every taker.")] = "",
    keep: Keep = "",
    as_planned: Annotated[bool, typer.Option("--as-planned", help="As before the first van was loaded.")] = False,
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Say of every route whether neighbours could absorb it, one could be combined with it, or nobody could.

    With --route that route is given away as the answer says; --keep keeps it.
    """
    if keep and not route:
        raise typer.BadParameter("Say with --route which one is given away.")
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        covers = in_hands.covers(held.desk.log, held.day, held.station, as_planned=as_planned)
        zone = held.day.course.timezone
        if route:
            route_id = held.route_id(route)
            (cover,) = (c for c in covers if c.route_id == route_id)
            if not cover.by:
                raise Refused([cover.sentence(zone)])
            orders = {taker.route_id: taker.order for taker in cover.by}
            held.tell(held.by_hand().share_out(cover.route_id, orders), keep, as_json=as_json)
            return
    if as_json:
        show.as_json([_cover_as_json(cover, zone) for cover in covers])
        return
    show.table(COVERS, [_cover(cover, zone) for cover in covers])
    for cover in covers:
        show.sentence(cover.sentence(zone), "" if cover.by else "yellow")


def _whole(name: str, known: Whole) -> tuple[object, ...]:
    def share(of: float | None) -> str:
        return "–" if of is None else f"{of:.0%}"

    return (
        name, known.routes, known.stops, f"{known.hours:.1f}", f"{known.drive_s / 3600:.1f}", f"{known.hours_sd:.2f}",
        f"{known.hours_min:.1f}", f"{known.hours_max:.1f}", f"{known.worst_chance:.0%}", f"{known.expected_late:.1f}",
        share(known.load_max), share(known.overlap_share), known.zones_split,
    )  # fmt: skip


def _compared(route: RouteCompared) -> tuple[object, ...]:
    def both(text: str, figure: str, scale: float = 1.0) -> str:
        sides = [format(getattr(f, figure) * scale, text) if f else "–" for f in (route.a, route.b)]
        return " → ".join(sides)

    return (
        route.code, len(route.came), len(route.left), route.legs_changed,
        both(".1f", "hours"), both(".1f", "drive_s", 1 / 3600), both(".0%", "chance_in_time"),
    )  # fmt: skip


def _compared_as_json(found: Compared) -> dict[str, Any]:
    whole = {name: {f: getattr(of, f) for f in of.__struct_fields__} for name, of in (("a", found.a), ("b", found.b))}
    routes = [
        {
            "code": route.code,
            "a": figures_as_json(route.a),
            "b": figures_as_json(route.b),
            "came": list(route.came),
            "left": list(route.left),
            "legs_changed": route.legs_changed,
        }
        for route in found.routes
    ]
    return {
        **whole,
        "moved": [msgspec.structs.asdict(stop) for stop in found.moved],
        "moved_count": len(found.moved),
        "only_in_a": list(found.only_in_a),
        "only_in_b": list(found.only_in_b),
        "routes": routes,
        "sentences": list(found.sentences),
    }


def _cover(cover: Cover, zone: str) -> tuple[object, ...]:
    after: list[Figures] = [taker.after for taker in cover.by]
    by = ", ".join(f"{t.code} +{len(t.stop_ids)}" for t in cover.by) or (cover.limit or "")
    last = clock_text(max((f.finish_p80 for f in after), default=None), zone)
    least = f"{min(f.chance_in_time for f in after):.0%}" if after else "–"
    return cover.code, cover.stops, f"{cover.verdict}", by, last, least


def _cover_as_json(cover: Cover, zone: str) -> dict[str, Any]:
    return {
        "route_id": cover.route_id,
        "code": cover.code,
        "stops": cover.stops,
        "verdict": cover.verdict,
        "absorbed_by": [_taker_as_json(taker) for taker in cover.absorbed_by],
        "combined_with": [_taker_as_json(taker) for taker in cover.combined_with],
        "limit": cover.limit,
        "sentence": cover.sentence(zone),
    }


def _taker_as_json(taker: Taker) -> dict[str, Any]:
    return {
        "route_id": taker.route_id,
        "code": taker.code,
        "stop_ids": list(taker.stop_ids),
        "after": figures_as_json(taker.after),
    }
