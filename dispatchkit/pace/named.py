"""What a dispatcher knows better than the figures: root cause and action of a route that is behind. Pure.

A root cause that was named holds for the rest of the day, or until another one is. An action holds until a rescue of
the route says more: one that was started, met or ended after it.
"""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.road import ActionNamed, RootCauseNamed
from dispatchkit.day.named import Named
from dispatchkit.day.open_day import known_route_blockers, refuse_if
from dispatchkit.pace.action import last_rescue, moved_at
from dispatchkit.pace.hourly_words import OTHER, actions, root_causes
from dispatchkit.station import Station
from dispatchkit.times import clock_text

LEFT_TO_FIGURES = ""
"""As a cause or an action: what was named before counts no more."""

NOBODY = Named()


def blockers(
    day: Day, route_id: str, *, cause: str | None, action: str | None, note: str = "", station: Station
) -> Iterator[str]:
    """Why this cannot be said of a route; nothing when it can."""
    yield from known_route_blockers(day, route_id)
    causes, known_actions = root_causes(station), actions(station).values()
    if cause and cause not in causes.values():
        yield f"'{cause}' is no root cause. Choose one of: {', '.join(causes.values())}."
    if cause == causes.get(OTHER, OTHER) and not note.strip():
        yield f"'{cause}' alone tells the station nothing. Say in a few words what it is."
    if action and action not in known_actions:
        yield f"'{action}' is no action. Choose one of: {', '.join(known_actions)}."


def name(
    day: Day, *, route_id: str, cause: str | None = None, action: str | None = None, note: str = "",
    station: Station, at: datetime, by: str,
) -> list[Fact]:  # fmt: skip
    """Say why a route is behind, or what is done about it, or both; nothing where that is said already.

    Parameters
    ----------
    cause, action
        Words of the station's lists; blank leaves it to the figures again, None says nothing about it.
    note
        The cause in words of one's own; asked for where it is none of the list.
    """
    refuse_if(blockers(day, route_id, cause=cause, action=action, note=note, station=station))
    facts: list[Fact] = []
    held, standing = named_cause(day, route_id), named_action(day, route_id)
    if cause is not None and (cause, note.strip()) != ((held.cause, held.note) if held else ("", "")):
        facts.append(RootCauseNamed(at=at, by=by, route_id=route_id, cause=cause, note=note.strip()))
    if action is not None and action != (standing.action if standing else ""):
        facts.append(ActionNamed(at=at, by=by, route_id=route_id, action=action))
    return facts


def named_cause(day: Day, route_id: str) -> RootCauseNamed | None:
    """The root cause that a dispatcher named last; None where it is left to the figures."""
    return day.road.named.get(route_id, NOBODY).cause


def named_action(day: Day, route_id: str) -> ActionNamed | None:
    """The action that a dispatcher named last; None where it is left to the figures, or a rescue said more since."""
    held = day.road.named.get(route_id, NOBODY).action
    rescue = last_rescue(day, route_id)
    return None if held is None or (rescue is not None and moved_at(rescue) > held.at) else held


def in_words(day: Day) -> tuple[str, ...]:
    """A sentence for each route of which a dispatcher named something that still holds, for whoever takes over."""
    plan = day.pre_load_out.plan
    routes = [r.route_id for r in plan.routes if r.route_id in day.road.named] if plan else []
    return tuple(sentence for route_id in routes if (sentence := _in_words(day, route_id)))


def _in_words(day: Day, route_id: str) -> str:
    parts = []
    if cause := named_cause(day, route_id):
        what = f"{cause.cause}, {cause.note}" if cause.note else cause.cause
        parts.append(f"root cause {what} ({who_and_when(day, cause)})")
    if action := named_action(day, route_id):
        parts.append(f"{action.action} ({who_and_when(day, action)})")
    return f"{day.code(route_id)}: {'; '.join(parts)}." if parts else ""


def who_and_when(day: Day, named: RootCauseNamed | ActionNamed) -> str:
    """Who named it, and when by the station's clock."""
    return f"{named.by} at {clock_text(named.at, day.course.timezone, str(day.key.service_day))}"
