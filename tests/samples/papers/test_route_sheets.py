import io
import re

import pdfplumber
import pytest

from dispatchkit.samples.papers import route_sheets
from tests.samples.papers.story import CODES, PLAN

BAG = re.compile(r"^\d+ ([A-Z]-\d+\.\d[A-Z]) (Black|Green|Navy|Orange|Yellow) (\d{4}) (\d+)")
OVERFLOW = re.compile(r"(\d+) ([A-Z]-99\.\d[A-Z]) (\d+)$")


@pytest.fixture(scope="module")
def pages(known):
    with pdfplumber.open(io.BytesIO(route_sheets.route_sheets(known))) as pdf:
        return [page.extract_text().splitlines() for page in pdf.pages]


def test_every_route_has_a_page_headed_by_its_staging_location(known, pages):
    assert [page[0] for page in pages] == [known.staging[code] for code in CODES]
    assert pages[1][1:3] == ["CX102 DXXA • EDV", "DXX1 • SAT, MAR 14, 2026 • CYCLE_1 • 10:00 AM"]


def test_bags_and_overflow_add_up_to_the_packages_of_the_route(known, pages):
    for code, page in zip(CODES, pages, strict=True):
        bags = [match for line in page if (match := BAG.match(line))]
        overflow = [match for line in page if (match := OVERFLOW.search(line))]
        overflowing = sum(int(o[3]) for o in overflow)
        counted = sum(int(b[4]) for b in bags) + overflowing
        assert counted == sum(len(s.packages) for s in PLAN.stops_of(code))
        assert page[3] == f"{len(bags)} bags {overflowing} overflow"
        assert page[-2:] == [f"Commercial Packages {known.commercial[code]}", f"Total Packages {counted}"]


def test_big_packages_go_into_no_bag(pages):
    assert [any(OVERFLOW.search(line) for line in page) for page in pages] == [n == 3 for n in range(len(CODES))]


def test_no_two_bags_of_a_route_have_one_number(pages):
    for page in pages:
        numbers = [match[3] for line in page if (match := BAG.match(line))]
        assert len(set(numbers)) == len(numbers)
