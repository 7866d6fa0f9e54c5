"""The road, where nobody recorded it: what happens between departure and return, derived from the day and a seed."""

from dispatchkit.road.simulate import facts_until

__all__ = ["facts_until"]
