"""Files of the day, from a person's disk: several at once, cancelled, too large, and what was found in them."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

HOLD = """() => {
    const slice = File.prototype.slice;
    window.letGo = () => { File.prototype.slice = slice; window.release?.(); };
    File.prototype.slice = function (from, to) {
        const piece = slice.call(this, from, to);
        if (from === 0) return piece;
        const wait = new Promise((release) => { window.release = release; });
        return { arrayBuffer: () => wait.then(() => piece.arrayBuffer()) };
    };
}"""
"""Makes the browser stop at the second piece of a file, so that its progress can be looked at."""


@pytest.fixture(scope="module")
def page(part_visit):
    return part_visit.open_part("upload")


def told(name, data):
    return f"{name} {len(data)} {sum(data) % 251}"


def test_two_files_arrive_whole_and_their_problems_are_told_by_row(page, tmp_path):
    routes, vans = bytes(range(256)) * 4000, b"Van,VIN\n" * 10
    (tmp_path / "routes.xlsx").write_bytes(routes)
    (tmp_path / "vans.csv").write_bytes(vans)
    (tmp_path / "huge.xlsx").write_bytes(b"a" * 3_000_001)
    choose = page.get_by_role("button", name="Choose files…")
    expect(page.get_by_text("each of at most 3.0 MB")).to_be_visible()

    page.evaluate(HOLD)
    with page.expect_file_chooser() as chooser:
        choose.click()
    chooser.value.set_files([tmp_path / name for name in ("routes.xlsx", "vans.csv", "huge.xlsx")])
    # too large is said before anything is sent; progress is what has arrived
    expect(page.get_by_text("Too large: 3.0 MB, at most 3.0 MB are read. Nothing of it was sent.")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Sending routes.xlsx")).to_have_attribute("value", str(256 * 1024))
    expect(page.get_by_text("262 kB of 1.0 MB")).to_be_visible()
    page.evaluate("window.letGo()")
    expect(page.locator(".heard")).to_have_text(f"read {told('routes.xlsx', routes)}, {told('vans.csv', vans)}")

    files = page.get_by_role("list", name="What became of the files").get_by_role("listitem")
    expect(files).to_have_count(2)
    expect(files.nth(0)).to_contain_text("✓ read")
    expect(files.nth(1)).to_contain_text("▲ refused")
    files.nth(1).get_by_text("60 problems", exact=True).click()
    expect(files.nth(1).get_by_role("row")).to_have_count(51)
    expect(files.nth(1).get_by_role("row").nth(1)).to_have_text("0StopsNo number.Write digits.")
    expect(files.nth(1).get_by_text("10 more are like these")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_cancelled_file_leaves_nothing_and_a_dropped_one_goes_on(page):
    page.evaluate(HOLD)
    page.locator(".upload").evaluate(
        """zone => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(900000).fill(7)], "big.xlsx"));
            carried.items.add(new File(["ab"], "same.csv"));
            carried.items.add(new File(["c"], "same.csv"));
            zone.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_role("progressbar", name="Sending big.xlsx")).to_have_attribute("value", str(256 * 1024))
    cancel = page.get_by_role("button", name="Cancel big.xlsx")
    cancel.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Choose files…")).to_be_focused()
    page.evaluate("window.letGo()")
    expect(page.locator(".heard")).to_have_text(f"read {told('same.csv', b'ab')}, {told('same.csv', b'c')}")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("list", name="What became of the files").get_by_role("listitem")).to_have_count(0)
