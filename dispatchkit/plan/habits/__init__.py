"""The order in which drivers take zones: learned from routes that were driven, and kept when a route is ordered."""

from dispatchkit.plan.habits.learned import DrivenRoute, learned
from dispatchkit.plan.habits.order import sequence_by_habit
from dispatchkit.plan.habits.steps import Habits, habits_of

__all__ = ["DrivenRoute", "Habits", "habits_of", "learned", "sequence_by_habit"]
