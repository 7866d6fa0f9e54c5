"""The station profile: every threshold, tier and rule as data, with unit and source."""

from dispatchkit.station.load import BadProfile, load
from dispatchkit.station.profile import Station

__all__ = ["BadProfile", "Station", "load"]
