"""What a service day knows beside its plan: drivers, vans, who may not leave. Pure."""

from dispatchkit.day import Day
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.plan.realism.outcomes import NO_OUTCOMES, Outcomes
from dispatchkit.plan.realism.subject import Known
from dispatchkit.roster.attendance import may_drive


def known_of(day: Day, *, outcomes: Outcomes = NO_OUTCOMES, past: Past = NO_PAST) -> Known:
    """What the day knows: of routes that have left, who left with what; of all others, who is assigned.

    A van that has left was not grounded then, whatever was found on it since.
    """
    before, left = day.pre_load_out, day.load_out.departed
    drivers = before.roster.driver if before.roster else {}
    vans = before.fleet.van if before.fleet else {}
    driver_of = before.driver_of | {r: fact.driver_id for r, fact in left.items()}
    van_of = before.van_of | {r: fact.van_id for r, fact in left.items()}
    gone = {fact.van_id for fact in left.values()}
    return Known(
        driver_of={r: drivers[d] for r, d in driver_of.items() if d in drivers},
        van_of={r: vans[v] for r, v in van_of.items() if v in vans},
        grounded={v: why for v, why in before.grounded.items() if v not in gone},
        vans=before.fleet.vans if before.fleet else None,
        drivers=may_drive(before.roster, before.attendance) if before.roster else None,
        outcomes=outcomes,
        past=past,
    )
