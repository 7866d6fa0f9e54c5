"""The return detail, in the shape of real exports; every package and everybody in it is invented."""

from datetime import date

import pytest

HEADER = [
    "Delivery Associate ", "Tracking ID", "Transporter ID", "Impact DCR", "RTS Code", "Customer Contact Details",
    "Planned Delivery Date", "Exemption Reason", "Service Area",
]  # fmt: skip
ANA = "A1B2C3D4E5F6G"


def package(tracking="TBA000000000001", impact="Y", code="BUSINESS CLOSED", day="2026-02-24", driver_id=ANA):
    return ["Ode, Ana", tracking, driver_id, impact, code, "Called, no answer", day, "", "DXX1"]


def test_a_returned_package_comes_out_whole(read):
    file = read([HEADER, package()], "rts.csv")
    (found,) = file.reading.packages
    assert (file.source, file.problems, file.reading.service_day) == ("Return detail", (), date(2026, 2, 24))
    assert (found.row, found.package_id, found.driver_id, found.name) == (2, "TBA000000000001", ANA, "Ana Ode")
    assert (found.reason, found.impacts_dcr, found.planned_day) == ("BUSINESS CLOSED", True, date(2026, 2, 24))
    assert (found.customer_contact, found.exemption, found.service_area) == ("Called, no answer", "", "DXX1")


def test_the_columns_are_met_by_newer_names_too(read):
    header = [{"RTS Code": "DA Selected RTS Code", "Customer Contact Details": "Additional Information"}.get(h, h)
              for h in HEADER]  # fmt: skip
    (found,) = read([header, package(code="NO RTS CODE SELECTED")]).reading.packages
    assert (found.reason, found.customer_contact) == ("NO RTS CODE SELECTED", "Called, no answer")


@pytest.mark.parametrize(("written", "impacts"), [("Y", True), ("N", False), ("", None), ("Yes", True)])
def test_a_blank_impact_is_no_data(read, written, impacts):
    (found,) = read([HEADER, package(impact=written)]).reading.packages
    assert found.impacts_dcr is impacts


def test_the_same_row_twice_is_one_package_and_another_day_is_another(read, sentences):
    file = read([HEADER, package(), package(), package(day="2026-02-25")])
    assert [p.row for p in file.reading.packages] == [2, 4]
    assert file.reading.service_day is None
    assert sentences(file, blocks=False) == ["row 3: The same row as 2; it was read once."]


def test_a_tracking_id_that_a_spreadsheet_rounded_is_a_problem(read, sentences):
    file = read([HEADER, package("9.40551E+21"), package()])
    assert [p.row for p in file.reading.packages] == [3]
    assert sentences(file, blocks=True)[0].startswith("row 2, Tracking ID: '9.40551E+21' was a long figure")


def test_a_row_without_a_package_and_a_wrong_date_are_problems(read, sentences):
    file = read([HEADER, package(""), package(day="2026-02-31")])
    assert [s.partition(":")[0] for s in sentences(file, blocks=True)] == [
        "row 2, Tracking ID", "row 3, Planned Delivery Date",
    ]  # fmt: skip
