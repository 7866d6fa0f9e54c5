"""Artifacts: bulky things that facts refer to (original files, plans, reports), kept once under their SHA-256.

They never change. One that holds personal data can be erased: its name and size stay, so that facts that refer to it
and the chain still stand.
"""

import zlib
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, bindparam, select, text

from dispatchkit.errors import Damaged, NotFound
from dispatchkit.log import chain, schema

_PUT = text(
    "INSERT INTO artifacts (digest, media_type, data, size, stored_at) "
    "VALUES (:digest, :media_type, :data, :size, :stored_at) "
    "ON CONFLICT (digest) DO UPDATE SET data = excluded.data, erased_at = NULL WHERE artifacts.data IS NULL"
)
_GET = select(schema.artifacts).where(schema.artifacts.c.digest == bindparam("digest"))
_ERASE = text("UPDATE artifacts SET data = NULL, erased_at = :erased_at WHERE digest = :digest AND data IS NOT NULL")

_ERASED_ELSEWHERE = text("UPDATE artifacts SET erased_at = :erased_at WHERE digest = :digest AND data IS NULL")


class Artifact(msgspec.Struct, frozen=True):
    """A stored artifact: `data` is zlib's, None once erased; `size` in bytes, uncompressed; times are stamps."""

    digest: str
    media_type: str
    data: bytes | None
    size: int
    stored_at: str
    erased_at: str | None = None

    @classmethod
    def of(cls, content: bytes, media_type: str, stored_at: datetime) -> "Artifact":
        """Make one of its uncompressed bytes."""
        stored = chain.stamp(stored_at)
        return cls(sha256(content).hexdigest(), media_type, zlib.compress(content), len(content), stored)

    def content(self) -> bytes:
        """Return the bytes as they were put in; NotFound once erased, Damaged where they are others."""
        if self.data is None:
            raise NotFound(f"Artifact {self.digest} was erased on {(self.erased_at or 'an unknown day')[:10]}.")
        try:
            content = zlib.decompress(self.data)
        except zlib.error:
            content = None
        if content is None or sha256(content).hexdigest() != self.digest:
            raise Damaged(f"Artifact {self.digest} is not what was stored. Restore a backup.")
        return content


def put(connection: Connection, artifact: Artifact) -> None:
    """Store an artifact; the same one again changes nothing, but brings back an erased one."""
    connection.execute(_PUT, {f: getattr(artifact, f) for f in ("digest", "media_type", "data", "size", "stored_at")})


def find(connection: Connection, digest: str) -> Artifact | None:
    """Return an artifact, unchecked, or None."""
    row = connection.execute(_GET, {"digest": digest}).one_or_none()
    return None if row is None else Artifact(**row._mapping)


def get(connection: Connection, digest: str) -> Artifact:
    """Return an artifact, unchecked; NotFound where there is none."""
    found = find(connection, digest)
    if found is None:
        raise NotFound(f"There is no artifact {digest}. If it came from another machine, import its whole day.")
    return found


def erase(connection: Connection, digest: str, erased_at: datetime) -> None:
    """Forget an artifact's bytes for good; NotFound where there is none."""
    get(connection, digest)
    connection.execute(_ERASE, {"digest": digest, "erased_at": chain.stamp(erased_at)})


def digests(connection: Connection) -> list[str]:
    """Return the digests of everything stored, in order."""
    table = schema.artifacts
    return list(connection.execute(select(table.c.digest).order_by(table.c.digest)).scalars())


def complaint(connection: Connection, digest: str) -> str | None:
    """Say what is wrong with an artifact ("is missing", …), or None; an erased one is in order."""
    artifact = find(connection, digest)
    if artifact is None:
        return "is missing"
    if artifact.data is None:
        return None if artifact.erased_at else "is missing"
    try:
        artifact.content()
    except Damaged:
        return "is not what was stored"
    return None


def put_all(connection: Connection, artifacts: Iterable[Artifact]) -> None:
    """Store artifacts as they come from an archive, the erased ones as erased."""
    for artifact in artifacts:
        put(connection, artifact)
        if artifact.erased_at is not None and artifact.data is None:
            connection.execute(_ERASED_ELSEWHERE, {"digest": artifact.digest, "erased_at": artifact.erased_at})
