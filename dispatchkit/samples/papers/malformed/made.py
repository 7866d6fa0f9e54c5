"""What a malformed file is."""

from typing import NamedTuple


class Malformed(NamedTuple):
    """A file's content, and a sentence on what is wrong with it."""

    content: bytes
    what: str
