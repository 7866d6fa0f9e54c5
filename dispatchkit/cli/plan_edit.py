"""Commands that change a plan by hand: each shows its effect on both sides, and keeps it where somebody says why."""

from typing import Annotated

import typer

from dispatchkit.cli.in_hand import Anew, Keep, ServeLate, Stops, anew_or_loaded, in_hand
from dispatchkit.cli.options import By, Day, Home, Json, Profile, Store
from dispatchkit.cli.two_plans import of_history
from dispatchkit.plan.ordering import Order
from dispatchkit.records import Plan

To = Annotated[str, typer.Option("--to", metavar="ROUTE", help="The route that takes them.")]
Route = Annotated[str, typer.Argument(metavar="ROUTE", help="A route by its code.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `plan`."""
    for command in (move, swap, split, merge, reorder):
        app.command()(command)
    app.command("take-off")(take_off)
    app.command("put-back")(put_back)
    app.command("go-back")(go_back)


def move(
    day: Day, stops: Stops, to: To, by: By, keep: Keep = "", anew: Anew = False, serve_late: ServeLate = False,
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Give stops to another route, each where it costs least."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        hands = held.by_hand(anew_or_loaded(anew=anew), serve_late=serve_late)
        held.tell(hands.move(held.stop_ids(stops), held.route_id(to)), keep, as_json=as_json)


def swap(
    day: Day,
    stops: Stops,
    with_: Annotated[list[str], typer.Option("--with", metavar="STOPS", help="Stops of the other route; repeat it.")],
    by: By, keep: Keep = "", anew: Anew = False, serve_late: ServeLate = False,
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Exchange stops of one route with stops of another."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        hands = held.by_hand(anew_or_loaded(anew=anew), serve_late=serve_late)
        held.tell(hands.swap(held.stop_ids(stops), held.stop_ids(with_)), keep, as_json=as_json)


def split(
    day: Day,
    route: Route,
    by: By,
    at: Annotated[int, typer.Option("--at", help="After how many stops; the rest becomes the new route.")] = 0,
    stops: Annotated[
        list[str] | None, typer.Option("--stops", metavar="STOPS", help="Or which stops become it; repeat it.")
    ] = None,
    code: Annotated[str, typer.Option("--code", help="What the new route is called; CX104B of CX104 by itself.")] = "",
    keep: Keep = "", serve_late: ServeLate = False,
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Make a route of its own of a part of a route."""
    if bool(at) == bool(stops):
        raise typer.BadParameter("Say either --at, or --stops once or more.")
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        hands, route_id = held.by_hand(serve_late=serve_late), held.route_id(route)
        made = hands.split(route_id, held.stop_ids(stops), code=code) if stops else hands.split_at(
            route_id, at, code=code
        )
        held.tell(made, keep, as_json=as_json)


def merge(
    day: Day,
    route: Route,
    into: Annotated[str, typer.Option("--into", metavar="ROUTE", help="The route that takes all its stops.")],
    by: By, keep: Keep = "", anew: Anew = False, serve_late: ServeLate = False,
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Give all stops of a route to another one; the route is no more."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        hands = held.by_hand(anew_or_loaded(anew=anew), serve_late=serve_late)
        held.tell(hands.merge(held.route_id(route), held.route_id(into)), keep, as_json=as_json)


def reorder(
    day: Day,
    route: Route,
    by: By,
    stops: Annotated[
        list[str] | None, typer.Option("--stops", metavar="STOPS", help="The order, stop by stop; repeat it.")
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Drive it the other way round.")] = False,
    as_drivers_go: Annotated[
        bool, typer.Option("--as-drivers-go", help="Zone by zone, as drivers are used to; it may take longer to drive.")
    ] = False,
    keep: Keep = "", serve_late: ServeLate = False,
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Order the stops of a route anew: for the least driving, as drivers go, or as you say."""
    if (bool(stops), reverse, as_drivers_go).count(True) > 1:
        raise typer.BadParameter(
            "Say one of --stops, --reverse and --as-drivers-go, or none to order it for the least driving."
        )
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        route_id = held.route_id(route)
        order = Order.AS_DRIVERS_GO if as_drivers_go else anew_or_loaded(anew=not (stops or reverse))
        hands = held.by_hand(order, serve_late=serve_late)
        if stops:
            made = hands.reorder(route_id, held.stop_ids(stops))
        elif reverse:
            made = hands.reorder(route_id, held.plan.route[route_id].stop_ids[::-1])
        else:
            made = hands.order_anew(route_id)
        held.tell(made, keep, as_json=as_json)


def take_off(
    day: Day, stops: Stops, by: By, keep: Keep = "", serve_late: ServeLate = False,
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Leave stops on no route until somebody puts them back."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        held.tell(held.by_hand(serve_late=serve_late).take_off(held.stop_ids(stops)), keep, as_json=as_json)


def put_back(
    day: Day, stops: Stops, to: To, by: By, keep: Keep = "", anew: Anew = False, serve_late: ServeLate = False,
    profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Give stops that are on no route to one."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        hands = held.by_hand(anew_or_loaded(anew=anew), serve_late=serve_late)
        held.tell(hands.put_back(held.stop_ids(stops), held.route_id(to)), keep, as_json=as_json)


def go_back(
    day: Day,
    digest: Annotated[
        str, typer.Argument(metavar="DIGEST", help="An earlier plan by its first letters; `plan history` tells them.")
    ],
    by: By, keep: Keep = "", profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Take an earlier plan of the same stops in hand again."""
    with in_hand(day, by=by, profile=profile, store=store, home=home) as held:
        earlier = held.desk.records.record(of_history(held.desk, digest), Plan)
        held.tell(held.by_hand().go_back(earlier), keep, as_json=as_json)
