"""Streets from a local PMTiles file: drawn without any other machine, in light and dark, and missed quietly."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import mapbox_vector_tile
import pytest
from playwright.sync_api import expect
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

pytestmark = pytest.mark.browser

EXTENT = 4096
WEST, SOUTH, EAST, NORTH = -87.80, 41.90, -87.70, 42.00
CITY = [(9, 131, 190)]
"""The tile of zoom 9 in which the part page's two stops lie; closer looks are drawn from it."""

COLOURS = """() => {
    const seen = {};
    for (const tile of document.querySelectorAll('.leaflet-streets-pane canvas')) {
        if (tile.width === 0) continue;
        const { data } = tile.getContext('2d').getImageData(0, 0, tile.width, tile.height);
        for (let i = 0; i < data.length; i += 4) {
            const colour = [data[i], data[i + 1], data[i + 2]].join(',');
            seen[colour] = (seen[colour] ?? 0) + 1;
        }
    }
    return seen;
}"""


def city_tile():
    """Land all over, and a grid of streets so dense that every look sees some."""
    whole = f"POLYGON((0 0, 0 {EXTENT}, {EXTENT} {EXTENT}, {EXTENT} 0, 0 0))"
    land = {"geometry": whole, "properties": {"kind": "earth"}}
    across = [f"LINESTRING(0 {at}, {EXTENT} {at})" for at in range(0, EXTENT, 16)]
    down = [f"LINESTRING({at} 0, {at} {EXTENT})" for at in range(0, EXTENT, 16)]
    roads = [{"geometry": line, "properties": {"kind": "highway", "name": "Elm"}} for line in (*across, *down)]
    layers = [{"name": "earth", "features": [land]}, {"name": "roads", "features": roads}]
    return mapbox_vector_tile.encode(layers, default_options={"extents": EXTENT})


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A folder with a small map of a city that does not exist."""
    folder = tmp_path_factory.mktemp("basemap")
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.NONE,
        "min_lon_e7": int(WEST * 1e7),
        "min_lat_e7": int(SOUTH * 1e7),
        "max_lon_e7": int(EAST * 1e7),
        "max_lat_e7": int(NORTH * 1e7),
        "center_zoom": 9,
        "center_lon_e7": int((WEST + EAST) / 2 * 1e7),
        "center_lat_e7": int((SOUTH + NORTH) / 2 * 1e7),
    }
    with write(str(folder / "city.pmtiles")) as archive:
        for tile in CITY:
            archive.write_tile(zxy_to_tileid(*tile), city_tile())
        archive.finalize(header, {"attribution": "nobody"})
    return folder


class RangeHandler(SimpleHTTPRequestHandler):
    """A file server that answers with the piece that was asked for, also to pages of another port."""

    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "Range")
        self.send_header("Access-Control-Expose-Headers", "Content-Range, Content-Length, ETag")
        super().end_headers()

    def do_OPTIONS(self):
        self.send_response(204)
        self.end_headers()

    def do_GET(self):
        asked = self.headers.get("Range")
        path = self.translate_path(self.path)
        if asked is None or not path.endswith("city.pmtiles"):
            super().do_GET()
            return
        whole = Path(path).read_bytes()
        begin, end = (int(number) for number in asked.removeprefix("bytes=").split("-"))
        piece = whole[begin : end + 1]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {begin}-{begin + len(piece) - 1}/{len(whole)}")
        self.send_header("Content-Length", str(len(piece)))
        self.end_headers()
        self.wfile.write(piece)

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def file_server(city) -> Iterator[str]:
    """The address of a server of that folder on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(RangeHandler, directory=str(city)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def brightest(seen):
    """Colours that cover a good part of the map, the most frequent first."""
    whole = sum(seen.values())
    return [colour for colour, count in sorted(seen.items(), key=lambda item: -item[1]) if count > whole / 100]


def test_streets_are_drawn_from_the_file_and_nobody_else_is_asked(part_visit, file_server, eventually):
    page = part_visit.open_part("map", f"&basemap={file_server}/city.pmtiles")
    page.locator(".leaflet-streets-pane canvas").first.wait_for()
    eventually(lambda: len(brightest(page.evaluate(COLOURS))) >= 2)
    light = page.evaluate(COLOURS)
    assert "246,247,249" in light  # the page's own ground, by its token
    expect(page.get_by_role("link", name="© OpenStreetMap contributors")).to_be_visible()
    expect(page.get_by_text("The files name no places of stops.")).to_be_visible()
    expect(page.get_by_text("no streets")).to_be_hidden()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    eventually(lambda: "18,23,30" in page.evaluate(COLOURS) and "246,247,249" not in page.evaluate(COLOURS))
    assert len(brightest(page.evaluate(COLOURS))) >= 2
    assert {address.rsplit("/", 1)[0] for address in part_visit.asked_elsewhere} == {file_server}


def test_a_file_that_is_gone_is_said_quietly_and_no_tiles_are_asked_for_instead(part_visit, file_server):
    part_visit.asked_elsewhere.clear()
    page = part_visit.open_part("map", f"&basemap={file_server}/gone.pmtiles")
    expect(page.get_by_text("no streets: the map file cannot be read")).to_be_visible()
    expect(page.locator(".station-sign")).to_have_text("DXX1")
    assert set(part_visit.asked_elsewhere) == {f"{file_server}/gone.pmtiles"}
    part_visit.complaints = [said for said in part_visit.complaints if "404" not in said]  # the browser's own remark
