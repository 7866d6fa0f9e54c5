"""The sample on disk: compact JSON, the plan compressed, and a page that says what it is."""

import gzip
import zlib
from pathlib import Path
from typing import TypeVar

import msgspec

from dispatchkit.errors import Damaged, NotFound
from dispatchkit.records import Fleet, Plan, Record, Roster
from dispatchkit.samples.station import SEED, SampleStation

DAY = "calm_day"
PLAN, ROSTER, FLEET, CLOCK = "plan.json.gz", "roster.json", "fleet.json", "station.json"
README = "README.md"

R = TypeVar("R")
_encoder = msgspec.json.Encoder(order="deterministic")


class StationClock(Record, frozen=True):
    """Where the station's clocks stand: an IANA zone."""

    timezone: str


def contents(sample: SampleStation) -> dict[str, bytes]:
    """What each file of the sample holds before compression, by its path in the folder; the same bytes every time."""
    return {
        README: _about(sample).encode(),
        f"{DAY}/{PLAN}": _encoder.encode(sample.plan),
        f"{DAY}/{ROSTER}": _encoder.encode(sample.roster),
        f"{DAY}/{FLEET}": _encoder.encode(sample.fleet),
        f"{DAY}/{CLOCK}": _encoder.encode(StationClock(timezone=sample.timezone)),
    }


def write(folder: Path, sample: SampleStation) -> None:
    """Write the sample into a folder, which is made if need be; files of an earlier sample are replaced."""
    for name, content in contents(sample).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # no time stamp in the compressed file: the same plan is the same file
        path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def read(folder: Path) -> SampleStation:
    """Read a sample back.

    Raises
    ------
    NotFound
        Where the folder holds no sample.
    Damaged
        Where a file is not what was written.
    """
    day = folder / DAY
    return SampleStation(
        plan=_read(day / PLAN, Plan),
        roster=_read(day / ROSTER, Roster),
        fleet=_read(day / FLEET, Fleet),
        timezone=_read(day / CLOCK, StationClock).timezone,
    )


def _read(path: Path, kind: type[R]) -> R:
    again = "Make it again with `python -m dispatchkit.samples FOLDER`."
    try:
        content = path.read_bytes()
        return msgspec.json.decode(gzip.decompress(content) if path.suffix == ".gz" else content, type=kind)
    except FileNotFoundError as error:
        raise NotFound(f"There is no sample at {path}. {again}") from error
    except (gzip.BadGzipFile, zlib.error, EOFError, msgspec.DecodeError) as error:
        raise Damaged(f"The sample {path} cannot be read: {error}. {again}") from error


def _about(sample: SampleStation) -> str:
    plan = sample.plan
    return f"""\
# Sample data: a synthetic station

Everything here is invented and made by a program from the seed {SEED}. No person, address, parcel or station is real;
the town lies in open country, and the drivers are ids drawn by chance.

`{DAY}/` is one calm day of the station {plan.station}, {plan.service_day}: {len(plan.routes)} routes with \
{len(plan.stops):,} stops and {plan.package_count:,} packages,
{len(sample.fleet.vans)} vans, {len(sample.roster.drivers)} drivers, time zone {sample.timezone}.

| File | What it holds |
|---|---|
| `{PLAN}` | the plan: stops with their packages, routes in their order with planned drive seconds |
| `{ROSTER}` | drivers: qualifications, zones driven before, standbys |
| `{FLEET}` | vans: volume, kind |
| `{CLOCK}` | the station's time zone |

Times are UTC, durations seconds, volumes cm³, positions degrees. Read it with `dispatchkit.samples.read(folder)`.

How it was made: neighbourhoods of blocks and streets round three invented towns; numbers of stops and packages, service
seconds, volumes and time windows drawn from distributions shaped on figures measured on public Amazon routes of 2018
(their figures, not their rows); drive seconds from the program's calibrated travel model. To make it again, the same:

    python -m dispatchkit.samples sample_data
"""
