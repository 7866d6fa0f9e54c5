"""The log of service days, on SQLite or PostgreSQL: the only SQL in the program."""

from dispatchkit.log.directory import Directory
from dispatchkit.log.engine import Busy, StoreUnavailable
from dispatchkit.log.log import DayHead, Log, open_log
from dispatchkit.log.presence import Presence, Present
from dispatchkit.log.verify import Verification

__all__ = ["Busy", "DayHead", "Directory", "Log", "Presence", "Present", "StoreUnavailable", "Verification", "open_log"]
