"""A day whose files are malformed in every way: what could be read is in, what could not was refused.

The files themselves are made elsewhere; this is the day as it stands after them.
"""

from datetime import time

from dispatchkit.run_day.shift import Shift
from dispatchkit.samples.days.story import About, Story, of_the_crew, setting_of
from dispatchkit.samples.station import SampleStation
from dispatchkit.station import Station

NAME = "malformed"


def make(station: Station) -> SampleStation:
    """A Thursday with twenty routes."""
    return of_the_crew(setting_of(NAME, time(9, 20)), station)


def play(_shift: Shift) -> None:
    """Nothing more happens: it is the evening before, and the files lie there."""


def about(shift: Shift) -> About:
    """What is in, and what is not."""
    return About(
        happens=(
            f"The evening before. The plan of {len(shift.day.plan.routes)} routes, the roster and the fleet are in; "
            "each route has its driver and van.",
        ),
        look_at=("What each refused file says: where, what is wrong, what to do next.", "That nothing is half in."),
        ask=("Which of the files do you send back, and to whom?", "Which of them would you have believed?"),
    )


STORY = Story(name=NAME, make=make, play=play, about=about)
