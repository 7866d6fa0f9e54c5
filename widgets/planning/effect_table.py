"""Both sides of a change as a table: each route that it touches, before and after."""

from collections.abc import Callable, Iterable

from dispatchkit.plan.effect import Figures, RouteEffect
from dispatchkit.roster.fit import S_PER_H
from dispatchkit.station import Station
from dispatchkit.times import clock_text, hours_text
from widgets.plain import markup

IS_NEW, IS_GONE = ", new", ", no more"


def table(seen: Iterable[RouteEffect], station: Station, *, timezone: str, service_day: str) -> str:
    """Return the table as HTML: a line for each figure, a column for each route, "before → after" in the cells."""

    def clock(name: str) -> Callable[[Figures], str]:
        return lambda known: clock_text(getattr(known, name), timezone, service_day)

    lines: tuple[tuple[str, Callable[[Figures], str]], ...] = (
        ("Stops", lambda known: f"{known.stops}"),
        ("Packages", lambda known: f"{known.packages}"),
        ("Hours", lambda known: hours_text(known.hours * S_PER_H)),
        ("Driving", lambda known: hours_text(known.drive_s)),
        ("Back, P50", clock("finish_p50")),
        ("Back, P90", clock("finish_p90")),
        ("Back by", clock("finish_by")),
        ("In time", lambda known: f"{known.chance_in_time:.0%}"),
        ("Van full", lambda known: "not told" if known.load_share is None else f"{known.load_share:.0%}"),
    )
    columns = tuple(seen)
    head = "".join(f'<th scope="col">{markup(_called(one))}</th>' for one in columns)
    rows = []
    for label, said in lines:
        cells = (f"<td{_warns(label, one, station)}>{markup(_cell(one, said))}</td>" for one in columns)
        rows.append(f'<tr><th scope="row">{markup(label)}</th>{"".join(cells)}</tr>')
    return f'<table class="bags effect"><thead><tr><td></td>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _called(one: RouteEffect) -> str:
    return one.code + (IS_NEW if one.before is None else IS_GONE if one.after is None else "")


def _cell(one: RouteEffect, said: Callable[[Figures], str]) -> str:
    """The figure before and after; once where it is the same, or where the route is only on one side."""
    return " → ".join(dict.fromkeys(said(known) for known in (one.before, one.after) if known is not None))


def _warns(label: str, one: RouteEffect, station: Station) -> str:
    """Mark a chance below the line, and a van over it; both also stand in the sentences below the table."""
    now = one.after
    low = now is not None and label == "In time" and now.chance_in_time < station.realism.chance_share
    full = (
        now is not None and label == "Van full" and now.load_share is not None
        and now.load_share > station.van.load_warn_share
    )  # fmt: skip
    return ' class="warns"' if low or full else ""
