"""Read a station profile: the default, and over it what a station's own file says."""

import tomllib
from datetime import time
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from babel.localedata import exists

from dispatchkit.errors import WorkbenchError
from dispatchkit.station.profile import Source, Station
from dispatchkit.station.section import Section

DEFAULT_TOML = resources.files("dispatchkit.station").joinpath("default.toml")

TO_FIELD_UNIT: dict[str, tuple[str, float]] = {
    "s": ("_s", 1), "min": ("_s", 60), "h": ("_s", 3600), "min/stop": ("_s", 60),
    "m": ("_m", 1), "km": ("_m", 1000),
    "%": ("share", 0.01),
    "MB": ("_bytes", 1_000_000),
    "points": ("_points", 1), "points/h": ("_points", 1),
    "stops": ("_count", 1), "routes": ("_count", 1), "vans": ("_count", 1), "days": ("_count", 1),
    "characters": ("_count", 1), "tries": ("_count", 1),
    "rows": ("_count", 1), "columns": ("_count", 1), "cells": ("_count", 1), "entries": ("_count", 1),
    "pages": ("_count", 1), "alarms": ("_count", 1),
    "packages": ("_count", 1), "visits": ("_count", 1), "findings": ("_count", 1), "litres": ("_cm3", 1000),
    "places": ("_count", 1), "pairs": ("_count", 1), "requests": ("_count", 1),
    "packages/stop": ("_per_stop", 1), "s/km": ("_s_per_km", 1),
    "stops/h": ("_per_h", 1), "km/h": ("_kmh", 1),
}  # fmt: skip
"""Unit of the file → suffix of the field that holds it, and the factor."""

WORD_UNITS = (
    "sentences", "reasons", "id: sentence", "id: words", "IANA zones", "service type: cubic feet", "words",
    "stops left: spreads", "reason: sentence", "hours: %", "name | where | when | source",
)  # fmt: skip
"""Units of lists of words."""

SUFFIXES = ("_s", "_m", "_share", "_count", "_points", "_bytes", "_deg", "_kmh", "_cm3", "_s_per_km")
"""What the name of a field may add to the name of its value in the file: the unit."""

PATHS = ("file", "folder")
"""Units of what lies somewhere on the machine."""

NAME_UNITS = ("station code", "DSP code", "IANA zone", "sentence", "engine address", "refuse or curve", *PATHS)
"""Units of a single name or sentence, which may be blank."""


class BadProfile(WorkbenchError):
    """A station profile cannot be used; the message names file, section and value."""


def load(own: Path | None = None) -> Station:
    """Read the default profile, overlaid by the file `own` where one is given.

    Raises
    ------
    BadProfile
        With a sentence for the first value that is unknown, lacks unit or source, or has the wrong unit.
    """
    tables = _tables(DEFAULT_TOML.read_text("utf-8"), "the default profile")
    if own is not None:
        try:
            text = own.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadProfile(f"The station profile {own} cannot be read: {error}.") from error
        for section, values in _tables(text, own.name).items():
            if section not in tables:
                raise BadProfile(f"{own.name}: no section [{section}] is known. Use one of {', '.join(tables)}.")
            for key, value in values.items():
                if key not in tables[section]:
                    known = ", ".join(tables[section])
                    raise BadProfile(f"{own.name} [{section}]: '{key}' is not known. Use one of {known}.")
                tables[section][key] = _beside(own, value)
    return _station(tables, own.name if own else "the default profile")


def _tables(text: str, name: str) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadProfile(f"{name} is not TOML: {error}. Mend that line and try again.") from error


def _beside(own: Path, stated: Any) -> Any:
    """Look for a file or folder that a profile names in the profile's own, wherever the program is started."""
    if not isinstance(stated, dict) or stated.get("unit") not in PATHS or not isinstance(stated.get("value"), str):
        return stated
    return stated | {"value": str(own.absolute().parent / stated["value"]) if stated["value"].strip() else ""}


def _station(tables: dict[str, dict[str, Any]], name: str) -> Station:
    sections: dict[str, Section] = {}
    sources: dict[str, Source] = {}
    for field in msgspec.structs.fields(Station):
        if field.name == "sources":
            continue
        values: dict[str, Any] = {}
        for key, stated in tables[field.name].items():
            where = f"{name} [{field.name}] {key}"
            if not isinstance(stated, dict) or set(stated) != {"value", "unit", "source"}:
                raise BadProfile(f'{where}: write it as {{ value = …, unit = "…", source = "…" }}.')
            target = _field_of(field.type, key, where)
            values[target] = _converted(stated["value"], stated["unit"], target, where)
            sources[f"{field.name}.{key}"] = Source(name=f"{field.name}.{key}", **stated)
        try:
            sections[field.name] = msgspec.convert(values, field.type)
        except msgspec.ValidationError as error:
            raise BadProfile(f"{name} [{field.name}]: {error}.") from error
    return Station(**sections, sources=sources)  # type: ignore[arg-type]


def _field_of(section: type[Section], key: str, where: str) -> str:
    for field in msgspec.structs.fields(section):
        if field.name == key or field.name.removeprefix(key) in SUFFIXES:
            return field.name
    raise BadProfile(f"{where}: this program has no use for it. Check the spelling.")


def _converted(value: Any, unit: str, field: str, where: str) -> Any:
    if unit in WORD_UNITS:
        return tuple(value)
    if unit == "language codes":
        return _languages(value, where)
    if unit in NAME_UNITS:
        return _name(value, unit, where)
    if unit == "degrees":
        return _degrees(value, where)
    if unit == "HH:MM":
        try:
            return time.fromisoformat(str(value)).strftime("%H:%M")
        except ValueError:
            raise BadProfile(f"{where}: '{value}' is not a time of day. Write it as \"09:30\".") from None
    if isinstance(value, list):
        return tuple(_converted(one, unit, field, where) for one in value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise BadProfile(f"{where}: '{value}' is not a number of {unit}, 0 or more.")
    suffix, factor = TO_FIELD_UNIT.get(unit, ("", 0.0))
    if not suffix or not field.endswith(suffix):
        raise BadProfile(f"{where}: the unit '{unit}' does not fit. Use the unit of the default profile.")
    return value if factor == 1 else value * factor


def _name(value: Any, unit: str, where: str) -> str:
    if not isinstance(value, str):
        raise BadProfile(f"{where}: '{value}' is not a {unit}. Write it in quotes, or leave them empty.")
    name = value.strip()
    if unit == "IANA zone" and name:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise BadProfile(f"{where}: '{name}' is not a time zone. Use a name such as America/Chicago.") from None
    return name


def _languages(value: Any, where: str) -> tuple[str, ...]:
    codes = tuple(value) if isinstance(value, list) else (value,)
    for code in codes:
        if not isinstance(code, str) or not exists(code):
            raise BadProfile(f"{where}: '{code}' is not a language. Write codes such as \"en\" or \"de\".")
    return codes


def _degrees(value: Any, where: str) -> float | None:
    """Read a latitude or longitude; blank is unknown."""
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -180 <= value <= 180:
        raise BadProfile(f"{where}: '{value}' is not a number of degrees. Write it as 41.98, or leave it blank.")
    return float(value)
