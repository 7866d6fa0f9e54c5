"""Streets for the map without a network: PMTiles archives in the home folder, checked before they are taken in."""

import os
import re
import shutil
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, MagicNumberNotFound, SpecVersionUnsupported, TileType

from dispatchkit.errors import NotFound, Refused, WorkbenchError
from dispatchkit.records import Record

FOLDER = "basemap"
SUFFIX = ".pmtiles"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""What an archive may be called: nothing that means anything in an address or a path."""

HEADER_BYTES = 127
"""Length of the fixed header, by the PMTiles specification, version 3."""

UNPACKED_BY_BROWSERS = {Compression.NONE, Compression.GZIP}

ADVICE = "Name a PMTiles archive of vector tiles, such as an extract of a Protomaps build."
"""What to do about a file that is none."""


class Basemap(Record, frozen=True):
    """A base map that the pages can draw.

    Attributes
    ----------
    bounds
        West, south, east, north, in degrees.
    layers
        Names of the vector layers, such as "roads" and "water".
    """

    name: str
    size_bytes: int
    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float]
    layers: tuple[str, ...]


class BadBasemap(WorkbenchError):
    """A file is no base map that the pages could draw. Nothing was taken in."""


def read(path: Path) -> Basemap:
    """Read what an archive says of itself.

    Raises
    ------
    BadBasemap
        The file is no PMTiles archive of version 3 with vector tiles, or not all of it is there.
    """
    try:
        with path.open("rb") as file:
            size_bytes = os.fstat(file.fileno()).st_size
            if size_bytes < HEADER_BYTES:
                raise BadBasemap(f"{path.name} is too short for a PMTiles archive. {ADVICE}")
            reader = Reader(MmapSource(file))
            header = reader.header()
            refuse_if_useless(path.name, header, size_bytes)
            layers = tuple(str(layer["id"]) for layer in reader.metadata()["vector_layers"])
    except (MagicNumberNotFound, SpecVersionUnsupported) as error:
        raise BadBasemap(f"{path.name} is no PMTiles archive of version 3. {ADVICE}") from error
    except (ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
        raise BadBasemap(f"What {path.name} says of itself cannot be read. {ADVICE}") from error
    except OSError as error:
        raise BadBasemap(f"{path} cannot be read: {error.strerror or error}. Name a PMTiles file.") from error
    west, south, east, north = (header[f"{side}_e7"] / 1e7 for side in ("min_lon", "min_lat", "max_lon", "max_lat"))
    return Basemap(
        name=path.stem,
        size_bytes=size_bytes,
        min_zoom=header["min_zoom"],
        max_zoom=header["max_zoom"],
        bounds=(west, south, east, north),
        layers=layers,
    )


def refuse_if_useless(name: str, header: Mapping[str, Any], size_bytes: int) -> None:
    """Raise BadBasemap where a header promises what a page cannot draw, or more than the file holds."""
    parts = ("root", "metadata", "leaf_directory", "tile_data")
    end = max(header[f"{part}_offset"] + header[f"{part}_length"] for part in parts)
    if end > size_bytes:
        raise BadBasemap(f"{name} is cut off: {size_bytes:,} of {end:,} bytes are there. Copy or download it again.")
    kind = header["tile_type"]
    if kind is not TileType.MVT:
        raise BadBasemap(f"{name} holds tiles of the kind {kind.name}, not vector tiles (MVT). {ADVICE}")
    packings = {header["tile_compression"], header["internal_compression"]}
    if unread := sorted(packing.name for packing in packings - UNPACKED_BY_BROWSERS):
        raise BadBasemap(f"{name} is packed in a way that browsers do not unpack ({', '.join(unread)}). {ADVICE}")


def add(home: Path, file: Path, name: str = "") -> Basemap:
    """Check an archive and copy it into the home folder; an older one of the same name is replaced.

    Parameters
    ----------
    name
        What it is called from now on; by default as the file is.

    Raises
    ------
    BadBasemap
        The file cannot be drawn by the pages.
    Refused
        The name cannot stand in an address.
    """
    name = name or file.stem
    if not NAME.fullmatch(name):
        raise Refused(
            [f"'{name}' cannot be the name of a base map. Give it one of letters, digits, '-' and '_' with --name."]
        )
    read(file)
    target = home / FOLDER / f"{name}{SUFFIX}"
    new = target.with_suffix(".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(file, new)
            copied = read(new)  # what counts is what arrived
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)
    except (OSError, shutil.SameFileError) as error:
        raise WorkbenchError(
            f"{file.name} cannot be copied to {target.parent}: {error.strerror or error}. Nothing was changed."
        ) from error
    return msgspec.structs.replace(copied, name=name)


def listed(home: Path) -> list[Basemap]:
    """Return the base maps of the home folder, the one that was added last first: that one the pages draw."""
    return [read(path) for path in _newest_first(home)]


def remove(home: Path, name: str) -> None:
    """Remove a base map; NotFound where there is none of this name."""
    path = next((path for path in _newest_first(home) if path.stem == name), None)
    if path is None:
        known = ", ".join(path.stem for path in _newest_first(home)) or "none yet"
        raise NotFound(f"There is no base map {name}. Added are: {known}.")
    path.unlink()


def basemap_url(home: Path) -> str:
    """Return where a page finds the base map that was added last, as an absolute path on its server; "" for none.

    The address changes with the file, so that no browser mixes the tiles of two.
    """
    path = next(_newest_first(home), None)
    if path is None:
        return ""
    stat = path.stat()
    return f"/{FOLDER}/{path.name}?v={stat.st_mtime_ns:x}-{stat.st_size:x}"


def _newest_first(home: Path) -> Iterator[Path]:
    paths = [path for path in (home / FOLDER).glob(f"*{SUFFIX}") if NAME.fullmatch(path.stem)]
    yield from sorted(paths, key=lambda path: path.stat().st_mtime_ns, reverse=True)
