"""Solomon's instances and those of the X set, with the best solutions known.

Both are read by vrplib. Distances are what the published solutions count: with one decimal, the rest cut off, for
Solomon (the convention of the DIMACS challenge), whole ones for X (TSPLIB's EUC_2D). Both are scaled to whole numbers,
so that a sum is exact and a gap means something.
"""

import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dispatchkit.bench.routing.instance import Instance
from dispatchkit.errors import WorkbenchError
from dispatchkit.plan.engine.problem import Problem

SOLOMON, X = "solomon", "x"

TENTHS = 10
"""Solomon's distances have one decimal."""

SPARE_SHARE = 0.1
"""The X set limits no fleet: as many vans as could hold it all, and this share more."""

_DEGREES_PER_UNIT = 1e-3    # the plane near the equator, where a degree is as long one way as the other


def names(folder: Path) -> list[str]:
    """Names of the published instances below a folder with `solomon` and `x` in it: "solomon/R101"."""
    return [
        f"{kind}/{file.stem}"
        for kind, ending in ((SOLOMON, "txt"), (X, "vrp"))
        for file in sorted((folder / kind).glob(f"*.{ending}"))
    ]


def is_published(name: str) -> bool:
    """Whether a name is that of a published instance; the days have others."""
    return name.startswith((f"{SOLOMON}/", f"{X}/"))


def read_published(folder: Path, name: str) -> Instance:
    """Read one of `names(folder)`, with its best known cost where a `.sol` stands beside it.

    Raises
    ------
    WorkbenchError
        The file cannot be read as what its folder says it is.
    """
    import vrplib

    of_solomon = name.startswith(SOLOMON)
    path = (folder / name).with_suffix(".txt" if of_solomon else ".vrp")
    try:
        read = vrplib.read_instance(path, instance_format="solomon" if of_solomon else "vrplib")
        problem, drive_s = (_solomon if of_solomon else _x)(read)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise WorkbenchError(
            f"{path} is not an instance as {'Solomon wrote' if of_solomon else 'TSPLIB writes'} them ({error}). "
            "Take it out of the folder, or bring it again from where it was published."
        ) from error
    solution = path.with_suffix(".sol")
    best = float(vrplib.read_solution(solution)["cost"]) if solution.is_file() else None
    return Instance(name, problem, drive_s, per_unit=TENTHS if of_solomon else 1, best_known=best)


def _solomon(read: dict[str, Any]) -> tuple[Problem, NDArray[np.float32]]:
    drive_s = np.floor(TENTHS * np.round(_apart(read["node_coord"]), 6)).astype(np.float32)
    windows = TENTHS * np.asarray(read["time_window"], dtype=float)
    return _problem(
        read,
        opens_s=windows[:, 0],
        closes_s=windows[:, 1],
        service_s=TENTHS * np.asarray(read["service_time"], dtype=float),
        vans=int(read["vehicles"]),
        shift_s=float(windows[0, 1]),
    ), drive_s


def _x(read: dict[str, Any]) -> tuple[Problem, NDArray[np.float32]]:
    drive_s = np.floor(_apart(read["node_coord"]) + 0.5).astype(np.float32)
    none = np.full(len(drive_s), np.nan)
    least = math.ceil(sum(read["demand"]) / read["capacity"])
    return _problem(
        read,
        opens_s=none,
        closes_s=none,
        service_s=np.zeros(len(drive_s)),
        vans=least + math.ceil(SPARE_SHARE * least),
        shift_s=1.0 + 2.0 * float(drive_s[0].sum()),    # a van for each stop would not take longer altogether
    ), drive_s


def _problem(read: dict[str, Any], *, vans: int, **columns: Any) -> Problem:
    coordinates = _DEGREES_PER_UNIT * np.asarray(read["node_coord"], dtype=float)
    return Problem(
        lat=coordinates[:, 1],
        lng=coordinates[:, 0],
        volume=np.asarray(read["demand"], dtype=float),
        van_volume=(float(read["capacity"]),) * vans,
        **columns,
    )


def _apart(coordinates: Any) -> NDArray[np.float64]:
    place = np.asarray(coordinates, dtype=float)
    apart: NDArray[np.float64] = np.hypot(*np.moveaxis(place[:, None, :] - place[None, :, :], -1, 0))
    return apart
