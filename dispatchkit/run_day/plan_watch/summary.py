"""A draft in a page of Markdown, and in a note: how large, how likely, how hard, what is left out, what to do first.

Pure. Routes go by their codes, drivers are not named.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dispatchkit.overview.grouped import counted
from dispatchkit.plan.realism import Finding, PlanRealism, RouteRealism, Severity
from dispatchkit.printable import printable
from dispatchkit.records import DayKey, Record
from dispatchkit.times import clock_text, seconds_between

ROUTE_COLUMNS = (
    "Route", "Stops", "Packages", "Planned h", "Back (P50)", "Back (P90)", "Due back", "In time", "Load", "Hard",
)  # fmt: skip

NAMED = 6
"""Hard routes that a note names; the rest are counted."""

NOTED = 2
"""Things to look at first that go into the note; the page has more."""

MARKS = str.maketrans({c: f"\\{c}" for c in "\\`*[]<>|"})
"""Signs that Markdown would read as its own."""

WARNING = "This is a draft. Nothing was committed and nobody was told: look at it, then commit it."


class Summary(Record, frozen=True):
    """A draft as it is summed up.

    Attributes
    ----------
    found
        The check of the plan.
    made
        How the plan came about, as a sentence.
    sentences
        What was said when it was made: stops that are left out or served late, and why.
    at
        When it was summed up.
    look_first_count
        So many things are named as what to look at first.
    """

    key: DayKey
    found: PlanRealism
    made: str
    sentences: tuple[str, ...]
    at: datetime
    look_first_count: int

    @property
    def note(self) -> str:
        """The same in a few sentences, for the day; what was said when it was made stands there already."""
        first = ("Look first at:", *self.first[:NOTED]) if self.first else ()
        return " ".join((f"Planned by itself. {self.made}", *_figures(self.found), *first))

    @property
    def first(self) -> tuple[str, ...]:
        """What to look at first: broken limits, then the routes that are least likely to be in time."""
        return tuple(_first(self.found))[: self.look_first_count]

    @property
    def markdown(self) -> str:
        """The whole page."""
        figures = tuple(_figures(self.found))
        zone, service_day = self.found.timezone, str(self.key.service_day)
        at = f"{self.at.astimezone(ZoneInfo(zone)):%a %d %b, %H:%M}"
        lines = [
            f"# {plain(str(self.key))}: a draft, {at}",
            "",
            plain(f"{self.made} {WARNING}"),
            "",
            *(f"- {plain(sentence)}" for sentence in figures),
            *_section("What to look at first", self.first, "Nothing stands out."),
            *_section("Said when the routes were made", self.sentences),
            *_section("The whole", [sentence for sentence in self.found.sentences if sentence not in figures]),
            "",
            "## Routes",
            "",
            _row(ROUTE_COLUMNS),
            _row("---" for _ in ROUTE_COLUMNS),
            *(_row(_cells(route, zone, service_day)) for route in self.found.routes),
        ]
        return "\n".join(lines) + "\n"


def _figures(found: PlanRealism) -> Iterator[str]:
    routes = found.routes
    if not routes:
        yield "It has no route with stops."
        return
    stops, packages = sum(r.stops for r in routes), sum(r.packages for r in routes)
    yield f"{counted(len(routes), 'route')}, {stops:,} stops, {packages:,} packages."
    p50_h, p90_h = (sum(seconds_between(r.departs_at, back) for r, back in by) / 3600 for by in (
        [(r, r.p50) for r in routes], [(r, r.p90) for r in routes]))  # fmt: skip
    yield f"{p50_h:.1f} hours in all at P50; {p90_h:.1f} if every route has its bad day (P90)."
    worst = min(routes, key=lambda r: (r.chance_in_time, r.code))
    by = clock_text(worst.finish_by, found.timezone)
    yield f"The least chance to be in time is {worst.code}'s: {worst.chance_in_time:.0%} by {by}."
    yield _hard(found.hard_routes)


def _hard(hard: Sequence[RouteRealism]) -> str:
    if not hard:
        return "No route is hard."
    more = f" and {len(hard) - NAMED} more" if len(hard) > NAMED else ""
    return f"Hard: {', '.join(r.code for r in hard[:NAMED])}{more}."


def _first(found: PlanRealism) -> Iterator[str]:
    codes = {route.route_id: route.code for route in found.routes}
    broken = [f for f in found.every_finding if f.severity is Severity.LIMIT]
    yield from (_about(finding, codes) for finding in broken)
    for route in found.hard_routes:
        risks = [f for f in route.findings if f.severity is Severity.RISK]
        if risks and not any(f.severity is Severity.LIMIT for f in route.findings):
            yield _about(risks[0], codes)
    yield from (_about(f, codes) for f in found.findings if f.severity is Severity.RISK)


def _about(finding: Finding, codes: dict[str, str]) -> str:
    code = codes.get(finding.route_id, "")
    return f"{code}: {finding.sentence}" if code else finding.sentence


def _cells(route: RouteRealism, zone: str, service_day: str) -> Iterator[str]:
    yield route.code
    yield f"{route.stops}"
    yield f"{route.packages}"
    yield f"{route.planned_h:.1f}"
    yield from (clock_text(at, zone, service_day) for at in (route.p50, route.p90, route.finish_by))
    yield f"{route.chance_in_time:.0%}"
    yield "–" if route.load_share is None else f"{route.load_share:.0%}"
    yield "■" if route.hard else ""


def _row(cells: Sequence[str] | Iterator[str]) -> str:
    return "| " + " | ".join(plain(cell) for cell in cells) + " |"


def _section(heading: str, sentences: Sequence[str], otherwise: str = "") -> Iterator[str]:
    told = sentences or ((otherwise,) if otherwise else ())
    if told:
        yield from ("", f"## {heading}", "")
        yield from (f"- {plain(sentence)}" for sentence in told)


def plain(text: str) -> str:
    """Words of files and people as Markdown that shows them as they are."""
    return printable(" ".join(text.split())).translate(MARKS)
