"""The route sheets: a page a route with its bags and overflow, for the load-out. A PDF, as the station prints it."""

from datetime import UTC, datetime, time
from itertools import zip_longest

from fpdf import FPDF

from dispatchkit.records import Package, PlannedRoute, Record
from dispatchkit.samples.papers.known import Known

COLOURS = ("Black", "Green", "Navy", "Orange", "Yellow")

OVERFLOW_CM3 = 28_000
"""A package from here on does not go into a bag: about a box of 40 × 35 × 20 cm."""

BAG_PACKAGES = (9, 22)
"""Packages of a bag, at least and at most, but for the last one of a route."""

OVERFLOW_ZONE = 99
"""Zones of overflow are lettered behind this number: "A-99.4X"."""

LINE_MM = 5.0
LEFT_MM = (8.0, 26.0, 38.0, 14.0)
"""Widths: number, sort zone, bag, packages."""
RIGHT_MM = (8.0, 30.0, 14.0)
"""Widths: number, zone, packages."""
GAP_MM = 12.0


class SheetLine(Record, frozen=True):
    """A bag, or with an empty `bag` an overflow line, and how many packages it is."""

    zone: str
    bag: str
    packages: int


def route_sheets(known: Known) -> bytes:
    """The PDF: bags to the left, overflow to the right, totals below; a long route goes on on the next page."""
    pdf = FPDF(format="letter")
    pdf.core_fonts_encoding = "windows-1252"     # the station's sheets set "•" between their parts
    pdf.set_creation_date(datetime.combine(known.service_day, time(12), UTC))
    pdf.set_title(f"Route Sheets {known.station} {known.service_day}")
    pdf.set_producer("dispatchkit samples")
    pdf.set_auto_page_break(True, margin=12)
    for route in known.day.plan.routes:
        _sheet(pdf, known, route)
    return bytes(pdf.output())


def file_name(known: Known) -> str:
    """The usual name of the file."""
    return f"Route_Sheets_{known.station}_{known.service_day}.pdf"


def sheet_lines(known: Known, route: PlannedRoute) -> tuple[list[SheetLine], list[SheetLine]]:
    """Bags and overflow of a route. Every package is in one of them: they are filled stop by stop."""
    chance = known.chance("bags", route.route_id)
    bags: list[SheetLine] = []
    big: dict[str, int] = {}
    zone, held, room = "", 0, chance.randint(*BAG_PACKAGES)
    for stop in known.day.plan.stops_of(route.route_id):
        for package in stop.packages:
            if _is_overflow(package):
                name = f"{(stop.zone or 'A')[0]}-{OVERFLOW_ZONE}.{chance.randint(1, 4)}{chance.choice('TUWXYZ')}"
                big[name] = big.get(name, 0) + 1
                continue
            if held == room:
                bags.append(_bag(zone, held, bags, known))
                held, room = 0, chance.randint(*BAG_PACKAGES)
            zone, held = zone if held else (stop.zone or "A-1.1A"), held + 1
    if held:
        bags.append(_bag(zone, held, bags, known))
    return bags, [SheetLine(zone=name, bag="", packages=count) for name, count in sorted(big.items())]


def _is_overflow(package: Package) -> bool:
    return package.volume_cm3 >= OVERFLOW_CM3


def _bag(zone: str, packages: int, before: list[SheetLine], known: Known) -> SheetLine:
    """A bag with a colour and a number that no bag of the route before it has."""
    chance = known.chance("bag", zone, str(len(before)))
    taken = {line.bag.rpartition(" ")[2] for line in before}
    number = next(n for n in iter(lambda: f"{chance.randrange(1, 10_000):04}", "") if n not in taken)
    return SheetLine(zone=zone, bag=f"{chance.choice(COLOURS)} {number}", packages=packages)


def _sheet(pdf: FPDF, known: Known, route: PlannedRoute) -> None:
    bags, overflow = sheet_lines(known, route)
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 20)
    _line(pdf, known.staging[route.route_id], 9)
    pdf.set_font("Helvetica", "B", 12)
    _line(pdf, f"{route.code} {known.dsp} • {route.service_type}", 6)
    pdf.set_font("Helvetica", "", 9)
    day = f"{known.service_day:%a, %b %d, %Y}".upper()
    _line(pdf, f"{known.station} • {day} • CYCLE_1 • {known.clock(route.departs_at)}")
    _line(pdf, f"{len(bags)} bags {sum(line.packages for line in overflow)} overflow")
    pdf.ln(2)
    _row(pdf, ("#", "Sort Zone", "Bag", "Pkgs"), ("#", "Overflow Zone", "Pkgs") if overflow else ())
    for n, (bag, big) in enumerate(zip_longest(bags, overflow), 1):
        _row(
            pdf,
            (f"{n}", bag.zone, bag.bag, f"{bag.packages}") if bag else (),
            (f"{n}", big.zone, f"{big.packages}") if big else (),
        )
    pdf.ln(2)
    _line(pdf, f"Commercial Packages {known.commercial[route.route_id]}")
    _line(pdf, f"Total Packages {known.packages(route)}")


def _line(pdf: FPDF, text: str, height_mm: float = LINE_MM) -> None:
    pdf.cell(0, height_mm, text, new_x="LMARGIN", new_y="NEXT")


def _row(pdf: FPDF, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    for width, text in zip(LEFT_MM, left or ("",) * len(LEFT_MM), strict=True):
        pdf.cell(width, LINE_MM, text)
    pdf.cell(GAP_MM, LINE_MM, "")
    for width, text in zip(RIGHT_MM, right or ("",) * len(RIGHT_MM), strict=True):
        pdf.cell(width, LINE_MM, text)
    pdf.ln(LINE_MM)
