"""A service day is a log: the facts that can be in it, and the fold that makes a day of them. Pure."""

from dispatchkit.day.entry import Entry
from dispatchkit.day.fold import Day, fold, follow, voids
from dispatchkit.day.rules import Artifacts, NoArtifacts

__all__ = ["Artifacts", "Day", "Entry", "NoArtifacts", "fold", "follow", "voids"]
