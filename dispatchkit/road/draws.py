"""Chance without state: every draw is a hash of what it is about.

The same seed and the same words give the same draw, in whatever order, and however often, one asks. So two branches of
a day meet the same dogs, queues and red lights, and differ only by their decisions (common random numbers).
"""

import math
from collections.abc import Sequence
from hashlib import blake2b
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")

_BITS = 52
_STANDARD_NORMAL = NormalDist()
_UNIT_SEPARATOR = "\x1f"


def uniform(seed: int, *about: str) -> float:
    """A number between 0 and 1, neither of them included."""
    words = _UNIT_SEPARATOR.join((str(seed), *about))
    digest = blake2b(words.encode(), digest_size=8).digest()
    return ((int.from_bytes(digest, "big") >> (64 - _BITS)) + 0.5) / 2.0**_BITS


def normal(seed: int, *about: str) -> float:
    """A number with mean 0 and standard deviation 1, normally distributed."""
    return _STANDARD_NORMAL.inv_cdf(uniform(seed, *about))


def lognormal(spread_share: float, seed: int, *about: str) -> float:
    """A lognormal factor with mean 1 and standard deviation `spread_share`; just 1 where there is no spread."""
    variance = math.log1p(spread_share * spread_share)
    return math.exp(math.sqrt(variance) * normal(seed, *about) - variance / 2)


def exponential(mean: float, seed: int, *about: str) -> float:
    """A number above 0 with this mean, exponentially distributed: most are smaller, a few are several times as much."""
    return -mean * math.log(uniform(seed, *about))


def happens(share: float, seed: int, *about: str) -> bool:
    """Say whether something that happens in `share` of all cases (0 to 1) happens in this one."""
    return uniform(seed, *about) < share


def choice(options: Sequence[T], seed: int, *about: str) -> T:
    """One of the options, each equally likely; ValueError where there is none."""
    if not options:
        raise ValueError("There is nothing to choose from; give at least one option.")
    return options[int(uniform(seed, *about) * len(options))]
