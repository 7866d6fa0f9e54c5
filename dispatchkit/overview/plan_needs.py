"""What the night before and the early morning need: a plan, drivers, vans, an answer to the files that wait. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dispatchkit.day import Day
from dispatchkit.day.facts.whole_day import STOPS_ONLY
from dispatchkit.loadout.waves import wave_of
from dispatchkit.overview.grouped import counted, listed
from dispatchkit.overview.need import Need
from dispatchkit.overview.routes import here
from dispatchkit.records import Roster
from dispatchkit.roster.attendance import ABSENT, LATE, drives
from dispatchkit.station import Station
from dispatchkit.times import clock_text


def plan_needs(day: Day, *, now: datetime, station: Station) -> Iterator[Need]:
    """Yield what planning needs at `now`."""
    yield from _held_files(day)
    if day.pre_load_out.plan is None:
        yield from _plan(day)
        return
    yield from _drivers(day)
    yield from _confirmations(day, now, station)
    yield from _vans(day)
    yield from _charge(day, station)


def _held_files(day: Day) -> Iterator[Need]:
    if held := day.course.held:
        names = listed(f.name for f in held.values())
        first = next(iter(held.values()))
        yield Need(
            need_id="plan:files held",
            phase="plan",
            kind="act",
            what=f"{counted(len(held), 'file')} {'waits' if len(held) == 1 else 'wait'} for an answer: {names}.",
            why=" ".join(first.why),
            do="Look at what each would change, then take it in or let it go.",
        )


def _plan(day: Day) -> Iterator[Need]:
    if drafts := len(day.pre_load_out.drafts):
        yield Need(
            need_id="plan:no plan",
            phase="plan",
            kind="act",
            what="The day has no plan yet.",
            why=f"{counted(drafts, 'draft')} {'waits' if drafts == 1 else 'wait'}.",
            do="Look at the newest draft and commit it, or build routes.",
        )
    elif volume := [file for file in day.course.files if file.source == STOPS_ONLY and file.rows]:
        yield Need(
            need_id="plan:no routes",
            phase="plan",
            kind="act",
            what=f"{counted(volume[-1].rows, 'stop')} came in and no route serves them yet.",
            why=f"{volume[-1].name} puts them on none.",
            do="Build routes.",
        )


def _drivers(day: Day) -> Iterator[Need]:
    before = day.pre_load_out
    bare = tuple(r for r in here(day) if r not in before.driver_of)
    if not bare:
        return
    out = tuple(d for d, said in before.attendance.items() if said in ABSENT)
    taken = {*before.driver_of.values(), *(left.driver_id for left in day.load_out.departed.values())}
    roster = before.roster or Roster(drivers=())
    free = [d for d in roster.drivers if d.driver_id not in taken and drives(d, before.attendance)]
    yield Need(
        need_id="plan:no driver",
        phase="plan",
        kind="act",
        what=f"{counted(len(bare), 'route')} without a driver: {listed(day.code(r) for r in bare)}.",
        why=f"{counted(len(out), 'driver')} will not come: {listed(out)}." if out else "",
        do=f"Assign one; {counted(len(free), 'driver')} free." if free else "Call somebody in, or share the stops out.",
        route_ids=bare,
        driver_ids=out,
        helps_until=min(day.plan.route[r].departs_at for r in bare),
    )


def _confirmations(day: Day, now: datetime, station: Station) -> Iterator[Need]:
    """Drivers of whom nothing good was heard, from the profile's minutes before their wave on."""
    before, soon = day.pre_load_out, timedelta(seconds=station.needs.confirm_before_s)
    silent = [
        (route_id, driver_id)
        for route_id in here(day)
        if (driver_id := before.driver_of.get(route_id)) is not None
        and driver_id not in day.load_out.arrived
        and (driver_id not in before.attendance or before.attendance[driver_id] in LATE)
        and now >= leaves_at(day, route_id) - soon
    ]
    if not silent:
        return
    first = min(leaves_at(day, r) for r, _ in silent)
    drivers = tuple(d for _, d in silent)
    yield Need(
        need_id="plan:not confirmed",
        phase="plan",
        kind="act",
        what=f"{counted(len(silent), 'driver')} not confirmed: {listed(drivers)}.",
        why=f"The first of them leaves at {clock_text(first, day.course.timezone, str(day.key.service_day))}.",
        do="Call them, and ask a standby to be ready.",
        route_ids=tuple(r for r, _ in silent),
        driver_ids=drivers,
        helps_until=first,
    )


def leaves_at(day: Day, route_id: str) -> datetime:
    """When the route is to leave: with its wave, else as planned."""
    wave = day.load_out.waves.get(wave_of(day, route_id))
    return wave.departs_at if wave else day.plan.route[route_id].departs_at


def _vans(day: Day) -> Iterator[Need]:
    before = day.pre_load_out
    bare = tuple(r for r in here(day) if r not in before.van_of)
    if bare:
        yield Need(
            need_id="plan:no van",
            phase="plan",
            kind="act",
            what=f"{counted(len(bare), 'route')} without a van: {listed(day.code(r) for r in bare)}.",
            why="",
            do="Assign a spare van, or share the stops out.",
            route_ids=bare,
            helps_until=min(day.plan.route[r].departs_at for r in bare),
        )
    down = tuple((r, before.van_of[r]) for r in here(day) if before.van_of.get(r) in before.grounded)
    if down:
        vans = tuple(v for _, v in down)
        told = listed(f"{day.code(r)} in {v}" for r, v in down)
        yield Need(
            need_id="plan:grounded",
            phase="plan",
            kind="act",
            what=f"{counted(len(down), 'route')} with a grounded van: {told}.",
            why=" ".join(f"{v}: {before.grounded[v]}." for v in vans[:2]),
            do="Assign another van, or have it mended and release it.",
            route_ids=tuple(r for r, _ in down),
            van_ids=vans,
            helps_until=min(day.plan.route[r].departs_at for r, _ in down),
        )


def _charge(day: Day, station: Station) -> Iterator[Need]:
    low = tuple((r, v) for r in here(day) if (v := day.pre_load_out.van_of.get(r)) and _is_low(day, v, station))
    if not low:
        return
    vans = tuple(v for _, v in low)
    yield Need(
        need_id="plan:low charge",
        phase="plan",
        kind="act",
        what=f"{counted(len(low), 'van')} with little charge: {listed(_charged(day, v) for v in vans)}.",
        why=f"Below {station.needs.charge_warn_share:.0%}, or {station.needs.range_warn_m / 1000:.0f} km.",
        do="Put it on a charger, or give the route another van.",
        route_ids=tuple(r for r, _ in low),
        van_ids=vans,
        helps_until=min(day.plan.route[r].departs_at for r, _ in low),
    )


def _is_low(day: Day, van_id: str, station: Station) -> bool:
    """By the charge where it was read, else by the distance to empty; a blank is not a low charge."""
    read = day.pre_load_out.charges.get(van_id)
    if read is None:
        return False
    if read.charge_pct is not None:
        return read.charge_pct / 100 < station.needs.charge_warn_share
    return read.range_km is not None and read.range_km * 1000 < station.needs.range_warn_m


def _charged(day: Day, van_id: str) -> str:
    read = day.pre_load_out.charges[van_id]
    left = f"{read.charge_pct:.0f} %" if read.charge_pct is not None else f"{read.range_km:.0f} km"
    return f"{van_id} {left}"
