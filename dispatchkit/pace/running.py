"""The stretch that a driver is in: not done yet, so it will be longer than one that nobody has begun. Pure.

At any instant the stretches that are done are too often the short ones; those still running are the long ones. Leaving
them out makes every morning look quicker than it is.
"""

import numpy as np
from scipy.special import log_ndtr, ndtr

from dispatchkit.pace.factors import Array

LEAST_WEIGHT = 0.01
"""A stretch that has hardly begun tells nothing yet."""


def expected_whole_s(run_s: Array, mean_s: Array, noise_s2: Array) -> tuple[Array, Array]:
    """What a stretch will come to that has run so long already, and how much it tells.

    Parameters
    ----------
    run_s, mean_s, noise_s2
        Seconds that it has run; seconds expected of it when it began, and their variance. Its shape is lognormal.

    Returns
    -------
    whole_s, weight
        Expected seconds from its beginning to its end, and the share (0-1) of stretches like it that would be done by
        now: how much it tells beside one that is done.
    """
    mean_s = np.maximum(mean_s, 1.0)
    variance = np.log1p(noise_s2 / mean_s**2)
    sd = np.sqrt(np.maximum(variance, 1e-12))
    z = (np.log(np.maximum(run_s, 1e-3) / mean_s) + variance / 2) / sd
    whole_s = mean_s * np.exp(log_ndtr(sd - z) - log_ndtr(-z))
    return np.maximum(whole_s, run_s), ndtr(z)


def as_if_done_s(whole_s: Array, mean_s: Array, weight: Array) -> Array:
    """Seconds with which a running stretch, at its weight, says as much as its expected whole does at full weight."""
    return mean_s + (whole_s - mean_s) / np.maximum(weight, LEAST_WEIGHT)
