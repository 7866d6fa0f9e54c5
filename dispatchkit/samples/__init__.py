"""A synthetic station with one calm day, made from a seed: nothing in it is a real person, address or parcel."""

from dispatchkit.samples.files import read, write
from dispatchkit.samples.station import SEED, SampleStation, generate

__all__ = ["SEED", "SampleStation", "generate", "read", "write"]
