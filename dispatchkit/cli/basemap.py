"""Commands on the base map: the streets that pages draw where there is no network."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from dispatchkit import basemap
from dispatchkit.cli import show
from dispatchkit.cli.options import Home, Json
from dispatchkit.home import home as home_folder

app = typer.Typer(
    help="Keep a base map of your own: streets from a local PMTiles file, without a network.", no_args_is_help=True
)


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A PMTiles archive (version 3) of vector tiles.")],
    name: Annotated[str, typer.Option("--name", help="What to call it; by default as the file is.")] = "",
    home: Home = None,
) -> None:
    """Take a base map in: open pages draw it from their next reload on."""
    added = basemap.add(home_folder(home), file, name)
    show.sentence(f"The base map {added.name} ({_megabytes(added)}) is there. Pages draw it from their next reload on.")


@app.command("list")
def list_(home: Home = None, as_json: Json = False) -> None:
    """List the base maps; pages draw the first."""
    found = basemap.listed(home_folder(home))
    if as_json:
        show.as_json([msgspec.to_builtins(one) for one in found])
    elif found:
        columns = ("name", "size", "zooms", "west, south, east, north", "layers")
        show.table(columns, [_row(one) for one in found])
    else:
        show.sentence("There is no base map. Add one with `dispatchkit basemap add FILE`.")


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="As `list` shows it.", show_default=False)], home: Home = None
) -> None:
    """Remove a base map."""
    basemap.remove(home_folder(home), name)
    show.sentence(f"The base map {name} is removed.")


def _row(one: basemap.Basemap) -> tuple[object, ...]:
    bounds = ", ".join(f"{degrees:.2f}" for degrees in one.bounds)
    return one.name, _megabytes(one), f"{one.min_zoom}–{one.max_zoom}", bounds, ", ".join(one.layers)


def _megabytes(one: basemap.Basemap) -> str:
    return f"{one.size_bytes / 1e6:,.1f} MB"
