"""Figures of a day that several parts of a screen ask for: worked out once, since a day at a version never changes."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from dispatchkit.day.fold import Day

P = ParamSpec("P")
R = TypeVar("R")


def remembered(work: Callable[Concatenate[Day, P], R]) -> Callable[Concatenate[Day, P], R]:
    """Return `work`, which keeps with the day what it made of it last, and gives that to whoever asks the same again.

    Only for pure functions that return values: everybody is given the same one. What is kept goes with the day.
    """
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def once(day: Day, /, *args: P.args, **kwargs: P.kwargs) -> R:
        held = day.__dict__.get(name)
        if held is not None and held[0] == (args, kwargs):
            made: R = held[1]
            return made
        made = work(day, *args, **kwargs)
        day.__dict__[name] = (args, kwargs), made
        return made

    return once
