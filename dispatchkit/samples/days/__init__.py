"""The six sample days, a module each: what is set up, what happens, and what is to be said about it."""

from dispatchkit.samples.days import (
    bad_morning,
    calm_day,
    clocks_change,
    malformed,
    past_midnight,
    rescue_cascade,
)
from dispatchkit.samples.days.story import About, Story

STORIES: tuple[Story, ...] = (
    calm_day.STORY,
    bad_morning.STORY,
    rescue_cascade.STORY,
    clocks_change.STORY,
    past_midnight.STORY,
    malformed.STORY,
)

__all__ = ["STORIES", "About", "Story"]
