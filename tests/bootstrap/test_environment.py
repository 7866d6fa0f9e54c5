import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dispatchkit.bootstrap.environment import Stamp, needed_work, only_one, pip_phase, program, venv_problem, works
from dispatchkit.bootstrap.progress import NotReady

WANTED = Stamp(python="3.12", folder="/home/maria/workbench", pyproject="9f1c", extras=("test",))


def test_an_environment_that_fits_needs_nothing():
    assert needed_work(True, WANTED, WANTED) == "nothing"


def test_an_environment_for_the_tests_serves_the_app_too():
    assert needed_work(True, WANTED, replace(WANTED, extras=())) == "nothing"


def test_an_environment_for_the_app_lacks_what_the_tests_need():
    assert needed_work(True, replace(WANTED, extras=()), WANTED) == "install"


def test_a_changed_pyproject_is_installed_again():
    assert needed_work(True, replace(WANTED, pyproject="0000"), WANTED) == "install"


def test_an_environment_that_somebody_else_made_is_installed_into():
    assert needed_work(True, None, WANTED) == "install"


def test_a_broken_environment_is_made_anew_whatever_its_stamp_says():
    assert needed_work(False, WANTED, WANTED) == "remake"


def test_an_interrupted_installation_is_made_anew():
    assert needed_work(True, replace(WANTED, finished=False), WANTED) == "remake"


@pytest.mark.parametrize("change", [{"python": "3.11"}, {"folder": "/home/maria/old name"}])
def test_another_python_or_a_moved_folder_needs_a_new_environment(change):
    assert needed_work(True, replace(WANTED, **change), WANTED) == "remake"


def test_a_stamp_comes_back_as_it_was_written(tmp_path):
    WANTED.write(tmp_path / "stamp")
    assert Stamp.read(tmp_path / "stamp") == WANTED


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"python": "3.12"}', '{"from": "a later version"}'])
def test_a_stamp_that_cannot_be_read_is_no_stamp(tmp_path, text):
    (tmp_path / "stamp").write_text(text, encoding="utf-8")
    assert Stamp.read(tmp_path / "stamp") is None


def test_the_wanted_stamp_follows_pyproject(tmp_path):
    (tmp_path / "pyproject.toml").write_text("version = '1'", encoding="utf-8")
    before = Stamp.wanted(tmp_path, ["test"])
    (tmp_path / "pyproject.toml").write_text("version = '2'", encoding="utf-8")
    assert needed_work(True, before, Stamp.wanted(tmp_path, ["test"])) == "install"


def test_no_environment_does_not_work(tmp_path):
    assert not works(tmp_path / "nowhere")


def test_an_environment_without_pip_is_half_made(tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "half made")], check=True)
    assert Path(program("python", tmp_path / "half made")).exists()
    assert not works(tmp_path / "half made")


def test_a_python_without_ensurepip_is_told_the_exact_package():
    sentence = venv_problem(lambda name: None if name == "ensurepip" else object())
    assert f"apt-get install python{sys.version_info.major}.{sys.version_info.minor}-venv" in sentence


def test_a_whole_python_can_make_environments():
    assert venv_problem(lambda name: object()) == ""


def test_the_second_of_two_runs_is_told_to_wait(tmp_path):
    lock = tmp_path / "lock"
    with only_one(lock), pytest.raises(NotReady, match="Another run is installing"), only_one(lock):
        pytest.fail("two runs held the lock")


def test_the_lock_is_free_again_after_a_failure(tmp_path):
    with pytest.raises(KeyboardInterrupt), only_one(tmp_path / "lock"):
        raise KeyboardInterrupt
    with only_one(tmp_path / "lock"):
        pass


@pytest.mark.parametrize(
    ("line", "phase"),
    [
        ("Collecting numpy<3,>=2.2 (from dispatchkit==0.1.0)", ("finding and downloading packages", "numpy<3,>=2.2")),
        ("Building wheels for collected packages: dispatchkit", ("building", "")),
        ("Installing collected packages: six, numpy, pandas", ("putting 3 packages in place", "")),
        ("Installing collected packages: dispatchkit", ("putting 1 package in place", "")),
        ("  Using cached six-1.17.0-py2.py3-none-any.whl (11 kB)", None),
        ("", None),
    ],
)
def test_what_pip_is_doing_is_read_from_its_output(line, phase):
    assert pip_phase(line) == phase
