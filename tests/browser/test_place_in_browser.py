"""What was chosen stands in the address, so that a reload finds it; the token does not."""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser


def query(page):
    return parse_qs(urlsplit(page.evaluate("location.href")).query)


def test_the_address_remembers_what_was_chosen_and_never_the_token(part_visit, eventually):
    page = part_visit.open_part("place", "&day=DXX1%2F2026-03-14")
    kept = {"part": ["place"], "day": ["DXX1/2026-03-14"]}
    eventually(lambda: query(page) == kept | {"route": ["CX101"]})
    page.get_by_role("button", name="Choose").click()
    eventually(lambda: query(page) == kept | {"route": ["CX 102&day=x"], "view": ["map"]})
    page.get_by_role("button", name="Let go").click()
    eventually(lambda: query(page) == kept | {"route": ["CX 102&day=x"]})
    assert page.evaluate("history.length") <= 3  # replaced, not added: Back leaves the page
