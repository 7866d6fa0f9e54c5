"""What every fact has."""

from datetime import datetime

import msgspec

MADE_UP = ("reconstructed", "simulated")
"""Sources that are no observation, as `by` of a fact has them: the road simulator's."""


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag=True, tag_field="kind", omit_defaults=True):
    """Something that happened or was decided. Past tense, cannot fail, never edited, ids only.

    Attributes
    ----------
    at
        When it happened (UTC). When it was learned is the log's to say.
    by
        Who says so: a dispatcher's user name, or a source such as "cortex" or "simulator".
    """

    at: datetime
    by: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"{type(self).__name__}: 'at' needs a time zone.")
        if not self.by:
            raise ValueError(f"{type(self).__name__}: somebody has to say so; 'by' is empty.")

    @property
    def kind(self) -> str:
        """The name under which the log keeps it."""
        return type(self).__name__
