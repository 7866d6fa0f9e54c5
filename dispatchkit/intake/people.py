"""The people: names and phones for the directory, who is rostered on the day, and what each may drive.

What a list does not mention stays as it is, and so does what it leaves blank. Personal details may be erased so many
days after the last list in which the person stood: each import that has him puts the date off.
"""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from dispatchkit.imports.readings import Associate, Associates, FileRead, RosteredBlock, Schedule
from dispatchkit.intake.batch import Batch, stop
from dispatchkit.intake.known import QUALIFICATIONS_JOINED, Known
from dispatchkit.intake.names import People, plain_name
from dispatchkit.intake.proposal import Detail, Phase
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.records import Driver, Roster
from dispatchkit.roster import attendance

NOBODY = "nobody"
INACTIVE = "yes"


def take_people(sheet: Sheet, batch: Batch, known: Known) -> dict[str, str]:
    """Take in associates and schedule; return people's names by transporter id, those of the files among them."""
    people = {driver_id: dict(values) for driver_id, values in known.people.items()}
    _associates(sheet, batch, people)
    names = {driver_id: values.get("name", "") for driver_id, values in people.items()}
    rostered = _rostered(sheet, batch, names)
    if rostered is not None:
        _take_roster(sheet, rostered, people, named_by_schedule=bool(batch.new(Schedule)))
    return names


def _associates(sheet: Sheet, batch: Batch, people: dict[str, dict[str, str]]) -> None:
    until = sheet.at + timedelta(days=sheet.station.directory.retention_count)
    added, changed = list[str](), list[str]()
    for file, reading in batch.new(Associates):
        for row in reading.associates:
            values = _details(row)
            before = people.get(row.driver_id)
            if before is None:
                added.append(_called(row.driver_id, values))
            elif any(before.get(field, "") != value for field, value in values.items()):
                changed.append(_called(row.driver_id, before | values))
            people[row.driver_id] = (before or {}) | values
            sheet.details.append(
                Detail(subject=row.driver_id, values=values, source=file.original.name, erasable_after=until)
            )
    if added:
        sheet.change(Phase.PRE_LOAD_OUT, f"{counted(len(added), 'person', 'people')} new in the directory", added)
    if changed:
        text = f"Details of {counted(len(changed), 'person', 'people')} in the directory change"
        sheet.change(Phase.PRE_LOAD_OUT, text, changed)


def _details(row: Associate) -> dict[str, str]:
    """What the list says of a person; nothing for what it leaves blank."""
    values = {
        "name": row.name,
        "phone": row.personal_phone or row.work_phone,
        "work_phone": row.work_phone,
        "email": row.email,
        "position": row.position,
        "qualifications": QUALIFICATIONS_JOINED.join(sorted(row.qualifications)),
    }
    told = {field: value for field, value in values.items() if value}
    return told if row.active is None else told | {"inactive": "" if row.active else INACTIVE}


def _called(driver_id: str, values: Mapping[str, str]) -> str:
    return f"{values['name']} ({driver_id})" if values.get("name") else driver_id


def _rostered(sheet: Sheet, batch: Batch, names: Mapping[str, str]) -> dict[str, RosteredBlock | None] | None:
    """Who is on the roster, with the block that says so; None where a schedule is not of this day or asks something."""
    before = sheet.day.pre_load_out
    schedules = batch.new(Schedule)
    invented = "drivers" in before.invented and bool(schedules)
    held = before.roster.drivers if before.roster is not None and not invented else ()
    rostered: dict[str, RosteredBlock | None] = {driver.driver_id: None for driver in held}
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
                rostered[driver_id] = block
                scheduled.add(driver_id)
    if unknown:
        sheet.note(f"Rostered, but no associate of that name is known: {named(unknown)}. Import the associates list.")
    if schedules and (kept := [d.driver_id for d in held if d.driver_id not in scheduled]):
        said = named(_called(d, {"name": names.get(d, "")}) for d in kept)
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
    rostered: Mapping[str, RosteredBlock | None],
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
        said = named(_called(d, people[d]) for d in inactive)
        sheet.note(f"Not active by the associates list, and rostered only where a route is theirs already: {said}.")
    drivers = tuple(_driver(d, held.get(d), people.get(d, {})) for d in rostered if d not in dropped)
    roster = Roster(drivers=drivers)
    if roster == before.roster or not drivers:
        if named_by_schedule and not drivers:
            sheet.note("The schedule rosters nobody who is known, so the day gets no roster from it.")
        return
    if not sheet.decide(attendance.take_roster, roster=roster, digest=sheet.keep(roster)):
        return
    added = [_called(d.driver_id, people.get(d.driver_id, {})) for d in drivers if d.driver_id not in held]
    other = [_called(d.driver_id, people.get(d.driver_id, {})) for d in drivers if held.get(d.driver_id, d) != d]
    gone = [_called(d, people.get(d, {})) for d in held if d not in roster.driver]
    for drivers_named, are in ((added, "on the roster"), (other, "on the roster with other qualifications")):
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
