"""A whole day, run by the program itself through the same desk and decisions that people use."""

from dispatchkit.run_day.result import DayResult, as_printed
from dispatchkit.run_day.run import run_days
from dispatchkit.run_day.sample import go_on, prepare_sample

__all__ = ["DayResult", "as_printed", "go_on", "prepare_sample", "run_days"]
