"""Which day the files go to, what its time zone is, and which rows are ours: asked where nothing says so."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from dispatchkit import course
from dispatchkit.intake.batch import Batch
from dispatchkit.intake.known import Known
from dispatchkit.intake.proposal import Phase
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.records import DayKey


class _OfDsp(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def dsp(self) -> str: ...


DSPS_SHOWN = 3
"""Other DSPs whose routes a sentence counts."""

D = TypeVar("D", bound=_OfDsp)


def open_day(sheet: Sheet, batch: Batch, known: Known) -> bool:
    """Open the day where it is new; say whether it is open."""
    if sheet.day.course.opened_at is not None:
        return True
    zone = sheet.answered("timezone") or sheet.station.site.timezone or known.timezone
    if not zone:
        names = " ".join(f.original.name for f in batch.taken)
        zone = sheet.ask(
            "timezone",
            f"{sheet.day.key} is a new day. In which time zone does {sheet.day.key.station} lie?",
            zones_for(names, sheet.day.key, sheet.station.site.zones),
        )
    if not zone or not sheet.decide(course.open_day, timezone=zone):
        return False
    sheet.change(Phase.WHOLE_DAY, f"{sheet.day.key} is opened, in the time zone {zone}")
    return True


def zones_for(names: str, key: DayKey, zones: Sequence[str]) -> dict[str, str]:
    """The zones that an abbreviation in the files' names fits on that date ("PDT"); all of them where none is named."""
    noon = datetime.combine(key.service_day, time(12), UTC)
    by_zone = {zone: noon.astimezone(ZoneInfo(zone)).tzname() or "" for zone in zones}
    words = {word for word in "".join(c if c.isalpha() else " " for c in names).split() if word.isupper()}
    fitting = {zone: f"{zone} ({abbreviation})" for zone, abbreviation in by_zone.items() if abbreviation in words}
    return fitting or {zone: f"{zone} ({abbreviation})" for zone, abbreviation in by_zone.items()}


def ours(sheet: Sheet, rows: Iterable[D], *, name: str, refuse: Callable[..., object]) -> list[D] | None:
    """The rows of our DSP; None while that is a question, or where the file is of another DSP.

    Parameters
    ----------
    name
        What sentences call the file.
    refuse
        Told why it cannot be taken where it holds nothing of ours, as `batch.stop` is.
    """
    rows = list(rows)
    counts = Counter(row.dsp.strip().upper() for row in rows if row.dsp.strip())
    if not counts:
        return rows
    own = sheet.station.site.dsp.upper()
    if own and own not in counts:
        held = named((f"{dsp} ({counted(n, 'route')})" for dsp, n in counts.most_common()), shown=DSPS_SHOWN)
        refuse(
            "other-dsp",
            f"{name} holds no route of {own}, only of {held}.",
            advice="Take the file of your own DSP, or correct the DSP in the station profile.",
        )
        return None
    if not own and len(counts) > 1:
        own = _known_by_codes(sheet, rows) or sheet.ask(
            "dsp",
            f"{name} holds routes of {len(counts)} DSPs. Which is yours?",
            {dsp: f"{dsp}: {counted(n, 'route')}" for dsp, n in counts.most_common()},
        )
        if not own:
            return None
    own = own or next(iter(counts))
    if unnamed := [row.code for row in rows if not row.dsp.strip()]:
        sheet.note(f"{name} names no DSP for {named(unnamed)}: not taken.")
    return [row for row in rows if row.dsp.strip().upper() == own]


def _known_by_codes(sheet: Sheet, rows: Iterable[_OfDsp]) -> str:
    """The one DSP whose codes the day's plan has; empty where it has none, or those of several."""
    plan = sheet.day.pre_load_out.plan
    codes = {r.code for r in plan.routes} if plan else set()
    found = {row.dsp.strip().upper() for row in rows if row.code in codes}
    return found.pop() if len(found) == 1 else ""
