"""The report as a person opens it: a file on the disk, in a real browser, without any server."""

import pytest

from dispatchkit.reports.day_report import write_report
from tests.reports.story import debriefed, entries

TILES = "https://tile.openstreetmap.org/"

DRAWN = """canvas => {
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let drawn = 0, red = 0;
    for (let i = 0; i < pixels.length; i += 4) {
        drawn += pixels[i + 3] > 0;
        red += pixels[i + 3] > 200 && pixels[i] > 150 && pixels[i + 1] < 80;
    }
    return {drawn, red};
}"""
"""Pixels of the map's canvas that are not empty, and those in the colour of what was not delivered."""


@pytest.mark.browser
def test_the_report_opens_from_a_file_and_its_map_shows_the_stops(chromium, tmp_path):
    story = debriefed(by="reconstructed")
    file = tmp_path / "DXX1_2026-03-14.html"
    write_report(file, story.day, entries(story))
    asked, complaints = [], []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    page.get_by_text("The road is reconstructed.").wait_for()
    canvas = page.frame_locator("iframe").locator("canvas")
    canvas.wait_for()
    pixels = canvas.evaluate(DRAWN)
    assert pixels["drawn"] > 100
    assert pixels["red"] > 5                       # the stop with a package that came back
    elsewhere = [url for url in asked if not url.startswith((file.as_uri(), "about:", "data:", "blob:"))]
    assert [url for url in elsewhere if not url.startswith(TILES)] == []
    assert elsewhere, "The base map was not asked for."
    assert page.locator("svg").count() == 2
    assert complaints == []
    page.close()
