"""Two synthetic stations with six sample days and eight weeks of history, made from seeds.

Nothing in them is a real person, address or parcel.
"""

from dispatchkit.samples.days import STORIES
from dispatchkit.samples.files import write
from dispatchkit.samples.history import History
from dispatchkit.samples.station import SEED, SampleStation, generate

__all__ = ["SEED", "STORIES", "History", "SampleStation", "generate", "write"]
