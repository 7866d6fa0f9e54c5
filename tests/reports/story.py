"""Days to report on: two routes of three stops, as far as a story goes."""

from datetime import timedelta

from dispatchkit import course
from dispatchkit.day import Entry
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.day.facts.road import NotDelivered, StopServed
from dispatchkit.eos import debrief
from tests.small_day import STATION, TEN, Story, back, on_the_road

REFUSED = "BUSINESS CLOSED"


def served(story, *stop_ids, by="cortex", left=()):
    """Stops are served one after the other, ten minutes each; packages `left` are not delivered."""
    for place, stop_id in enumerate(stop_ids, 1):
        route_id = stop_id.partition(":")[0]
        kept = tuple(NotDelivered(p, REFUSED) for p in left if p.startswith(f"{stop_id}-"))
        at = TEN + timedelta(minutes=10 * place)
        story.told(StopServed(at=at, by=by, route_id=route_id, stop_id=stop_id, not_delivered=kept))
    return story


def all_stops(route_id):
    return [f"{route_id}:{n}" for n in (1, 2, 3)]


def half_way(**more):
    """Both routes are out; CX1 has done two stops of three."""
    return served(on_the_road(**more), "CX1:1", "CX1:2")


def debriefed(*, by="cortex"):
    """Both routes are back: CX1 brought one package back, CX7 delivered all."""
    story = served(on_the_road(), *all_stops("CX1"), by=by, left=["CX1:2-a"])
    story = back(served(story, *all_stops("CX7"), by=by), "CX1", "CX7")
    for route_id in ("CX1", "CX7"):
        accounts = debrief.prefill(story.day, route_id, STATION)
        story.does(debrief.debrief, route_id=route_id, accounts=accounts, station=STATION)
    return story


def committed(the_plan):
    """A plan as a log may hold it, even one that nobody would be allowed to commit today."""
    story = Story().keeping("plan", the_plan).does(course.open_day, timezone="America/Chicago")
    return story.told(PlanCommitted(at=TEN, by="maria", plan="plan"))


def entries(story):
    """The story's log."""
    return [Entry(n, n, fact.at, fact) for n, fact in enumerate(story.facts, 1)]
