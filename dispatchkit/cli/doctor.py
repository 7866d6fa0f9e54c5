"""The command that says what is installed, whether it is safe, and how to get what is missing."""

from typing import Any

import msgspec
import typer

from dispatchkit import doctor as looks
from dispatchkit.cli import show
from dispatchkit.cli.options import Home, Json, Store
from dispatchkit.home import store_url


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(doctor)


def doctor(store: Store = None, home: Home = None, as_json: Json = False) -> None:
    """Say what is installed, which database is used and whether it is safe, and how to get what is missing."""
    findings = looks.examine(store_url(store, home))
    well = all(f.well for f in findings)
    if as_json:
        rows: list[dict[str, Any]] = [msgspec.to_builtins(f) for f in findings]
        show.as_json({"well": well, "findings": rows})
    else:
        show.table(("", "what", "found"), [(_mark(f), f.what, f.found) for f in findings])
        for finding in (f for f in findings if f.fix):
            show.sentence(f"{_mark(finding)} {finding.what}: {finding.fix}", "" if finding.well else "red")
        show.sentence("All is well." if well else "Something is missing or unsafe: see ▲ above.")
    if not well:
        raise typer.Exit(1)


def _mark(finding: looks.Finding) -> str:
    if finding.well:
        return "·" if finding.fix else "✓"
    return "▲"
