"""Three call-outs before six, a van that fails its inspection, a wave that the station holds back; decided well."""

from datetime import time, timedelta
from functools import partial

from msgspec.structs import replace

from dispatchkit import course
from dispatchkit.pace import alarms
from dispatchkit.pace.alarms import standing_at
from dispatchkit.road.chance import Chance
from dispatchkit.roster import attendance
from dispatchkit.run_day import morning, night, on_road
from dispatchkit.run_day.shift import Due, Shift
from dispatchkit.samples.days.story import About, Story, at_clock, of_the_crew, setting_of
from dispatchkit.samples.station import SampleStation
from dispatchkit.station import Station

NAME = "bad_morning"

CALL_OUTS = (
    (5, 10, 2, "Called out excused", "Child has a fever."),
    (5, 22, 7, "Called out not excused", "Will not say why."),
    (5, 38, 13, "Called out excused", "Car does not start, no bus at this hour."),
)
"""Hour and minute, number of the route whose driver it is, state, and what the driver says."""

ROUND_AT = (5, 50)
"""When everybody else has been asked whether he comes."""

LATE_WAVE, HELD_S = "Wave 2", 2400.0
"""The wave whose carts are not staged, and for how long."""

SAID_AT = (9, 22)
"""When the station says so. The alarm of the late wave is taken on at `WATCHED_AT`, and the day is left at `UNTIL`."""

WATCHED_AT = (10, 5)
UNTIL = (11, 0)

DEFECT_SHARES = tuple(n / 1000 for n in range(2, 400, 2))


def make(station: Station) -> SampleStation:
    """A Tuesday with twenty routes in two waves."""
    return of_the_crew(setting_of(NAME, time(9, 20)), station)


def play(shift: Shift) -> None:
    """From ten past five until eleven, when every route is out."""
    shift.station = one_defect(shift)
    drivers = {route.route_id: shift.day.pre_load_out.driver_of[route.route_id] for route in shift.day.plan.routes}
    told = [drivers[shift.day.plan.routes[number].route_id] for _, _, number, _, _ in CALL_OUTS]
    shift.play(
        [
            *(
                Due(at_clock(shift, hour, minute), partial(_call_out, shift, driver_id, state, said))
                for (hour, minute, _, state, said), driver_id in zip(CALL_OUTS, told, strict=True)
            ),
            Due(at_clock(shift, *ROUND_AT), partial(_hear_from_the_others, shift)),
        ]
    )
    held = {r.route_id: HELD_S for r in shift.day.plan.routes if r.wave == LATE_WAVE}
    morning.load_out(
        shift,
        send_help=False,
        held_s=held,
        also=[
            Due(at_clock(shift, *SAID_AT), partial(_ask_the_station, shift)),
            Due(at_clock(shift, *WATCHED_AT), partial(_take_alarms_on, shift)),
        ],
    )
    on_road.drive(shift, until=at_clock(shift, *UNTIL), send_help=False)


def one_defect(shift: Shift) -> Station:
    """The profile with a share of defects at which just one of the vans that are to leave fails, and no spare does."""
    vans = shift.day.pre_load_out.fleet
    out = set(shift.day.pre_load_out.van_of.values())
    for share in DEFECT_SHARES:
        simulator = replace(shift.station.simulator, defect_share=share)
        luck = Chance(seed=shift.seed, service_day=str(shift.key.service_day), simulator=simulator)
        failing = [v.van_id for v in vans.vans if luck.happens(share, "defect", v.van_id)] if vans else []
        if len(failing) == 1 and failing[0] in out:
            return replace(shift.station, simulator=simulator)
    raise ValueError("No share of defects grounds just one of the vans on the road. Choose another seed.")


def _call_out(shift: Shift, driver_id: str, state: str, said: str) -> None:
    shift.desk.decide(attendance.call_out, driver_id=driver_id, attendance=state, note=said)
    night.cover(shift)


def _hear_from_the_others(shift: Shift) -> None:
    before = shift.day.pre_load_out
    for driver in before.roster.drivers if before.roster else ():
        if driver.driver_id not in before.attendance:
            shift.desk.decide(attendance.confirm, driver_id=driver.driver_id)


def _ask_the_station(shift: Shift) -> None:
    shift.desk.decide(
        course.note,
        text=f"{LATE_WAVE}: carts are not staged. The station's dock lead says ten past ten; asked for a later end of "
        "the window. Stand-up stays as planned, drivers wait at their pads.",
    )


def _take_alarms_on(shift: Shift) -> None:
    for alarm in standing_at(shift.day, shift.clock.now()):
        if not alarm.acknowledged_by:
            shift.desk.decide(alarms.acknowledge, alarm_id=alarm.raised.alarm_id)


def about(shift: Shift) -> About:
    """Who called out and who came instead, which van stayed, and what the late wave costs."""
    day = shift.day
    codes = [day.plan.routes[number].code for _, _, number, _, _ in CALL_OUTS]
    grounded = ", ".join(f"{van_id} ({why.lower()})" for van_id, why in day.pre_load_out.grounded.items())
    late = max(
        left.at - day.plan.route[route_id].departs_at for route_id, left in day.load_out.departed.items()
    )
    return About(
        happens=(
            f"Between 05:10 and 05:38 the drivers of {', '.join(codes)} call out; each route is covered at once, by "
            "those who float as long as one is free, then by one who stands by.",
            f"At the pre-trip inspection {grounded} is grounded; its route takes a spare van.",
            f"The station holds {LATE_WAVE} back: its last van leaves {late // timedelta(minutes=1)} min late. "
            "One alarm is raised for the whole wave, and taken on. At 11:00 all routes are out.",
        ),
        look_at=(
            "The sentence beside each assignment: why this driver, why this van.",
            "That one cause is one alarm.",
            "What the first look at the board says of the late wave's finish.",
        ),
        ask=(
            "It is 05:22. Whom do you call first, and whom do you leave in bed?",
            "Which route would you have given up if a fourth driver had called?",
            "Who of the late wave will need help, and when do you know?",
        ),
    )


STORY = Story(name=NAME, make=make, play=play, about=about)
