"""Who drives what, with which van: two matchings, drivers to routes and vans to routes, solved together by CP-SAT.

What is wanted, in this order; a later wish never costs anything of an earlier one:

1. as many routes as possible have both a driver and a van;
2. drivers and vans stay where they are (`keep`);
3. drivers who are late are left out, then standbys;
4. the profile's points: drivers who know the zone, the van of the last days, light routes for new drivers.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from ortools.sat.python import cp_model

from dispatchkit.day import Day
from dispatchkit.errors import Refused, WorkbenchError
from dispatchkit.records import Driver, Fleet, Plan, Roster, Van
from dispatchkit.roster.assignment import Assignment, Pair, Uncovered
from dispatchkit.roster.attendance import LATE, may_drive
from dispatchkit.roster.fit import ELECTRIC, driver_points, light_limit_s, loads_of, pair_misfits, qualified
from dispatchkit.roster.question import Question
from dispatchkit.roster.shortage import why_uncovered
from dispatchkit.roster.why import why_driver, why_van
from dispatchkit.station import Station

SEED = 1
MOST_WORK = 60.0
"""CP-SAT's deterministic time, roughly seconds: so the limit is the same on a slow machine. 40 routes need 0.3."""


def assign_day(day: Day, *, station: Station) -> Assignment:
    """Propose drivers and vans for the routes of the day that have not left, changing as little as possible.

    Raises
    ------
    Refused
        Where the day has no plan, no roster or no fleet.
    """
    before = day.pre_load_out
    plan, roster, fleet = day.plan, before.roster, before.fleet
    if roster is None or fleet is None:
        lacking = " and no ".join(name for name, held in (("roster", roster), ("fleet", fleet)) if held is None)
        raise Refused([f"{day.key} has no {lacking} yet. Take in drivers and vans first."])
    held = {r.route_id: (before.driver_of.get(r.route_id, ""), before.van_of.get(r.route_id, "")) for r in plan.routes}
    return assign(
        plan,
        roster,
        fleet,
        attendance=before.attendance,
        grounded=before.grounded,
        station=station,
        keep=held,
        left=day.load_out.departed,
    )


def assign(
    plan: Plan,
    roster: Roster,
    fleet: Fleet,
    *,
    attendance: Mapping[str, str],
    grounded: Collection[str],
    station: Station,
    keep: Mapping[str, tuple[str, str]] | None = None,
    left: Collection[str] = (),
) -> Assignment:
    """Propose a driver and a van for each route, exactly; the same question gets the same answer.

    Parameters
    ----------
    attendance
        driver_id → state; one of whom nothing was heard counts as here.
    grounded
        Ids of vans that may not leave.
    keep
        route_id → (driver_id, van_id) as it stands, empty for none; given up only where more routes get covered.
    left
        Ids of routes that have left: they, their drivers and their vans (as `keep` has them) are out of question.
    """
    keep = keep or {}
    gone = {who for route_id in left for who in keep.get(route_id, ())}
    loads = loads_of(plan)
    question = Question(
        loads=tuple(load for load in loads if load.route_id not in left),
        drivers=tuple(d for d in may_drive(roster, attendance) if d.driver_id not in gone),
        vans=tuple(v for v in fleet.vans if v.van_id not in grounded and v.van_id not in gone),
        late=frozenset(driver_id for driver_id, state in attendance.items() if state in LATE),
        keep=keep,
        light_s=light_limit_s(loads),
        station=station,
    )
    return _in_words(question, _solve(question))


Match = dict[str, tuple[Driver, Van]]
"""route_id → who and what the solver chose."""

Choices = dict[tuple[str, str], cp_model.IntVar]
"""(driver or van id, route id) → whether it is chosen; only pairs that the rules allow."""


class _Model(NamedTuple):
    """The solver's choices. A driver takes a route with a van of its own choice, or together with his last van.

    Having "together" as one choice of both, and not as a consequence of two, keeps the linear relaxation tight.
    """

    drive: Choices
    carry: Choices
    together: Choices     # (driver, route): he and his van of the last days
    uncovered: dict[str, cp_model.IntVar]


def _solve(q: Question) -> Match:
    program = cp_model.CpModel()
    driver, van = {d.driver_id: d for d in q.drivers}, {v.van_id: v for v in q.vans}
    drive = {(d.driver_id, r): program.new_bool_var("") for r, able in q.drivers_for.items() for d in able}
    carry = {(v.van_id, r): program.new_bool_var("") for r, able in q.vans_for.items() for v in able}
    together = {
        (d, r): program.new_bool_var("")
        for d, r in drive
        if (driver[d].last_van_id, r) in carry and not any(pair_misfits(driver[d], van[driver[d].last_van_id]))
    }
    uncovered = {load.route_id: program.new_bool_var("") for load in q.loads}
    model = _Model(drive, carry, together, uncovered)
    _one_each(program, q, model)
    _electric_needs_qualified(program, q, model)
    _wish(program, q, model)

    solver = cp_model.CpSolver()
    # One worker repeats itself, several race. With the whole model in the linear relaxation one is enough: it proved
    # the optimum of 40 routes, 60 drivers and 60 vans in under 0.6 s, where probing alone costs more than that.
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # it would leave Ctrl-C switched off for the rest of the program
    solver.parameters.random_seed = SEED
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.max_deterministic_time = MOST_WORK
    if solver.solve(program) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise WorkbenchError("No assignment was found in time. Assign the hardest routes by hand, then try again.")
    drives = {r: driver[d] for chosen in (drive, together) for (d, r), var in chosen.items() if solver.value(var)}
    carries = {r: van[v] for (v, r), var in carry.items() if solver.value(var)}
    carries |= {r: van[driver[d].last_van_id] for (d, r), var in together.items() if solver.value(var)}
    return {route_id: (drives[route_id], carries[route_id]) for route_id in drives}


def _one_each(program: cp_model.CpModel, q: Question, model: _Model) -> None:
    """A route has one driver and one van or neither; a driver and a van have one route at most."""
    last_van = {d.driver_id: d.last_van_id for d in q.drivers}
    drivers_of, vans_of = defaultdict(list), defaultdict(list)
    routes_of: defaultdict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
    for (driver_id, route_id), var in model.drive.items():
        drivers_of[route_id].append(var)
        routes_of["driver", driver_id].append(var)
    for (van_id, route_id), var in model.carry.items():
        vans_of[route_id].append(var)
        routes_of["van", van_id].append(var)
    for (driver_id, route_id), var in model.together.items():
        drivers_of[route_id].append(var)
        vans_of[route_id].append(var)
        routes_of["driver", driver_id].append(var)
        routes_of["van", last_van[driver_id]].append(var)
    for route_id, nobody in model.uncovered.items():
        program.add_exactly_one([nobody, *drivers_of[route_id]])
        program.add_exactly_one([nobody, *vans_of[route_id]])
    for choices in routes_of.values():
        program.add_at_most_one(choices)


def _electric_needs_qualified(program: cp_model.CpModel, q: Question, model: _Model) -> None:
    """A driver whose qualifications do not name electric vans is never put into one."""
    barred = {d.driver_id for d in q.drivers if not qualified(d, ELECTRIC)}
    electric = {v.van_id for v in q.vans if v.electric}
    excluding = defaultdict(list)
    for (driver_id, route_id), var in model.drive.items():
        if driver_id in barred:
            excluding[route_id].append(var)
    for (van_id, route_id), var in model.carry.items():
        if van_id in electric:
            excluding[route_id].append(var)
    for choices in excluding.values():
        program.add_at_most_one(choices)


def _wish(program: cp_model.CpModel, q: Question, model: _Model) -> None:
    """Maximise the wishes; each weighs more than everything below it together."""
    loads, drivers = {load.route_id: load for load in q.loads}, {d.driver_id: d for d in q.drivers}
    points = {(d, r): driver_points(drivers[d], loads[r], q.light_s, q.station) for d, r in model.drive}
    most = max(map(abs, points.values()), default=0) + q.station.assign.same_van_points
    routes = len(q.loads)
    standby_cost = 2 * routes * most + 1
    late_cost = standby_cost * (routes + 1)
    keep_worth = late_cost * (routes + 1)
    uncovered_cost = keep_worth * (2 * routes + 1)

    def driving(driver_id: str, route_id: str) -> int:
        worth = points[driver_id, route_id] + keep_worth * (q.kept_driver(route_id) == driver_id)
        if driver_id in q.late:
            return worth - late_cost
        return worth - standby_cost * drivers[driver_id].standby

    def carrying(van_id: str, route_id: str) -> int:
        return keep_worth * (q.kept_van(route_id) == van_id)

    worth = {var.index: driving(*choice) for choice, var in model.drive.items()}
    worth |= {var.index: carrying(*choice) for choice, var in model.carry.items()}
    for (driver_id, route_id), var in model.together.items():
        last_van = carrying(drivers[driver_id].last_van_id, route_id)
        worth[var.index] = driving(driver_id, route_id) + last_van + q.station.assign.same_van_points
    worth |= {var.index: -uncovered_cost for var in model.uncovered.values()}
    terms = [*model.drive.values(), *model.carry.values(), *model.together.values(), *model.uncovered.values()]
    program.maximize(cp_model.LinearExpr.weighted_sum(terms, [worth[var.index] for var in terms]))


def _in_words(q: Question, match: Match) -> Assignment:
    pairs, uncovered = [], []
    for load in q.loads:
        if load.route_id in match:
            driver, van = match[load.route_id]
            sentences = why_driver(q, driver, load), why_van(q, driver, van, load)
            pairs.append(Pair(load.route_id, driver.driver_id, van.van_id, *sentences))
        else:
            uncovered.append(Uncovered(load.route_id, why_uncovered(q, match, load)))
    return Assignment(tuple(pairs), tuple(uncovered))
