"""The drivers' weekly overview: standing and score, and each metric's value, tier, score and weight."""

from collections.abc import Iterable, Mapping

from dispatchkit.imports.problems import quoted
from dispatchkit.imports.readings import DriverWeek, Metric, WeeklyOverview
from dispatchkit.imports.reports import weeks
from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.reports.metrics import METRICS, SCORE, TIER, WEIGHT, KnownMetric, key, metric_columns
from dispatchkit.imports.reports.vocabulary import is_one_of
from dispatchkit.imports.sheets import Column, Table, TableRow, columns
from dispatchkit.imports.sheets.cells import plain
from dispatchkit.imports.sheets.header import Heading, normalised
from dispatchkit.imports.sheets.values import as_percent

OVERVIEW = columns(
    Column("week", ("Week",), required=True),
    Column("year", ("Year",), usual=False),
    Column("name", ("Delivery Associate", "Associate Name", "Driver")),
    Column("driver_id", ("Transporter ID",), required=True),
    Column("standing", ("Overall Standing", "Overall Tier")),
    Column("score", ("Overall Score",), required=True),
    Column("packages", ("Packages Delivered", "Delivered")),
    *metric_columns(),
)
"""Columns of the weekly overview, as public parsers of real exports list them."""

UnknownMetrics = Mapping[str, Mapping[str, Heading]]
"""Columns of metrics that are not known here, by the file's name for the metric and the part ("", "Tier", …)."""


def read_overview(table: Table, about: About) -> WeeklyOverview:
    """Read the drivers' weeks. The Week column counts, not the file's name; what is blank is no data."""
    no_data = about.profile.words.no_data
    unknown = _unknown_metrics(table)
    found: dict[tuple[str, str], DriverWeek] = {}
    for row in table.rows:
        week, driver_id = _week(row), row.driver_id("driver_id") if row.needed("driver_id") else None
        if week is None or driver_id is None:
            continue
        packages = row.whole("packages") if _known(row, "packages", no_data) else None
        made = DriverWeek(
            row=row.number,
            week=week,
            driver_id=driver_id,
            name=row.name("name") or "",
            standing=_word(row.text("standing"), no_data),
            score=_figure(row, "score", no_data),
            metrics=_metrics(row, no_data) | _metrics_under(row, unknown, no_data),
            packages=packages,
        )
        if (held := found.setdefault((week, driver_id), made)) is not made:
            row.at("driver_id").block(
                f"{quoted(driver_id)} stands in row {held.row} already, for the same week.",
                "Leave the row that is right and import again.",
            )
    _check_week_of_name(table, about, {week for week, _ in found})
    return WeeklyOverview(station=about.station, as_of=about.as_of, weeks=tuple(found.values()))


def _week(row: TableRow) -> str | None:
    written = row.needed("week")
    if written is None:
        return None
    week = weeks.as_week(written, row.whole("year"))
    if week is None:
        row.at("week").block(f"{quoted(written)} is not a week with its year.", "Write it as 2026-W08.")
    return week


def _check_week_of_name(table: Table, about: About, found: Iterable[str]) -> None:
    named = weeks.in_name(about.file)
    read = sorted(found)
    if named and read and named not in {int(week.rpartition("W")[2]) for week in read}:
        table.findings.note(
            f"The file's name says week {named}, but its rows are of {', '.join(read)}; the rows count.",
            "Check that this is the week you mean.",
        )


def _metrics(row: TableRow, no_data: tuple[str, ...]) -> dict[str, Metric]:
    found = {known.name: _metric(row, known, no_data) for known in METRICS}
    return {name: metric for name, metric in found.items() if metric != Metric()}


def _metric(row: TableRow, known: KnownMetric, no_data: tuple[str, ...]) -> Metric:
    weight = key(known.name, WEIGHT)
    return Metric(
        value=_figure(row, known.name, no_data, in_percent=known.in_percent),
        tier=_word(row.text(key(known.name, TIER)), no_data),
        score=_figure(row, key(known.name, SCORE), no_data),
        weight_pct=_figure(row, weight, no_data, in_percent=True),
    )


def _known(row: TableRow, column: str, no_data: tuple[str, ...]) -> bool:
    """Whether there is a figure: neither a blank nor one of the words for none."""
    text = row.text(column)
    return text is not None and _word(text, no_data) != ""


def _figure(row: TableRow, column: str, no_data: tuple[str, ...], *, in_percent: bool = False) -> float | None:
    if not _known(row, column, no_data):
        return None
    if in_percent or plain(row.raw(column)).endswith("%"):
        return row.percent(column)
    return row.number_of(column)


def _word(text: str | None, no_data: tuple[str, ...]) -> str:
    return "" if text is None or is_one_of(text, no_data) else text


def _unknown_metrics(table: Table) -> UnknownMetrics:
    """Find metrics that are not known here by their tier, score or weight; note them, and columns that are none."""
    found: dict[str, dict[str, Heading]] = {}
    others: list[Heading] = []
    for heading in table.unknown:
        ending = next((part for part in (TIER, SCORE, WEIGHT) if heading.text.endswith(f" {part}")), "")
        if ending:
            found.setdefault(heading.text.removesuffix(ending).strip(), {})[ending] = heading
        else:
            others.append(heading)
    by_stem = {normalised(name): parts for name, parts in found.items()}
    for heading in others:
        stem = normalised(heading.text.removesuffix("(per trip)").removesuffix(" Metric"))
        if stem in by_stem:
            by_stem[stem][""] = heading
    _note_unknown(table, found, [h for h in others if not any(h is parts.get("") for parts in found.values())])
    return found


def _note_unknown(table: Table, metrics: UnknownMetrics, others: Iterable[Heading]) -> None:
    if metrics:
        named = ", ".join(map(quoted, metrics))
        table.findings.note(f"Metrics that are not known here were kept by the file's own names: {named}.")
    if passed := ", ".join(quoted(h.text) for h in others):
        table.findings.note(f"Columns that are not known here were passed over: {passed}.")


def _metrics_under(row: TableRow, unknown: UnknownMetrics, no_data: tuple[str, ...]) -> dict[str, Metric]:
    """Read metrics that are not known here; nothing in them is a problem, since nobody knows what they should hold."""
    found = {}
    for name, parts in unknown.items():
        cells = {part: plain(row.under(heading)) for part, heading in parts.items()}
        metric = Metric(
            value=as_percent(cells.get("", "")),
            tier=_word(cells.get(TIER), no_data),
            score=as_percent(cells.get(SCORE, "")),
            weight_pct=as_percent(cells.get(WEIGHT, "")),
        )
        if metric != Metric():
            found[name] = metric
    return found


WEEKLY_OVERVIEW = ReportKind(source="Weekly overview", columns=OVERVIEW, read=read_overview, notes_unknown=False)
