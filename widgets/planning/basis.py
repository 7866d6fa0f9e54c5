"""What an answer about the plan in hand rests on, as a short text that is another whenever the answer may be."""

from hashlib import sha256

import msgspec

from dispatchkit.day import Day
from dispatchkit.day.pre_load_out import NO_LOCKS


def basis_of(day: Day, *, loading: bool = False) -> str:
    """The plan in hand and its crew; with `loading` also what is locked, being loaded or gone."""
    before = day.pre_load_out
    rests_on: list[object] = [
        before.in_hand, before.plan_digest, before.driver_of, before.van_of, before.grounded, before.attendance,
        before.roster, before.fleet,
    ]  # fmt: skip
    if loading:
        locks = before.locks.get(before.in_hand, NO_LOCKS)
        rests_on += [sorted(locks.route_ids), sorted(day.load_out.loading), sorted(day.load_out.departed)]
    return sha256(msgspec.json.encode(rests_on, order="deterministic")).hexdigest()
