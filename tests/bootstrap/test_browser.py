import pytest

from dispatchkit.bootstrap.browser import Machine, find_browser, ways_to_install
from dispatchkit.bootstrap.progress import NotReady


def put(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return str(path)


@pytest.fixture
def machine(tmp_path):
    """A machine of one's own: an empty disk, an empty PATH, and browsers that all start."""

    def make(platform="linux", environ=None, on_path=(), broken=()):
        return Machine(
            environ=environ or {},
            platform=platform,
            home=tmp_path / "home",
            root=tmp_path,
            which={name: f"/usr/bin/{name}" for name in on_path}.get,
            runs=lambda browser: browser not in broken,
        )

    return make


def test_a_wish_comes_before_everything(machine):
    wishes = {"DISPATCHKIT_CHROMIUM": "vivaldi"}
    assert find_browser(machine(environ=wishes, on_path=["chromium", "vivaldi"])) == "/usr/bin/vivaldi"


def test_a_wish_that_cannot_be_granted_is_not_passed_over(machine):
    with pytest.raises(NotReady, match="DISPATCHKIT_CHROMIUM names /opt/gone"):
        find_browser(machine(environ={"DISPATCHKIT_CHROMIUM": "/opt/gone"}, on_path=["chromium"]))


def test_chromium_on_the_path_comes_before_edge_and_before_playwright(machine, tmp_path):
    put(tmp_path / "home/.cache/ms-playwright/chromium-1200/chrome-linux64/chrome")
    assert find_browser(machine(on_path=["msedge", "chromium"])) == "/usr/bin/chromium"


def test_a_stub_that_does_not_start_is_passed_over(machine):
    stubbed = machine(on_path=["chromium-browser", "google-chrome"], broken=["/usr/bin/chromium-browser"])
    assert find_browser(stubbed) == "/usr/bin/google-chrome"


def test_a_mac_keeps_its_browsers_among_its_applications(machine, tmp_path):
    put(tmp_path / "home/Library/Caches/ms-playwright/chromium-1/chrome-mac/Chromium.app/Contents/MacOS/Chromium")
    edge = put(tmp_path / "home/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge")
    assert find_browser(machine("darwin")) == edge
    chrome = put(tmp_path / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    assert find_browser(machine("darwin")) == chrome


def test_windows_always_has_edge(machine, tmp_path):
    folders = {
        "PROGRAMFILES": str(tmp_path / "Program Files"),
        "PROGRAMFILES(X86)": str(tmp_path / "Program Files (x86)"),
    }
    edge = put(tmp_path / "Program Files (x86)/Microsoft/Edge/Application/msedge.exe")
    assert find_browser(machine("win32", folders)) == edge
    chrome = put(tmp_path / "Program Files/Google/Chrome/Application/chrome.exe")
    assert find_browser(machine("win32", folders)) == chrome


def test_the_newest_download_of_playwright_is_taken(machine, tmp_path):
    downloads = tmp_path / "home/.cache/ms-playwright"
    put(downloads / "chromium-999/chrome-linux/chrome")
    newest = put(downloads / "chromium-1200/chrome-linux64/chrome")
    assert find_browser(machine()) == newest


def test_playwright_may_keep_its_downloads_elsewhere(machine, tmp_path):
    chrome = put(tmp_path / "big disk/chromium-1200/chrome-linux64/chrome")
    assert find_browser(machine(environ={"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "big disk")})) == chrome


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_an_empty_machine_has_no_browser(machine, platform):
    assert find_browser(machine(platform)) is None


def test_root_on_debian_installs_debians_chromium_first():
    ways = ways_to_install("linux", is_root=True, has_apt=True)
    assert list(ways) == ["Debian's Chromium", "Playwright's Chromium"]
    assert ways["Debian's Chromium"] == [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]


@pytest.mark.parametrize(
    ("platform", "is_root", "has_apt"), [("linux", False, True), ("linux", True, False), ("darwin", True, True)]
)
def test_everybody_else_gets_playwrights_own(platform, is_root, has_apt):
    assert list(ways_to_install(platform, is_root, has_apt)) == ["Playwright's Chromium"]
