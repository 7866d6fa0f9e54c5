"""Files whose container is the trouble: locked, with macros, cut off, empty, another kind than the name says."""

import io
import zipfile
from datetime import UTC, datetime, time

from fpdf import FPDF

from dispatchkit.samples.papers import day_of_ops, fleet, people, route_sheets
from dispatchkit.samples.papers.files import WRITTEN_AT, packed, parts, workbook
from dispatchkit.samples.papers.known import Known
from dispatchkit.samples.papers.malformed.locked import compound_file, locked_workbook
from dispatchkit.samples.papers.malformed.made import Malformed

SHEET_PART = "xl/worksheets/sheet1.xml"
EXPANDED_BYTES = 101_000_000
"""What the swollen workbook expands to: just above what the station profile allows by default (100 MB)."""

BLANKS = b" " * 100_000

PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
MACRO_PART = "xl/vbaProject.bin"
MACRO_OVERRIDE = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'


def files(known: Known) -> dict[str, Malformed]:
    """The files of a day whose container is malformed."""
    plan_name, plan = day_of_ops.file_name(known), day_of_ops.day_of_ops(known)
    return {
        plan_name.replace(".xlsx", " - password.xlsx"): Malformed(
            locked_workbook(known.chance("password")), "The workbook is locked with a password that nobody knows."
        ),
        plan_name.replace(".xlsx", " - macros.xlsm"): Malformed(
            _with_macros(plan), "The workbook has a part for macros: its figures may be read, its program never run."
        ),
        plan_name.replace(".xlsx", " - cut off.xlsx"): Malformed(
            plan[: len(plan) // 2], "The download broke off half-way: the workbook cannot be opened."
        ),
        "VehiclesData - swollen.xlsx": Malformed(
            _swollen(fleet.vehicles(known)),
            f"{EXPANDED_BYTES // 1_000_000} MB of blanks in a workbook of a tenth of a megabyte: more than "
            "`[imports] max_expanded` of the station profile allows.",
        ),
        "AssociateData - a workbook.csv": Malformed(
            workbook({"Associates": people.associates_rows(known)}), "The name says csv, the content is a workbook."
        ),
        "EV_Charge - empty.csv": Malformed(b"", "The file is empty."),
        route_sheets.file_name(known).replace(".pdf", " - a scan.pdf"): Malformed(
            _without_text(known), "The route sheets are a picture: a PDF without any text."
        ),
    }


def _with_macros(book: bytes) -> bytes:
    held = parts(book)
    types = held["[Content_Types].xml"].replace(PLAIN_TYPE, MACRO_TYPE)
    held["[Content_Types].xml"] = types.replace(b"</Types>", MACRO_OVERRIDE + b"</Types>")
    held[MACRO_PART] = compound_file({"dir": bytes(4096)})
    return packed(held)


def _swollen(book: bytes) -> bytes:
    """Blow a sheet up with blanks, piece by piece: the whole of it never stands in memory."""
    held = parts(book)
    before, _, after = held.pop(SHEET_PART).partition(b"</sheetData>")
    packing = io.BytesIO(packed(held))
    with zipfile.ZipFile(packing, "a") as archive:
        entry = zipfile.ZipInfo(SHEET_PART, date_time=WRITTEN_AT.timetuple()[:6])
        entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
        with archive.open(entry, "w") as sheet:
            sheet.write(before)
            for _ in range(EXPANDED_BYTES // len(BLANKS)):
                sheet.write(BLANKS)
            sheet.write(b"</sheetData>" + after)
    return packing.getvalue()


def _without_text(known: Known) -> bytes:
    """A page with strokes where the lines of a sheet would be, as a scanner leaves it."""
    pdf = FPDF(format="letter")
    pdf.set_creation_date(datetime.combine(known.service_day, time(12), UTC))
    pdf.set_producer("dispatchkit samples")
    pdf.add_page()
    for line in range(20):
        pdf.rect(20, 20 + 6 * line, 60 + 7 * (line % 5), 2, style="F")
    return bytes(pdf.output())
