"""What tests of papers can ask for."""

import csv
import io

import openpyxl
import pytest

from dispatchkit.samples.names import names_of
from dispatchkit.samples.papers.known import Known
from tests.samples.papers.story import ROSTER, one_day


@pytest.fixture(scope="session")
def day():
    return one_day().day


@pytest.fixture(scope="session")
def names():
    return names_of(ROSTER.driver)


@pytest.fixture(scope="session")
def known(day, names):
    return Known(day=day, names=names, dsp="DXXA")


@pytest.fixture(scope="session")
def open_book():
    """Bytes of a workbook → its rows by sheet."""

    def opened(content):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}

    return opened


@pytest.fixture(scope="session")
def open_csv():
    """Bytes of a csv → its rows as a list of dictionaries."""
    return lambda content: list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture(scope="session")
def as_records():
    """Rows with a header → a list of dictionaries."""

    def records(rows):
        header, *others = rows
        return [dict(zip(header, row, strict=True)) for row in others]

    return records
