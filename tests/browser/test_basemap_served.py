"""The base map's file: to people who are signed in, in pieces, and nothing else of its folder. Plain requests."""

from pathlib import Path

import pytest

from dispatchkit import basemap
from dispatchkit.roles import Role
from dispatchkit.users import Users
from tests.plain_requests import HORSE, ask, sign_in
from tests.small_basemap import write_basemap

PAGES = Path(__file__).parent / "pages"


@pytest.fixture(scope="module")
def served(serve):
    """A server whose home has a named dispatcher."""
    served = serve(PAGES, preheated=0)
    Users(served.home).add("maria", Role.DISPATCHER, HORSE)
    return served


@pytest.fixture(scope="module")
def address(served, tmp_path_factory):
    file = write_basemap(tmp_path_factory.mktemp("maps") / "town.pmtiles")
    basemap.add(served.home, file)
    return basemap.basemap_url(served.home)


@pytest.fixture(scope="module")
def cookie(served):
    return sign_in(served, "maria")[2]


def test_nobody_gets_it_without_signing_in(served, address):
    answer, body = ask(served, "GET", address)
    assert answer.status == 403
    assert b"PMTiles" not in body


def test_a_page_gets_the_piece_that_it_asks_for(served, address, cookie):
    answer, body = ask(served, "GET", address, Cookie=cookie, Range="bytes=0-7")
    assert (answer.status, body) == (206, b"PMTiles\x03")
    whole = (served.home / "basemap" / "town.pmtiles").stat().st_size
    assert answer.headers["Content-Range"] == f"bytes 0-7/{whole}"
    assert answer.headers["Cache-Control"].startswith("private")


def test_a_replaced_file_is_known_as_another(served, address, cookie, tmp_path):
    before, _ = ask(served, "GET", address, Cookie=cookie)
    basemap.add(served.home, write_basemap(tmp_path / "town.pmtiles", metadata={"vector_layers": []}))
    after, _ = ask(served, "GET", basemap.basemap_url(served.home), Cookie=cookie)
    assert before.headers["Etag"] != after.headers["Etag"]


@pytest.mark.parametrize("name", ["secret.txt", "../users.json", "%2e%2e/users.json", "..%2fusers.json", ""])
def test_nothing_else_of_the_folder_or_beside_it_is_served(served, address, cookie, name):
    (served.home / "basemap" / "secret.txt").write_text("secret", encoding="utf-8")
    answer, body = ask(served, "GET", f"/basemap/{name}", Cookie=cookie)
    assert answer.status in {403, 404}
    assert b"secret" not in body
    assert b"argon2" not in body
