import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def workbench():
    spec = importlib.util.spec_from_file_location("workbench", ROOT / "workbench.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def nothing_on_the_path(name):
    return None


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 1)])
def test_a_fitting_python_has_no_problem(workbench, version):
    assert workbench.python_problem(version, nothing_on_the_path) == ""


@pytest.mark.parametrize("version", [(3, 4, 10), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_any_other_python_is_told_which_one_to_get(workbench, version):
    sentence = workbench.python_problem(version, nothing_on_the_path)
    assert f"this is {version[0]}.{version[1]}." in sentence
    assert "Install Python 3.13" in sentence


def test_a_fitting_python_that_is_there_is_named(workbench):
    sentence = workbench.python_problem((3, 9, 18), {"python3.12": "/usr/bin/python3.12"}.get)
    assert sentence.endswith("Run `python3.12 workbench.py` instead of this command.")


def test_even_a_very_old_python_3_can_read_the_file():
    tree = ast.parse((ROOT / "workbench.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    too_new = (ast.JoinedStr, ast.AnnAssign, ast.Starred, ast.NamedExpr, ast.Match)
    assert not [node for node in ast.walk(tree) if isinstance(node, too_new)]


def test_the_one_command_needs_nothing_but_python(tmp_path):
    bare = [sys.executable, "-E", "-s", "-S", "-W", "error", str(ROOT / "workbench.py"), "--help"]
    answer = subprocess.run(bare, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "show the sample day in the browser" in answer.stdout
