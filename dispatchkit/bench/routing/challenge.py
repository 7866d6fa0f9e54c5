"""The ten real routes in order, beside the order that their drivers took."""

from pathlib import Path
from typing import Any

from dispatchkit.intake import read_days
from dispatchkit.plan.given_orders import ordered_routes
from dispatchkit.station import Station
from dispatchkit.travel.source import calibrated

ROUTES10 = "amazon_routes10"
"""Folder of the public data."""

SEED = 1


def measured(data: Path, station: Station) -> dict[str, Any]:
    """Score all driven routes of a folder, each ordered by the habits of the others and for the least driving.

    Parameters
    ----------
    data
        Folder in the challenge's format, with drivers' orders and drive times.

    Returns
    -------
    dict
        `challenge_score_mean` (by habits), `challenge_score_driving_mean` (the least driving),
        `challenge_score_nn_mean` (nearest neighbour), `challenge_scores` (by route, by habits). Means are None where no
        route is scored.
    """
    days, travel = read_days(data, station), calibrated(station)
    by_habit = list(ordered_routes(days, station, lambda _: travel, seed=SEED))
    by_driving = ordered_routes(days, station, lambda _: travel, seed=SEED, by_habit=False)
    scores = {one.name: one.score for one in by_habit if one.score is not None}
    return {
        "challenge_score_mean": _mean(list(scores.values())),
        "challenge_score_driving_mean": _mean([one.score for one in by_driving if one.score is not None]),
        "challenge_score_nn_mean": _mean([one.nearest_score for one in by_habit if one.nearest_score is not None]),
        "challenge_scores": scores,
    }


def _mean(scores: list[float]) -> float | None:
    return sum(scores) / len(scores) if scores else None
