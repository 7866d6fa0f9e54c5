"""A day whose files are malformed in every way that dispatchers meet: one file for each, with what is wrong with it."""

from dispatchkit.samples.papers.malformed.folder import about_malformed, malformed
from dispatchkit.samples.papers.malformed.made import Malformed

__all__ = ["Malformed", "about_malformed", "malformed"]
