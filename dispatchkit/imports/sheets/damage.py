"""Parsers of damaged files fail in any way they like; all of these ways are one: the file cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from warnings import catch_warnings, simplefilter

from dispatchkit.imports.sheets.limits import TooBig

RUST_PANIC = "PanicException"
"""What a parser written in Rust raises for a bug in itself. It is no `Exception`, and its class cannot be imported."""


class Damaged(Exception):
    """A file that its parser cannot make sense of; the message says why, in the parser's words."""


@contextmanager
def parsing() -> Iterator[None]:
    """Turn whatever a parser raises into `Damaged`; its warnings about odd but readable files are not for people.

    Interrupts and want of memory go on as they are.
    """
    try:
        with catch_warnings():
            simplefilter("ignore")
            yield
    except (TooBig, Damaged, MemoryError):
        raise
    except Exception as error:
        raise Damaged(_reason(error)) from error
    except BaseException as error:
        if type(error).__name__ != RUST_PANIC:
            raise
        raise Damaged(_reason(error)) from error


def _reason(error: BaseException) -> str:
    return (" ".join(str(error).split()) or type(error).__name__).rstrip(".")
