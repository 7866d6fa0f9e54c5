"""What is installed here, whether it is safe to use, and how to get what is missing."""

import importlib.metadata
import os
import platform
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement

from dispatchkit.bootstrap.browser import find_browser
from dispatchkit.bootstrap.progress import NotReady
from dispatchkit.errors import WorkbenchError
from dispatchkit.log import open_log
from dispatchkit.log.engine import SAFE_WAL
from dispatchkit.records import Record

OLDEST_SAFE_POSTGRESQL = 14
"""The oldest PostgreSQL that its makers still mend in November 2026."""


class Finding(Record, frozen=True, omit_defaults=False):
    """One thing looked at: what it is, what was found, whether that is well, and what to do where it is not."""

    what: str
    found: str
    well: bool
    fix: str = ""


def examine(store: str) -> list[Finding]:
    """Look at Python, packages, the database behind `store` and the browser."""
    return [_python(), *_packages(), _sqlite(), *_store(store), _browser()]


def _python() -> Finding:
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return Finding(what="Python", found=found, well=fits, fix="" if fits else "Use Python 3.11, 3.12 or 3.13.")


def _packages() -> Iterator[Finding]:
    try:
        lines = importlib.metadata.requires("dispatchkit") or []
    except importlib.metadata.PackageNotFoundError:
        fix = "Run `python3 workbench.py setup`, or `pip install --editable .` in the checkout."
        yield Finding(what="dispatchkit", found="not installed, only started", well=False, fix=fix)
        return
    yield from packages(lines)


def packages(requirements: Iterable[str]) -> Iterator[Finding]:
    """Look at each of these requirements, as a project's metadata states them.

    One that is only for an extra may be missing; a version that does not fit is never well.
    """
    for line in requirements:
        requirement = Requirement(line)
        extra = requirement.marker is not None and not requirement.marker.evaluate({"extra": ""})
        where = " (for the tests)" if extra else ""
        wish = f"{requirement.name}{requirement.specifier}"
        fix = f"Run `python3 workbench.py setup`, or `pip install '{wish}'`."
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(what=requirement.name + where, found="not installed", well=extra, fix=fix)
            continue
        fits = requirement.specifier.contains(version, prereleases=True)
        yield Finding(what=requirement.name + where, found=version, well=fits, fix="" if fits else fix)


def _sqlite() -> Finding:
    wal = sqlite3.sqlite_version_info >= SAFE_WAL
    mode = "write-ahead log" if wal else "rollback journal: a write-ahead log is unsafe before 3.51.3"
    return Finding(what="SQLite", found=f"{sqlite3.sqlite_version}, {mode}", well=True)


def _store(store: str) -> Iterator[Finding]:
    path = Path(store)
    if "://" not in store and not path.exists():
        yield Finding(what="store", found=f"{path} is not there yet; the first import makes it", well=True)
        return
    try:
        with open_log(store, create=False) as log:
            days = len(log.days())
            yield Finding(what="store", found=f"{log.store.name}: {days} days", well=True)
            if not log.store.sqlite:
                yield _postgresql(log.store.server_version())
    except WorkbenchError as error:
        yield Finding(what="store", found=str(error), well=False, fix="Correct --store, or start the server.")


def _postgresql(version: str) -> Finding:
    major = int(version.split(".")[0])
    safe = major >= OLDEST_SAFE_POSTGRESQL
    fix = "" if safe else f"Move to PostgreSQL {OLDEST_SAFE_POSTGRESQL} or newer: this one is not mended any more."
    return Finding(what="PostgreSQL", found=version, well=safe, fix=fix)


def _browser() -> Finding:
    try:
        found = find_browser()
    except NotReady as error:
        return Finding(what="browser", found=str(error), well=False, fix="Correct DISPATCHKIT_CHROMIUM, or unset it.")
    fix = "Only the tests and the app's own window need one: install Chromium, Chrome or Edge."
    return Finding(what="browser", found=found or "none found", well=True, fix="" if found else fix)
