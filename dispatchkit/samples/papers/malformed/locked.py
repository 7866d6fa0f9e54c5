"""A workbook behind a password, as the office program stores it: an encrypted package in a compound file (MS-CFB)."""

import base64
import struct
from collections.abc import Iterator, Mapping
from random import Random

SECTOR = 512
ENTRY = 128
SMALLEST = 4096
"""Streams from here on lie in whole sectors; smaller ones would ask for a second table."""

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
"""In the table of sectors: free, last of its stream, the table itself."""

NOBODY = 0xFFFFFFFF
STREAM, ROOT, BLACK = 2, 5, 1


def locked_workbook(chance: Random) -> bytes:
    """A workbook that is encrypted as the current office format says (MS-OFFCRYPTO, agile); its content is noise."""
    return compound_file({
        "EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + _descriptor(chance).encode(),
        "EncryptedPackage": struct.pack("<Q", 5_000) + chance.randbytes(5_008),
    })  # fmt: skip


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Put up to three streams into a compound file, version 3; short ones are filled up with blanks.

    Parameters
    ----------
    streams
        Name → content, names in the order of their lengths, as the directory of the format keeps them.
    """
    filled = {name: content.ljust(SMALLEST, b" ") for name, content in streams.items()}
    table, starts = [TABLE, END], []
    for content in filled.values():
        starts.append(len(table))
        sectors = -(-len(content) // SECTOR)
        table += [*range(len(table) + 1, len(table) + sectors), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    body = b"".join(content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\0") for content in filled.values())
    directory = b"".join(_directory(filled, starts)).ljust(SECTOR, b"\0")
    return _header() + struct.pack(f"<{len(table)}I", *table) + directory + body


def _header() -> bytes:
    """Version 3, sectors of 512 bytes; the table is sector 0, the directory sector 1."""
    magic = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    sizes = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<IIIIIIIIII", 0, 1, 1, 0, SMALLEST, END, 0, END, 0, 0)
    return magic + sizes + places + struct.pack("<108I", *[FREE] * 108)


def _directory(streams: Mapping[str, bytes], starts: list[int]) -> Iterator[bytes]:
    yield _entry("Root Entry", ROOT, child=1, start=END)
    for n, ((name, content), start) in enumerate(zip(streams.items(), starts, strict=True), 1):
        yield _entry(name, STREAM, right=n + 1 if n < len(streams) else NOBODY, start=start, size=len(content))


def _entry(name: str, kind: int, *, right: int = NOBODY, child: int = NOBODY, start: int, size: int = 0) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(written), kind, BLACK, NOBODY, right, child)
    return written.ljust(64, b"\0") + links + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def _descriptor(chance: Random) -> str:
    """What tells a program how to ask for the password: AES-256 and SHA-512, salts and keys of noise."""

    def noise(count: int) -> str:
        return base64.b64encode(chance.randbytes(count)).decode()

    cipher = 'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    sizes = 'saltSize="16" blockSize="16" keyBits="256" hashSize="64"'
    office = "http://schemas.microsoft.com/office/2006"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{office}/encryption" xmlns:p="{office}/keyEncryptor/password">'
        f'<keyData {sizes} {cipher} saltValue="{noise(16)}"/>'
        f'<dataIntegrity encryptedHmacKey="{noise(64)}" encryptedHmacValue="{noise(64)}"/>'
        f'<keyEncryptors><keyEncryptor uri="{office}/keyEncryptor/password">'
        f'<p:encryptedKey spinCount="100000" {sizes} {cipher} saltValue="{noise(16)}" '
        f'encryptedVerifierHashInput="{noise(16)}" encryptedVerifierHashValue="{noise(64)}" '
        f'encryptedKeyValue="{noise(32)}"/></keyEncryptor></keyEncryptors></encryption>'
    )
