"""A workbook's parts, unpacked under the limits and put together again without anything that could still grow.

What is counted here is what the parser sees: it gets the unpacked parts, stored as they are, and no macros, pictures or
embedded files. So a directory that lies about sizes deceives nobody.
"""

import io
import re
import zipfile
import zlib

from dispatchkit.imports.sheets.damage import Damaged
from dispatchkit.imports.sheets.limits import Limits, check, check_bytes
from dispatchkit.imports.sheets.sniff import CENTRAL_ENTRY

READ = (".xml", ".rels")
"""Parts of a workbook that hold cells, or say where they are."""

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How the parts of a workbook are packed; a reader of workbooks needs no other way."""

LOCKED_BIT = 0x1

CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
BLANK_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^<>]*/>')

UNPACKED = "Unpacked, the file"


def unpacked(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Unpack the parts that matter, by name.

    Raises
    ------
    TooBig
        By what the directory says, before anything is unpacked; and by what comes out, before too much has.
    Damaged
        Where the archive cannot be read.
    """
    check(data.count(CENTRAL_ENTRY), limits.entries, "parts")
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.casefold().endswith(READ)]
            check_bytes(sum(entry.file_size for entry in archive.infolist()), limits.expanded_bytes, UNPACKED)
            come = 0
            for entry in entries:
                if entry.flag_bits & LOCKED_BIT:
                    raise Damaged("its parts are locked with a password")
                if entry.compress_type not in PACKED:
                    raise Damaged("its parts are packed in a way that workbooks are not")
                with archive.open(entry) as part:
                    content = part.read(limits.expanded_bytes - come + 1)
                come += len(content)
                check_bytes(come, limits.expanded_bytes, UNPACKED)
                parts[entry.filename] = without_blanks(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, UnicodeError) as error:
        raise Damaged(str(error).rstrip(".")) from error
    return parts


def without_blanks(content: bytes) -> bytes:
    """Leave out the cells that are only formatted, with which exports fill sheets by the million.

    Left as it is where some cells name no place (they count on from those before them) or a mark-up is meant as text.
    """
    if b"<![CDATA[" in content or content.count(b'<c r="') < len(CELL.findall(content)):
        return content
    return BLANK_CELL.sub(b"", content)


def repacked(parts: dict[str, bytes]) -> bytes:
    """Put parts together into an archive in which everything stands as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
