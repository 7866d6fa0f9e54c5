"""Pace: stops done against stops needed by now, when every route will be back, and what that asks of dispatch. Pure."""

from dispatchkit.pace.board import Line, pace_board
from dispatchkit.pace.ladder import Rung

__all__ = ["Line", "Rung", "pace_board"]
