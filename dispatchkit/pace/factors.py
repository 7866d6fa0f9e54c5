"""How much longer than planned each route drives and serves today: its own stretches tell, and all others'. Pure.

A stretch is what lies between two completions: a leg and a stop, told only as one time. Its planned drive and service
are multiplied by two factors of the route. What makes them multiplies, so they are normal in their logarithms:

    E(took) = drive · e^a + service · e^b,   (a, b) = driver's past + day + driver's own day

Given where the sum stands, this is linear in (a, b), and the posterior is conjugate: each route's stretches tell of its
own two factors, what all routes tell together is the day's share, and that share comes back to every route. Two rounds
of it (Gauss-Newton) from the prior are enough. Everything is worked out for all routes, and for many instants, at once.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatchkit.station.profile import Forecast

Array = NDArray[np.float64]

ROUNDS = 2
OUTLIER = 6.0
"""Standard deviations beyond which a stretch tells no more than at them: two parcels scanned at once, a wrong clock."""

LEAST_S = 1.0
"""A stretch takes a second at least."""


class Stretches(NamedTuple):
    """What is known of times on the road; arrays of shape (…, routes, stretches).

    Attributes
    ----------
    drive_s, service_s
        Planned seconds of the legs and stops in the stretch.
    drive_s2, service_s2
        What their variances are proportional to, seconds²: `leg_s2` of one leg, and the square of one stop's service.
    took_s
        Seconds that it took.
    told
        How much of it tells the pace: 1 where it is done; 0 for what is to come, and for breaks, waits, meetings and
        lost time; in between for the one that is running (`running`).
    """

    drive_s: Array
    service_s: Array
    drive_s2: Array
    service_s2: Array
    took_s: Array
    told: Array


class DayKind(NamedTuple):
    """A kind of day: its probability, and the mean (2) and covariance (2, 2) of its log factors of drive, service."""

    share: float
    mean: Array
    cov: Array


class Learned(NamedTuple):
    """Log factors of drive and service: mean (…, routes, 2) and covariance (…, routes, 2, 2)."""

    mean: Array
    cov: Array


def leg_s2(drive_s: Array, short_leg_s: float) -> Array:
    """What a leg's variance is proportional to, seconds²: long legs are sums of short ones with noise of their own."""
    spread: Array = drive_s * np.minimum(drive_s, short_leg_s)
    return spread


def log_variance(share: float | Array) -> float | Array:
    """Variance of the logarithm of a lognormal factor whose standard deviation is `share` of its mean."""
    return np.log1p(np.square(share))


def a_usual_day(forecast: Forecast) -> tuple[DayKind, ...]:
    """The one kind of day that the profile knows; its factors have mean 1."""
    drive, service = log_variance(forecast.day_drive_spread_share), log_variance(forecast.day_service_spread_share)
    both = forecast.day_together_share * np.sqrt(drive * service)
    cov = np.array([[drive, both], [both, service]])
    return (DayKind(1.0, -np.diag(cov) / 2, cov),)


def learn(
    known: Stretches, route_mean: Array, route_cov: Array, days: tuple[DayKind, ...], forecast: Forecast,
    tells: "Tells | None" = None,
) -> Learned:  # fmt: skip
    """Learn every route's two factors from its own stretches and, through the day, from those of all others.

    Parameters
    ----------
    route_mean, route_cov
        Log factors of each route beside the day's, before anything is seen of today: (routes, 2) and (routes, 2, 2).
    days
        Kinds of day; their shares add up to 1.
    tells
        How far each stretch is off, and how much that varies; `by_mean` where nothing is said.
    """
    usual = sum(kind.share * kind.mean for kind in days)
    at: Array = np.broadcast_to(route_mean + usual, (*known.took_s.shape[:-1], 2))
    for _ in range(ROUNDS):
        information, pull = _told(known, at, forecast, tells or by_mean)
        learned = _posterior(information, pull, route_mean, route_cov, days)
        at = learned.mean
    return learned


Tells = Callable[[Array, Array, Array], tuple[Array, Array]]
"""(took, expected seconds, their variance) → how far off, as a share of what was expected, and the variance of that."""


def by_mean(took_s: Array, mean_s: Array, noise_s2: Array) -> tuple[Array, Array]:
    """Judge a stretch by its mean alone: right whatever the shape of the noise, for real roads have their own."""
    noise = noise_s2 / mean_s**2
    limit = OUTLIER * np.sqrt(noise)
    return np.clip(took_s / mean_s - 1.0, -limit, limit), noise


def at_the_door(
    known: Stretches, at: Array, forecast: Forecast, group: NDArray[np.int64], groups: int
) -> tuple[Array, Array]:
    """What groups of one route's stretches say of service, its driving taken as learned.

    Parameters
    ----------
    known
        Of one route: arrays of shape (stretches,).
    at
        The route's log factors (2,), as learned from all of it.
    group
        Of each stretch, from 0 to `groups` less one.

    Returns
    -------
    log_service, doubt
        Of each group: the logarithm of its factor by its own stretches alone, and its variance by chance; infinite
        where none tells.
    """
    off, weight, share = _against(known, at, forecast, by_mean)
    information = np.bincount(group, weight * (1 - share) ** 2, groups)
    pull = np.bincount(group, weight * (1 - share) * off, groups)
    there = information > 0
    beside = np.divide(pull, information, out=np.zeros(groups), where=there)
    return at[1] + beside, np.divide(1.0, information, out=np.full(groups, np.inf), where=there)


def _told(known: Stretches, at: Array, forecast: Forecast, tells: Tells) -> tuple[Array, Array]:
    """What the stretches say of their route's factors, linear around `at`: precision, and precision × mean."""
    off, weight, share = _against(known, at, forecast, tells)
    dd, ds, ss = (np.sum(weight * x, axis=-1) for x in (share**2, share * (1 - share), (1 - share) ** 2))
    own = off + share * at[..., None, 0] + (1 - share) * at[..., None, 1]
    information = np.stack([np.stack([dd, ds], axis=-1), np.stack([ds, ss], axis=-1)], axis=-1)
    pull = np.stack([np.sum(weight * own * share, axis=-1), np.sum(weight * own * (1 - share), axis=-1)], axis=-1)
    return information, pull


def _against(known: Stretches, at: Array, forecast: Forecast, tells: Tells) -> tuple[Array, Array, Array]:
    """Each stretch against what `at` expects of it: how far off, how much that weighs, and its share of driving."""
    factor = np.exp(at)[..., None, :]
    drive_s, service_s = known.drive_s * factor[..., 0], known.service_s * factor[..., 1]
    mean_s = np.maximum(drive_s + service_s, LEAST_S)
    noise_s2 = forecast.drive_spread_share**2 * known.drive_s2 * factor[..., 0] ** 2
    noise_s2 = noise_s2 + forecast.service_spread_share**2 * known.service_s2 * factor[..., 1] ** 2
    off, noise = tells(np.where(known.told > 0, known.took_s, mean_s), mean_s, noise_s2)
    weight = np.where(noise > 0, known.told / np.where(noise > 0, noise, 1.0), 0.0)
    return off, weight, drive_s / mean_s


def _posterior(
    information: Array, pull: Array, route_mean: Array, route_cov: Array, days: tuple[DayKind, ...]
) -> Learned:
    one: Array = np.eye(2)
    beside = pull - _of(information, route_mean)
    kept = np.linalg.inv(one + information @ route_cov).astype(np.float64)
    shared = kept @ information    # what each route tells of the day, its own doubt taken off
    all_information = shared.sum(axis=-3)
    all_pull = _of(kept, beside).sum(axis=-2)
    own_cov = np.linalg.inv(one + route_cov @ information) @ route_cov
    own, through = _of(own_cov, beside), one - own_cov @ information
    means, covs, evidence = [], [], []
    for kind in days:
        seen = np.linalg.inv(one + kind.cov @ all_information)
        day_cov = seen @ kind.cov
        surprise = all_pull - _of(all_information, kind.mean)
        day = kind.mean + _of(day_cov, surprise)
        means.append(route_mean + own + _of(through, day[..., None, :]))
        covs.append(own_cov + through @ day_cov[..., None, :, :] @ np.swapaxes(through, -1, -2))
        agrees = np.sum(kind.mean * (all_pull - _of(all_information, kind.mean) / 2), axis=-1)
        agrees = agrees + np.sum(surprise * _of(day_cov, surprise), axis=-1) / 2
        evidence.append(np.log(kind.share) + np.log(np.maximum(np.linalg.det(seen), 1e-300)) / 2 + agrees)
    if len(days) == 1:
        return Learned(means[0], covs[0])
    return _mixed(np.stack(means), np.stack(covs), np.stack(evidence))


def _mixed(means: Array, covs: Array, evidence: Array) -> Learned:
    """One mean and covariance for several kinds of day, weighed by how well each explains what all routes tell."""
    weight = np.exp(evidence - evidence.max(axis=0))
    weight = (weight / weight.sum(axis=0))[..., None, None]
    mean = np.sum(weight * means, axis=0)
    apart = means - mean
    cov = np.sum(weight[..., None] * (covs + apart[..., :, None] * apart[..., None, :]), axis=0)
    return Learned(mean, cov)


def _of(matrix: Array, vector: Array) -> Array:
    product: Array = np.einsum("...ij,...j->...i", matrix, vector)
    return product
