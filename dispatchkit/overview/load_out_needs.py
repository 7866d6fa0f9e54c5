"""What the load-out needs: vans inspected, waves briefed, routes out in time. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dispatchkit.day import Day
from dispatchkit.fleet.ready import van_blockers
from dispatchkit.loadout.waves import wave_of
from dispatchkit.overview.grouped import counted, grouped, listed
from dispatchkit.overview.need import Need
from dispatchkit.overview.plan_needs import leaves_at
from dispatchkit.overview.routes import here
from dispatchkit.pace.alarms import standing_at
from dispatchkit.pace.board import departure_overdue_s
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between


def load_out_needs(day: Day, *, now: datetime, station: Station) -> Iterator[Need]:
    """Yield what the load-out needs at `now`; each wave from the drivers' time of arrival on."""
    if day.pre_load_out.plan is None:
        return
    begins = timedelta(seconds=station.shift.before_departure_s)
    due = tuple(r for r in here(day) if now >= leaves_at(day, r) - begins)
    if due:
        yield from _inspections(day, due)
        yield from _briefings(day, due, now, station)
        yield from _overdue(day, due, now, station)


def _inspections(day: Day, due: tuple[str, ...]) -> Iterator[Need]:
    """Vans that may not leave by the fleet's rules; a grounded one is a need of the plan: it wants another van."""
    before = day.pre_load_out
    waiting = [
        (r, v)
        for r in due
        if (v := before.van_of.get(r)) is not None and v not in before.grounded and any(van_blockers(day, v))
    ]
    if not waiting:
        return
    vans = tuple(v for _, v in waiting)
    yield Need(
        need_id="load_out:no inspection",
        phase="load_out",
        kind="act",
        what=" ".join(grouped((s for v in vans for s in van_blockers(day, v)), day)),
        why=f"{listed(day.code(r) for r, _ in waiting)} cannot leave.",
        do="Have the drivers inspect them before they load.",
        route_ids=tuple(r for r, _ in waiting),
        van_ids=vans,
        helps_until=min(leaves_at(day, r) for r, _ in waiting),
    )


def _briefings(day: Day, due: tuple[str, ...], now: datetime, station: Station) -> Iterator[Need]:
    """Waves without a stand-up when their vans should begin to load."""
    loading = timedelta(seconds=station.wave.loading_s)
    waves = {
        wave: tuple(r for r in due if wave_of(day, r) == wave)
        for wave in dict.fromkeys(wave_of(day, r) for r in due)
        if wave and wave not in day.load_out.briefings and now >= day.load_out.waves[wave].departs_at - loading
    }
    if waves:
        yield Need(
            need_id="load_out:no stand-up",
            phase="load_out",
            kind="act",
            what=f"{counted(len(waves), 'wave')} without a stand-up: {listed(waves)}.",
            why="Their vans should be loading.",
            do="Brief them.",
            route_ids=tuple(r for routes in waves.values() for r in routes),
            helps_until=min(day.load_out.waves[wave].departs_at for wave in waves),
        )


def _overdue(day: Day, due: tuple[str, ...], now: datetime, station: Station) -> Iterator[Need]:
    """Routes that should have left, a need for each wave; those that an alarm names already are not named twice."""
    told = {r for alarm in standing_at(day, now) for r in alarm.raised.route_ids}
    late: dict[str, list[str]] = {}
    for r in due:
        if r not in told and departure_overdue_s(day, r, now) > station.pace.overdue_s:
            late.setdefault(wave_of(day, r), []).append(r)
    for wave, routes in late.items():
        planned = min(day.plan.route[r].departs_at for r in routes)
        clock = clock_text(planned, day.course.timezone, str(day.key.service_day))
        yield Need(
            need_id=f"load_out:overdue {wave}".rstrip(),
            phase="load_out",
            kind="act",
            what=f"{counted(len(routes), 'route')}{f' of {wave}' if wave else ''} still here: "
            f"{listed(day.code(r) for r in routes)}.",
            why=f"Planned for {clock}, {seconds_between(planned, now) / 60:.0f} min ago.",
            do="Find what holds them: driver, van, inspection or loading.",
            route_ids=tuple(routes),
            helps_until=min(day.plan.route[r].departs_at for r in routes),
        )
