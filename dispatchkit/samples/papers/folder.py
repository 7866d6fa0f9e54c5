"""All papers of a day, as a dispatcher would find them in the downloads folder."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from dispatchkit.day import Day
from dispatchkit.samples.papers import cortex, day_of_ops, fleet, people, quality, route_sheets
from dispatchkit.samples.papers.known import Known

DSP = "DXXA"
"""The invented DSP of the sample station."""


def papers(
    day: Day,
    names: Mapping[str, str],
    *,
    snapshots: Sequence[datetime] = (),
    dsp: str = DSP,
    week: int | None = None,
    station_wide: bool = False,
) -> dict[str, bytes]:
    """Write a day as the files that a DSP has of it, each in the shape of the real one; the same bytes every time.

    Whatever the log knows stands in them as it does there. What it does not know and the real files have (phones,
    plates, safety events, last week's scorecard) is invented, the same for the same day. A paper of which the day
    knows nothing yet, such as the inspections before there are any, is left out.

    Parameters
    ----------
    names
        transporter id → "First Last". Ids that are not on the roster are listed as inactive associates.
    snapshots
        Instants of which there is a Routes and an Itineraries export, with the progress that was known then. On one
        route of the last Routes export two people stand side by side.
    week
        Number of the schedule's week in its file name; by default the one in which the day lies, from Sunday on.
    station_wide
        Whether the Day-of-Ops plan holds the routes of every DSP at the station.

    Returns
    -------
    dict
        File name → content.

    Raises
    ------
    Refused
        Where the day has no plan yet.
    """
    known = Known(day=day, names=names, dsp=dsp)
    return {
        day_of_ops.file_name(known): day_of_ops.day_of_ops(known, station_wide=station_wide),
        route_sheets.file_name(known): route_sheets.route_sheets(known),
        **_of_snapshots(known, snapshots),
        **(_of_roster(known, week) if day.pre_load_out.roster else {}),
        **(_of_fleet(known) if day.pre_load_out.fleet else {}),
        **({quality.events_name(known): quality.events(known)} if day.load_out.departed else {}),
        **({quality.returns_name(known): quality.returns(known)} if day.end_of_shift.returned else {}),
    }


def write_papers(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write papers into a folder, which is made if need be; files of the same name are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def about_papers(folder: str, files: Iterable[str], *, what: str) -> str:
    """A paragraph for the README of the sample data: which files stand in the folder, and what they are.

    Parameters
    ----------
    what
        The day in a few words: "the calm day".
    """
    listed = "\n".join(f"- `{name}`" for name in sorted(files))
    return (
        f"`{folder}/` holds the files that a DSP would have of {what}, in the shapes of the real ones: the station's "
        "plan and\nroute sheets, exports of Cortex as of the moments in their names, people, vans, inspections and "
        "quality. Counts, drivers,\nvans, defects and returns agree with the log; names are invented, phones end in "
        f"the block kept for fiction,\nand no VIN begins as a maker's would.\n\n{listed}\n"
    )


def _of_snapshots(known: Known, snapshots: Sequence[datetime]) -> dict[str, bytes]:
    made = {}
    for at in sorted(snapshots):
        last = at == max(snapshots)
        made[cortex.snapshot_name(known, "Routes", at)] = cortex.routes(known, at, ride_along=last)
        made[cortex.snapshot_name(known, "Itineraries", at)] = cortex.itineraries(known, at)
    return made


def _of_roster(known: Known, week: int | None) -> dict[str, bytes]:
    number = int(quality.week_text(known.week_begins)[-2:]) if week is None else week
    return {
        people.ASSOCIATES: people.associates(known),
        people.schedule_name(number): people.schedule(known),
        quality.overview_name(known): quality.overview(known),
    }


def _of_fleet(known: Known) -> dict[str, bytes]:
    fleet_of_day, inspected = known.day.pre_load_out.fleet, known.day.pre_load_out.inspections
    made = {fleet.VEHICLES: fleet.vehicles(known)}
    if fleet_of_day and any(van.electric for van in fleet_of_day.vans):
        made[fleet.charge_name(known)] = fleet.charge(known)
    if inspected:
        made[fleet.dvic_name(known)] = fleet.dvic(known)
        made[fleet.whip_around_name(known)] = fleet.whip_around(known)
    return made
