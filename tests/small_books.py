"""Small workbooks, texts and PDFs, made as the programs make them that dispatchers export with."""

import io
import zipfile

import openpyxl
import xlwt
from fpdf import FPDF

from dispatchkit.imports import OriginalFile

PLAN_HEADER = (
    "DSP", "Route Code", "Service Type", "Wave", "Staging Location", "Route Duration", "Num Zones", "Num Packages",
    "Num Commercial Pkgs",
)  # fmt: skip
PLAN_ROW = ("AAAA", "CX101", "Electric Van", "11:15 AM", "STG.V.1", 420, 5, 319, 12)


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def xlsx(*rows, title="Solution", merged=()):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    return saved(book)


def xls(*rows, title="Solution", merged=()):
    book = xlwt.Workbook()
    sheet = book.add_sheet(title)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell is not None:
                sheet.write(i, j, cell)
    for area in merged:
        sheet.merge(*area)
    return saved(book)


def csv(*rows, delimiter=","):
    return "".join(delimiter.join("" if c is None else str(c) for c in row) + "\n" for row in rows).encode()


def pdf(*pages):
    made = FPDF()
    made.set_font("Helvetica", size=10)
    for lines in pages:
        made.add_page()
        for line in lines:
            made.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def file(name, data):
    return OriginalFile(name=name, data=data)


def with_part(data, name, content):
    """The workbook with one part of it replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return made.getvalue()
