"""Guessing made slow: after a few wrong passwords each further try has to wait, longer every time. Pure."""

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from dispatchkit.station.profile import SignIn


class _Wrong(NamedTuple):
    times: int
    last_s: float


class WrongTries:
    """How often each name, and each address, was wrong of late.

    A try is counted when it begins and taken back when it was right: many at the same moment are many tries.
    Names that nobody has are counted too, so that a wait says nothing about who is there.

    Parameters
    ----------
    rules
        How many tries are free, how long the first wait is and the longest, and when all is forgotten.
    """

    def __init__(self, rules: SignIn) -> None:
        self._rules = rules
        self._wrong: dict[Hashable, _Wrong] = {}

    def wait_s(self, who: Hashable, now_s: float, free_count: int) -> float:
        """Return how long `who` still has to wait, in seconds; 0 when a try is allowed now.

        Parameters
        ----------
        now_s
            Seconds of a clock that never goes back.
        free_count
            Tries that are free of any wait.
        """
        times, last_s = self._wrong.get(who, _Wrong(0, now_s))
        if times < free_count or now_s - last_s > self._rules.forget_s:
            return 0.0
        doublings = min(times - free_count, 32)  # beyond that every wait is the longest one
        wait_s = min(self._rules.first_wait_s * 2.0**doublings, self._rules.longest_wait_s)
        return max(0.0, last_s + wait_s - now_s)

    def began(self, who: Hashable, now_s: float) -> None:
        """Count a try; what is older than the rules remember is dropped."""
        for old in list(self._forgotten(now_s)):
            del self._wrong[old]
        self._wrong[who] = _Wrong(self._wrong.get(who, _Wrong(0, now_s)).times + 1, now_s)

    def was_right(self, who: Hashable) -> None:
        """Take the try back, and forget all before it."""
        self._wrong.pop(who, None)

    def take_back(self, who: Hashable) -> None:
        """Take one try back, and remember those before it."""
        if (held := self._wrong.pop(who, None)) and held.times > 1:
            self._wrong[who] = held._replace(times=held.times - 1)

    def _forgotten(self, now_s: float) -> Iterator[Hashable]:
        return (who for who, wrong in self._wrong.items() if now_s - wrong.last_s > self._rules.forget_s)
