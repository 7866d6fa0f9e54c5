"""What is left to do is read off the log: done once, not again, and never to what a person has in hand."""

from datetime import timedelta

import pytest

from dispatchkit import course
from dispatchkit.day import Entry
from dispatchkit.day.facts.pre_load_out import PlanCommitted, PlanEdited, RoutesBuilt, RoutesGiven
from dispatchkit.day.facts.whole_day import DayClosed, FactVoided, FileImported, NoteAdded
from dispatchkit.run_day.plan_watch.task import BY, Task, task_of
from tests.small_day import TEN, TWO_ROUTES, Story

BEFORE, AFTER = TEN - timedelta(hours=1), TEN + timedelta(hours=1)
SIZE = {"plan": "plan", "routes": 2, "stops": 6, "packages": 12}


def came(source, *, by=BY):
    return FileImported(at=TEN, by=by, name="volume.csv", original="abc", source=source, rows=12)


def given(*, by=BY):
    return RoutesGiven(at=TEN, by=by, **SIZE)


BUILT = RoutesBuilt(at=TEN, by=BY, seed=1, engine="e", **SIZE)
NOTE = NoteAdded(at=TEN, by=BY, text="Planned by itself.")


def left(*appends, due=BEFORE, build_given=False):
    """What is left to do after these appends, each of one fact or several."""
    story = Story().keeping("plan", TWO_ROUTES).does(course.open_day, timezone="America/Chicago")
    entries = [Entry(n=1, first_n=1, learned_at=TEN, fact=story.facts[0])]
    for append in appends:
        facts = append if isinstance(append, tuple) else (append,)
        first_n = len(entries) + 1
        story.told(*facts)
        entries += [Entry(n=first_n + i, first_n=first_n, learned_at=TEN, fact=f) for i, f in enumerate(facts)]
    return task_of(story.day, entries, due=due, build_given=build_given)


def test_stops_are_built_then_checked_then_done():
    stops = came("stop list")
    assert left(stops) is Task.BUILD
    assert left(stops, BUILT) is Task.CHECK
    assert left(stops, (BUILT, NOTE)) is Task.CHECK      # the note that came with the build is no summary
    assert left(stops, BUILT, NOTE) is None


def test_routes_that_the_station_gave_are_checked_only():
    assert left((came("station day"), given())) is Task.CHECK
    assert left((came("station day"), given()), NOTE) is None
    assert left((came("station day"), given()), build_given=True) is Task.BUILD


def test_counted_routes_cannot_be_built_though_it_is_asked():
    assert left((came("Day-of-Ops plan"), given()), build_given=True) is Task.CHECK


def test_new_volume_begins_anew():
    assert left(came("stop list"), BUILT, NOTE, came("stop list")) is Task.BUILD


def test_a_draft_that_a_person_took_back_is_not_built_again():
    assert left(came("stop list"), BUILT, NOTE, FactVoided(at=TEN, by="maria", n=(3,), why="too long")) is None


@pytest.mark.parametrize(
    "own",
    [
        PlanEdited(at=TEN, by="maria", before="plan", plan="plan", change="moved", why="nearer"),
        PlanCommitted(at=TEN, by="maria", plan="plan"),
        DayClosed(at=TEN, by="maria"),
    ],
)
def test_what_a_person_has_in_hand_is_left_alone(own):
    assert left((came("station day"), given()), own) is None


def test_what_a_person_took_in_waits_for_the_hour():
    theirs = (came("station day", by="maria"), given(by="maria"))
    assert left(theirs, due=BEFORE) is None
    assert left(theirs, due=AFTER) is Task.CHECK


def test_files_without_volume_are_nothing_to_plan():
    assert left(came("Vehicles list")) is None
