"""The environment `.venv`: made once, known by its stamp, made anew when it is broken."""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from dispatchkit.bootstrap.progress import ROOT, NotReady, Phase, child_environment, run_quietly, say

VENV = ROOT / ".venv"
STAMP = VENV / "workbench.json"
LOCK = ROOT / ".workbench.lock"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

Work = Literal["nothing", "install", "remake"]


@dataclass(frozen=True)
class Stamp:
    """What an environment says of itself.

    Attributes
    ----------
    python
        The version that made it, such as `3.12`.
    folder
        The checkout that is installed in it. A folder that was moved or copied needs a new environment.
    pyproject
        SHA-256 of the pyproject.toml that was installed.
    extras
        The optional dependencies in it, sorted.
    finished
        False while pip is at work; what is found unfinished was interrupted.
    """

    python: str
    folder: str
    pyproject: str
    extras: tuple[str, ...]
    finished: bool = True

    @classmethod
    def wanted(cls, root: Path, extras: Iterable[str]) -> "Stamp":
        """Return what an environment for this checkout and the running Python should say."""
        digest = hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest()
        return cls(PYTHON, str(root), digest, tuple(sorted(set(extras))))

    @classmethod
    def read(cls, path: Path) -> "Stamp | None":
        """Return the stamp in a file; None when there is none that can be read."""
        try:
            stamp = cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return replace(stamp, extras=tuple(stamp.extras))

    def write(self, path: Path) -> None:
        """Write the stamp into a file."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


def needed_work(works: bool, found: Stamp | None, wanted: Stamp) -> Work:
    """Say what has to be done to an environment.

    Parameters
    ----------
    works
        Its Python starts, has pip and is of the running version.
    found
        Its stamp. None when somebody else made it, or pip failed cleanly: both are good enough to install into.
    wanted
        The stamp that it should have.
    """
    if not works:
        return "remake"
    if found is None:
        return "install"
    if not found.finished or (found.python, found.folder) != (wanted.python, wanted.folder):
        return "remake"
    if found.pyproject != wanted.pyproject or not set(wanted.extras) <= set(found.extras):
        return "install"
    return "nothing"


def program(name: str, venv: Path = VENV) -> str:
    """Return the path of a program inside the environment, such as `python` or `lint-imports`."""
    return str(venv / "Scripts" / f"{name}.exe" if sys.platform == "win32" else venv / "bin" / name)


def works(venv: Path) -> bool:
    """Say whether an environment's Python starts, has pip, and is of the running version."""
    question = "import sys, pip; print(f'{sys.version_info.major}.{sys.version_info.minor}')"
    command = [program("python", venv), "-c", question]
    try:
        answer = subprocess.run(
            command, env=child_environment(), capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == PYTHON


def venv_problem(has_module: Callable[[str], object | None] = importlib.util.find_spec) -> str:
    """Return why this Python cannot make environments, and the cure, or "" when it can."""
    if has_module("venv") and has_module("ensurepip"):
        return ""
    return (
        "This Python cannot make environments: it lacks venv or ensurepip. On Debian and Ubuntu run "
        f"`sudo apt-get install python{PYTHON}-venv`; elsewhere install Python from python.org. Then run this again."
    )


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold the lock while an environment is changed; NotReady when another run holds it.

    The system lets go of the lock when its holder ends, however it ends: nothing is ever left behind locked.
    """
    with lock.open("a+") as handle:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NotReady(
                f"Another run is installing in {lock.parent} just now. Wait until it is done, then run this again."
            ) from None
        yield


def set_up(extras: Iterable[str] = ()) -> None:
    """Make the environment fit: at once when it does already, else by minutes of visible work."""
    wanted = Stamp.wanted(ROOT, extras)
    if needed_work(works(VENV), Stamp.read(STAMP), wanted) == "nothing":
        return
    with only_one(LOCK):
        found = Stamp.read(STAMP)   # read again under the lock: another run may have done the work meanwhile
        work = needed_work(works(VENV), found, wanted)
        if work == "remake":
            make_venv()
        if work != "nothing":
            install(Stamp.wanted(ROOT, [*wanted.extras, *(found.extras if found else ())]))


def make_venv() -> None:
    """Make an empty environment in place of whatever stands there."""
    if problem := venv_problem():
        raise NotReady(problem)
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise NotReady(
            f"The environment {VENV} has to be made anew, which its own Python cannot do. Leave the environment "
            "(`deactivate`), and run this again with the Python of the system."
        )
    if VENV.exists():
        say(f"{VENV} is unfinished, broken, or made for another Python or folder: it is made anew.")
        shutil.rmtree(VENV, ignore_errors=True)
    run_quietly("Making the environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])


def install(wanted: Stamp) -> None:
    """Install the project into the environment, and write there what it now fits."""
    replace(wanted, finished=False).write(STAMP)
    project = f".[{','.join(wanted.extras)}]" if wanted.extras else "."
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    pip = [program("python"), "-m", "pip", "install", *quiet, "--editable", project]
    try:
        run_quietly("Installing (some minutes the first time)", pip, pip_phase)
    except NotReady:
        STAMP.unlink()   # pip ended by itself, so the environment is whole: the next run installs into it
        raise
    wanted.write(STAMP)
    # a search that is not compiled yet compiles itself when it is first used, with somebody waiting for routes
    wake = "from dispatchkit.plan.engine.build_tasks import wake; wake()"
    run_quietly("Compiling what searches for routes (half a minute, once)", [program("python"), "-c", wake])


def pip_phase(line: str) -> Phase | None:
    """Tell what pip is doing from a line of its output."""
    match line.split():
        case ["Collecting", requirement, *_]:
            return "finding and downloading packages", requirement
        case ["Building", *_]:
            return "building", ""
        case ["Installing", "collected", "packages:", *packages]:
            return f"putting {len(packages)} package{'s' if len(packages) > 1 else ''} in place", ""
    return None
