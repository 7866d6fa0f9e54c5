"""What is committed for the browser is whole, and is what the sources make."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import widgets

STATIC = Path(widgets.__file__).parent / "static"
FRONTEND = Path(widgets.__file__).parent / "frontend"


@pytest.mark.parametrize("path", sorted(FRONTEND.glob("*.js")), ids=lambda path: path.name)
def test_no_text_enters_the_page_as_markup(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML\s*=|insertAdjacentHTML|outerHTML\s*=|document\.write", source)


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_no_style_sheet_asks_another_host(path):
    assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", path.read_text(encoding="utf-8"))


def test_the_bundles_are_what_the_sources_make(tmp_path):
    if shutil.which("node") is None or not (FRONTEND / "node_modules").is_dir():
        pytest.skip("Node or its modules are not here (npm ci in widgets/frontend): bundles taken as committed.")
    (tmp_path / "frontend").mkdir()
    (tmp_path / "frontend" / "node_modules").symlink_to(FRONTEND / "node_modules")
    for source in [*FRONTEND.glob("*.js"), *FRONTEND.glob("*.css"), *FRONTEND.glob("*.mjs"), FRONTEND / "package.json"]:
        shutil.copy(source, tmp_path / "frontend")
    subprocess.run(["node", "build.mjs"], cwd=tmp_path / "frontend", check=True, capture_output=True)
    for built in sorted((tmp_path / "static").iterdir()):
        assert built.read_bytes() == (STATIC / built.name).read_bytes(), f"{built.name} is stale: npm run build"
