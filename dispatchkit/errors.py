"""Errors for people: each message says where, what is wrong and what to do next."""

from collections.abc import Iterable


class WorkbenchError(Exception):
    """Anything that a person has to be told. The message is one or more whole sentences."""


class Refused(WorkbenchError):
    """A decision that the rules do not allow. Nothing was written.

    Attributes
    ----------
    reasons
        Sentences for the dispatcher, the same ones that the page shows beside the disabled button.
    """

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))

    def __reduce__(self) -> tuple[type["Refused"], tuple[tuple[str, ...]]]:
        """Go whole from a process in which something was worked out to the one that tells the person."""
        return type(self), (self.reasons,)


class Stale(WorkbenchError):
    """The day has moved on since it was read. Nothing was written.

    Attributes
    ----------
    changes
        Sentences: what was written meanwhile, and by whom.
    """

    def __init__(self, changes: Iterable[str]) -> None:
        self.changes = tuple(changes)
        changed = " ".join(self.changes)
        super().__init__(f"The day has changed since you looked: {changed} Look again, then decide.")

    def __reduce__(self) -> tuple[type["Stale"], tuple[tuple[str, ...]]]:
        """Go whole from one process to another."""
        return type(self), (self.changes,)


class NotFound(WorkbenchError):
    """Something was asked for by name and is not there."""


class Damaged(WorkbenchError):
    """Stored data does not say what was once written. Restore a backup; never go on working with it."""
