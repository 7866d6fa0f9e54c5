"""The pages' log file. What a page's process writes to its standard error is seen by nobody."""

import logging
from pathlib import Path


def write_to(folder: Path) -> Path:
    """Append this process's log, from INFO up, to ``workbench.log`` in `folder`, made if need be; return the file.

    Several processes append to the one file; a second call in the same process changes nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = (folder / "workbench.log").resolve()
    root = logging.getLogger()
    if any(isinstance(held, logging.FileHandler) and held.baseFilename == str(path) for held in root.handlers):
        return path
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    root.addHandler(handler)
    root.setLevel(min(root.level or logging.INFO, logging.INFO))
    return path
