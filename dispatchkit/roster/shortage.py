"""Why a route got no driver or no van, in words.

Where no matching covers a route, there is a group of routes that together may take only fewer drivers (or vans) than
they are (Hall's theorem). The group is found by following from the route to everyone who could take it, from them to
the routes that they were given, and so on; the sentence names the group and what it shares.
"""

from collections.abc import Collection, Mapping, Sequence

from dispatchkit.records import Driver, Van
from dispatchkit.roster.fit import CM3_PER_M3, ELECTRIC, Load
from dispatchkit.roster.question import Question


def why_uncovered(question: Question, match: Mapping[str, tuple[Driver, Van]], load: Load) -> str:
    """Say which rule leaves the route uncovered, and what to do about it.

    Parameters
    ----------
    match
        route_id → driver and van, of all routes that are covered; as many as possible.
    load
        A route that is not among them.
    """
    code = load.route.code
    could_drive = {r: [d.driver_id for d in able] for r, able in question.drivers_for.items()}
    driver_of = {r: driver.driver_id for r, (driver, _) in match.items()}
    if group := rivals(load.route_id, could_drive, driver_of):
        able = {d for r in group for d in could_drive[r]}
        return f"{code} has no driver: {_no_driver(question, load, len(group), able)}"
    could_carry = {r: [v.van_id for v in able] for r, able in question.vans_for.items()}
    van_of = {r: van.van_id for r, (_, van) in match.items()}
    if group := rivals(load.route_id, could_carry, van_of):
        able = {v for r in group for v in could_carry[r]}
        return f"{code} has no van: {_no_van(question, load, len(group), able)}"
    return (
        f"{code} is left over: a driver and a van are free, but no driver for it is qualified for a van that fits, or "
        "another route would be left instead. Call in a driver, free a van, or share its stops out."
    )


def rivals(route_id: str, could: Mapping[str, Sequence[str]], given: Mapping[str, str]) -> tuple[str, ...]:
    """Routes, this one first, that together have fewer candidates than they are; empty where candidates are enough.

    Parameters
    ----------
    could
        route_id → ids that the rules allow.
    given
        route_id → the id that was chosen.
    """
    holder = {who: r for r, who in given.items()}
    group, asked = [route_id], set()
    for route in group:  # grows while it is walked
        for who in could[route]:
            if who in asked:
                continue
            if who not in holder:
                return ()
            asked.add(who)
            group.append(holder[who])
    return tuple(group)


def _no_driver(q: Question, load: Load, wanting: int, able: Collection[str]) -> str:
    standbys = any(d.standby for d in q.drivers)
    ask = "Call in a driver who is off, or share its stops out." if standbys else "Ask a standby."
    here = len(q.drivers)
    if not here:
        return f"nobody is here. {ask}"
    if not able:
        return f"nobody who is here is qualified for {load.klass}. Ask somebody who is."
    if len(able) == here:
        return f"{_are(here, 'driver')} here for {_count(len(q.loads), 'route')}. {ask}"
    return f"{_are(len(able), 'driver')} qualified for the {_count(wanting, 'route')} that want them. {ask}"


def _no_van(q: Question, load: Load, wanting: int, able: Collection[str]) -> str:
    ready = len(q.vans)
    if not ready:
        return "every van is grounded or out. Release one, or rent one."
    electric = "electric and " if load.klass == ELECTRIC else ""
    size = f"{electric}big enough for its {load.volume_cm3 / CM3_PER_M3:.1f} m³"
    if not able:
        return f"none that may leave is {size}. Free such a van, or move stops to another route."
    if len(able) == ready:
        return f"{_are(ready, 'van')} ready for {_count(len(q.loads), 'route')}. Release one, or rent one."
    return (
        f"{_are(len(able), 'van')} {size}, and {_count(wanting, 'route')} need one of them. "
        "Free such a van, or move stops to another route."
    )


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" + ("" if n == 1 else "s")


def _are(n: int, noun: str) -> str:
    return f"{_count(n, noun)} {'is' if n == 1 else 'are'}"
