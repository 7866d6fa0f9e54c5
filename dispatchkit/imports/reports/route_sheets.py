"""Route sheets: PDF pages that tell a driver his bags and overflow packages at the load-out."""

import re
from collections.abc import Iterator

from dispatchkit.imports.given import OriginalFile
from dispatchkit.imports.problems import Findings, quoted
from dispatchkit.imports.readings import Bag, RouteSheet, RouteSheets
from dispatchkit.imports.reports.kind import About
from dispatchkit.imports.sheets.clock import as_time
from dispatchkit.imports.sheets.limits import Limits
from dispatchkit.imports.sheets.pdf import read_pages

AGAIN = "Get it again from its source and import again."

CODE = re.compile(
    r"\b(?:route(?: code)?)\s*:?\s*([A-Z]{1,3}\d{1,4})\b|^\s*([A-Z]{2,3}\d{1,4})\b", re.IGNORECASE | re.MULTILINE
)
STAGING = re.compile(r"\bSTG(?:\.[A-Z0-9]+)+")
SERVICE = re.compile(
    r"\bservice type\s*:?\s*(.+?)\s*(?=$|\s{2}|\b(?:wave|staging|route|stg)\b)", re.IGNORECASE | re.MULTILINE
)
WAVE = re.compile(r"\b(\d{1,2}:\d{2}\s?(?:[AP]\.?M\.?)?)(?=\s|$)", re.IGNORECASE)

LINE = re.compile(r"(?<!\S)(\d{1,3})\s+([A-Z]{1,2}-\d{1,3}\.\w{1,4})\s+(?:([A-Za-z]+\s+\d{1,5})\s+)?(\d{1,4})(?!\S)")
"""Number, sort zone (A-1.1A), bag ("Green 1069", none for overflow), packages; two such may stand side by side."""

WORDS_OR_FIGURE = re.compile(r"[A-Za-z ]+|[0-9]{1,6}")

PACKAGES_TOTAL = ("total packages", "total pkgs", "total")
BAGS_TOTAL = ("total bags", "bags")
OVERFLOW_TOTAL = ("total overflow", "overflow packages", "overflow pkgs", "overflow")
"""What a sheet calls its totals, the plainest words first."""


def read_route_sheets(original: OriginalFile, about: About, findings: Findings, limits: Limits) -> RouteSheets | None:
    """Read the route sheets of a PDF; None, with the reason in `findings`, where there are none to be read."""
    pages = read_pages(original.data, findings, limits)
    if not pages:
        return None
    sheets = tuple(_checked(sheet, texts, findings) for sheet, texts in _sheets(pages, findings))
    if not sheets:
        findings.block("No page names a route code with bags or overflow; these are no route sheets.", AGAIN)
        return None
    return RouteSheets(station=about.station, service_day=about.service_day, as_of=about.as_of, sheets=sheets)


def _sheets(pages: list[str], findings: Findings) -> Iterator[tuple[RouteSheet, str]]:
    """One sheet for each route, with its pages' text; a page that names none, or the same again, continues the last."""
    first, code, texts = 0, "", list[str]()
    for number, text in enumerate((*pages, ""), 1):
        named = CODE.search(text)
        here = (named[1] or named[2]).upper() if named else ""
        if (here and here != code) or number > len(pages):
            if code:
                yield _sheet(first, code, "\n".join(texts)), "\n".join(texts)
            first, code, texts = number, here, []
        elif text.strip() and not code:
            findings.note(f"Page {number} names no route; it was passed over.")
        texts.append(text)


def _sheet(page: int, code: str, text: str) -> RouteSheet:
    lines = [
        Bag(number=int(number), zone=zone, bag=" ".join(bag.split()), packages=int(packages))
        for number, zone, bag, packages in LINE.findall(text)
    ]
    staging, service, wave = STAGING.search(text), SERVICE.search(text), WAVE.search(text)
    return RouteSheet(
        page=page,
        code=code,
        staging=staging[0] if staging else "",
        service_type=service[1] if service else "",
        wave=as_time(wave[1]) if wave else None,
        bags=tuple(line for line in lines if line.bag),
        overflow=tuple(line for line in lines if not line.bag),
        packages=_stated(PACKAGES_TOTAL, text),
    )


def _checked(sheet: RouteSheet, text: str, findings: Findings) -> RouteSheet:
    """Hold a sheet to its own totals: a line that was not read would be a bag left on the pad."""
    where = f"Page {sheet.page}, {quoted(sheet.code)}"
    overflow = sum(line.packages for line in sheet.overflow)
    counts = (
        ("packages", sum(line.packages for line in sheet.bags) + overflow, sheet.packages),
        ("bags", len(sheet.bags), _stated(BAGS_TOTAL, text)),
        ("overflow packages", overflow, _stated(OVERFLOW_TOTAL, text)),
    )
    for what, counted, stated in counts:
        if stated is not None and stated != counted:
            findings.block(
                f"{where}: its lines come to {counted} {what}, its total says {stated}.",
                "Compare the page with the source, and import it again.",
            )
    if not sheet.bags and not sheet.overflow:
        findings.block(f"{where}: the page has neither bags nor overflow that can be read.", AGAIN)
    return sheet


def _totals(text: str) -> dict[str, int]:
    """Figures by the words beside them, "17 bags 12 overflow" or "Bags: 17 Overflow: 12"; of several, the last."""
    found = {}
    for line in text.splitlines():
        parts = WORDS_OR_FIGURE.findall(line)
        parts = [" ".join(part.casefold().split()) for part in parts if part.strip()]
        figure_first = bool(parts) and parts[0].isdecimal()
        for one, other in zip(parts[::2], parts[1::2], strict=False):
            words, figure = (other, one) if figure_first else (one, other)
            if figure.isdecimal() and not words.isdecimal():
                found[words] = int(figure)
    return found


def _stated(words: tuple[str, ...], text: str) -> int | None:
    totals = _totals(text)
    return next((totals[word] for word in words if word in totals), None)
