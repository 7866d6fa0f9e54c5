"""The tables of a log, the same on SQLite and PostgreSQL.

Instants are kept as text (`chain.stamp`), fixed in width and always UTC, so that they sort, compare and read the same
in both databases and in an export.
"""

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.dialects import postgresql

FORMAT = 1
"""Version of these tables. A program refuses a store with a higher one instead of guessing."""

metadata = MetaData()

_TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")   # sorts by bytes, as SQLite does

log_format = Table("log_format", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

facts = Table(
    "facts",
    metadata,
    Column("day", _TEXT, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("first_n", Integer, nullable=False),
    Column("at", _TEXT, nullable=False, quote=True),
    Column("learned_at", _TEXT, nullable=False),
    Column("by", _TEXT, nullable=False, quote=True),
    Column("kind", _TEXT, nullable=False),
    Column("body", _TEXT, nullable=False),   # text, not a JSON type: the chain is over its exact bytes
    Column("hash", _TEXT, nullable=False),
    sqlite_with_rowid=False,
)

heads = Table(
    "heads",
    metadata,
    Column("day", _TEXT, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("hash", _TEXT, nullable=False),
    sqlite_with_rowid=False,
)

artifacts = Table(
    "artifacts",
    metadata,
    Column("digest", _TEXT, primary_key=True),
    Column("media_type", _TEXT, nullable=False),
    Column("data", LargeBinary, nullable=True),   # zlib; null once erased
    Column("size", Integer, nullable=False),      # bytes, uncompressed
    Column("stored_at", _TEXT, nullable=False),
    Column("erased_at", _TEXT, nullable=True),
)

directory = Table(
    "directory",
    metadata,
    Column("subject", _TEXT, primary_key=True),
    Column("field", _TEXT, primary_key=True),
    Column("value", _TEXT, nullable=False),
    Column("source", _TEXT, nullable=False),
    Column("stored_at", _TEXT, nullable=False),
    Column("erasable_after", _TEXT, nullable=True, index=True),
    sqlite_with_rowid=False,
)

presence = Table(
    "presence",
    MetaData(),   # not one of the log's own: made when somebody is first seen, in stores of earlier versions too
    Column("window_id", _TEXT, primary_key=True),
    Column("day", _TEXT, nullable=False),
    Column("who", _TEXT, nullable=False),
    Column("page", _TEXT, nullable=False),
    Column("since", _TEXT, nullable=False),
    Column("last_seen", _TEXT, nullable=False),
    sqlite_with_rowid=False,
)

leases = Table(
    "leases",
    MetaData(),   # like presence: made when a job is first taken
    Column("day", _TEXT, primary_key=True),
    Column("job", _TEXT, primary_key=True),
    Column("holder_id", _TEXT, nullable=False),
    Column("who", _TEXT, nullable=False),
    Column("since", _TEXT, nullable=False),
    Column("ends", _TEXT, nullable=False),
    sqlite_with_rowid=False,
)

derived = Table(
    "derived",
    MetaData(),   # like presence: made when something is first kept
    Column("day", _TEXT, primary_key=True),
    Column("what", _TEXT, primary_key=True),
    Column("basis", _TEXT, nullable=False),
    Column("body", LargeBinary, nullable=False),   # zlib
    sqlite_with_rowid=False,
)

playbacks = Table(
    "playbacks",
    MetaData(),   # like presence: made when a day is first simulated while people look on
    Column("day", _TEXT, primary_key=True),
    Column("speed", Float, nullable=False),
    Column("frozen", Integer, nullable=False),
    Column("goes_to", _TEXT, nullable=False),
    Column("stands_at", _TEXT, nullable=False),
    Column("who", _TEXT, nullable=False),
    sqlite_with_rowid=False,
)

CONTENT = (facts, heads, artifacts, directory)
"""Every table that holds something worth keeping, in the order in which a store is filled; who is here now is not."""
