"""Lists of associates: names, phones and qualifications for the directory.

What a list does not mention stays as it is, and so does what it leaves blank. Personal details may be erased so many
days after the last list in which the person stood: each import that has him puts the date off.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from dispatchkit.imports.readings import Associate, Associates
from dispatchkit.intake.batch import Batch
from dispatchkit.intake.known import INACTIVE, QUALIFICATIONS_JOINED
from dispatchkit.intake.names import called, plain_name
from dispatchkit.intake.proposal import Detail, Phase
from dispatchkit.intake.sheet import Sheet, counted, named

Told = tuple[str, dict[str, str]]
"""Name of a list, and what it says of a person."""


def take_associates(sheet: Sheet, batch: Batch, people: dict[str, dict[str, str]]) -> None:
    """Take in the new lists of associates; `people`, what is known by transporter id, follows."""
    told: dict[str, list[Told]] = {}
    lists = [file.original.name for file, _ in batch.new(Associates)]
    for file, reading in batch.new(Associates):
        for row in reading.associates:
            told.setdefault(row.driver_id, []).append((file.original.name, _details(row)))
    chosen = _chosen_names(sheet, lists, told)
    _note_disagreements(sheet, lists, told, chosen)
    until = sheet.at + timedelta(days=sheet.station.directory.retention_count)
    added, changed = list[str](), list[str]()
    for driver_id, said in told.items():
        values = _together(said) | chosen.get(driver_id, {})
        before = people.get(driver_id)
        if before is None:
            added.append(called(driver_id, values))
        elif any(before.get(field, "") != value for field, value in values.items()):
            changed.append(called(driver_id, before | values))
        people[driver_id] = (before or {}) | values
        sheet.details.append(Detail(subject=driver_id, values=values, source=said[-1][0], erasable_after=until))
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


def _together(said: Sequence[Told]) -> dict[str, str]:
    """What all lists say of a person, the last one first."""
    return {field: value for _, values in said for field, value in values.items()}


def _chosen_names(
    sheet: Sheet, lists: Sequence[str], told: Mapping[str, Sequence[Told]]
) -> dict[str, dict[str, str]]:
    """The names of those whom the lists name differently, by transporter id: as the list has it that was chosen."""
    apart = {
        driver_id: [(name, values["name"]) for name, values in said if "name" in values]
        for driver_id, said in told.items()
        if len({plain_name(values["name"]) for _, values in said if "name" in values}) > 1
    }
    if not apart:
        return {}
    both = {driver_id: ", ".join(f"{said} in {name}" for name, said in names) for driver_id, names in apart.items()}
    answer = sheet.ask(
        "names",
        f"{named(lists)} name {counted(len(apart), 'person', 'people')} differently. Which is right?",
        {str(i): name for i, name in enumerate(lists, 1)},
        [f"{driver_id}: {names}" for driver_id, names in both.items()],
    )
    right = lists[int(answer) - 1] if answer else ""
    return {
        driver_id: {"name": said} for driver_id, names in apart.items() for name, said in names if name == right
    }


def _note_disagreements(
    sheet: Sheet, lists: Sequence[str], told: Mapping[str, Sequence[Told]], chosen: Mapping[str, dict[str, str]]
) -> None:
    """Say about whom the lists of a batch say different things, names apart: those are asked about."""
    apart = []
    for driver_id, said in told.items():
        heard: dict[str, set[str]] = {}
        for _, values in said:
            for field, value in values.items():
                heard.setdefault(field, set()).add(value)
        if fields := [field for field, values in heard.items() if field != "name" and len(values) > 1]:
            words = ", ".join("status" if field == "inactive" else field.replace("_", " ") for field in fields)
            apart.append(f"{called(driver_id, _together(said) | chosen.get(driver_id, {}))}: {words}")
    if apart:
        sheet.note(
            f"{named(lists)} disagree about {counted(len(apart), 'person', 'people')}; what the last of them says "
            f"counts: {named(apart)}."
        )
