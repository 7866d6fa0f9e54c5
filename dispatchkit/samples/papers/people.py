"""Papers about people: the list of associates and the week's schedule."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from dispatchkit.records import Driver
from dispatchkit.samples.names import first_and_last
from dispatchkit.samples.papers.files import Cell, Rows, csv_bytes, workbook
from dispatchkit.samples.papers.known import Known

ASSOCIATES = "AssociateData.csv"

ASSOCIATES_HEADER = (
    "Name and ID", "TransporterID", "Position", "Qualifications", "ID expiration", "Personal Phone Number",
    "Work Phone Number", "Email", "Status",
)  # fmt: skip
"""As public parsers of such lists have them."""

SCHEDULE_SHEET = "Rostered Work Blocks"
AVAILABILITY_SHEET = "Shifts & Availability"
TITLES = ("Time stamp", "Company", "Station")
SCHEDULE_HEADER = ("Associate name", "Transporter ID")
TOTAL = "Total Rostered"
"""Two rows of titles and an empty one, then the header, then the totals, as parsers of real schedules expect them."""

EXPIRES_FROM = date(2026, 6, 1)
"""No identity card of the sample station expires before."""

BLOCK_H = 10
DAYS_A_WEEK = 4
AVAILABLE_SHARE = 0.8


def associates(known: Known) -> bytes:
    """The list of associates: the roster as active, whoever else has a name as inactive."""
    return csv_bytes(associates_rows(known))


def associates_rows(known: Known) -> Rows:
    """Header and rows, by name."""
    roster = known.day.pre_load_out.roster
    active = {d.driver_id: d for d in roster.drivers} if roster else {}
    made = [_associate(known, d, active.get(d)) for d in {*active, *known.names}]
    return [ASSOCIATES_HEADER, *sorted(made)]


def _associate(known: Known, driver_id: str, driver: Driver | None) -> tuple[str, ...]:
    chance = known.lasting_chance("associate", driver_id)
    name = known.name(driver_id)
    expires = EXPIRES_FROM + timedelta(days=chance.randint(0, 1_500))
    return (
        name,
        driver_id,
        "Delivery Associate",
        ", ".join(sorted(driver.qualifications)) if driver else "",
        f"{expires:%m/%d/%Y}",
        _phone(chance.randint(0, 99)),
        _phone(chance.randint(0, 99)) if chance.random() < 0.6 else "",
        f"{_mailbox(name)}.{driver_id[-4:].lower()}@example.com",
        "ACTIVE" if driver else "INACTIVE",
    )


def _phone(last_two: int) -> str:
    """A number from the block that is kept for fiction: nobody has 555-0100 to 555-0199."""
    return f"(515) 555-01{last_two:02}"


def _mailbox(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    first, last = first_and_last(plain)
    return ".".join("".join(c for c in part if c.isalpha()).lower() for part in (first, last))


def schedule_name(week: int) -> str:
    """The usual name of the file."""
    return f"Week-{week:02}-Schedule.xlsx"


def schedule(known: Known) -> bytes:
    """The week's schedule, with the tab of availability that such files have as well."""
    days = _days(known)
    titles: Rows = [TITLES, _titles(known), ()]
    free = [[known.name(d), d, *(_availability(known, d, day) for day in days)] for d in _by_name(known)]
    return workbook({
        SCHEDULE_SHEET: [*titles, *schedule_rows(known)],
        AVAILABILITY_SHEET: [*titles, [*SCHEDULE_HEADER, *map(day_text, days)], *free],
    })  # fmt: skip


def _availability(known: Known, driver_id: str, day: date) -> str | None:
    return "Available" if known.lasting_chance("free", driver_id, str(day)).random() < AVAILABLE_SHARE else None


def schedule_rows(known: Known, *, weeks_off: int = 0) -> Rows:
    """Header, totals and a row a driver, by name; `weeks_off` weeks after the day's own."""
    days = _days(known, weeks_off)
    blocks = [[known.name(d), d, *(_block(known, d, day) for day in days)] for d in _by_name(known)]
    totals: list[Cell] = [sum(row[n + 2] is not None for row in blocks) for n in range(len(days))]
    return [[*SCHEDULE_HEADER, *map(day_text, days)], [TOTAL, None, *totals], *blocks]


def day_text(day: date) -> str:
    """A date as schedules head their columns: "Sun, 22/Feb"."""
    return f"{day:%a, %d/%b}"


def _days(known: Known, weeks_off: int = 0) -> list[date]:
    sunday = known.week_begins + timedelta(weeks=weeks_off)
    return [sunday + timedelta(days=n) for n in range(7)]


def _by_name(known: Known) -> Sequence[str]:
    roster = known.day.pre_load_out.roster
    return sorted((d.driver_id for d in roster.drivers) if roster else (), key=lambda d: (known.name(d), d))


def _titles(known: Known) -> tuple[str, str, str]:
    written = datetime.combine(known.service_day - timedelta(days=1), time(17, 42, 8))
    return (f"{written:%m/%d/%y, %I:%M:%S %p}", f"{known.dsp} Logistics", known.station)


def _block(known: Known, driver_id: str, day: date) -> str | None:
    """A driver's block: on the day itself, whose roster he is on, and on the others by chance."""
    before = known.day.pre_load_out
    driver = before.roster.driver[driver_id] if before.roster else Driver(driver_id=driver_id)
    if day != known.service_day and day not in _working_days(known, driver_id, day):
        return None
    kind = "Standby" if driver.standby else "Nursery Route Level 1" if driver.nursery else "Standard Parcel"
    return f"{kind}\n{_starts(known, driver_id, day)} • {BLOCK_H} hrs"


def _working_days(known: Known, driver_id: str, day: date) -> list[date]:
    sunday = day - timedelta(days=(day.weekday() + 1) % 7)
    week = [sunday + timedelta(days=n) for n in range(7)]
    return known.lasting_chance("week", driver_id, str(sunday)).sample(week, DAYS_A_WEEK)


def _starts(known: Known, driver_id: str, day: date) -> str:
    """When the block starts: today with the wave of the driver's route, else with the first or second wave."""
    waves = sorted({known.local(r.departs_at).time() for r in known.day.plan.routes})
    own = [known.local(r.departs_at).time() for r in known.day.plan.routes if known.driver_id(r.route_id) == driver_id]
    at = own[0] if own and day == known.service_day else known.lasting_chance("wave", driver_id).choice(waves[:2])
    return f"{at:%I:%M%p}".lstrip("0").lower()
