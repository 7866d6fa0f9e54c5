"""A late cycle: the last vans are back after midnight, and it is still the same service day."""

from datetime import time
from zoneinfo import ZoneInfo

from dispatchkit.run_day.shift import Shift
from dispatchkit.samples.days.story import About, Story, of_the_crew, setting_of, whole_day
from dispatchkit.samples.station import SampleStation
from dispatchkit.station import Station
from dispatchkit.times import clock_text

NAME = "past_midnight"


def make(station: Station) -> SampleStation:
    """The first wave leaves in the middle of the afternoon."""
    return of_the_crew(setting_of(NAME, time(15, 40)), station)


def after_midnight(shift: Shift) -> tuple[str, ...]:
    """Ids of the routes that came back on the next calendar day, the first one first."""
    zone, service_day = ZoneInfo(shift.day.course.timezone), shift.key.service_day
    back = sorted(shift.day.end_of_shift.returned.items(), key=lambda item: item[1])
    return tuple(route_id for route_id, at in back if at.astimezone(zone).date() > service_day)


def about(shift: Shift) -> About:
    """Who came back on the next calendar day."""
    day = shift.day
    late = after_midnight(shift)
    last = clock_text(day.end_of_shift.returned[late[-1]], day.course.timezone, str(shift.key.service_day))
    return About(
        happens=(
            f"The first wave leaves at 15:40. {len(late)} of {len(day.plan.routes)} routes are back after midnight, "
            f"the last one, {day.code(late[-1])}, at {last}. All of it is one service day, and its shift is closed.",
        ),
        look_at=("The day after a time of day, wherever it is not the service day's.", "Which day the report is of."),
        ask=("On which day does the last driver's time sheet count?", "When could you have closed the shift?"),
    )


STORY = Story(name=NAME, make=make, play=whole_day, about=about)
