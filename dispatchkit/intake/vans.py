"""The vans: who they are, which are grounded, and what electric ones have left. A filtered list drops none."""

from collections.abc import Mapping

import msgspec

from dispatchkit.day.facts.pre_load_out import ChargeRead, VanGrounded, VanReleased
from dispatchkit.fleet.vans import release_blockers, take_fleet
from dispatchkit.imports.readings import Charges, FileRead, Vehicle, Vehicles
from dispatchkit.intake.batch import Batch, stop
from dispatchkit.intake.known import Known
from dispatchkit.intake.proposal import Detail, Phase
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.records import Fleet, Van
from dispatchkit.roster.fit import ELECTRIC, van_class
from dispatchkit.station import Station

CM3_PER_CUBIC_FOOT = 28_316.846592
KM_PER_MILE = 1.609344
BY_LIST = "Grounded in the fleet list"
"""Why a van is grounded that a list grounds: as the fold says it too."""


def take_vans(sheet: Sheet, batch: Batch, known: Known) -> dict[str, str]:
    """Take in vehicle lists and charges; return van ids by VIN, those of the lists among them."""
    vins = dict(known.vins)
    rows: dict[str, Vehicle] = {}
    for file, reading in batch.new(Vehicles):
        for row in reading.vehicles:
            van_id = row.name or row.vin
            before = rows.get(van_id)
            if before is not None and None not in (before.grounded, row.grounded) and before.grounded != row.grounded:
                why = f"{file.original.name} row {row.row}: {van_id} is told twice, grounded and not."
                stop(sheet, batch, file, "twice", why, advice="Correct it and import again.")
            rows[van_id] = row
            if row.vin:
                vins[row.vin] = van_id
            values = {field: value for field, value in (("vin", row.vin), ("plate", row.plate)) if value}
            if values:
                sheet.details.append(Detail(subject=van_id, values=values, source=file.original.name))
    if rows:
        _fleet(sheet, rows)
    for file, charges in batch.new(Charges):
        _charges(sheet, file, charges, vins)
    return vins


def volume_cm3(service_type: str, station: Station) -> float:
    """Cubic centimetres that a van of this type holds, by the profile; 0 where it does not know the type."""
    said = service_type.upper()
    for line in station.intake.van_volume:
        kind, _, cubic_feet = line.rpartition(":")
        if kind.strip().upper() in said:
            return float(cubic_feet) * CM3_PER_CUBIC_FOOT
    return 0.0


def _fleet(sheet: Sheet, rows: Mapping[str, Vehicle]) -> None:
    before = sheet.day.pre_load_out
    invented = "vans" in before.invented
    held = before.fleet.van if before.fleet is not None and not invented else {}
    sold = [van_id for van_id, row in rows.items() if row.active is False and van_id not in held]
    wanted = dict(held)
    for van_id, row in rows.items():
        if van_id not in sold:
            wanted[van_id] = _van(van_id, row, held.get(van_id), sheet.station)
    released = _released(sheet, rows)
    # a list must not ground again what was released since: a van that it does not speak of is as the day has it
    fleet = Fleet(vans=tuple(_as_of_now(van, rows.get(van.van_id), sheet, released) for van in wanted.values()))
    if sold:
        sheet.note(f"Not active, and not taken in: {named(sold)}.")
    if odd := [v.van_id for v in fleet.vans if not v.volume_cm3 and v.van_id in rows]:
        sheet.note(f"No volume is known for the type of {named(odd)}: add it to the profile to have loads checked.")
    if before.fleet is None or [_named(v) for v in fleet.vans] != [_named(v) for v in before.fleet.vans]:
        if not sheet.decide(take_fleet, fleet=fleet, digest=sheet.keep(fleet)):
            return
        added = [van_id for van_id in wanted if van_id not in held]
        if added:
            sheet.change(Phase.PRE_LOAD_OUT, f"{counted(len(added), 'van')} new in the fleet", added)
        other = [v.van_id for v in fleet.vans if v.van_id in held and _named(held[v.van_id]) != _named(v)]
        if other:
            sheet.change(Phase.PRE_LOAD_OUT, f"{counted(len(other), 'van')} of another type or size", other)
    for van_id in released:
        sheet.tell(VanReleased(at=sheet.at, by=sheet.by, van_id=van_id))
        sheet.change(Phase.PRE_LOAD_OUT, f"{van_text(van_id)} may be driven again")
    _ground(sheet, fleet, before.grounded)


def _named(van: Van) -> Van:
    """The van without its state of the day, which facts of their own tell."""
    return msgspec.structs.replace(van, grounded=False)


def _van(van_id: str, row: Vehicle, held: Van | None, station: Station) -> Van:
    """The van as the list has it; what the list leaves blank stays as it was."""
    service_type = row.service_type or (held.service_type if held else "")
    volume = volume_cm3(service_type, station) or (held.volume_cm3 if held else 0.0)
    electric = van_class(service_type) == ELECTRIC or (held is not None and held.electric and not row.service_type)
    return Van(van_id=van_id, volume_cm3=volume, service_type=service_type, electric=electric)


def _grounds(row: Vehicle | None) -> bool | None:
    """Whether the list grounds the van: so marked, or not active any more; None where it does not say."""
    if row is None or (row.grounded is None and row.active is not False):
        return None
    return bool(row.grounded) or row.active is False


def _as_of_now(van: Van, row: Vehicle | None, sheet: Sheet, released: list[str]) -> Van:
    grounds = _grounds(row)
    standing = van.van_id in sheet.day.pre_load_out.grounded and van.van_id not in released
    return msgspec.structs.replace(van, grounded=standing if grounds is None else grounds or standing)


def _released(sheet: Sheet, rows: Mapping[str, Vehicle]) -> list[str]:
    """Vans that the list lets drive again: those that a list grounded, and others only where a person says so."""
    grounded = sheet.day.pre_load_out.grounded
    free = [van_id for van_id, row in rows.items() if van_id in grounded and _grounds(row) is False]
    by_list = [van_id for van_id in free if grounded[van_id] == BY_LIST]
    by_hand = [van_id for van_id in free if van_id not in by_list]
    if by_hand:
        answer = sheet.ask(
            "grounded",
            f"The vehicles list has {counted(len(by_hand), 'van')} as operational, grounded here. May they be driven?",
            {"keep": "Leave them grounded", "release": "Release them"},
            [f"{van_id}: {grounded[van_id]}" for van_id in by_hand],
        )
        if answer == "release":
            refused = [sentence for van_id in by_hand for sentence in release_blockers(sheet.day, van_id)]
            if refused:
                sheet.block(*refused)
            else:
                by_list += by_hand
    return by_list


def _ground(sheet: Sheet, fleet: Fleet, before: Mapping[str, str]) -> None:
    """Ground what the list grounds and the day does not yet."""
    news = [van.van_id for van in fleet.vans if van.grounded and van.van_id not in before]
    for van_id in news:
        if van_id not in sheet.day.pre_load_out.grounded:      # a new fleet brings its grounded vans along
            sheet.tell(VanGrounded(at=sheet.at, by=sheet.by, van_id=van_id, why=BY_LIST))
        sheet.change(Phase.PRE_LOAD_OUT, f"{van_text(van_id)} is grounded")
        if route_id := next((r for r, v in sheet.day.pre_load_out.van_of.items() if v == van_id), ""):
            sheet.note(f"{van_text(van_id)} is grounded and carries {sheet.day.code(route_id)}: give it another van.")


def van_text(van_id: str) -> str:
    """What a sentence calls a van: "Van 7", whether its name says van or not."""
    return van_id if van_id.upper().startswith("VAN") else f"Van {van_id}"


def _charges(sheet: Sheet, file: FileRead, reading: Charges, vins: Mapping[str, str]) -> None:
    before = sheet.day.pre_load_out
    fleet = before.fleet.van if before.fleet is not None else {}
    at = min(reading.as_of or sheet.at, sheet.at)
    told, unknown = list[str](), list[str]()
    for row in reading.charges:
        van_id = vins.get(row.vin, row.vin)
        if van_id not in fleet:
            unknown.append(row.vin)
            continue
        range_km = None if row.range_mi is None else round(row.range_mi * KM_PER_MILE, 1)
        held = before.charges.get(van_id)
        same = held is not None and (held.charge_pct, held.range_km) == (row.charge_pct, range_km)
        if (row.charge_pct is None and range_km is None) or same or (held is not None and held.at > at):
            continue
        sheet.tell(ChargeRead(at=at, by=sheet.by, van_id=van_id, charge_pct=row.charge_pct, range_km=range_km))
        figures = ((row.charge_pct, "%"), (range_km, "km"))
        told.append(f"{van_text(van_id)}: " + ", ".join(f"{n:g} {unit}" for n, unit in figures if n is not None))
    if told:
        sheet.change(Phase.PRE_LOAD_OUT, f"Charge of {counted(len(told), 'van')}", told)
    if unknown:
        name = file.original.name
        sheet.note(f"{name}: VINs of no van of today's fleet: {named(unknown)}. Import the vehicles list.")
