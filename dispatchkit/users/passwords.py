"""Passwords: hashed with argon2id, never kept, never logged; an unknown name costs the same as a wrong password."""

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()
"""argon2id with the library's own settings: those that RFC 9106 recommends where memory is scarce (64 MiB)."""

MOST_BYTES = 4096
"""Longer than any password that is typed or kept by a manager; bounds what one try may cost."""


def password_blockers(password: str, least_count: int) -> Iterator[str]:
    """Why a password cannot be taken; nothing when it can. The password itself is in no sentence.

    Parameters
    ----------
    least_count
        How many characters it must have at least.
    """
    if len(password) < least_count:
        yield f"The password has {len(password)} characters; give it at least {least_count}. A few words will do."
    if not password.isprintable():
        yield "The password holds characters that do not print. Leave those out, or it cannot be typed again."
    elif len(_bytes(password)) > MOST_BYTES:
        yield f"The password has more than {MOST_BYTES:,} bytes. Choose a shorter one."


def hashed(password: str) -> str:
    """Return the hash that is kept, with its own salt and settings in it."""
    return HASHER.hash(_bytes(password))


def fits(password: str, kept: str | None) -> bool:
    """Say whether a password is the one whose hash was kept; for no hash at all it takes as long, and never fits."""
    typed, nobodys = _bytes(password), _nobodys()
    if len(typed) > MOST_BYTES:
        return False
    try:
        return HASHER.verify(kept or nobodys, typed) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def session_key(kept: str, role: str) -> str:
    """Return what a signed-in browser must still know: another password, or another role, and it knows it no more."""
    return hashlib.sha256(f"{role} {kept}".encode()).hexdigest()


def _bytes(password: str) -> bytes:
    """One keyboard writes é as one character and another as two: a password is the same on both."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys() -> str:
    return HASHER.hash("the password of nobody")
