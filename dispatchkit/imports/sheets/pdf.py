"""The text of a PDF, page by page, read under the limits."""

import io
import re
import zlib

from dispatchkit.imports.problems import Findings
from dispatchkit.imports.sheets.damage import Damaged, parsing
from dispatchkit.imports.sheets.limits import Limits, TooBig, check, check_bytes, refuse

LAYERS = 3
"""How often a stream of a PDF may be packed over and over; more is not looked into."""


def read_pages(data: bytes, findings: Findings, limits: Limits) -> list[str]:
    """Read the text of each page; none, with the reason in `findings`, where there is none to be read."""
    if b"/Encrypt" in data:
        findings.block("The PDF is protected.", "Save it without a password and import that.")
        return []
    try:
        _check_streams(data, limits)
        pages = _pages(data, limits)
    except TooBig as error:
        refuse(findings, error)
        return []
    except Damaged as error:
        findings.block(
            f"The PDF is damaged or cut off: {error}.", "Get it again from its source and import again."
        )
        return []
    if not any(text.strip() for text in pages):
        findings.block(
            "The PDF holds pictures of pages, but no text: it was scanned or photographed.",
            "Download it as it is, without printing it, and import that.",
        )
        return []
    return pages


def _pages(data: bytes, limits: Limits) -> list[str]:
    """The text of each page, line by line as they stand."""
    import pdfplumber  # only where a PDF is read

    with parsing(), pdfplumber.open(io.BytesIO(data)) as pdf:
        check(len(pdf.pages), limits.pages, "pages")
        texts = []
        for page in pdf.pages:
            texts.append(page.extract_text())
            page.close()        # it would keep every sign with its place
        return texts


def _check_streams(data: bytes, limits: Limits) -> None:
    """Unpack the streams of a PDF piece by piece, keeping nothing, and stop where they come to too much."""
    come = 0
    for start in re.finditer(rb"stream\r?\n", data):
        end = data.find(b"endstream", start.end())
        content = data[start.end() : end if end >= 0 else len(data)]
        for _ in range(LAYERS):
            if content[:1] != b"\x78":      # how a deflated stream begins
                break
            unpacker = zlib.decompressobj()
            try:
                content = unpacker.decompress(content, limits.expanded_bytes - come + 1)
            except zlib.error:
                break
            come += len(content)
            check_bytes(come, limits.expanded_bytes, "Unpacked, the file")
