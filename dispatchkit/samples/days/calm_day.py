"""A calm day, up to its early afternoon: everybody has left, and one route needs a person."""

from dispatchkit.pace.alarms import standing_at
from dispatchkit.run_day import morning, on_road
from dispatchkit.run_day.sample import CURRENT, shown_until
from dispatchkit.run_day.shift import Shift
from dispatchkit.samples.days.story import About, Story
from dispatchkit.samples.station import SEED, TIMEZONE, SampleStation, generate
from dispatchkit.station import Station
from dispatchkit.travel.calibrated import CalibratedTravel


def make(station: Station) -> SampleStation:
    """The station DXX1 on a Saturday."""
    return generate(SEED, travel=CalibratedTravel(), station=station)


def play(shift: Shift) -> None:
    """Everybody leaves; the vans drive until a little after one."""
    morning.load_out(shift, send_help=False)
    on_road.drive(shift, until=shown_until(TIMEZONE), send_help=False)


def about(shift: Shift) -> About:
    """One alarm stands, and nobody has decided anything about it."""
    alarms = standing_at(shift.day, shift.clock.now())
    return About(
        happens=(
            "All 38 routes have left and about half of the stops are done. It is 13:04; the day goes on with "
            f"`dispatchkit go-on {shift.key} --until 15:00`.",
            *(alarm.raised.what for alarm in alarms),
        ),
        look_at=("The one alarm: what it says, and until when help helps.", "The proposals for that route."),
        ask=("Whom do you send, and what does it cost him?", "What happens if you wait until three?"),
    )


STORY = Story(name=CURRENT, make=make, play=play, about=about)
