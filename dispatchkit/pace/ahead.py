"""What the rest of a route comes to under what is known of its factors: expected seconds, and how far off they may be.

Pure; for one route or for arrays of them.
"""

from typing import NamedTuple

import numpy as np

from dispatchkit.pace.factors import Array, Learned
from dispatchkit.station.profile import Forecast


class Left(NamedTuple):
    """Planned work that is left; arrays of shape (…, routes). Seconds, and seconds² as in `factors.Stretches`."""

    drive_s: Array
    service_s: Array
    drive_s2: Array
    service_s2: Array
    back_s: Array
    back_s2: Array


class Ahead(NamedTuple):
    """What that work will take; arrays of shape (…, routes).

    Attributes
    ----------
    drive_rate, service_rate
        Expected seconds for a planned one, on the road and at the door.
    noise_drive, noise_service
        What `drive_s2` and `service_s2` are multiplied by to give the variance of a leg or a stop.
    mean_s
        All of it, the way back included; no breaks, no waits.
    noise_s2, back_noise_s2
        Variance of the stops with their legs, and of the way back, at these rates.
    doubt_s2, back_doubt_s2
        Variance because the factors are not known exactly: of all of it, and of the way back alone.
    spread_s
        Standard deviation of all together.
    """

    drive_rate: Array
    service_rate: Array
    noise_drive: Array
    noise_service: Array
    mean_s: Array
    noise_s2: Array
    back_noise_s2: Array
    doubt_s2: Array
    back_doubt_s2: Array
    spread_s: Array


def ahead(left: Left, learned: Learned, forecast: Forecast) -> Ahead:
    """Reckon what is left at the factors learned.

    The noise of what is left grows with the root of the stops, the doubt about the factors with the stops themselves.
    """
    variance = np.diagonal(learned.cov, axis1=-2, axis2=-1)
    rate = np.exp(learned.mean + variance / 2)
    rate_cov = rate[..., :, None] * rate[..., None, :] * np.expm1(learned.cov)
    squared = rate**2 * np.exp(variance)
    noise_drive = forecast.drive_spread_share**2 * squared[..., 0]
    noise_service = forecast.service_spread_share**2 * squared[..., 1]
    noise_s2 = noise_drive * left.drive_s2 + noise_service * left.service_s2
    back_noise_s2 = noise_drive * left.back_s2
    planned = np.stack(np.broadcast_arrays(left.drive_s + left.back_s, left.service_s), axis=-1)
    doubt_s2 = np.einsum("...i,...ij,...j->...", planned, rate_cov, planned)
    return Ahead(
        drive_rate=rate[..., 0],
        service_rate=rate[..., 1],
        noise_drive=noise_drive,
        noise_service=noise_service,
        mean_s=np.sum(planned * rate, axis=-1),
        noise_s2=noise_s2,
        back_noise_s2=back_noise_s2,
        doubt_s2=doubt_s2,
        back_doubt_s2=left.back_s**2 * rate_cov[..., 0, 0],
        spread_s=np.sqrt(noise_s2 + back_noise_s2 + doubt_s2),
    )
