"""The day that the files go to is opened in its time zone, which is asked for where nothing tells it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from dispatchkit import course
from dispatchkit.intake.batch import Batch
from dispatchkit.intake.known import Known
from dispatchkit.intake.proposal import Phase
from dispatchkit.intake.sheet import Sheet
from dispatchkit.records import DayKey


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
