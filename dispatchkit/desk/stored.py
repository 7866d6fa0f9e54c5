"""Records kept as artifacts: a plan, a roster, a fleet, by the digest of their bytes."""

from typing import Any, Protocol, TypeVar, cast

import msgspec

from dispatchkit.errors import Damaged

R = TypeVar("R")

RECORD_TYPE = "application/json"


def record_bytes(record: msgspec.Struct) -> bytes:
    """The bytes as which a record is kept: the same record is the same bytes every time."""
    return msgspec.json.encode(record, order="deterministic")


class ArtifactStore(Protocol):
    """The part of the log that keeps bytes by digest."""

    def put_artifact(self, data: bytes, media_type: str) -> str:
        """Keep bytes; return their digest."""
        ...

    def artifact(self, digest: str) -> bytes:
        """Return the bytes with this digest."""
        ...


class StoredRecords:
    """Reads and writes records in the store; what was read once is kept, for its bytes can never change."""

    def __init__(self, store: ArtifactStore) -> None:
        self._store = store
        self._read: dict[str, Any] = {}

    def record(self, digest: str, kind: type[R]) -> R:
        """Return the record with this digest; Damaged where its bytes are no such record."""
        held = self._read.get(digest)
        if held is None:
            try:
                held = msgspec.json.decode(self._store.artifact(digest), type=kind)
            except msgspec.DecodeError as error:
                raise Damaged(f"The stored {kind.__name__.lower()} {digest[:12]}… cannot be read: {error}.") from error
            self._read[digest] = held
        return cast(R, held)

    def put(self, record: msgspec.Struct) -> str:
        """Keep a record; return its digest. The same record always has the same digest."""
        digest = self._store.put_artifact(record_bytes(record), RECORD_TYPE)
        self._read[digest] = record
        return digest
