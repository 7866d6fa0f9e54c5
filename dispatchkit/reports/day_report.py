"""The day's report: one HTML file that needs no network, prints well, and says where its figures come from."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dispatchkit.day import Day, Entry
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.base import MADE_UP
from dispatchkit.day.facts.road import StopServed
from dispatchkit.day.fold import voided
from dispatchkit.eos.balance import balance
from dispatchkit.errors import WorkbenchError
from dispatchkit.pace.timetable import timetables
from dispatchkit.printable import printable
from dispatchkit.records import DayKey
from dispatchkit.reports.charts import finish_chart, progress_chart
from dispatchkit.reports.day_map import day_map
from dispatchkit.reports.routes import routes_frame
from dispatchkit.times import clock_text, hours_text
from dispatchkit.travel.calibrated import CalibratedTravel


def report_name(key: DayKey) -> str:
    """The usual file name of a day's report, of station, date and branch only: "DCH4_2018-08-08.html"."""
    return f"{key.station}_{key.service_day}{f'_run{key.branch}' if key.branch else ''}.html"


def write_report(target: Path, day: Day, entries: Sequence[Entry]) -> None:
    """Write the report of a day to a file; an existing one is replaced only when the new one is whole.

    Raises
    ------
    Refused
        The day has no plan.
    WorkbenchError
        The file cannot be written.
    """
    html = day_report(day, entries)
    part = target.with_name(target.name + ".part")
    try:
        part.write_text(html, encoding="utf-8")
        part.replace(target)
    except OSError as error:
        if part.exists():
            part.unlink()
        raise WorkbenchError(
            f"The report {target} cannot be written: {error.strerror}. Choose another place."
        ) from error


def day_report(day: Day, entries: Sequence[Entry]) -> str:
    """Make the report as HTML. Refused where the day has no plan."""
    gone = voided(entries)
    facts = [e.fact for e in entries if e.n not in gone]
    timezone, service_day = day.course.timezone, str(day.key.service_day)
    routes = routes_frame(day)
    environment = Environment(
        loader=PackageLoader("dispatchkit.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=_shown,
    )
    environment.filters["clock"] = lambda at: clock_text(at, timezone, service_day)
    environment.filters["hours"] = hours_text
    return environment.get_template("day.html.j2").render(
        day=day,
        plan=day.plan,
        routes=[_row(r) for r in routes.to_dict("records")],
        totals=balance(day).total,
        late=int((routes["late_min"] > 0).sum()),
        hours_s=[_planned_s(r) for r in routes.to_dict("records")],
        made_up=sorted({f.by for f in facts} & set(MADE_UP)),
        progress=progress_chart(_planned(day), [f.at for f in facts if isinstance(f, StopServed)], timezone),
        finishes=finish_chart(routes, timezone),
        map=day_map(day),
        facts=len(entries),
        head=entries[-1].learned_at if entries else None,
        people=_people(facts),
    )


def _shown(value: Any) -> Any:
    """Spell out control characters and direction marks of every text, but not of markup that was made here."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return "\n".join(map(printable, value.splitlines()))
    return value


def _planned(day: Day) -> list[datetime]:
    """When each stop should have been done by the plan, shifted to the actual departures."""
    tables = timetables(day.plan, CalibratedTravel())
    return [datetime.fromtimestamp(s, UTC) for r in day.plan.routes for s in tables.of(day, r.route_id).planned_s]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the frame with None where pandas says NaT or NaN, the only values that differ from themselves."""
    return {key: None if value != value else value for key, value in row.items()}


def _planned_s(row: dict[str, Any]) -> float:
    return float(row["planned_h"]) * 3600


def _people(facts: Sequence[Fact]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for fact in facts:
        counts[fact.by] = counts.get(fact.by, 0) + 1
    return sorted(counts.items(), key=lambda item: -item[1])
