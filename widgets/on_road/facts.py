"""What is known of one route on the road in words: how it stands, its driver's phone, and what was said."""

from dispatchkit.day import Day
from dispatchkit.day.facts.road import MessageReceived
from dispatchkit.pace.board import Line
from dispatchkit.times import clock_text
from widgets.plain import markup

SHOWN = 3
"""So many of the newest notes and messages stand beside the map; the activity has them all."""


def stands(phone: str, line: Line) -> str:
    """Return how the route stands as markup, muted where that is too old for live; what people wrote is escaped."""
    shade = ' class="of-old"' if line.stale else ""
    said = f"<p{shade}>{markup(line.reason)}</p>"
    return said + (f'<p class="quiet">{markup(f"Phone {phone}")}</p>' if phone else "")


def told_of(day: Day, route_id: str) -> str:
    """Return what was written down about the route as markup, newest first; empty where nothing was."""
    said = "".join(f"<li>{markup(text)}</li>" for text in _said(day, route_id)[:SHOWN])
    return f'<ul class="explained">{said}</ul>' if said else ""


def _said(day: Day, route_id: str) -> list[str]:
    """What was written down about the route and what its driver said, newest first."""
    found = [(n.at, f"{n.by}: {n.text}") for n in day.course.notes if getattr(n, "about", "") == route_id]
    found += [
        (m.at, f"{day.code(route_id)} says: {m.text}")
        for m in day.road.messages
        if isinstance(m, MessageReceived) and m.route_id == route_id
    ]
    timezone, service_day = day.course.timezone, str(day.key.service_day)
    newest_first = sorted(found, key=lambda pair: pair[0], reverse=True)
    return [f"{clock_text(at, timezone, service_day)} {text}" for at, text in newest_first]
