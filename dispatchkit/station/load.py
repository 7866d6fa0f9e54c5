"""Read a station profile: the default, and over it what a station's own file says."""

import tomllib
from datetime import time
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from dispatchkit.errors import WorkbenchError
from dispatchkit.station.profile import Section, Source, Station

DEFAULT_TOML = resources.files("dispatchkit.station").joinpath("default.toml")

TO_FIELD_UNIT: dict[str, tuple[str, float]] = {
    "s": ("_s", 1), "min": ("_s", 60), "h": ("_s", 3600), "min/stop": ("_s", 60),
    "m": ("_m", 1), "km": ("_m", 1000),
    "%": ("share", 0.01),
    "MB": ("_bytes", 1_000_000),
    "points": ("_points", 1), "points/h": ("_points", 1),
    "stops": ("_count", 1), "routes": ("_count", 1), "vans": ("_count", 1), "days": ("_count", 1),
}  # fmt: skip
"""Unit of the file → suffix of the field that holds it, and the factor."""

WORD_UNITS = ("sentences", "reasons", "id: sentence")


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
                tables[section][key] = value
    return _station(tables, own.name if own else "the default profile")


def _tables(text: str, name: str) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadProfile(f"{name} is not TOML: {error}. Mend that line and try again.") from error


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
        if field.name == key or field.name.removeprefix(key) in ("_s", "_m", "_share", "_count", "_points", "_bytes"):
            return field.name
    raise BadProfile(f"{where}: this program has no use for it. Check the spelling.")


def _converted(value: Any, unit: str, field: str, where: str) -> Any:
    if unit in WORD_UNITS:
        return tuple(value)
    if unit == "HH:MM":
        try:
            return time.fromisoformat(str(value)).strftime("%H:%M")
        except ValueError:
            raise BadProfile(f"{where}: '{value}' is not a time of day. Write it as \"09:30\".") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise BadProfile(f"{where}: '{value}' is not a number of {unit}, 0 or more.")
    suffix, factor = TO_FIELD_UNIT.get(unit, ("", 0.0))
    if not suffix or not field.endswith(suffix):
        raise BadProfile(f"{where}: the unit '{unit}' does not fit. Use the unit of the default profile.")
    return value if factor == 1 else value * factor
