"""A day whose files are malformed in every way; the whole ones among them are in, and nothing of the others.

The malformed files themselves are made in `samples.papers.malformed`; this is the day onto which they can be dropped.
"""

from collections.abc import Mapping
from datetime import time

from dispatchkit.clock import FrozenClock
from dispatchkit.imports import OriginalFile
from dispatchkit.intake import preview, take
from dispatchkit.run_day import night
from dispatchkit.run_day.sample import simulated
from dispatchkit.run_day.shift import Shift
from dispatchkit.samples.days.story import About, Story, night_before, of_the_crew, setting_of
from dispatchkit.samples.names import names_of
from dispatchkit.samples.papers import papers
from dispatchkit.samples.scratch import scratch_log
from dispatchkit.samples.station import SampleStation
from dispatchkit.station import Station

NAME = "malformed"

ESTIMATED = {"stops": "estimate"}
"""What is answered besides the time zone: nobody has exported anything from Cortex yet, the evening before."""


def make(station: Station) -> SampleStation:
    """A Thursday with twenty routes."""
    return of_the_crew(setting_of(NAME, time(9, 20)), station)


def from_files(shift: Shift, made: SampleStation) -> None:
    """Take the day's whole files in, as anybody would; then give each route its driver and van."""
    originals = [OriginalFile(name=name, data=data) for name, data in whole_files(shift, made).items()]
    log, clock, by = shift.desk.log, shift.clock, shift.desk.by
    answers = {"timezone": made.timezone, **ESTIMATED}
    shown = preview(log, originals, by=by, station=shift.station, day=shift.key, answers=answers, clock=clock)
    take(log, shown, by=by, clock=clock)
    night.cover(shift)


def whole_files(shift: Shift, made: SampleStation) -> Mapping[str, bytes]:
    """What the station, the scheduler and the fleet's keeper send of the day, the evening before: name → content."""
    clock = FrozenClock(shift.clock.now())
    with scratch_log(clock) as log:
        known = simulated(log, shift.key, clock, shift.station)
        night_before(known, made)
        return papers(known.day, names_of(made.roster.driver))


def play(_shift: Shift) -> None:
    """Nothing more happens: it is the evening before, and the malformed files lie there."""


def about(shift: Shift) -> About:
    """What is in, and what to try."""
    day = shift.day
    return About(
        happens=(
            f"The evening before. {len(day.course.files)} whole files (`{NAME}/taken/`) were taken in: the plan of "
            f"{len(day.plan.routes)} routes, the roster and the fleet come from them. There was no export of Cortex "
            "yet, so the stops are estimated from the packages. Each route has its driver and van.",
            f"Nobody has tried the malformed files yet. Drop those of `{NAME}/files/` on the home page, one by one or "
            "all at once.",
        ),
        look_at=(
            "What the preview of each file says before anything is taken: where, what is wrong, what to do next.",
            "That nothing is half in: after a file that is refused the day has as many facts as before "
            f"({day.version}).",
        ),
        ask=("Which of the files do you send back, and to whom?", "Which of them would you have believed?"),
    )


STORY = Story(name=NAME, make=make, set_up=from_files, play=play, about=about)
