"""Text files that are hard to read: other separators and encodings, dates in forty ways, a line without end."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import product

from dispatchkit.samples.papers import fleet, people
from dispatchkit.samples.papers.files import Cell, Rows, csv_bytes, csv_text
from dispatchkit.samples.papers.known import Known
from dispatchkit.samples.papers.malformed.made import Malformed

DATE_FORMATS = 40

ENDLESS_CHARACTERS = 40_000
"""More than the 32,767 characters that a cell of a workbook may hold by the vendor's specification."""

EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of a workbook's serial dates."""


def files(known: Known) -> dict[str, Malformed]:
    """The malformed text files of a day."""
    inspections, associates = _inspections(known), people.associates_rows(known)
    return {
        "DVIC - forty date formats.csv": Malformed(
            csv_bytes(_with_dates(inspections, known.service_day)),
            f"Dates and times are written in {DATE_FORMATS} ways, some with the month first and some with the day.",
        ),
        "DVIC - semicolons.csv": Malformed(
            csv_text(inspections, delimiter=";").encode(), "Columns are parted by semicolons."
        ),
        "AssociateData - utf-16.csv": Malformed(
            csv_text(associates).encode("utf-16"), "The text is UTF-16, as a spreadsheet saves Unicode text."
        ),
        "AssociateData - endless line.csv": Malformed(
            csv_bytes([*associates[:1], ["x" * ENDLESS_CHARACTERS, *associates[1][1:]], *associates[2:]]),
            f"A name has {ENDLESS_CHARACTERS:,} characters: no person wrote it.",
        ),
        "VehiclesData - a csv.xls": Malformed(
            csv_bytes(fleet.vehicles_rows(known)), "The name says xls, the content is csv."
        ),
    }


def date_formats(day: date) -> list[str]:
    """Forty ways to write a day that were met in exports and in tables kept by hand."""
    return list(_written(day))


def _written(day: date) -> Iterator[str]:
    d, m, yy = day.day, day.month, f"{day:%y}"
    yield from (f"{day}", f"{day:%Y%m%d}", f"{(day - EXCEL_EPOCH).days}", f"{day:%G-W%V-%u}", f"{day:%Y-%j}")
    yield from (f"{m}/{d}/{yy}", f"{d}.{m}.{yy}", f"{m}-{d}-{yy}", f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}")
    orders: tuple[Callable[[str], str], ...] = (
        lambda sign: f"{day:%m}{sign}{day:%d}{sign}{day:%Y}", lambda sign: f"{day:%d}{sign}{day:%m}{sign}{day:%Y}",
    )  # fmt: skip
    yield from (order(sign) for order, sign in product(orders, "/.- "))
    yield from (f"{d}{sign}{day:%b}{sign}{day:%Y}" for sign in ("-", "/", " ", ""))
    yield from (f"{d}-{day:%b}-{yy}", f"{d} {day:%b} {yy}", f"{d}/{day:%b}", f"{day:%a}, {d}/{day:%b}")
    yield from (f"{day:%b} {d}, {day:%Y}", f"{day:%B} {d}, {day:%Y}", f"{day:%b} {d}", f"{day:%b}. {d}, {day:%Y}")
    yield from (f"{day:%a} {m}/{d}", f"{day:%A} {m}/{d}/{yy}", f"{day:%A}, {day:%B} {d}, {day:%Y}")
    yield from (f"{d}. {day:%B} {day:%Y}", f"{day}T00:00:00Z", f"{day} 00:00:00", f"{day:%a %b %d %Y}".upper())
    yield from (f"{day:%Y} {day:%b} {d}", f"{m}/{d}/{day:%Y} 12:00 AM", f"{day:%d%m%Y}")


def _inspections(known: Known) -> Rows:
    """The day's inspections; before there are any, one of each van by whoever is on the roster."""
    header, *rows = fleet.dvic_rows(known)
    before = known.day.pre_load_out
    if rows or not before.fleet or not before.roster:
        return [header, *rows]
    day = f"{known.service_day}"
    return [header, *(
        (day, known.dsp, known.station, driver.driver_id, known.name(driver.driver_id), known.vin(van.van_id),
         van.service_type, "PRE_TRIP_DVIC", "PASSED", f"{day} 08:10:00", f"{day} 08:14:00", "0:04:00", "")
        for van, driver in zip(before.fleet.vans, before.roster.drivers, strict=False)
    )]  # fmt: skip


def _with_dates(rows: Rows, day: date) -> Rows:
    """As many inspections as there are formats, each with its own; repeated, a minute later, where there are fewer."""
    header, *inspections = rows
    dates = [header.index("start_date"), header.index("start_time"), header.index("end_time")]
    made: list[list[Cell]] = [list(header)]
    for n, written in enumerate(date_formats(day)):
        row = list(inspections[n % len(inspections)])
        began = datetime(day.year, day.month, day.day, 8) + timedelta(minutes=n)  # noqa: DTZ001 -- a wall clock
        for place, at in zip(dates, (None, began, began + timedelta(minutes=4)), strict=True):
            row[place] = written if at is None else f"{written} {at:%H:%M}"
        made.append(row)
    return made
