"""The generated days: thousands of stops, and a judge beside the data who knows nothing of this program.

Travel between two places is what the judge's own function says, so no engine is judged by other seconds than it had.
"""

import gzip
import json
import runpy
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dispatchkit.bench.routing.instance import Instance
from dispatchkit.bench.routing.row import Judged
from dispatchkit.errors import WorkbenchError
from dispatchkit.plan.engine.problem import Problem, Routes

FOLDER, ENDING = "generated_days", ".csv.gz"
JUDGE = Path("tools") / "judge_plan.py"
"""Beside the folder of the data."""

_ROWS = 500     # rows of the matrix at a time: what is worked out on the way fits into memory


def names(data: Path) -> list[str]:
    """Names of the days, the smallest first: "day_2500x30"."""
    days = [file.name.removesuffix(ENDING) for file in (data / FOLDER).glob(f"*{ENDING}")]
    return sorted(days, key=lambda name: (len(name), name))


def judge_of(data: Path) -> Path | None:
    """Where the judge of the data stands; None where there is none."""
    judge = data.resolve().parent / JUDGE
    return judge if judge.is_file() else None


def read_day(data: Path, name: str) -> Instance:
    """Read a day and work out the matrix between its places.

    Raises
    ------
    WorkbenchError
        The day or its judge cannot be read.
    """
    import pandas as pd  # only where a day is read: what days there are is known without it

    path = data / FOLDER / f"{name}{ENDING}"
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = pd.read_csv(file, dtype=float)
        limits = json.loads(path.with_name(f"{name}.json").read_text(encoding="utf-8"))
        problem = Problem(
            lat=rows["lat"].to_numpy(copy=True),
            lng=rows["lon"].to_numpy(copy=True),
            volume=rows["volume"].to_numpy(copy=True),
            service_s=rows["service_s"].to_numpy(copy=True),
            opens_s=rows["opens_s"].to_numpy(copy=True),
            closes_s=rows["closes_s"].to_numpy(copy=True),
            van_volume=(float(limits["van_volume"]),) * int(limits["vans"]),
            shift_s=float(limits["shift_s"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise WorkbenchError(
            f"{path} and the limits beside it are not a generated day ({error}). Bring both files again."
        ) from error
    return Instance(name, problem, _matrix(data, problem.lat, problem.lng))


def judged(data: Path, name: str, routes: Routes) -> Judged:
    """What the judge says of routes, run as a program of its own.

    Raises
    ------
    WorkbenchError
        There is no judge, or it broke off.
    """
    with TemporaryDirectory(prefix="dispatchkit-bench-") as folder:
        plan = Path(folder) / "plan.json"
        plan.write_text(json.dumps({"routes": [list(route) for route in routes if route]}), encoding="utf-8")
        day = data / FOLDER / f"{name}{ENDING}"
        asked = [sys.executable, str(_judge_path(data)), str(day), str(plan)]
        ran = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    if ran.returncode:
        raise WorkbenchError(f"The judge of {name} broke off: {ran.stderr.strip()} Look at {asked[1]}.")
    said = json.loads(ran.stdout)
    return Judged(
        cost=float(said["drive_s"]),
        routes=said["vans"],
        unserved=said["missing"] + said["duplicated"],
        late=float(said["late_s"]),
        overtime=float(said["overtime_s"]),
        overload=float(said["overload"]),
        hours_sd=float(said["sd_h"] or 0.0),
    )


def _matrix(data: Path, lat: NDArray[np.float64], lng: NDArray[np.float64]) -> NDArray[np.float32]:
    legs: Any = runpy.run_path(str(_judge_path(data)))["legs"]
    places = np.arange(lat.size)
    seconds = np.empty((lat.size, lat.size), dtype=np.float32)
    for first in range(0, lat.size, _ROWS):
        some = places[first : first + _ROWS]
        seconds[some] = legs(lat, lng, *np.broadcast_arrays(some[:, None], places[None, :]))
    return seconds


def _judge_path(data: Path) -> Path:
    judge = judge_of(data)
    if judge is None:
        raise WorkbenchError(
            f"The generated days are judged by a program that is not there: {data.resolve().parent / JUDGE}. "
            "Put it beside the folder of the data."
        )
    return judge
