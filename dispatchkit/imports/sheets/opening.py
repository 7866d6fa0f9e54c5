"""Any file becomes sheets, or sentences that say why it does not."""

from dispatchkit.imports.given import OriginalFile
from dispatchkit.imports.problems import Findings
from dispatchkit.imports.sheets.book import block_locked
from dispatchkit.imports.sheets.cells import Sheet
from dispatchkit.imports.sheets.limits import Limits, TooBig, check_bytes, refuse
from dispatchkit.imports.sheets.sniff import Format, sniff
from dispatchkit.imports.sheets.text import read_text

WHAT_TO_DO = {
    Format.BINARY_WORKBOOK: "Open it in a spreadsheet, save it as xlsx and import that.",
    Format.OPEN_DOCUMENT: "Open it in a spreadsheet, save it as xlsx and import that.",
    Format.XML_WORKBOOK: "Open it in a spreadsheet, save it as xlsx and import that.",
    Format.ZIP: "Unpack it and import the files in it.",
    Format.ARCHIVE: "Unpack it and import the files in it.",
    Format.WEB_PAGE: "If you were signed out while exporting, sign in and export again; otherwise save it as xlsx.",
    Format.PICTURE: "Export the report itself, as xlsx or CSV, and import that.",
}
"""What to do about formats that are not read."""


def fits(original: OriginalFile, findings: Findings, limits: Limits) -> bool:
    """Say whether a file is small enough to be looked at; if not, `findings` has the reason."""
    try:
        check_bytes(len(original.data), limits.file_bytes, "The file")
    except TooBig as error:
        refuse(findings, error)
        return False
    return True


def sheets_of(original: OriginalFile, findings: Findings, limits: Limits) -> tuple[Sheet, ...]:
    """Read the sheets of a workbook or of delimited text, by what the bytes are.

    Returns
    -------
    tuple of Sheet
        Empty, with the reason in `findings`, where the file holds no sheets or cannot be read.
    """
    if not fits(original, findings, limits):
        return ()
    match what := sniff(original.data):
        case Format.WORKBOOK:
            from dispatchkit.imports.sheets.workbook import read_workbook  # a page that reads no workbook loads none

            return read_workbook(original.data, findings, limits)
        case Format.OLD_WORKBOOK:
            from dispatchkit.imports.sheets.old_workbook import read_old_workbook

            return read_old_workbook(original.data, findings, limits)
        case Format.TEXT:
            return read_text(original.data, findings, limits)
        case Format.EMPTY:
            findings.block("The file is empty.", "Get it again from its source and import again.")
        case Format.LOCKED:
            block_locked(findings)
        case _:
            fix = WHAT_TO_DO.get(what, "Export the report again, as xlsx or CSV, and import that.")
            findings.block(f"The file is {what.value}, whatever its name says; no table in it can be read.", fix)
    return ()
