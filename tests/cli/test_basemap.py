"""A base map of one's own, as a person types it."""

from tests.small_basemap import write_basemap


def test_a_base_map_is_added_listed_and_removed(call, tmp_path):
    file = write_basemap(tmp_path / "iowa.pmtiles")
    assert "iowa" in call("basemap", "add", file).out
    (listed,) = call("basemap", "list", "--json").json
    assert (listed["name"], listed["layers"]) == ("iowa", ["roads"])
    assert "roads" in call("basemap", "list").out
    assert "removed" in call("basemap", "remove", "iowa").out
    assert "dispatchkit basemap add FILE" in call("basemap", "list").out


def test_a_file_that_is_no_base_map_is_a_sentence(call, tmp_path):
    (tmp_path / "photo.png").write_bytes(bytes(500))
    refused = call("basemap", "add", tmp_path / "photo.png")
    assert refused.code == 1
    assert "no PMTiles archive" in refused.err
