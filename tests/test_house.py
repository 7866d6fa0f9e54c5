"""The rules of the house that no linter knows."""

import ast
import json
import os
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import dispatchkit

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("**/*.ipynb"))
MOST_LINES = 500
ON_PYPI = {"python-tzdata": "tzdata"}
"""Packages that conda-forge calls by another name."""


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def conda():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def as_set(lines):
    requirements = [Requirement(line) for line in lines]
    return {(ON_PYPI.get(r.name, r.name), frozenset(r.extras), r.specifier) for r in requirements}


def all_lines(project):
    return project["dependencies"] + [line for extra in project["optional-dependencies"].values() for line in extra]


def conda_lines(conda):
    from_conda = [line for line in conda if isinstance(line, str) and line.split()[0] not in ("python", "pip")]
    from_pip = [line for entry in conda if isinstance(entry, dict) for line in entry["pip"] if not line.startswith("-")]
    return from_conda + from_pip


def test_conda_users_get_the_same_packages_in_the_same_ranges(project, conda):
    assert as_set(conda_lines(conda)) == as_set(all_lines(project))


def test_conda_users_get_the_same_python(project, conda):
    (python,) = [line.removeprefix("python ") for line in conda if isinstance(line, str) and line.startswith("python ")]
    assert SpecifierSet(python) == SpecifierSet(project["requires-python"])


def test_conda_users_get_the_project_itself(conda):
    (from_pip,) = [entry["pip"] for entry in conda if isinstance(entry, dict)]
    assert "--editable ." in from_pip


def test_every_dependency_has_a_lower_bound(project):
    unbounded = [
        line for line in all_lines(project) if not any(spec.operator == ">=" for spec in Requirement(line).specifier)
    ]
    assert unbounded == []


@pytest.mark.parametrize("name", ["notebooks", "dispatchkit", "widgets", "sample_data", "tests"])
def test_the_top_level_folders_are_there(name):
    assert (ROOT / name).is_dir()


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", ".pre-commit-config.yaml"]
)
def test_the_usual_files_are_there_and_say_something(name):
    assert (ROOT / name).read_text(encoding="utf-8").strip()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no execute permission on files.")
def test_ci_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_version_is_the_same_everywhere(project):
    assert dispatchkit.__version__ == project["version"]
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_python_file_holds_more_than_one_can_read():
    folders = [ROOT / top for top in ("dispatchkit", "widgets", "tests", "sample_data")]
    files = [ROOT / "workbench.py", *(path for folder in folders for path in folder.rglob("*.py"))]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_texts_end_their_lines_as_git_keeps_them():
    folders = [ROOT / top for top in ("dispatchkit", "widgets/static", "notebooks", "tests")]
    suffixes = {".py", ".ipynb", ".toml", ".js", ".css", ".html", ".txt", ".LICENSE"}
    texts = [path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes]
    assert [str(path.relative_to(ROOT)) for path in texts if b"\r" in path.read_bytes()] == []


def test_no_init_files_among_the_tests():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_there_is_a_page():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    def cells(self, path):
        return json.loads(path.read_text(encoding="utf-8"))["cells"]

    def code(self, path):
        return ["".join(cell["source"]) for cell in self.cells(path) if cell["cell_type"] == "code"]

    def test_it_is_what_it_is_then_an_import_then_a_call(self, path):
        assert [cell["cell_type"] for cell in self.cells(path)] == ["markdown", "code", "code"]

    def test_it_is_committed_without_outputs(self, path):
        code = [cell for cell in self.cells(path) if cell["cell_type"] == "code"]
        assert [(cell["outputs"], cell["execution_count"]) for cell in code] == [([], None)] * len(code)

    def test_it_holds_no_logic(self, path):
        logic = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try)
        nodes = [node for source in self.code(path) for node in ast.walk(ast.parse(source))]
        assert [type(node).__name__ for node in nodes if isinstance(node, logic)] == []
