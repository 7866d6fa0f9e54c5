"""Every figure of one route on the road with its age, the course of its day, and why it will be late; as markup."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.pace.ages import Age, ages
from dispatchkit.pace.behind_course import behind_courses
from dispatchkit.pace.board import BACK, HEADING_BACK, NOT_LEFT, ON_THE_ROAD, Line
from dispatchkit.pace.breaks import in_words
from dispatchkit.pace.causes import helps_until
from dispatchkit.pace.explain import Why, explain_line, heading
from dispatchkit.pace.forecast import project
from dispatchkit.pace.timetable import timetables
from dispatchkit.times import clock_text, seconds_between
from widgets.on_road.behind_line import chart, span_of
from widgets.plain import markup
from widgets.viewing import Viewing

OUT = (ON_THE_ROAD, HEADING_BACK)

REASONS_SHOWN = 4
"""So many reasons have a bar of their own; the others have one together."""


def figures_of(viewing: Viewing, day: Day, line: Line) -> str:
    """Work out what is shown of a route beside its line on the board, and put it into markup."""
    now, station, tables = viewing.now(), viewing.station, timetables(day.plan, viewing.travel)
    course = behind_courses(day, now=now, station=station, tables=tables)[line.route_id]
    until = None
    if line.state != BACK and line.help_min > 0:
        rest = project(day, line.route_id, now=now, station=station, tables=tables, past=viewing.past)
        until = helps_until(rest, station)
    drawn = chart(day, course, span_of(day), station.pace.call_behind_count)
    return figures(day, line, now=now, until=until, drawn=drawn)


def why_of(viewing: Viewing, day: Day, line: Line) -> str:
    """Explain a route that is not on pace, as markup; empty for every other."""
    tables = timetables(day.plan, viewing.travel)
    reasons = explain_line(
        day, line, now=viewing.now(), station=viewing.station, tables=tables, past=viewing.past
    )
    return because(line, reasons)


def figures(day: Day, line: Line, *, now: datetime, until: datetime | None, drawn: str) -> str:
    """The route's figures as a list of names and values, and the course `drawn` below them.

    Parameters
    ----------
    until
        Until when help that is sent now still brings it back in time; None where nothing is known of it.
    """
    shade = ' class="of-old"' if line.stale else ""
    by_report = {
        "Done": f"{line.done} of {line.total} · {line.expected} expected, {line.required} required by now",
        "Behind": _behind(line),
        "Back": _back(day, line),
        "Late": _late(line),
        "Help": _help(day, line, now, until),
    }
    known_here = {
        "Breaks": in_words(line.breaks, now, lambda at: _clock(day, at), is_back=line.state == BACK) or "none planned",
        "Contact": _contact(day, line, now),
    }
    said = _named(by_report, shade) + _named(known_here)
    return f'<dl class="facts">{said}{_heard(day, line, now)}</dl>{drawn}'


def _named(told: Mapping[str, str], shade: str = "") -> str:
    return "".join(f"<dt>{name}</dt><dd{shade}>{markup(words)}</dd>" for name, words in told.items() if words)


def because(line: Line, reasons: Sequence[Why]) -> str:
    """Why the route will be late, or is slower than planned: a bar for each reason's share; empty where none is."""
    if not reasons:
        return ""
    said = "".join(
        f'<li><span class="share" style="width:{why.share_pct}%"></span>'
        f"<span>{markup(why.what)}</span><span>{why.share_pct} % · {why.minutes:.0f} min</span></li>"
        for why in _few(reasons)
    )
    return f'<h3>{heading(line)}</h3><ul class="because">{said}</ul>'


def _few(reasons: Sequence[Why]) -> Iterator[Why]:
    yield from reasons[:REASONS_SHOWN]
    others = reasons[REASONS_SHOWN:]
    if share_pct := sum(why.share_pct for why in others):
        yield Why(what="other reasons", minutes=sum(why.minutes for why in others), share_pct=share_pct)


def _behind(line: Line) -> str:
    if line.state not in OUT:
        return ""
    where = f"{abs(line.behind)} stops {'behind' if line.behind > 0 else 'ahead'}" if line.behind else "on pace"
    return where + (f", {line.trend.spoken}" if line.trend else "")


def _back(day: Day, line: Line) -> str:
    end = f"window ends {_clock(day, line.finish_by)}"
    if line.state == BACK:
        return f"{_clock(day, line.finish_p50)} · {end}"
    p50, p80, p90 = (_clock(day, at) for at in (line.finish_p50, line.finish_p80, line.finish_p90))
    return f"by {p50} in 5 of 10 cases, {p80} in 8, {p90} in 9 · {end}"


def _late(line: Line) -> str:
    if line.state == BACK:
        return "yes" if line.chance_late else "no"
    return f"{line.chance_late:.0%} chance"


def _help(day: Day, line: Line, now: datetime, until: datetime | None) -> str:
    if line.state == BACK:
        return ""
    if line.help_min <= 0:
        return "none needed"
    if until is None or until <= now:
        return f"{line.help_min:.0f} min; too late for one helper alone"
    return f"{line.help_min:.0f} min, sent before {_clock(day, until)}"


def _contact(day: Day, line: Line, now: datetime) -> str:
    if line.contact is None:
        return "none since it left" if line.state != NOT_LEFT else "none yet"
    ago_min = seconds_between(line.contact.at, now) / 60
    return f"{line.contact.what} {_clock(day, line.contact.at)}, {ago_min:.0f} min ago"


def _heard(day: Day, line: Line, now: datetime) -> str:
    """When each figure was true; what is too old for live says so with its own colour and in words."""
    if line.state not in OUT:
        return ""
    known = ages(day.road.routes[line.route_id], now)
    told = [f"{what} {_age(age)}" for what, age in (("stops", known.done), ("position", known.position)) if age.at]
    words = markup(" · ".join(told) or "nothing since it left")
    if line.stale:
        words = f'<span class="old">as of {markup(_clock(day, line.heard_at))}</span> {words}'
    return f"<dt>Heard</dt><dd>{words}</dd>"


def _age(age: Age) -> str:
    by = f" ({age.source})" if age.source else ""
    return f"{(age.age_s or 0) / 60:.0f} min ago{by}"


def _clock(day: Day, at: datetime | None) -> str:
    return clock_text(at, day.course.timezone, str(day.key.service_day))
