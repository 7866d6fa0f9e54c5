"""A town on a line, for the solvers: an instance whose answers can be seen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.problem import Problem
from dispatchkit.travel.calibrated import CalibratedTravel, Curve

NEVER = float("nan")
METRES_A_DEGREE = 111_194.93
"""One degree of latitude on the sphere that `geo` uses."""


class Town:
    """Stops on a line north of the station, a hundred metres take ten seconds; `km` are their distances."""

    travel = CalibratedTravel(curve=Curve(distance_m=(0, 100), drive_s=(0, 10)))

    def problem(
        self,
        km: Sequence[float],
        *,
        vans: Sequence[float] = (100.0,),
        volume: float = 1.0,
        service_s: float = 60.0,
        windows: dict[int, tuple[float, float]] | None = None,
        shift_s: float = 36_000.0,
        break_s: float = 0.0,
    ) -> Problem:
        n = len(km) + 1
        opens, closes = np.full(n, NEVER), np.full(n, NEVER)
        for place, window in (windows or {}).items():
            opens[place], closes[place] = window
        return Problem(
            lat=42 + np.array([0.0, *km]) * 1_000 / METRES_A_DEGREE,
            lng=np.full(n, -88.0),
            volume=np.full(n, volume),
            service_s=np.full(n, service_s),
            opens_s=opens,
            closes_s=closes,
            van_volume=tuple(vans),
            shift_s=shift_s,
            break_s=break_s,
        )

    def seconds(self, problem: Problem) -> NDArray[np.float64]:
        return self.travel.matrix(problem.lat, problem.lng)
