"""Files that were packed with gzip, unpacked under a limit."""

import gzip
import zlib
from io import BytesIO

from dispatchkit.imports.problems import Findings

STARTS = b"\x1f\x8b"
"""First bytes of such a file (RFC 1952)."""

MAX_UNPACKED_BYTES = 512 * 1024**2
"""More than this is no station's day: 10,000 stops unpack to half a megabyte."""


def unpacked(data: bytes, findings: Findings, *, most_bytes: int = MAX_UNPACKED_BYTES) -> bytes | None:
    """Return what is packed; None, with the reason in `findings`, where it is damaged, cut off or too much.

    Files that were packed one by one and then joined are one file, as RFC 1952 has it.
    """
    try:
        with gzip.open(BytesIO(data)) as file:
            content = file.read(most_bytes + 1)
    except EOFError:
        findings.block("The packed file is cut off.", "Get it again from its source and import again.")
        return None
    except (OSError, zlib.error) as error:
        findings.block(f"The packed file is damaged ({error}).", "Get it again from its source and import again.")
        return None
    if len(content) > most_bytes:
        findings.block(
            f"Unpacked it has more than {most_bytes / 1024**2:,.0f} MB.", "Split it by day and import again."
        )
        return None
    return content
