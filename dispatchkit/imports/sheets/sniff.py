"""What bytes are. Names are changed by hand, and the same report comes as xlsx, xls or csv."""

import io
import zipfile
from enum import StrEnum

CENTRAL_ENTRY = b"PK\x01\x02"
"""How each entry of a zip file's directory begins."""

MAX_ENTRIES = 10_000
"""Entries above which a zip file's directory is not even listed."""

PARTS_OF_WORKBOOKS = (b"xl/workbook", b"xl/worksheets", b"docProps/app.xml", b"[Content_Types].xml")

SNIFFED_BYTES = 4096

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

DOCUMENTS = ("Document", "__substg")
"""What the directories of other files of that kind name: Word's, PowerPoint's, a mail's."""

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")

WEB_PAGE = ("<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<script", "<div")

UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Format(StrEnum):
    """What a file can be; those that are not read are worded as they stand in a sentence."""

    WORKBOOK = "an Excel workbook"
    OLD_WORKBOOK = "an Excel workbook of the format before 2007"
    TEXT = "delimited text"
    PDF = "a PDF"
    EMPTY = "empty"
    LOCKED = "a workbook or document with a password"
    BINARY_WORKBOOK = "an Excel workbook of the binary format (xlsb)"
    OPEN_DOCUMENT = "an OpenDocument file"
    XML_WORKBOOK = "an Excel workbook in XML of 2003"
    DOCUMENT = "a document or a mail"
    ZIP = "a zip archive"
    ARCHIVE = "a compressed archive"
    WEB_PAGE = "a web page"
    JSON = "JSON"
    PICTURE = "a picture"
    UNKNOWN = "of no format that is known here"


def sniff(data: bytes) -> Format:
    """Say what bytes are, from themselves alone; nothing is unpacked."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Format.EMPTY
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(OLE):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")):
        return Format.ARCHIVE
    if data.startswith(PICTURES[:3]) or (data.startswith(PICTURES[3:]) and b"\x00" in data[:64]):
        return Format.PICTURE
    return _text(data)


def has_macros(data: bytes) -> bool:
    """Say whether a workbook carries macros. They are never run, whatever they are."""
    return b"vbaProject.bin" in data or _utf_16("_VBA_PROJECT") in data


def _zipped(data: bytes) -> Format:
    if data.count(CENTRAL_ENTRY) > MAX_ENTRIES:
        return Format.ZIP
    try:
        names = {name.casefold().replace("\\", "/") for name in zipfile.ZipFile(io.BytesIO(data)).namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeError):
        # The directory stands at the end: a workbook that was cut off has lost it, but not the names of its parts.
        return Format.WORKBOOK if any(name in data for name in PARTS_OF_WORKBOOKS) else Format.ZIP
    if "xl/workbook.bin" in names:
        return Format.BINARY_WORKBOOK
    if any(name.startswith("xl/") for name in names):
        return Format.WORKBOOK
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return Format.DOCUMENT
    return Format.OPEN_DOCUMENT if {"mimetype", "content.xml"} <= names else Format.ZIP


def _compound(data: bytes) -> Format:
    if _utf_16("EncryptedPackage") in data:
        return Format.LOCKED
    if _utf_16("Workbook") in data or _utf_16("Book") in data:
        return Format.OLD_WORKBOOK
    # Without any name its directory is cut off: a workbook's reader will say so.
    return Format.DOCUMENT if any(_utf_16(name) in data for name in DOCUMENTS) else Format.OLD_WORKBOOK


def _text(data: bytes) -> Format:
    head = data[:SNIFFED_BYTES]
    if head.startswith(UTF_16) or max(head[::2].count(0), head[1::2].count(0)) > len(head) // 4:
        head = head.replace(b"\x00", b"")
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").decode("latin-1").casefold()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        return Format.XML_WORKBOOK
    if start.startswith(WEB_PAGE) or (start.startswith(("<?xml", "<!--")) and "<html" in start):
        return Format.WEB_PAGE
    if start.startswith(("{", "[{", "[[")):
        return Format.JSON
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in head)
    return Format.UNKNOWN if controls > len(head) // 100 else Format.TEXT


def _utf_16(name: str) -> bytes:
    return name.encode("utf-16-le")
