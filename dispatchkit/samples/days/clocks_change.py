"""The Sunday on which clocks go forward while the first wave is being loaded."""

from datetime import time

from dispatchkit.run_day.shift import Shift
from dispatchkit.samples.days.story import About, Story, of_the_crew, setting_of, whole_day
from dispatchkit.samples.station import SampleStation
from dispatchkit.station import Station
from dispatchkit.times import clock_text, hours_text, seconds_between

NAME = "clocks_change"


def make(station: Station) -> SampleStation:
    """An early cycle: the first wave leaves at half past three, and is called in for a quarter to two."""
    return of_the_crew(setting_of(NAME, time(3, 30)), station)


def about(shift: Shift) -> About:
    """What the clocks do to the first route."""
    day = shift.day
    route_id = next(iter(day.load_out.departed))
    left = day.load_out.departed[route_id]
    came, back = day.load_out.arrived[left.driver_id], day.end_of_shift.returned[route_id]
    came_text, left_text = (clock_text(at, day.course.timezone) for at in (came, left.at))
    return About(
        happens=(
            "Clocks go from 02:00 to 03:00 while the first wave of an early cycle is at the dock. The shift is closed.",
            f"The driver of {day.code(route_id)} came at {came_text} and left at {left_text}: "
            f"{hours_text(seconds_between(came, left.at))}, however the clock reads. "
            f"He was on the road for {hours_text(seconds_between(left.at, back))}.",
        ),
        look_at=(
            "Durations: dock times, time on the road and the end of the window are reckoned in UTC.",
            "No report shows an hour that did not exist.",
        ),
        ask=("How long was the first driver on duty?", "What would the hour look like on the Sunday in November?"),
    )


STORY = Story(name=NAME, make=make, play=whole_day, about=about)
