"""A station's own curve as a small file that its profile names: what it was fitted to, and how far it is off."""

from pathlib import Path

import msgspec

from dispatchkit.errors import WorkbenchError
from dispatchkit.records import Record
from dispatchkit.travel.calibrated import Curve

FORMAT = "dispatchkit travel curve"
VERSION = 1


class BadCurve(WorkbenchError):
    """A file holds no travel curve that this program could drive by."""


class FittedCurve(Record, frozen=True):
    """A curve with its origin.

    Attributes
    ----------
    curve
        Straight-line metres to drive seconds.
    source
        What it was fitted to, in words.
    routes, stops
        How many routes and stops that were.
    ratio_mean, ratio_sd
        Estimated over recorded drive of a route that the curve was not fitted to, over all routes.
    """

    curve: Curve
    source: str
    routes: int
    stops: int
    ratio_mean: float
    ratio_sd: float


class _File(Record, frozen=True):
    """The file as it is written: JSON with these keys."""

    format: str
    version: int
    source: str
    routes: int
    stops: int
    ratio_mean: float
    ratio_sd: float
    distance_m: tuple[float, ...]
    drive_s: tuple[float, ...]


def write(path: Path, fitted: FittedCurve) -> None:
    """Write a curve; `WorkbenchError` where the place cannot be written to."""
    kept = _File(
        format=FORMAT,
        version=VERSION,
        source=fitted.source,
        routes=fitted.routes,
        stops=fitted.stops,
        ratio_mean=round(fitted.ratio_mean, 4),
        ratio_sd=round(fitted.ratio_sd, 4),
        distance_m=fitted.curve.distance_m,
        drive_s=tuple(round(s, 2) for s in fitted.curve.drive_s),
    )
    try:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n")
    except OSError as error:
        raise WorkbenchError(f"The curve cannot be written to {path}: {error.strerror or error}.") from error


def read(path: Path) -> FittedCurve:
    """Read a curve that `write` has written.

    Raises
    ------
    BadCurve
        The file is missing, no curve, of a later version, or its curve falls somewhere.
    """
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise BadCurve(f"The travel curve {path} cannot be read: {error.strerror or error}. {_ADVICE}") from error
    except msgspec.MsgspecError as error:
        raise BadCurve(f"{path.name} is no travel curve: {error}. {_ADVICE}") from error
    if kept.format != FORMAT or kept.version != VERSION:
        raise BadCurve(
            f"{path.name} is '{kept.format}' of version {kept.version}; this program reads '{FORMAT}' of version "
            f"{VERSION}. {_ADVICE}"
        )
    try:
        curve = Curve(distance_m=kept.distance_m, drive_s=kept.drive_s)
    except ValueError as error:
        raise BadCurve(f"{path.name}: {error} {_ADVICE}") from error
    if not kept.ratio_sd >= 0 or not kept.ratio_mean > 0:
        raise BadCurve(f"{path.name}: a drive ratio of {kept.ratio_mean} ± {kept.ratio_sd} is not possible. {_ADVICE}")
    return FittedCurve(
        curve=curve,
        source=kept.source,
        routes=kept.routes,
        stops=kept.stops,
        ratio_mean=kept.ratio_mean,
        ratio_sd=kept.ratio_sd,
    )


_ADVICE = "Make one with `dispatchkit travel fit DATA --out FILE`."
