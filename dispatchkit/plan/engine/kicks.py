"""The order of one route, kicked and put right again some ten thousand times a second.

The method is iterated local search. A kick exchanges three neighbouring pieces of the order, as the double bridge does
(O. Martin, S. Otto and E. Felten, Complex Systems 5, 1991), or brings a late stop forward; then 2-opt, and 3-opt with
pieces of any length, put right what stands round it, with lists of near stops. Seconds need not be the same in both
directions: what a turned piece costs is the difference of two running sums. Windows are kept by a price on being late,
and a change is timed only where it could pay.

Everything here is loops over arrays, compiled by numba.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

compiled = njit(cache=True, nogil=True)
"""Without the interpreter's lock, so that threads search side by side."""

inlined = njit(cache=True, nogil=True, inline="always")
"""A call costs more than most functions here do: for each array in it, the references are counted up and down."""

LEAST_S = 1e-3
"""Less than this is rounding, not a better order."""

HURRY_SHARE = 0.5
"""Share of the kicks by which a late stop is driven to earlier, where one is late. With as many kicks, the orders were
as good as without, in a fifth less time: less is to be put right."""

RISEN_SHARE = 0.8
"""Share of the kicks by which the price of being late has risen in full."""


class Stops(NamedTuple):
    """What is known of the stops of a route; place 0 is the station. A value per place, or per pair of places.

    Attributes
    ----------
    cost_s
        What a leg from row to column counts, in seconds of driving.
    drive_s
        How long it takes.
    opens_s, closes_s, service_s
        Windows, 0 and endless where there is none; seconds at the stop. The station closes at the end of the shift.
    near_next, near_before
        The places to which, and from which, a leg counts least; shape (places, near).
    spare_s
        How much more may be counted by a change that is looked at because it may save lateness.
    """

    cost_s: NDArray[np.float32]
    drive_s: NDArray[np.float32]
    opens_s: NDArray[np.float64]
    closes_s: NDArray[np.float64]
    service_s: NDArray[np.float64]
    near_next: NDArray[np.int32]
    near_before: NDArray[np.int32]
    spare_s: float


class Way(NamedTuple):
    """An order as it stands: by position, with the station at position 0 and once more at the end.

    Attributes
    ----------
    order, at
        The place at each position, and the position of each place.
    along_s, against_s
        What the legs up to a position count, driven along the order and against it.
    done_s, late_s
        When the stop there is done, and by how much all up to it have been late.
    latest_s
        When the stop there has to begin at the latest for it and all after it to be in time; endless
        early where no time will do.
    """

    order: NDArray[np.int32]
    at: NDArray[np.int64]
    along_s: NDArray[np.float64]
    against_s: NDArray[np.float64]
    done_s: NDArray[np.float64]
    late_s: NDArray[np.float64]
    latest_s: NDArray[np.float64]


class Change(NamedTuple):
    """Two pieces that come, in this order, to where they stood: positions from, to (not with it) and step of each."""

    a_from: int
    a_to: int
    a_step: int
    b_from: int
    b_to: int
    b_step: int


@compiled
def reckon(stops: Stops, way: Way, x: int, z: int, timed: bool) -> None:
    """Work out what follows from the order where the places behind position x, up to position z, are others."""
    _reckon_legs(stops, way, x, z)
    if timed:
        _reckon_done(stops, way, x, z)
        _reckon_latest(stops, way, x, z)


@compiled
def reckon_all(stops: Stops, way: Way, timed: bool) -> None:
    """Work out all that follows from the order."""
    way.latest_s[-1] = stops.closes_s[0]
    reckon(stops, way, 0, way.order.size - 2, timed)


@inlined
def _reckon_legs(stops: Stops, way: Way, x: int, z: int) -> None:
    cost_s, order, at, along_s, against_s = stops.cost_s, way.order, way.at, way.along_s, way.against_s
    along, against = along_s[x], against_s[x]
    was_along, was_against = along_s[z + 1], against_s[z + 1]
    a = order[x]
    at[a] = x
    for k in range(x + 1, z + 1):
        b = order[k]
        along += cost_s[a, b]
        against += cost_s[b, a]
        at[b], along_s[k], against_s[k] = k, along, against
        a = b
    b = order[z + 1]
    more, more_against = along + cost_s[a, b] - was_along, against + cost_s[b, a] - was_against
    for k in range(z + 1, order.size):
        along_s[k] += more
        against_s[k] += more_against


@inlined
def _reckon_done(stops: Stops, way: Way, x: int, z: int) -> None:
    drive_s, opens_s, closes_s, service_s = stops.drive_s, stops.opens_s, stops.closes_s, stops.service_s
    order, done_s, late_s = way.order, way.done_s, way.late_s
    t, late, before = done_s[x], late_s[x], order[x]
    for k in range(x + 1, order.size):
        c = order[k]
        t = max(t + drive_s[before, c], opens_s[c])
        late += max(0.0, t - closes_s[c])
        t += service_s[c]
        if k > z and t == done_s[k]:    # from here on it goes as before
            more = late - late_s[k]
            for rest in range(k, order.size):
                late_s[rest] += more
            return
        done_s[k], late_s[k] = t, late
        before = c


@inlined
def _reckon_latest(stops: Stops, way: Way, x: int, z: int) -> None:
    drive_s, opens_s, closes_s, service_s = stops.drive_s, stops.opens_s, stops.closes_s, stops.service_s
    order, latest_s = way.order, way.latest_s
    t, after = latest_s[z + 1], order[z + 1]
    for k in range(z, 0, -1):
        c = order[k]
        t = min(t - drive_s[c, after] - service_s[c], closes_s[c])
        if t < opens_s[c]:
            t = -np.inf     # it opens too late for what comes after it
        if k <= x and t == latest_s[k]:     # and so it is for all before it
            return
        latest_s[k] = t
        after = c


@inlined
def _late_s(stops: Stops, way: Way, x: int, z: int, change: Change, most_s: float) -> float:
    """By how much all stops are late once the pieces between positions x and z are changed; endless beyond `most_s`."""
    t, late, before = way.done_s[x], way.late_s[x], way.order[x]
    for piece in range(2):
        first, end, step = change.a_from, change.a_to, change.a_step
        if piece:
            first, end, step = change.b_from, change.b_to, change.b_step
        for k in range(first, end, step):
            c = way.order[k]
            t = max(t + stops.drive_s[before, c], stops.opens_s[c])
            if t > stops.closes_s[c]:
                late += t - stops.closes_s[c]
                if late > most_s:
                    return np.inf
            t += stops.service_s[c]
            before = c
    for k in range(z + 1, way.order.size):
        c = way.order[k]
        t = max(t + stops.drive_s[before, c], stops.opens_s[c])
        if t <= way.latest_s[k]:
            return late
        if t > stops.closes_s[c]:
            late += t - stops.closes_s[c]
            if late > most_s:
                return np.inf
        t += stops.service_s[c]
        before = c
    return late


@inlined
def _make(way: Way, room: NDArray[np.int32], x: int, change: Change) -> None:
    """Change the order; what follows from it stays to be reckoned."""
    count = 0
    for k in range(change.a_from, change.a_to, change.a_step):
        room[count] = way.order[k]
        count += 1
    for k in range(change.b_from, change.b_to, change.b_step):
        room[count] = way.order[k]
        count += 1
    way.order[x + 1 : x + 1 + count] = room[:count]


@inlined
def _turned_s(way: Way, first: int, last: int) -> float:
    """What it costs to drive the legs between two positions the other way round."""
    return way.against_s[last] - way.against_s[first] - way.along_s[last] + way.along_s[first]


@inlined
def _worth_s(
    stops: Stops, way: Way, x: int, z: int, change: Change, more_s: float, best_s: float, price: float, timed: bool
) -> float:
    """What a change comes to with its lateness; endless where that is no better than the best so far."""
    if not timed:
        return more_s
    late_s = way.late_s[-1]
    most_s = late_s + (best_s - more_s) / price
    return more_s + price * (_late_s(stops, way, x, z, change, most_s) - late_s) if most_s >= 0.0 else np.inf


@inlined
def _best_turn(
    stops: Stops, way: Way, place: int, price: float, timed: bool, best_s: float
) -> tuple[float, int, int, Change]:
    """Find the piece to be turned (2-opt) that brings a near stop right before or after a place and saves most."""
    cost_s, order, at, last = stops.cost_s, way.order, way.at, way.order.size - 1
    spare_s = min(price * way.late_s[last], stops.spare_s) if timed else 0.0
    found_x, found_z, found = 0, 0, Change(0, 0, 1, 0, 0, 1)
    i = at[place]
    for form in range(4):
        if i == 0 and form:
            break
        near = stops.near_next[place] if form < 2 else stops.near_before[place]
        # the leg that goes: after the place where it leads or ends the turned piece from outside, else before it
        gone_s = cost_s[place, order[i + 1]] if form % 2 == 0 else cost_s[order[i - 1], place]
        for other in near:
            new_s = cost_s[place, other] if form < 2 else cost_s[other, place]
            if gone_s - new_s + spare_s <= LEAST_S:
                break
            j = at[other]
            if form == 0:
                x, z = i, j             # place | … other |
            elif form == 1:
                x, z = i - 1, (j or last) - 1        # | place … | other
            elif form == 2:
                x, z = j, i             # other | … place |
            else:
                x, z = j - 1, i - 1     # | other … | place
            if x < 0 or z <= x + 1:
                continue
            a, b, c, d = order[x], order[x + 1], order[z], order[z + 1]
            more_s = _turned_s(way, x + 1, z) + cost_s[a, c] + cost_s[b, d] - cost_s[a, b] - cost_s[c, d]
            if more_s - spare_s < best_s:
                change = Change(z, x, -1, 0, 0, 1)
                worth_s = _worth_s(stops, way, x, z, change, more_s, best_s, price, timed)
                if worth_s < best_s:
                    best_s, found_x, found_z, found = worth_s, x, z, change
    return best_s, found_x, found_z, found


@inlined
def _best_exchange(
    stops: Stops, way: Way, a: int, price: float, timed: bool, best_s: float
) -> tuple[float, int, int, Change]:
    """Find the two pieces to be exchanged (3-opt), one of them perhaps turned, that bring a near stop after a place.

    With a, b and p, c and e, f the neighbours that are parted, c comes after a and e before b. All that is said of
    positions holds round the circle that the station closes.
    """
    cost_s, order, at, last = stops.cost_s, way.order, way.at, way.order.size - 1
    spare_s = min(price * way.late_s[last], stops.spare_s) if timed else 0.0
    found_x, found_z, found = 0, 0, Change(0, 0, 1, 0, 0, 1)
    i = at[a]
    b = order[i + 1]
    for c in stops.near_next[a]:
        gain_s = cost_s[a, b] - cost_s[a, c]
        if gain_s + spare_s <= LEAST_S:
            break
        if c == b:
            continue
        j = at[c] if c else last
        p = order[j - 1]
        for e in stops.near_before[b]:
            second_s = gain_s + cost_s[p, c] - cost_s[e, b]
            if second_s + spare_s <= LEAST_S:
                break
            k = at[e]
            if j > i:
                if i < k < j:
                    if c == 0 or k == i + 1:
                        continue
                    # e … c turned before b … q: a c … e b … q f
                    q, f = order[k - 1], order[j + 1]
                    x, z, change = i, j, Change(j, k - 1, -1, i + 1, k, 1)
                    more_s = _turned_s(way, k, j) - gain_s + cost_s[e, b] + cost_s[q, f] - cost_s[q, e] - cost_s[c, f]
                else:
                    if k == i:
                        continue
                    x, y, z = (i, j - 1, k) if k > i else (k, i, j - 1)
                    change = Change(y + 1, z + 1, 1, x + 1, y + 1, 1)
                    more_s = cost_s[p, order[k + 1]] - cost_s[e, order[k + 1]] - second_s
            elif j <= k < i:
                x, y, z = j - 1, k, i
                change = Change(y + 1, z + 1, 1, x + 1, y + 1, 1)
                more_s = cost_s[p, order[k + 1]] - cost_s[e, order[k + 1]] - second_s
            else:
                continue
            if more_s - spare_s < best_s:
                worth_s = _worth_s(stops, way, x, z, change, more_s, best_s, price, timed)
                if worth_s < best_s:
                    best_s, found_x, found_z, found = worth_s, x, z, change
        if c == 0 or j < i:
            continue
        for e in stops.near_before[p]:
            k = at[e]
            if k < j:
                continue
            # c … e before b … p turned: a c … e p … b f
            f = order[k + 1]
            more_s = _turned_s(way, i + 1, j - 1) - gain_s + cost_s[e, p] + cost_s[b, f] - cost_s[p, c] - cost_s[e, f]
            if more_s - spare_s < best_s:
                change = Change(j, k + 1, 1, j - 1, i, -1)
                worth_s = _worth_s(stops, way, i, k, change, more_s, best_s, price, timed)
                if worth_s < best_s:
                    best_s, found_x, found_z, found = worth_s, i, k, change
    return best_s, found_x, found_z, found


@compiled
def _settle(
    stops: Stops, way: Way, room: NDArray[np.int32], waiting: NDArray[np.int32], waits: NDArray[np.bool_], count: int,
    price: float, timed: bool,
) -> None:  # fmt: skip
    """Put the order right round the places that wait, and round what that changes, until nothing saves anything."""
    while count:
        count -= 1
        place = waiting[count]
        waits[place] = False
        while True:
            worth_s, x, z, change = _best_turn(stops, way, place, price, timed, -LEAST_S)
            other_s, other_x, other_z, other = _best_exchange(stops, way, place, price, timed, worth_s)
            if other_s < worth_s:
                worth_s, x, z, change = other_s, other_x, other_z, other
            if worth_s >= -LEAST_S:
                break
            ends = (
                x, x + 1, z, z + 1, change.a_from, change.a_to - change.a_step,
                max(0, change.b_from), max(0, change.b_to - change.b_step),
            )  # fmt: skip
            for k in ends:
                c = way.order[k]
                if not waits[c] and c != place:
                    waits[c] = True
                    waiting[count] = c
                    count += 1
            _make(way, room, x, change)
            reckon(stops, way, x, z, timed)


@inlined
def _wait(way: Way, at: tuple[int, ...], waiting: NDArray[np.int32], waits: NDArray[np.bool_]) -> int:
    """Let the places at these positions wait, each once, where none waited before; return how many do."""
    count = 0
    for k in at:
        c = way.order[k]
        if not waits[c]:
            waits[c] = True
            waiting[count] = c
            count += 1
    return count


@inlined
def _kick(
    way: Way, room: NDArray[np.int32], waiting: NDArray[np.int32], waits: NDArray[np.bool_], rng: np.random.Generator,
    piece: int,
) -> tuple[int, int, int]:  # fmt: skip
    """Exchange three neighbouring pieces, the first with the last; their ends then wait.

    Return how many do, and the positions behind which and up to which the order is another.
    """
    last = way.order.size - 1
    longest = min(piece, max(1, last // 3))
    x = int(rng.random() * (last - 3))
    y = min(x + 1 + int(rng.random() * longest), last - 3)
    z = min(y + 1 + int(rng.random() * longest), last - 2)
    w = min(z + 1 + int(rng.random() * longest), last - 1)
    count = _wait(way, (x, x + 1, y, y + 1, z, z + 1, w, w + 1), waiting, waits)
    room[: w - z] = way.order[z + 1 : w + 1]
    room[w - z : w - y] = way.order[y + 1 : z + 1]
    room[w - y : w - x] = way.order[x + 1 : y + 1]
    way.order[x + 1 : w + 1] = room[: w - x]
    return count, x, w


@inlined
def _hurry(
    stops: Stops, way: Way, waiting: NDArray[np.int32], waits: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[int, int, int]:
    """Drive to a late stop earlier, right after one of the places from which it is near; as `_kick` otherwise."""
    drawn_s, i = rng.random() * way.late_s[-1], 1
    while way.late_s[i] <= drawn_s and i < way.order.size - 2:
        i += 1
    c = way.order[i]
    before = stops.near_before[c, int(rng.random() * stops.near_before.shape[1])]
    x = way.at[before] if way.at[before] < i else int(rng.random() * i)
    for k in range(i, x + 1, -1):
        way.order[k] = way.order[k - 1]
    way.order[x + 1] = c
    return _wait(way, (x, x + 1, x + 2, i, i + 1), waiting, waits), x, i


@inlined
def _copy(way: Way, to: Way) -> None:
    to.order[:], to.at[:] = way.order, way.at
    to.along_s[:], to.against_s[:] = way.along_s, way.against_s
    to.done_s[:], to.late_s[:], to.latest_s[:] = way.done_s, way.late_s, way.latest_s


@inlined
def _note(way: Way, best: NDArray[np.int32], least: NDArray[np.float64]) -> None:
    """Keep the order where it is late by less than the best one, or as late and counts less."""
    late_s, along_s = way.late_s[-1], way.along_s[-1]
    if late_s < least[0] - LEAST_S or (late_s < least[0] + LEAST_S and along_s < least[1] - LEAST_S):
        least[0], least[1] = late_s, along_s
        best[:] = way.order


@compiled
def search(
    stops: Stops, way: Way, best: NDArray[np.int32], least: NDArray[np.float64], rng: np.random.Generator, kicks: int,
    price: float, full_price: float, timed: bool, heat_s: float, piece: int,
) -> None:  # fmt: skip
    """Settle the order, then kick and settle it so many times, all of it in place.

    While being late is cheap, the order is one of little driving; as its price rises, windows come to be kept.

    Parameters
    ----------
    way
        The order to start from.
    best, least
        The best order found, and its lateness and what it counts: the least late one that counts least.
    price, full_price
        Of a second late, in seconds of driving: at first, and in the end.
    timed
        Whether windows and shift are looked at; without, nobody is late.
    heat_s
        By how much an order may be worse than the one before it, on average: at first; it falls to nothing.
    piece
        Stops of a piece that a kick exchanges, at most.
    """
    last = way.order.size - 1
    room, waiting = np.empty(last + 1, dtype=np.int32), np.empty(last + 1, dtype=np.int32)
    waits = np.ones(last, dtype=np.bool_)
    for k in range(last):
        waiting[k] = way.order[last - 1 - k]
    reckon_all(stops, way, timed)
    _note(way, best, least)
    _settle(stops, way, room, waiting, waits, last, price, timed)
    _note(way, best, least)
    before = Way(
        way.order.copy(), way.at.copy(), way.along_s.copy(), way.against_s.copy(), way.done_s.copy(),
        way.late_s.copy(), way.latest_s.copy(),
    )  # fmt: skip
    for kick in range(kicks if last > 3 else 0):
        now = price * (full_price / price) ** min(1.0, kick / kicks / RISEN_SHARE)
        if timed and way.late_s[last] > LEAST_S and rng.random() < HURRY_SHARE:
            count, x, w = _hurry(stops, way, waiting, waits, rng)
        else:
            count, x, w = _kick(way, room, waiting, waits, rng, piece)
        reckon(stops, way, x, w, timed)
        _settle(stops, way, room, waiting, waits, count, now, timed)
        worse_s = way.along_s[last] - before.along_s[last] + now * (way.late_s[last] - before.late_s[last])
        if worse_s < -heat_s * (1.0 - kick / kicks) * math.log(1.0 - rng.random()):
            _copy(way, before)
            _note(way, best, least)
        else:
            _copy(before, way)
