"""What a name may be, and the name of whoever sits at this machine."""

import getpass
import unicodedata
from collections.abc import Iterator

from dispatchkit.printable import printable


def tidy(name: str) -> str:
    """Return the name as it is kept: composed (é is one letter), blanks at the ends cut off."""
    return unicodedata.normalize("NFC", name).strip()


def folded(name: str) -> str:
    """Return what two names of one person have in common: capitals, and how an é was typed, do not count."""
    return unicodedata.normalize("NFC", tidy(name).casefold())


def same(one: str, other: str) -> bool:
    """Say whether two names are one person's."""
    return folded(one) == folded(other)


def name_blockers(name: str, longest_count: int) -> Iterator[str]:
    """Why a tidy name cannot be taken; nothing when it can.

    Parameters
    ----------
    longest_count
        How many characters a name may have.
    """
    if not name:
        yield "A user needs a name, such as maria."
    if len(name) > longest_count:
        yield f"The name has {len(name)} characters; {longest_count} are allowed. Choose a shorter one."
    if not name.isprintable():
        yield f"The name '{printable(name[:longest_count])}' holds characters that do not print. Leave those out."


def machine_user() -> str:
    """Name the person at the keyboard; a machine that knows no users (a container) is named by the program."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # what it raises differs by system and version of Python
        return "dispatchkit"
