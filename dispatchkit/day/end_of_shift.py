"""The way back and the close, as the fold knows them."""

from datetime import datetime

import msgspec

from dispatchkit.day.facts.end_of_shift import (
    ChecklistItemDone,
    DriverReturned,
    IncidentOpened,
    IncidentUpdated,
    PackagesDebriefed,
    ReattemptListed,
    ReturnCleared,
    VanReturned,
)
from dispatchkit.day.rules import Artifacts, Rules


class Incident(msgspec.Struct, frozen=True):
    """An incident and what has been written about it. `status` is "open" until somebody says "documented"."""

    opened: IncidentOpened
    status: str = "open"
    updates: tuple[IncidentUpdated, ...] = ()


class EndOfShift(msgspec.Struct, frozen=True):
    """Returns, debriefs and reattempts by route_id; vans by van_id; incidents by id; checklist items by item."""

    cleared: dict[str, datetime] = {}
    returned: dict[str, datetime] = {}
    debriefed: dict[str, PackagesDebriefed] = {}
    reattempts: dict[str, tuple[str, ...]] = {}
    vans: dict[str, VanReturned] = {}
    incidents: dict[str, Incident] = {}
    checklist: dict[str, ChecklistItemDone] = {}


_replace = msgspec.structs.replace


def _cleared(eos: EndOfShift, fact: ReturnCleared, _: Artifacts) -> EndOfShift:
    return _replace(eos, cleared=eos.cleared | {fact.route_id: fact.at})


def _returned(eos: EndOfShift, fact: DriverReturned, _: Artifacts) -> EndOfShift:
    return _replace(eos, returned=eos.returned | {fact.route_id: fact.at})


def _debriefed(eos: EndOfShift, fact: PackagesDebriefed, _: Artifacts) -> EndOfShift:
    return _replace(eos, debriefed=eos.debriefed | {fact.route_id: fact})


def _reattempts(eos: EndOfShift, fact: ReattemptListed, _: Artifacts) -> EndOfShift:
    return _replace(eos, reattempts=eos.reattempts | {fact.route_id: fact.package_ids})


def _van_returned(eos: EndOfShift, fact: VanReturned, _: Artifacts) -> EndOfShift:
    return _replace(eos, vans=eos.vans | {fact.van_id: fact})


def _incident_opened(eos: EndOfShift, fact: IncidentOpened, _: Artifacts) -> EndOfShift:
    return _replace(eos, incidents=eos.incidents | {fact.incident_id: Incident(fact)})


def _incident_updated(eos: EndOfShift, fact: IncidentUpdated, _: Artifacts) -> EndOfShift:
    held = eos.incidents.get(fact.incident_id)
    if held is None:
        return eos
    updated = _replace(held, status=fact.status, updates=(*held.updates, fact))
    return _replace(eos, incidents=eos.incidents | {fact.incident_id: updated})


def _item_done(eos: EndOfShift, fact: ChecklistItemDone, _: Artifacts) -> EndOfShift:
    return _replace(eos, checklist=eos.checklist | {fact.item: fact})


RULES: Rules = {
    ReturnCleared: _cleared,
    DriverReturned: _returned,
    PackagesDebriefed: _debriefed,
    ReattemptListed: _reattempts,
    VanReturned: _van_returned,
    IncidentOpened: _incident_opened,
    IncidentUpdated: _incident_updated,
    ChecklistItemDone: _item_done,
}
