"""What the end of the shift needs: debriefs, packages, vans, incidents, the checklist, the close. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dispatchkit.day import Day
from dispatchkit.eos.balance import balance
from dispatchkit.eos.checklist import open_items
from dispatchkit.eos.incidents import DOCUMENTED
from dispatchkit.fleet.inspection import route_out
from dispatchkit.overview.grouped import counted, listed
from dispatchkit.overview.need import Need
from dispatchkit.overview.routes import here, out
from dispatchkit.station import Station
from dispatchkit.times import clock_text


def close_needs(day: Day, *, now: datetime, station: Station) -> Iterator[Need]:
    """Yield what the end of the shift needs at `now`."""
    if day.pre_load_out.plan is None:
        return
    yield from _debriefs(day)
    yield from _packages(day)
    yield from _vans(day)
    over = bool(day.load_out.departed) and not out(day) and not here(day)
    yield from _incidents(day, over)
    if over:
        yield from _checklist(day, station)
    yield from _end(day, now, station)


def _debriefs(day: Day) -> Iterator[Need]:
    eos = day.end_of_shift
    waiting = tuple(r for r in eos.returned if r not in eos.debriefed)
    if waiting:
        departed = day.load_out.departed
        yield Need(
            need_id="close:not debriefed",
            phase="close",
            kind="act",
            what=f"{counted(len(waiting), 'route')} back and not debriefed: {listed(day.code(r) for r in waiting)}.",
            why="The drivers want to go home, and know now what became of each package.",
            do="Debrief them.",
            route_ids=waiting,
            driver_ids=tuple(departed[r].driver_id for r in waiting if r in departed),
        )


def _packages(day: Day) -> Iterator[Need]:
    if not day.end_of_shift.debriefed:
        return
    short = [b for b in balance(day).routes if b.difference and b.route_id in day.end_of_shift.debriefed]
    if short:
        packages = counted(sum(b.difference for b in short), "package")
        routes = listed(f"{b.code} {b.difference}" for b in short)
        yield Need(
            need_id="close:package difference",
            phase="close",
            kind="act",
            what=f"{packages} not accounted for after the debrief: {routes}.",
            why="Loaded is not delivered, attempted, returned and missing together.",
            do="Debrief these routes again.",
            route_ids=tuple(b.route_id for b in short),
        )


def _vans(day: Day) -> Iterator[Need]:
    left = dict.fromkeys(d.van_id for d in day.load_out.departed.values())
    waiting = tuple(v for v in left if not route_out(day, v) and v not in day.end_of_shift.vans)
    if waiting:
        yield Need(
            need_id="close:vans not in",
            phase="close",
            kind="act",
            what=f"{counted(len(waiting), 'van')} back and not looked over: {listed(waiting)}.",
            why="Damage that is found tomorrow is nobody's.",
            do="Inspect them and take the keys in.",
            van_ids=waiting,
        )


def _incidents(day: Day, over: bool) -> Iterator[Need]:
    """Incidents that are not documented: to know of while vans are out, to be done when all are back."""
    waiting = {i: held.opened for i, held in day.end_of_shift.incidents.items() if held.status != DOCUMENTED}
    if waiting:
        told = listed(f"{i} ({opened.incident_type})" for i, opened in waiting.items())
        yield Need(
            need_id="close:incidents",
            phase="close",
            kind="act" if over else "watch",
            what=f"{counted(len(waiting), 'incident')} not documented: {told}.",
            why="The shift does not close before.",
            do="Write down what is known.",
            route_ids=tuple(dict.fromkeys(o.route_id for o in waiting.values() if o.route_id)),
            driver_ids=tuple(dict.fromkeys(o.driver_id for o in waiting.values() if o.driver_id)),
            van_ids=tuple(dict.fromkeys(o.van_id for o in waiting.values() if o.van_id)),
        )


def _checklist(day: Day, station: Station) -> Iterator[Need]:
    if left := open_items(day, station):
        yield Need(
            need_id="close:checklist",
            phase="close",
            kind="act",
            what=f"{counted(len(left), 'item')} of the checklist open.",
            why="; ".join(item.sentence for item in left) + ".",
            do="Do them, and tick them.",
        )


def _end(day: Day, now: datetime, station: Station) -> Iterator[Need]:
    end = max((r.finish_by for r in day.plan.routes), default=None)
    if end is None or now < end + timedelta(seconds=station.needs.close_after_s):
        return
    clock = clock_text(end, day.course.timezone, str(day.key.service_day))
    yield Need(
        need_id="close:not closed",
        phase="close",
        kind="act",
        what=f"The last window ended at {clock}, and the day is not closed.",
        why="",
        do="Settle what is open and close the shift.",
    )
