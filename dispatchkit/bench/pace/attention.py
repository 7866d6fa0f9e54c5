"""What asks for somebody, look by look, by the alarms' own lines: raised, standing, cleared, back, raised again."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatchkit.bench.pace.looks import EVERY_S, Looks
from dispatchkit.pace.factors import Array
from dispatchkit.station import Station

EARLY_S = 150 * 60
"""So long before the end of its window a late route has to be flagged."""


class Asked(NamedTuple):
    """Of one day.

    Attributes
    ----------
    flagged
        Of shape (routes,): its alarm stands `EARLY_S` before the end of its window.
    items, again
        Alarms raised, and those of them that chatter.
    hours
        From the first departure until the last return.
    windows, floods
        Windows in them in which the profile counts alarms, and those with a flood.
    """

    flagged: NDArray[np.bool_]
    items: int
    again: int
    hours: float
    windows: int
    floods: int


def asked(seen: Looks, chance_late: Array, *, raise_at: float, clear_at: float, station: Station) -> Asked:
    """Go through a day's looks as the watch does.

    Parameters
    ----------
    chance_late
        Of shape (looks, routes).
    """
    day, rates = seen.day, station.alarm_rates
    stands = np.zeros(len(day.left_s), dtype=bool)
    flagged, cleared_s = stands.copy(), np.full(len(day.left_s), -np.inf)
    raised, again = np.zeros(len(seen.at_s), dtype=int), 0
    last_look = np.floor((day.routes.finish_by_s - EARLY_S) / EVERY_S) * EVERY_S
    at = seen.at_s[:, None]
    overdue = (day.left_s > at) & (at - day.routes.departs_s > station.pace.overdue_s)
    judged = (at - day.left_s >= station.alarm.settle_s) | (chance_late >= station.pace.help_late_share)
    for look, at_s in enumerate(seen.at_s):
        there = day.back_s > at_s
        new = there & judged[look] & ~stands & (chance_late[look] >= raise_at)
        over = stands & (~there | ((chance_late[look] <= clear_at) & seen.out[look]))
        for_a_moment = (at_s - cleared_s <= station.alarm.returns_within_s) & (
            chance_late[look] < station.pace.help_late_share
        )
        raised_anew = new & ~for_a_moment
        again += int((raised_anew & (at_s - cleared_s <= rates.chatter_s)).sum())
        stands = (stands | new) & ~over
        cleared_s = np.where(over, at_s, cleared_s)
        raised[look] = raised_anew.sum() + (overdue[look] & ~overdue[max(0, look - 1)]).sum()
        flagged = np.where(np.isclose(at_s, last_look), stands, flagged)
    spread = _spread(raised, seen, rates.window_s)
    return Asked(
        flagged=flagged,
        items=int(raised.sum()),
        again=again,
        hours=float(day.back_s.max() - day.left_s.min()) / 3600,
        windows=len(spread),
        floods=int((spread >= rates.flood_count).sum()),
    )


def _spread(raised: NDArray[np.int64], seen: Looks, window_s: float) -> NDArray[np.int64]:
    """Items in each window; those of one look fall into one."""
    windows = np.zeros(int(np.ceil(seen.day.back_s.max() / window_s)) + 1, dtype=int)
    np.add.at(windows, np.minimum((seen.at_s // window_s).astype(int), len(windows) - 1), raised)
    return windows
