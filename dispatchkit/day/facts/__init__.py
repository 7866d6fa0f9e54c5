"""The vocabulary of a day: one frozen, documented type per fact, a module per phase."""

import types
from typing import Any, Union

import msgspec

from dispatchkit.day.facts import end_of_shift, load_out, pre_load_out, road, whole_day
from dispatchkit.day.facts.base import Fact
from dispatchkit.errors import Damaged

PHASES: dict[str, types.ModuleType] = {
    "whole day": whole_day,
    "pre-load-out": pre_load_out,
    "load-out": load_out,
    "road": road,
    "end of shift": end_of_shift,
}

KINDS: dict[str, type[Fact]] = {
    kind.__name__: kind
    for phase in PHASES.values()
    for kind in vars(phase).values()
    if isinstance(kind, type) and issubclass(kind, Fact) and kind is not Fact
}
"""Every fact type by the name under which the log keeps it."""

_encoder = msgspec.json.Encoder(order="deterministic")
_any_fact: Any = Union[tuple(KINDS.values())]  # noqa: UP007 -- a union made of a table has no other spelling
_decoder: "msgspec.json.Decoder[Fact]" = msgspec.json.Decoder(_any_fact)


def encode(fact: Fact) -> bytes:
    """Write a fact as one line of JSON, the same bytes every time: `kind` first, then its fields.

    Raises
    ------
    ValueError
        Where it could not be read back, such as a position that is not a number: one such fact in the log, and the
        whole day could never be read again.
    """
    body = _encoder.encode(fact)
    try:
        _decoder.decode(body)
    except msgspec.DecodeError as error:
        raise ValueError(f"{fact.kind} cannot be kept: {error}. Correct it, and write it again.") from error
    return body


def decode(body: bytes | str) -> Fact:
    """Read a fact back; Damaged with a sentence where the bytes are not one that this version knows."""
    try:
        return _decoder.decode(body)
    except msgspec.DecodeError as error:
        message = f"A stored fact cannot be read: {error}. Run `dispatchkit verify`, or update the program."
        raise Damaged(message) from error


__all__ = ["KINDS", "PHASES", "Fact", "decode", "encode"]
