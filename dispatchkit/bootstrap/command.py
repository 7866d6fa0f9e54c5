"""The command line of `workbench.py`: four commands, and every failure in sentences."""

import argparse
import io
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from dispatchkit.bootstrap.checks import run_checks
from dispatchkit.bootstrap.environment import VENV, program, set_up
from dispatchkit.bootstrap.pages import LAST_PORT, lab, require_free, serve, simulator, workbench
from dispatchkit.bootstrap.progress import ROOT, NotReady, run_quietly, say
from dispatchkit.errors import WorkbenchError

FIRST_PORT = 1024
"""Ports below this one belong to the system."""

DEMO_SPEED = 10.0
"""A route of the live demo is over in three quarters of an hour, and every van moves while one looks."""

FASTEST = 60.0

CTRL_C = 130
"""The exit code that shells expect after Ctrl-C."""


def main(words: Sequence[str]) -> int:
    """Run one command of `workbench.py`; return its exit code."""
    _treat_every_stop_as_ctrl_c()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")   # a Windows console may lack a letter that pip prints
    arguments = parse(words)
    try:
        match arguments.command:
            case "app":
                home = Path(arguments.data).expanduser().resolve()
                demo_speed = arguments.speed if arguments.live_demo else 0
                return app(arguments.port, home, opens_browser=not arguments.no_browser, demo_speed=demo_speed)
            case "lab":
                home = Path(arguments.data).expanduser().resolve()
                return analyse(arguments.port, home, opens_browser=not arguments.no_browser)
            case "test":
                set_up(["test"])
                return run_checks(arguments.pytest_arguments)
            case _:
                set_up(["test"])
                say(f"Installed in {VENV}. Next: `python3 workbench.py app`.")
                return 0
    except WorkbenchError as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return CTRL_C


def app(port: int, home: Path, opens_browser: bool, demo_speed: float = 0) -> int:
    """Show the sample day in the browser until Ctrl-C; with a speed, a day of today that moves so much as fast."""
    require_free(port)
    require_folder(home)
    set_up()
    prepare = [program("python"), "-m", "dispatchkit", "prepare", "--home", str(home)]
    if demo_speed:
        run_quietly("Preparing the sample days and the moving one", [*prepare, "--demo"])
    else:
        run_quietly("Preparing the sample day", prepare)
    serve(workbench(port, home), opens_browser, beside=simulator(home, demo_speed) if demo_speed else None)
    return 0


def analyse(port: int, home: Path, opens_browser: bool) -> int:
    """Open JupyterLab on the days of a folder until Ctrl-C."""
    require_free(port, "lab")
    require_folder(home)
    set_up()
    serve(lab(port, home), opens_browser)
    return 0


def require_folder(folder: Path) -> None:
    """Make the folder where the days are kept, if need be; NotReady when it cannot be made or written to."""
    advice = "Choose another with --data DIR."
    if folder.exists() and not folder.is_dir():
        raise NotReady(f"{folder} is a file, not a folder for the days. {advice}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise NotReady(f"The days cannot be kept in {folder}: {error.strerror}. {advice}") from error


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line. What follows `--` belongs to pytest."""
    ours, pytest_arguments = list(words), None
    if "--" in ours:
        cut = ours.index("--")
        ours, pytest_arguments = ours[:cut], ours[cut + 1 :]
    parser = argparse.ArgumentParser(prog="workbench.py", description="The dispatcher workbench.")
    commands = parser.add_subparsers(dest="command", metavar="{app,lab,test,setup}", required=True)
    shows = {
        "app": (8866, "show the sample day in the browser"),
        "lab": (8888, "open JupyterLab for the analyst: it can run any code on the days"),
    }
    for name, (port, what) in shows.items():
        command = commands.add_parser(name, help=what)
        command.add_argument("--port", type=_port, default=port, help="of this machine (default %(default)s)")
        command.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
        command.add_argument(
            "--data",
            default=ROOT / "workbench_data",
            metavar="DIR",
            help="where the days are kept (default %(default)s)",
        )
        if name == "app":
            command.add_argument(
                "--live-demo", action="store_true", help="add a simulated day of today that moves while you look"
            )
            command.add_argument(
                "--speed",
                type=_speed,
                default=DEMO_SPEED,
                help="of the live demo: times as fast as the clock on the wall (default %(default)g)",
            )
    commands.add_parser("test", help="run every check; `test -- ARGS` runs only pytest, with ARGS")
    commands.add_parser("setup", help="only install")
    arguments = parser.parse_args(ours)
    if pytest_arguments is not None and arguments.command != "test":
        parser.error("only `test` takes arguments after --")
    arguments.pytest_arguments = pytest_arguments
    return arguments


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not FIRST_PORT <= int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port: give a number from {FIRST_PORT} to {LAST_PORT}")
    return int(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(f"'{text}' is not a speed: give a number from 1 to {FASTEST:g}")
    return speed


def _treat_every_stop_as_ctrl_c() -> None:
    """Make a closed terminal or a stopped service as orderly as Ctrl-C, and Ctrl-C work where a shell has muted it."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
