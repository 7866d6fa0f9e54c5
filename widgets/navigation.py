"""The pages that a folder of notebooks makes, in the order of the day."""

import json
from pathlib import Path
from typing import NamedTuple

from dispatchkit.errors import NotFound


class Page(NamedTuple):
    """One page as the header's navigation names it.

    Attributes
    ----------
    name
        The notebook's file name without its suffix.
    notebook
        The notebook's path in the served folder, with ``/``.
    title
        What people read.
    """

    name: str
    notebook: str
    title: str


def pages_in(notebooks: Path) -> list[Page]:
    """Return a page for each notebook in the folder itself.

    A notebook's metadata may say its ``title`` (else the file's name is used) and its ``order``, a number; those that
    do not come last, by name.
    """
    found = []
    for path in sorted(notebooks.glob("*.ipynb")):
        metadata = json.loads(path.read_text(encoding="utf-8")).get("metadata", {})
        title = metadata.get("title", path.stem.replace("_", " ").capitalize())
        found.append((metadata.get("order", float("inf")), Page(path.stem, path.name, title)))
    if not found:
        raise NotFound(
            f"There is no page to serve in {notebooks}: it holds no notebook (*.ipynb). Name the folder that does."
        )
    return [page for _, page in sorted(found)]
