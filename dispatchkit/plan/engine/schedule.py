"""When each stop of a route is reached and done, by its plan. Pure.

Everything that needs an expected completion asks here, so that the board, the solver and the report mean the same.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Schedule:
    """A route's planned instants, in seconds after its departure, one per stop in order.

    Attributes
    ----------
    arrive_s
        The van halts.
    wait_s
        How long it then waits for the customer's window to open.
    done_s
        The stop is done: arrival, wait and service.
    late_s
        How long after the window's closing service starts; 0 without a window.
    back_s
        The van is back at the station (one figure).
    break_after
        Position of the stop after which the break is taken, before the drive to the next; None without a break.
    """

    arrive_s: NDArray[np.float64]
    wait_s: NDArray[np.float64]
    done_s: NDArray[np.float64]
    late_s: NDArray[np.float64]
    back_s: float
    break_after: int | None


def schedule(
    drive_s: ArrayLike,
    service_s: ArrayLike,
    opens_s: ArrayLike | None = None,
    closes_s: ArrayLike | None = None,
    *,
    break_s: float = 0.0,
) -> Schedule:
    """Work a route through from departure to return.

    A van that comes before a window opens waits; one that comes after it closes serves late. The break is taken after
    the stop whose completion is nearest to half of the work (drive and service, without waiting).

    Parameters
    ----------
    drive_s
        Seconds of each leg: station → first stop, …, last stop → station; one more than stops.
    service_s
        Planned seconds at each stop.
    opens_s, closes_s
        The windows in seconds after departure, not a number where there is none; None for no windows at all.
    break_s
        Length of the break; 0 for none.
    """
    drive, service = np.asarray(drive_s, dtype=float), np.asarray(service_s, dtype=float)
    n = service.size
    if drive.size != n + 1:
        raise ValueError(f"{n} stops need {n + 1} legs, but {drive.size} were given.")
    if not ((drive >= 0).all() and (service >= 0).all() and break_s >= 0):
        raise ValueError("Negative or unknown drive, service or break seconds not understood.")
    opens, closes = _windows(opens_s, n, -np.inf), _windows(closes_s, n, np.inf)
    done_s = np.cumsum(drive[:-1] + service)
    break_after = None
    if break_s and n:
        break_after = int(np.argmin(np.abs(done_s - (drive.sum() + service.sum()) / 2)))
        done_s[break_after + 1 :] += break_s
    # A wait pushes everything behind it, until a longer one swallows it: the running maximum of the waits on an
    # unhindered route is how far each stop is pushed.
    pushed_s = np.maximum(0.0, np.maximum.accumulate(opens - (done_s - service))) if n else np.zeros(0)
    before_s = np.concatenate([[0.0], pushed_s[:-1]]) if n else pushed_s
    arrive_s = done_s - service + before_s
    start_s = done_s - service + pushed_s
    done_s = done_s + pushed_s
    back_s = float(drive[-1] + (done_s[-1] if n else 0.0) + (break_s if break_after == n - 1 else 0.0))
    return Schedule(
        arrive_s=arrive_s,
        wait_s=pushed_s - before_s,
        done_s=done_s,
        late_s=np.maximum(0.0, start_s - closes),
        back_s=back_s,
        break_after=break_after,
    )


def _windows(bounds_s: ArrayLike | None, n: int, none: float) -> NDArray[np.float64]:
    bounds = np.full(n, np.nan) if bounds_s is None else np.asarray(bounds_s, dtype=float)
    if bounds.size != n:
        raise ValueError(f"{n} stops need {n} windows, but {bounds.size} were given.")
    return np.where(np.isnan(bounds), none, bounds)
