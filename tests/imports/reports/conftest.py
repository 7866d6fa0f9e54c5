"""Files in the making: a table of cells becomes the bytes that a portal would hand over, and is read back."""

import csv
import io
from datetime import date

import msgspec
import openpyxl
import pytest

from dispatchkit.imports.given import OriginalFile
from dispatchkit.imports.reports import read_reports
from dispatchkit.station import load


def as_csv(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows, tab):
    book = openpyxl.Workbook()
    book.active.title = tab
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.fixture(scope="session")
def profile():
    """The default profile of a station in Chicago."""
    station = load()
    site = msgspec.structs.replace(station.site, timezone="America/Chicago")
    return msgspec.structs.replace(station, site=site)


@pytest.fixture
def read(profile):
    """Read a table as the file that it would be: a CSV, or a workbook where a tab is named."""

    def read(rows, name="export.csv", *, tab="", station=profile, near=date(2026, 2, 24)):
        original = OriginalFile(name=name, data=as_xlsx(rows, tab) if tab else as_csv(rows))
        (file,) = read_reports([original], station=station, near=near)
        return file

    return read


@pytest.fixture
def sentences():
    """What a file's problems say: those that block, or the notes."""

    def sentences(file, *, blocks):
        return [str(p).removeprefix(file.original.name).lstrip(":, ") for p in file.problems if p.blocks == blocks]

    return sentences
