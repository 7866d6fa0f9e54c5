"""The people: who is rostered on the day, what each may drive, who stands by, and who is new.

What a schedule does not mention stays as it is, and so does what it leaves blank.
"""

from collections.abc import Mapping, Sequence

import msgspec

from dispatchkit.imports.readings import FileRead, RosteredBlock, Schedule
from dispatchkit.imports.reports.vocabulary import mentions_one_of
from dispatchkit.intake.associates import take_associates
from dispatchkit.intake.batch import Batch, stop
from dispatchkit.intake.known import INACTIVE, QUALIFICATIONS_JOINED, Known
from dispatchkit.intake.names import People, called, plain_name
from dispatchkit.intake.proposal import Phase
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.records import Driver, Roster
from dispatchkit.roster import attendance
from dispatchkit.station.profile import Words

NOBODY = "nobody"

Blocks = tuple[RosteredBlock, ...]
"""What a driver is rostered for on the day: more than one block where he drives twice, none where no schedule says."""


def take_people(sheet: Sheet, batch: Batch, known: Known) -> dict[str, str]:
    """Take in associates and schedule; return people's names by transporter id, those of the files among them."""
    people = {driver_id: dict(values) for driver_id, values in known.people.items()}
    take_associates(sheet, batch, people)
    names = {driver_id: values.get("name", "") for driver_id, values in people.items()}
    rostered = _rostered(sheet, batch, names)
    if rostered is not None:
        _take_roster(sheet, rostered, people, named_by_schedule=bool(batch.new(Schedule)))
    return names


def _rostered(sheet: Sheet, batch: Batch, names: Mapping[str, str]) -> dict[str, Blocks] | None:
    """Who is on the roster, with the blocks that say so; None where a schedule is not of this day or asks something."""
    before = sheet.day.pre_load_out
    schedules = batch.new(Schedule)
    invented = "drivers" in before.invented and bool(schedules)
    held = before.roster.drivers if before.roster is not None and not invented else ()
    rostered: dict[str, Blocks] = {driver.driver_id: () for driver in held}
    people = People(names)
    unknown, scheduled, whole = list[str](), set[str](), True
    for file, reading in schedules:
        if not _covers_the_day(sheet, batch, file, reading):
            return None
        for block in (b for b in reading.blocks if b.day == sheet.day.key.service_day):
            driver_id = block.driver_id or _who(sheet, file, block.name, people)
            if driver_id is None:
                whole = False
            elif not driver_id:
                unknown.append(block.name)
            elif driver_id != NOBODY:
                rostered[driver_id] = (*rostered.get(driver_id, ()), block)
                scheduled.add(driver_id)
    if unknown:
        sheet.note(f"Rostered, but no associate of that name is known: {named(unknown)}. Import the associates list.")
    if schedules and (kept := [d.driver_id for d in held if d.driver_id not in scheduled]):
        said = named(called(d, {"name": names.get(d, "")}) for d in kept)
        sheet.note(f"On the roster, but not in this schedule, and kept: {said}.")
    return rostered if whole and (rostered or schedules) else None


def _covers_the_day(sheet: Sheet, batch: Batch, file: FileRead, reading: Schedule) -> bool:
    if sheet.day.key.service_day in reading.days:
        return True
    covered = f"{min(reading.days)} to {max(reading.days)}" if reading.days else "no date"
    stop(
        sheet,
        batch,
        file,
        "stale",
        f"{file.original.name} is a stale schedule: it covers {covered}, not {sheet.day.key.service_day}.",
        advice="Take the week that holds the day.",
    )
    return False


def _who(sheet: Sheet, file: FileRead, name: str, people: People) -> str | None:
    """The id behind a name: empty where unknown, "nobody" where a person said so, None while it is a question."""
    ids = people.ids(name)
    if len(ids) < 2:
        return ids[0] if ids else ""
    slug = plain_name(name).replace(" ", "-")
    answer = sheet.ask(
        f"who-{slug}",
        f"{file.original.name} rosters {name}, and {len(ids)} people have that name. Who is it?",
        {driver_id: driver_id for driver_id in ids} | {NOBODY: "None of them"},
    )
    return answer or None


def _take_roster(
    sheet: Sheet,
    rostered: Mapping[str, Blocks],
    people: Mapping[str, Mapping[str, str]],
    *,
    named_by_schedule: bool,
) -> None:
    before = sheet.day.pre_load_out
    held = before.roster.driver if before.roster is not None else {}
    busy = {*before.driver_of.values(), *(left.driver_id for left in sheet.day.load_out.departed.values())}
    inactive = [d for d in rostered if people.get(d, {}).get("inactive") == INACTIVE]
    dropped = [d for d in inactive if d not in busy]
    if inactive:
        said = named(called(d, people[d]) for d in inactive)
        sheet.note(f"Not active by the associates list, and rostered only where a route is theirs already: {said}.")
    words = sheet.station.words
    drivers = tuple(
        _on_duty(_driver(driver_id, held.get(driver_id), people.get(driver_id, {})), blocks, words)
        for driver_id, blocks in rostered.items()
        if driver_id not in dropped
    )
    roster = Roster(drivers=drivers)
    if roster == before.roster or not drivers:
        if named_by_schedule and not drivers:
            sheet.note("The schedule rosters nobody who is known, so the day gets no roster from it.")
        return
    if not sheet.decide(attendance.take_roster, roster=roster, digest=sheet.keep(roster)):
        return
    who = {d.driver_id: called(d.driver_id, people.get(d.driver_id, {})) for d in drivers}
    added = [who[d.driver_id] + _duty(d) for d in drivers if d.driver_id not in held]
    other = [who[d.driver_id] for d in drivers if held.get(d.driver_id, d).qualifications != d.qualifications]
    duty = [
        who[d.driver_id] + (_duty(d) or ", regular") for d in drivers if _duty(held.get(d.driver_id, d)) != _duty(d)
    ]
    gone = [called(d, people.get(d, {})) for d in held if d not in roster.driver]
    for drivers_named, are in (
        (added, "on the roster"),
        (other, "on the roster with other qualifications"),
        (duty, "on the roster with another duty"),
    ):
        if drivers_named:
            sheet.change(Phase.PRE_LOAD_OUT, f"{counted(len(drivers_named), 'driver')} {are}", drivers_named)
    if gone:
        sheet.change(Phase.PRE_LOAD_OUT, f"{counted(len(gone), 'driver')} off the roster", gone)


def _driver(driver_id: str, held: Driver | None, values: Mapping[str, str]) -> Driver:
    """The driver with what is known of his qualifications; a blank leaves those that he has."""
    driver = held or Driver(driver_id=driver_id)
    told = values.get("qualifications", "")
    if not told:
        return driver
    return msgspec.structs.replace(driver, qualifications=frozenset(told.split(QUALIFICATIONS_JOINED)))


def _on_duty(driver: Driver, blocks: Sequence[RosteredBlock], words: Words) -> Driver:
    """The driver as his blocks have him: standing by where he has no other, new where one says so."""
    kinds = [block.service_type for block in blocks if block.service_type]
    if not kinds:
        return driver
    standby = all(mentions_one_of(kind, words.standby) for kind in kinds)
    nursery = any(mentions_one_of(kind, words.nursery) for kind in kinds)
    # who stands by is not told to be new, nor that he is not
    return msgspec.structs.replace(driver, standby=standby, nursery=nursery or (standby and driver.nursery))


def _duty(driver: Driver) -> str:
    return f"{', standby' if driver.standby else ''}{', new' if driver.nursery else ''}"
