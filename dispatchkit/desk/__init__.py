"""The desk: the one shell for app, command line and analysts. It owns clock and identity, and knows no room."""

from dispatchkit.desk.desk import Decision, Desk
from dispatchkit.desk.stored import StoredRecords

__all__ = ["Decision", "Desk", "StoredRecords"]
