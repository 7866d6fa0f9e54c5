"""Two plans side by side, for people: totals with what is better or worse, and each route that is another."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from dispatchkit.plan.compare import Compared, RouteCompared, Whole
from dispatchkit.plan.effect import Figures
from dispatchkit.printable import printable
from dispatchkit.roster.fit import S_PER_H
from dispatchkit.times import clock_text
from widgets.board import Column
from widgets.plain import markup

COLUMNS = (
    Column(key="route", label="Route"),
    Column(key="is", label="Is", kind="sign"),
    Column(key="stops", label="Stops"),
    Column(key="hours", label="Hours", kind="number", numeric=True, hide_on_phone=True),
    Column(key="back", label="Back, P90", kind="number", numeric=True, hide_on_phone=True),
    Column(key="chance", label="In time", kind="number", numeric=True),
    Column(key="acts", label="Map", kind="acts", hide_on_phone=True),
)
"""On a phone a press on the row shows it on the map."""

NOTICED_SHARE = 0.015
"""Differences of a chance of a point or less say nothing: as many cases as one day in a hundred."""

NOTICED_H = 0.05
"""Nor are those of hours below half of what is shown."""

NOTHING, SEPARATED = "–", " · "


class Line(NamedTuple):
    """One total: how it is read off a plan and said, and what is better.

    Attributes
    ----------
    less, more
        The words for a second plan that has less, or more, of it.
    better
        -1 where less is better, 1 where more is, 0 where neither is.
    """

    label: str
    read: Callable[[Whole], float | None]
    say: Callable[[float], str]
    less: str
    more: str
    better: int


def _h(hours: float) -> str:
    return f"{hours:.1f} h"


def _share(share: float) -> str:
    return f"{share:.0%}"


def _points(share: float) -> str:
    return f"{100 * share:.0f} points"


LINES = (
    Line("Routes", lambda w: w.routes, lambda n: f"{n:.0f}", "fewer", "more", 0),
    Line("Stops on a route", lambda w: w.stops, lambda n: f"{n:,.0f}", "fewer", "more", 1),
    Line("Hours of all drivers", lambda w: w.hours, _h, "less", "more", -1),
    Line("Driving in them", lambda w: w.drive_s / S_PER_H, _h, "less", "more", -1),
    Line("Longest route", lambda w: w.hours_max, _h, "shorter", "longer", -1),
    Line("Spread of hours (sd)", lambda w: w.hours_sd, lambda h: f"{h:.2f} h", "more even", "less even", -1),
    Line("Least chance to be in time", lambda w: w.worst_chance, _share, "lower", "higher", 1),
    Line("Routes late on such a morning", lambda w: w.expected_late, lambda n: f"{n:.1f}", "fewer", "more", -1),
    Line("Fullest van", lambda w: w.load_max, _share, "less full", "fuller", -1),
    Line("Overlap", lambda w: w.overlap_share, _share, "less", "more", -1),
    Line("Zones split between routes", lambda w: w.zones_split, lambda n: f"{n:.0f}", "fewer", "more", -1),
)


def totals(found: Compared) -> str:
    """Both plans as a table in HTML: each total that differs, and what the second one has less or more of."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("First", "Second", "The second has"))
    other = [line for line in LINES if not _is_same(line, found)]
    rows = "".join(_total(line, found) for line in other)
    table = f'<table class="bags totals"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    same = [f"{line.label.lower()} {_said(line, found.b)}" for line in LINES if line not in other]
    told = f'<p class="quiet">{markup(f"The same in both: {SEPARATED.join(same)}.")}</p>' if same else ""
    return (table if other else "") + told


def rows(found: Compared, timezone: str) -> list[dict[str, Any]]:
    """The routes that are another, or in one of the plans only: those that have become worse first."""
    changed = (r for r in found.routes if r.came or r.left or r.legs_changed or None in (r.a, r.b))
    order = {"act": 0, "watch": 1, "plain": 2, "ok": 3}
    return sorted((_route(r, timezone) for r in changed), key=lambda row: (order[row["is"]["kind"]], row["id"]))


def stop_ids_of(code: str, found: Compared) -> tuple[str, ...]:
    """Stops that came to the route of this code, or left it."""
    return next(((*r.came, *r.left) for r in found.routes if r.code == code), ())


def _total(line: Line, found: Compared) -> str:
    sides = "".join(f'<td class="n">{_said(line, whole)}</td>' for whole in (found.a, found.b))
    difference = _difference(line, line.read(found.a), line.read(found.b))
    return f'<tr><th scope="row">{markup(line.label)}</th>{sides}<td>{difference}</td></tr>'


def _said(line: Line, whole: Whole) -> str:
    value = line.read(whole)
    return NOTHING if value is None else line.say(value)


def _is_same(line: Line, found: Compared) -> bool:
    """Whether both plans are said to have as much of it."""
    return _said(line, found.a) == _said(line, found.b)


def _difference(line: Line, a: float | None, b: float | None) -> str:
    if a is None or b is None:
        return "cannot be told"
    say = _points if line.say is _share else line.say
    words = f"{say(abs(b - a))} {line.more if b > a else line.less}"
    if not line.better:
        return markup(words)
    kind, sign = ("ok", "✓") if (b > a) == (line.better > 0) else ("watch", "●")
    return f'<span class="rung r-{kind}"><span aria-hidden="true">{sign}&nbsp;</span>{markup(words)}</span>'


def _route(route: RouteCompared, timezone: str) -> dict[str, Any]:
    def both(say: Callable[[Figures], str], sort: Callable[[Figures], float]) -> dict[str, Any]:
        sides = [say(f) if f else NOTHING for f in (route.a, route.b)]
        held = route.b or route.a
        return {"text": sides[0] if sides[0] == sides[1] else " → ".join(sides), "sort": sort(held) if held else None}

    kind, words = _is(route)
    stops = ", ".join(_counted(route))
    show = {"id": "map", "label": "Map", "title": printable(f"Show the stops of {route.code} that changed on the map")}
    return {
        "id": route.code,
        "route": {"text": printable(route.code), "sort": printable(route.code)},
        "is": {"kind": kind, "text": words},
        "stops": stops,
        "hours": both(lambda f: f"{f.hours:.1f}", lambda f: f.hours),
        "back": both(lambda f: clock_text(f.finish_p90, timezone), lambda f: f.finish_p90.timestamp()),
        "chance": both(lambda f: _share(f.chance_in_time), lambda f: f.chance_in_time),
        "acts": [show] if route.came or route.left else [],
    }


def _is(route: RouteCompared) -> tuple[str, str]:
    """What has become of a route, as a sign: by its chance first, then by its hours."""
    if route.a is None or route.b is None:
        return "plain", "New" if route.a is None else "No more"
    chance = route.b.chance_in_time - route.a.chance_in_time
    hours = route.b.hours - route.a.hours
    if abs(chance) >= NOTICED_SHARE:
        return ("ok", "Safer") if chance > 0 else ("watch", "Less safe")
    if abs(hours) >= NOTICED_H:
        return "plain", "Shorter" if hours < 0 else "Longer"
    return "plain", "About the same"


def _counted(route: RouteCompared) -> Iterator[str]:
    if route.came:
        yield f"+{len(route.came)}"
    if route.left:
        yield f"−{len(route.left)}"
    if not (route.came or route.left):
        yield f"{route.legs_changed} legs in another order"
