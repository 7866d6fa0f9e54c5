"""Opening a store, on SQLite or PostgreSQL, and its transactions. What goes wrong here reaches people as sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from dispatchkit.errors import Damaged, NotFound, WorkbenchError
from dispatchkit.log import schema

BUSY_S = 30
"""Seconds that a transaction waits for another program's before it gives up, where nothing else is asked for."""

SAFE_WAL = (3, 51, 3)
"""First SQLite whose write-ahead log is safe with several writing processes (sqlite.org, "WAL-reset bug")."""

_OPENING_LOCK = 0x64697370   # any number that all our programs share: the advisory lock under which tables are made


class StoreUnavailable(WorkbenchError):
    """The database cannot be opened, read or written to as things stand."""


class Busy(StoreUnavailable):
    """Another program keeps the store locked, and nobody wanted to wait any longer. Trying again may help."""


class Store:
    """An open database: its transactions, and the name by which people know it (never with a password).

    Attributes
    ----------
    patience_s
        Seconds that a transaction which only reads waits for another program's; one that writes waits `BUSY_S`.
    """

    def __init__(self, engine: Engine, name: str, patience_s: float | None = None) -> None:
        self.engine = engine
        self.name = name
        self.patience_s = BUSY_S if patience_s is None else patience_s
        self.sqlite = engine.dialect.name == "sqlite"
        self._writer = engine.execution_options(dispatchkit_writes=True)
        self._reader = engine if self.sqlite else engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @property
    def path(self) -> Path | None:
        """The SQLite file, or None on a server."""
        return Path(str(self.engine.url.database)) if self.sqlite else None

    @property
    def address(self) -> str:
        """By what another process opens it: `open_log` takes it. It may hold a password; show `name` instead."""
        return self.engine.url.render_as_string(hide_password=False)

    def server_version(self) -> str:
        """The version of the database underneath, as it says it: "3.40.1", "18.1"."""
        with self.reading() as connection:
            asked = "SELECT sqlite_version()" if self.sqlite else "SHOW server_version"
            return str(connection.execute(text(asked)).scalar_one()).split()[0]

    @contextmanager
    def reading(self, *, patience_s: float | None = None) -> Iterator[Connection]:
        """Open a transaction that sees one state of the store throughout; Busy where it waits longer than that."""
        wait_s = self.patience_s if patience_s is None else patience_s
        with self._sentences(wait_s), _patient(self._reader, wait_s).begin() as connection:
            yield connection

    @contextmanager
    def writing(self, *, patience_s: float | None = None) -> Iterator[Connection]:
        """Open a transaction that writes: all of it is kept when the block ends, nothing when it raises."""
        wait_s = BUSY_S if patience_s is None else patience_s
        with self._sentences(wait_s), _patient(self._writer, wait_s).begin() as connection:
            yield connection

    def lock_for_making_tables(self, connection: Connection) -> None:
        """Let one program at a time look for missing tables and make them; on SQLite whoever writes is alone anyway."""
        if not self.sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _OPENING_LOCK})

    def file_problems(self) -> list[str]:
        """Return what SQLite finds wrong with the pages of its file, as sentences; a server looks after its own."""
        if not self.sqlite:
            return []
        with self.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        return [] if found == ["ok"] else [f"The file {self.name} is damaged: {what}." for what in found]

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def _sentences(self, waited_s: float) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            told = _told(error, self.name, waited_s)
            if told is None:
                raise
            raise told from error


def _patient(engine: Engine, wait_s: float) -> Engine:
    return engine.execution_options(dispatchkit_wait_s=wait_s)


def open_store(url_or_path: str | Path, *, create: bool = True, patience_s: float | None = None) -> Store:
    """Open a store; see `dispatchkit.log.open_log`."""
    url = _url(url_or_path)
    if url.get_backend_name() == "sqlite":
        _find_file(url, create)
        wait_s = BUSY_S if patience_s is None else patience_s
        engine = create_engine(url, connect_args={"timeout": wait_s, "isolation_level": None})
        event.listen(engine, "connect", _set_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        name = str(url.database)
    else:
        engine = create_engine(url)
        event.listen(engine, "connect", _set_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
        name = url.set(drivername="postgresql").render_as_string(hide_password=True)
    store = Store(engine, name, patience_s)
    try:
        _make_or_check_tables(store, create)
    except BaseException:
        store.close()
        raise
    return store


def _url(url_or_path: str | Path) -> URL:
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        return URL.create("sqlite", database=str(Path(url_or_path).expanduser()))
    try:
        url = make_url(url_or_path)
    except (ArgumentError, ValueError) as error:
        raise StoreUnavailable(f"'{url_or_path}' is not an address of a log. {_FORMS}") from error
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise StoreUnavailable(f"A log cannot be kept in '{url.render_as_string(hide_password=True)}'. {_FORMS}")


_FORMS = "Use a file name, sqlite:///FILE or postgresql://USER@HOST/DATABASE."


def _find_file(url: URL, create: bool) -> None:
    if url.query.get("uri"):
        return   # sqlite:///file:…?uri=true: SQLite's own notation, looked up by SQLite
    path = Path(str(url.database))
    if path.is_dir():
        raise StoreUnavailable(f"{path} is a folder. Name a file in it, such as {path / 'dispatch.sqlite'}.")
    if path.exists():
        return
    if not create:
        raise NotFound(f"There is no log at {path}. Check the name, or open the day once to make one.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"The folder {path.parent} for the log cannot be made: {error.strerror}. Choose another place."
        ) from error


def _set_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    wanted = "wal" if sqlite3.sqlite_version_info >= SAFE_WAL else "delete"
    (mode,) = connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()
    if mode == "wal" and wanted != "wal":
        connection.close()
        raise StoreUnavailable(
            f"The log is in a mode (WAL) that is not safe with SQLite {sqlite3.sqlite_version}. "
            "Close the other programs that use it and try again, or update Python."
        )
    for pragma in (
        "synchronous=EXTRA",     # FULL, and the folder once the journal is gone: a commit outlives a power cut
        "fullfsync=ON",          # macOS: past the disk's own cache
        "mmap_size=0",           # a stray pointer or an I/O error must not reach the file
        "secure_delete=ON",      # what is erased is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail, not wait, when another one wrote in between.
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA busy_timeout={options['dispatchkit_wait_s'] * 1000:.0f}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("dispatchkit_writes", False) else "BEGIN")


def _set_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")   # whatever the server's default: what returned is on disk
        (encoding,) = cursor.execute("SHOW server_encoding").fetchone()
    connection.commit()
    if encoding != "UTF8":
        raise StoreUnavailable(f"The database keeps text as {encoding}. Make one with ENCODING 'UTF8' for the log.")


def _begin_postgresql(connection: Connection) -> None:
    wait_s = connection.get_execution_options()["dispatchkit_wait_s"]
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{wait_s * 1000:.0f}ms'")


def _make_or_check_tables(store: Store, create: bool) -> None:
    with store.reading() as connection:
        if _has_tables(connection, store):
            return
    if not create:
        raise NotFound(f"{store.name} holds no log yet. Check the name, or open the day once to make one.")
    with store.writing() as connection:
        store.lock_for_making_tables(connection)
        if not _has_tables(connection, store):   # two programs may open a new store at the same moment
            schema.metadata.create_all(connection)
            connection.execute(schema.log_format.insert(), {"version": schema.FORMAT})


def _has_tables(connection: Connection, store: Store) -> bool:
    names = set(inspect(connection).get_table_names())
    if schema.log_format.name not in names:
        if names if store.sqlite else names.intersection(schema.metadata.tables):
            raise StoreUnavailable(f"{store.name} is the database of another program. Choose another name for the log.")
        return False
    version = connection.execute(select(schema.log_format.c.version)).scalar_one()
    if version > schema.FORMAT:
        raise StoreUnavailable(f"{store.name} was written by a newer version of this program. Update it here too.")
    return True


_LOCKED = "Another program kept the log {name} locked for {waited_s:g} s. Nothing was written; try again."
_FULL = "There is no space left for the log {name}. Nothing was written; make room, then repeat."

_TOLD: dict[str, tuple[type[WorkbenchError], str]] = {
    "SQLITE_CANTOPEN": (StoreUnavailable, "The log {name} cannot be opened. See that its folder exists and is yours."),
    "SQLITE_READONLY": (StoreUnavailable, "The log {name} may only be read. Allow writing to the file and its folder."),
    "SQLITE_PERM": (StoreUnavailable, "You may not use the log {name}. Ask for the rights to the file and its folder."),
    "SQLITE_BUSY": (Busy, _LOCKED),
    "SQLITE_FULL": (StoreUnavailable, _FULL),
    "SQLITE_IOERR": (StoreUnavailable, "The disk failed under the log {name}. Check it, then `dispatchkit verify`."),
    "SQLITE_NOTADB": (Damaged, "{name} is not a log, or is damaged. Check the name, or restore a backup."),
    "SQLITE_CORRUPT": (Damaged, "The log {name} is damaged. Keep a copy of the file, then restore a backup."),
    "25006": (StoreUnavailable, "The log {name} may only be read. Use the main server, or a user who may write."),
    "42501": (StoreUnavailable, "This user may not use the log {name}: {detail}. Ask for the rights."),
    "53100": (StoreUnavailable, _FULL),
    "55P03": (Busy, _LOCKED),
}
"""What people are told, by SQLite's primary result code or by PostgreSQL's SQLSTATE."""

_NO_ANSWER = (
    "The database {name} does not answer: {detail}. Check the address and that the server runs; "
    "then look whether your last step was written before you repeat it."
)


def _told(error: DBAPIError, name: str, waited_s: float) -> WorkbenchError | None:
    """Say a database's complaint in our words; None for one that only a programmer can cause."""
    detail = (str(error.orig).strip().splitlines() or ["it gives no reason"])[0].rstrip(".")
    if isinstance(error.orig, sqlite3.Error):
        code = "_".join(getattr(error.orig, "sqlite_errorname", "").split("_")[:2])   # SQLITE_READONLY_DIRECTORY, …
    else:
        code = getattr(error.orig, "sqlstate", None) or ""
    if code in _TOLD:
        kind, sentence = _TOLD[code]
        return kind(sentence.format(name=name, detail=detail, waited_s=waited_s))
    on_server = not isinstance(error.orig, sqlite3.Error)
    if on_server and (error.connection_invalidated or isinstance(error, OperationalError)):
        return StoreUnavailable(_NO_ANSWER.format(name=name, detail=detail))
    return None
