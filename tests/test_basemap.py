"""A base map of one's own: what is taken in, what is not, and which one the pages draw."""

import os

import pytest
from pmtiles.tile import Compression, TileType

from dispatchkit import basemap
from dispatchkit.basemap import BadBasemap
from dispatchkit.errors import NotFound, Refused, WorkbenchError
from tests.small_basemap import write_basemap


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def town(tmp_path):
    return write_basemap(tmp_path / "town.pmtiles")


def test_without_one_there_is_no_address(home):
    assert basemap.basemap_url(home) == ""
    assert basemap.listed(home) == []


def test_an_archive_is_copied_and_says_what_is_in_it(home, town):
    added = basemap.add(home, town)
    town.unlink()
    assert [added] == basemap.listed(home)
    assert (added.name, added.layers, added.bounds) == ("town", ("roads",), (-94.0, 41.0, -93.0, 42.0))


def test_the_pages_draw_the_one_added_last_and_a_new_file_has_a_new_address(home, town):
    basemap.add(home, town, "old")
    basemap.add(home, town, "new")
    folder = home / "basemap"
    os.utime(folder / "old.pmtiles", ns=(1, 1))
    assert basemap.basemap_url(home).startswith("/basemap/new.pmtiles?v=")
    before = basemap.basemap_url(home)
    os.utime(folder / "new.pmtiles", ns=(2, 2))
    assert basemap.basemap_url(home) != before


def test_a_removed_one_is_gone_and_an_unknown_one_is_told(home, town):
    basemap.add(home, town)
    basemap.remove(home, "town")
    with pytest.raises(NotFound, match=r"no base map town\. Added are: none yet"):
        basemap.remove(home, "town")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "too short"),
        (b"not a map " * 100, "no PMTiles archive of version 3"),
        (b"\xff\xfe" * 100, "cannot be read"),
        (b"PMTiles\x02" + bytes(200), "no PMTiles archive of version 3"),
        (b"PMTiles\x03" + b"\xff" * 200, "cannot be read|cut off"),
    ],
)
def test_what_is_no_archive_is_refused_in_a_sentence(home, tmp_path, content, sentence):
    (tmp_path / "map.pmtiles").write_bytes(content)
    with pytest.raises(BadBasemap, match=sentence):
        basemap.add(home, tmp_path / "map.pmtiles")
    assert basemap.listed(home) == []


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"kind": TileType.PNG}, "of the kind PNG, not vector tiles"),
        ({"packing": Compression.ZSTD}, "browsers do not unpack .ZSTD"),
        ({"metadata": {"name": "no layers"}}, "cannot be read"),
    ],
)
def test_an_archive_that_no_page_can_draw_is_refused(home, tmp_path, how, sentence):
    with pytest.raises(BadBasemap, match=sentence):
        basemap.add(home, write_basemap(tmp_path / "map.pmtiles", **how))


def test_half_a_download_is_told_from_a_whole_one(home, town):
    town.write_bytes(town.read_bytes()[:-5])
    with pytest.raises(BadBasemap, match="cut off"):
        basemap.add(home, town)


def test_a_refused_file_leaves_the_older_one_of_its_name(home, town):
    basemap.add(home, town)
    town.write_bytes(b"PMTiles")
    with pytest.raises(BadBasemap):
        basemap.add(home, town)
    assert [one.name for one in basemap.listed(home)] == ["town"]


@pytest.mark.parametrize("name", ["../town", "a b", "-x", "ü", "a" * 65])
def test_a_name_that_means_something_in_a_path_is_refused(home, town, name):
    with pytest.raises(Refused, match="--name"):
        basemap.add(home, town, name)


def test_a_file_that_is_not_there_is_told(home, tmp_path):
    with pytest.raises(BadBasemap, match="cannot be read"):
        basemap.add(home, tmp_path / "nowhere.pmtiles")


def test_one_that_is_added_from_where_it_lies_stays(home, town):
    basemap.add(home, town)
    basemap.add(home, home / "basemap" / "town.pmtiles")
    assert [one.name for one in basemap.listed(home)] == ["town"]


def test_a_home_that_is_a_file_is_told(home, town):
    home.touch()
    with pytest.raises(WorkbenchError, match="cannot be copied"):
        basemap.add(home, town)
