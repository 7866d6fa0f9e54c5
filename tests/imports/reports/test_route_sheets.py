"""Route sheets: several routes a PDF, held to their own totals. The pages are made in the shape that is described."""

from datetime import time

from fpdf import FPDF

from dispatchkit.imports.reports import read_reports
from dispatchkit.station import load
from tests.small_books import file, pdf

STATION = load()


def sheet(code="CX101", total=36, bags=2, extra=()):
    return [
        f"Route: {code}   STG.V.1", "Service Type: Standard Parcel Electric", "Wave: 11:15 AM",
        "# Sort Zone Bag Pkgs", "1 A-1.1A Green 1069 17", "2 A-1.2B Navy 207 12", *extra,
        "Overflow", "# Zone Pkgs", "1 A-99.JW 3", "2 B-12.1C 4",
        f"{bags} bags 7 overflow", f"Total packages: {total}",
    ]  # fmt: skip


def read(data):
    (found,) = read_reports([file("sheets.pdf", data)], station=STATION)
    return found


def said(found):
    return " ".join(map(str, found.problems))


def test_a_route_sheet_names_bags_and_overflow():
    found = read(pdf(sheet()))
    (route,) = found.reading.sheets
    assert (found.source, said(found)) == ("Route sheets", "")
    assert (route.page, route.code, route.staging, route.wave) == (1, "CX101", "STG.V.1", time(11, 15))
    assert (route.service_type, route.packages) == ("Standard Parcel Electric", 36)
    assert [(b.number, b.zone, b.bag, b.packages) for b in route.bags] == [
        (1, "A-1.1A", "Green 1069", 17),
        (2, "A-1.2B", "Navy 207", 12),
    ]
    assert [(b.zone, b.bag, b.packages) for b in route.overflow] == [("A-99.JW", "", 3), ("B-12.1C", "", 4)]


def test_bags_and_overflow_side_by_side_are_told_apart():
    lines = ["Route: CX101", "1 A-1.1A Green 1069 17 1 A-99.JW 3", "2 A-1.2B Navy 207 12", "Total packages: 32"]
    (route,) = read(pdf(lines)).reading.sheets
    assert (len(route.bags), len(route.overflow)) == (2, 1)


def test_several_routes_stand_in_one_pdf_and_a_route_may_go_on_over_a_page():
    rest = ["3 A-1.3C Black 11 5", "Total packages: 41"]
    found = read(pdf(sheet("CX101"), sheet("CX102", total=36)[:-2], rest, sheet("CX103")))
    assert [(s.page, s.code, len(s.bags)) for s in found.reading.sheets] == [
        (1, "CX101", 2),
        (2, "CX102", 3),
        (4, "CX103", 2),
    ]
    assert said(found) == ""


def test_totals_that_do_not_add_up_are_named_by_page():
    found = read(pdf(sheet("CX101"), sheet("CX102", total=40, bags=3)))
    assert "Page 2, 'CX102': its lines come to 36 packages, its total says 40." in said(found)
    assert "its lines come to 2 bags, its total says 3." in said(found)


def test_a_line_that_cannot_be_read_is_missed_by_the_totals():
    found = read(pdf(sheet(total=41, bags=3, extra=["3 A-1.3C ????? 5"])))
    assert found.problems[0].blocks


def test_a_scanned_pdf_says_that_it_holds_no_text():
    page = FPDF()
    page.add_page()
    page.rect(10, 10, 100, 100)
    assert "scanned or photographed" in said(read(bytes(page.output())))


def test_a_protected_pdf_is_asked_for_without_protection():
    page = FPDF()
    page.set_encryption(owner_password="owner", user_password="user")
    page.add_page()
    assert "protected" in said(read(bytes(page.output())))


def test_another_pdf_is_no_route_sheet():
    found = read(pdf(["Minutes of the stand-up", "Mirrors and seat belts"]))
    assert found.reading is None
    assert "no route sheets" in said(found)


def test_a_pdf_that_was_cut_off_is_a_sentence():
    found = read(pdf(sheet())[:400])
    assert found.reading is None
    assert found.problems
