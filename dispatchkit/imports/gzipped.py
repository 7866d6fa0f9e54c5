"""Files that were packed with gzip, unpacked under a limit."""

import zlib

from dispatchkit.imports.problems import Findings

STARTS = b"\x1f\x8b"
"""First bytes of such a file (RFC 1952)."""

MAX_UNPACKED_BYTES = 512 * 1024**2
"""More than this is no station's day: 10,000 stops unpack to half a megabyte."""

_WITH_GZIP_HEADER = 31      # zlib's way to say it: 16 for the header, 15 for the largest window


def unpacked(data: bytes, findings: Findings, *, most_bytes: int = MAX_UNPACKED_BYTES) -> bytes | None:
    """Return what is packed; None, with the reason in `findings`, where it is damaged, cut off or too much."""
    unpacker = zlib.decompressobj(_WITH_GZIP_HEADER)
    try:
        content = unpacker.decompress(data, most_bytes)
    except zlib.error as error:
        findings.block(f"The packed file is damaged ({error}).", "Get it again from its source and import again.")
        return None
    if unpacker.unconsumed_tail:
        findings.block(
            f"Unpacked it has more than {most_bytes / 1024**2:,.0f} MB.", "Split it by day and import again."
        )
        return None
    if not unpacker.eof:
        findings.block("The packed file is cut off.", "Get it again from its source and import again.")
        return None
    return content
