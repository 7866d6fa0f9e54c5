"""The stretch that a driver is in: not done yet, so it will be longer than one that nobody has begun. Pure.

At any instant the stretches that are done are too often the short ones; those still running are the long ones. Leaving
them out makes every morning look quicker than it is.
"""

import math

import numpy as np

from dispatchkit.pace.factors import Array

FARTHEST = 36.0
"""Standard deviations beyond which a chance is too small for a number: a stretch takes no longer than it has run."""

# scipy's would do the same, and cost each page 27 MB and a sixth of a second
_erfc = np.frompyfunc(math.erfc, 1, 1)

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
    far = np.minimum(z, FARTHEST)
    whole_s = mean_s * _below(sd - far) / _below(-far)
    return np.maximum(whole_s, run_s), _below(z)


def _below(z: Array) -> Array:
    """The share of a normal distribution below so many standard deviations."""
    share: Array = np.asarray(_erfc(-z / math.sqrt(2)), dtype=float) / 2
    return share


def as_if_done_s(whole_s: Array, mean_s: Array, weight: Array) -> Array:
    """Seconds with which a running stretch, at its weight, says as much as its expected whole does at full weight."""
    return mean_s + (whole_s - mean_s) / np.maximum(weight, LEAST_WEIGHT)
