"""Why neighbours cannot take a route over, in sentences, each with the limit that it is about. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from dispatchkit.plan.absorb.answer import Limit
from dispatchkit.plan.absorb.room import Room
from dispatchkit.plan.absorb.share_out import Share, Shared
from dispatchkit.plan.effect import Figures
from dispatchkit.plan.locks import listed
from dispatchkit.roster.fit import CM3_PER_M3, S_PER_H
from dispatchkit.times import hours_text


class WhyNot(NamedTuple):
    """A limit, and the sentence that tells of it."""

    limit: Limit
    sentence: str


def too_little(codes: Sequence[str], rooms: Sequence[Room], *, service_s: float, volume_cm3: float) -> WhyNot | None:
    """Why these neighbours could not take so much work, whatever the road; None where they might."""
    if not codes:
        return WhyNot(Limit.NO_NEIGHBOUR, "there is no other route that could take stops.")
    if not any(room.work_s > 0 for room in rooms):
        return WhyNot(Limit.TIME, f"no driver of {listed(list(codes))} has time left.")
    named, work_s = listed(list(codes)), sum(room.work_s for room in rooms)
    if work_s < service_s:
        return WhyNot(
            Limit.TIME,
            f"{named} have {hours_text(work_s)} to spare together, and its doors alone take {hours_text(service_s)}.",
        )
    free_cm3 = sum(room.volume_cm3 for room in rooms)
    if free_cm3 < volume_cm3:
        return WhyNot(
            Limit.VAN_VOLUME,
            f"the vans of {named} have room for {free_cm3 / CM3_PER_M3:.1f} m³ together, and it has "
            f"{volume_cm3 / CM3_PER_M3:.1f} m³.",
        )
    return None


def left_over(shared: Shared, codes: Sequence[str], stops: int, *, most_takers: int) -> WhyNot | None:
    """Why sharing out did not come to its end; None where every stop found room."""
    if shared.complete:
        if len(shared.shares) <= most_takers:
            return None
        return WhyNot(Limit.TIME, f"more than {most_takers} routes would have to take stops of it.")
    left = len(shared.no_time) + len(shared.no_volume)
    of_volume = len(shared.no_volume) > len(shared.no_time)
    what = "van has room" if of_volume else "driver has time"
    return WhyNot(
        Limit.VAN_VOLUME if of_volume else Limit.TIME,
        f"for {left} of its {stops} stops no {what} among {listed(list(codes))}.",
    )


def does_not_fit(
    share: Share, after: Figures, *, late_before: frozenset[str], least_chance_share: float
) -> WhyNot | None:
    """Why a taker cannot take its share, worked through exactly; None where it can."""
    code = share.taking.route.code
    if late := [s for s in after.late_stop_ids if s not in late_before]:
        return WhyNot(Limit.WINDOW, f"{code} would come too late to {listed(late)}.")
    if after.hours * S_PER_H > share.taking.shift_s:
        return WhyNot(Limit.TIME, f"{code} would be out for {hours_text(after.hours * S_PER_H)} by its plan.")
    if after.chance_in_time < least_chance_share:
        return WhyNot(Limit.CHANCE, f"{code} would be in time with {after.chance_in_time:.0%} only.")
    return None
