"""A small station day in a real log, for whatever reads one: pages, the command line."""

import msgspec

from dispatchkit.desk import Desk
from dispatchkit.records import DayKey
from tests.small_day import KEY, Story

RECORDS = ("plan", "roster", "fleet")


def written(log, story: Story, key: DayKey = KEY) -> Desk:
    """Write a story's facts into a log, each as a decision of its own; return a desk at that day."""
    desk = Desk(log, key, by="maria")
    digests = {name: desk.records.put(story.artifacts.held[name]) for name in RECORDS if name in story.artifacts.held}
    for n, fact in enumerate(story.facts):
        named = {f: digests[v] for f in RECORDS if (v := getattr(fact, f, "")) in digests}
        log.append(key, [msgspec.structs.replace(fact, **named)], expected=n, learned_at=fact.at)
    return desk
