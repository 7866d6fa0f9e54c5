"""The response ladder: what a route's pace asks of the dispatcher, and the reason in a sentence. Pure."""

from enum import StrEnum

from dispatchkit.station.profile import Pace
from dispatchkit.times import hours_text

S_PER_H = 3600


class Rung(StrEnum):
    """How much a route needs a person, from the lowest rung up. The last one is off the road: it has not even left."""

    ON_PACE = "on pace"
    WATCH = "watch"
    CALL = "call"
    HELP = "help"
    RESCUE_VAN = "rescue van"
    GET_OUT = "get out"

    @property
    def height(self) -> int:
        """Rungs below it: 0 for a route on pace."""
        return tuple(Rung).index(self)


WHAT_TO_DO = {
    Rung.ON_PACE: "Nothing to do.",
    Rung.WATCH: "Watch it.",
    Rung.CALL: "Call the driver.",
    Rung.HELP: "Send help: a near driver takes stops.",
    Rung.RESCUE_VAN: "Send a rescue van with a driver of its own, and talk to the station.",
    Rung.GET_OUT: "Get it out, or give its stops to others.",
}


def rung(
    *,
    behind: int,
    chance_late: float,
    left_s: float,
    pace: Pace,
    helped: bool = False,
    silent: bool = False,
    help_coming: bool = False,
    overdue_s: float = 0.0,
    stops_left: bool = True,
) -> Rung:
    """Where a route stands on the ladder.

    Parameters
    ----------
    behind
        Stops expected by now less stops done.
    chance_late
        Chance (0-1) of being back after the end of its window.
    left_s
        Seconds before the end of its window.
    helped
        Stops were taken over: being behind was answered by that, and only the chance of a late finish counts on.
    silent
        Nothing was heard for longer than the profile allows.
    help_coming
        A rescue is decided and its meeting still to come: the route is watched, whatever its figures say.
    overdue_s
        Seconds by which the planned departure of a route that has not left is past.
    stops_left
        There are stops that somebody could take over; where there are none, only its driver can be asked.
    """
    if overdue_s > pace.overdue_s:
        return Rung.GET_OUT
    if help_coming:
        return Rung.WATCH
    if chance_late >= pace.help_late_share:
        if not stops_left:
            return Rung.CALL
        return Rung.RESCUE_VAN if left_s < pace.van_needed_s else Rung.HELP
    lag = 0 if helped else behind
    if chance_late >= pace.call_late_share or lag >= pace.call_behind_count:
        return Rung.CALL
    if chance_late >= pace.watch_late_share or lag >= pace.watch_behind_count or silent:
        return Rung.WATCH
    return Rung.ON_PACE


def catch_up_min(behind: int, pace: Pace) -> float:
    """Driver-minutes that bring a route back to its plan by the trade's rule of thumb; 0 when it is ahead.

    A cross-check on the forecast's own figure: 40 stops behind is about 90 minutes.
    """
    return max(0, behind) * pace.minutes_per_stop_s / 60


def reason(
    at: Rung,
    *,
    behind: int,
    short_of_required: int,
    chance_late: float,
    finish_p80: str,
    finish_by: str,
    help_min: float,
    left_s: float,
    silent_s: float = 0.0,
) -> str:
    """Say in a sentence or two why a route stands where it stands; instants come as the station's clock shows them."""
    parts = [lag(behind)]
    if short_of_required > 0:
        parts.append(f"{_stops(short_of_required)} short of what its window needs")
    sentences = [f"{', '.join(parts)}; {_finish(finish_p80, finish_by, chance_late)}."]
    if silent_s > 0:
        sentences.append(f"Nothing heard for {silent_s / 60:.0f} min.")
    if at is Rung.HELP:
        sentences.append(f"About {help_min:.0f} min of help bring it back in time.")
    if at is Rung.RESCUE_VAN:
        sentences.append(
            f"It needs about {help_min:.0f} min of help and has {left_s / 3600:.1f} h left."
            if left_s > 0
            else "Its window is over."
        )
    return " ".join(sentences)


def reason_overdue(
    *, overdue_s: float, departs_at: str, finish_p80: str, finish_by: str, chance_late: float
) -> str:
    """Say of a route that has not left in time how late it is, and what that comes to; instants as in `reason`."""
    late = hours_text(overdue_s) if overdue_s >= S_PER_H else f"{overdue_s / 60:.0f} min"
    return (
        f"Has not left; planned {departs_at}, now {late} late. "
        f"Leaving now, it is {_finish(finish_p80, finish_by, chance_late)}."
    )


def _finish(finish_p80: str, finish_by: str, chance_late: float) -> str:
    return (
        f"back by {finish_p80} in 8 of 10 cases, window ends {finish_by} (chance of being late {chance_late:.0%})"
    )


def lag(behind: int) -> str:
    """Say how many stops a route is behind or ahead of its plan."""
    if behind == 0:
        return "On its plan"
    return f"{_stops(abs(behind))} {'behind' if behind > 0 else 'ahead'}"


def _stops(count: int) -> str:
    return f"{count} stop" if count == 1 else f"{count} stops"
