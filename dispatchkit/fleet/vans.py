"""Today's vans: take them in, ground one, let it drive again."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import DefectCleared, FleetTaken, VanGrounded, VanReleased
from dispatchkit.day.open_day import closed_blockers, known_van_blockers, refuse_if
from dispatchkit.records import Fleet


def take_fleet_blockers(day: Day, fleet: Fleet) -> Iterator[str]:
    """Why this fleet cannot be today's: it is empty, or lacks a van that is on the road."""
    yield from closed_blockers(day)
    if not fleet.vans:
        yield "This fleet has no vans. Check the file."
    out = {d.van_id for r, d in day.load_out.departed.items() if r not in day.end_of_shift.returned}
    if absent := sorted(out - fleet.van.keys()):
        yield f"On the road, but not in this fleet: {', '.join(absent)}. Take in a list that has them."


def take_fleet(
    day: Day, *, fleet: Fleet, digest: str, invented: bool = False, at: datetime, by: str
) -> list[Fact]:
    """Take in today's vans; `digest` names the fleet's artifact, `invented` says that no source named them."""
    refuse_if(take_fleet_blockers(day, fleet))
    return [FleetTaken(at=at, by=by, fleet=digest, vans=len(fleet.vans), invented=invented)]


def ground_blockers(day: Day, van_id: str, why: str) -> Iterator[str]:
    """Why the van cannot be grounded: unknown, or nobody said why. A van on the road can be: it breaks down there."""
    yield from known_van_blockers(day, van_id)
    if not why.strip():
        yield f"Say why van {van_id} may not leave."


def ground(day: Day, *, van_id: str, why: str, at: datetime, by: str) -> list[Fact]:
    """Forbid a van to be driven."""
    refuse_if(ground_blockers(day, van_id, why))
    return [VanGrounded(at=at, by=by, van_id=van_id, why=why.strip())]


def clear_defect_blockers(day: Day, van_id: str, defect: str) -> Iterator[str]:
    """Why this defect cannot be cleared: it is not one of the van's open ones."""
    yield from known_van_blockers(day, van_id)
    if defect not in day.pre_load_out.defects.get(van_id, ()):
        yield f"Van {van_id} has no open defect '{defect}'."


def clear_defect(day: Day, *, van_id: str, defect: str, at: datetime, by: str) -> list[Fact]:
    """Write down that a defect was mended or found harmless. The van stays grounded until it is released."""
    refuse_if(clear_defect_blockers(day, van_id, defect))
    return [DefectCleared(at=at, by=by, van_id=van_id, defect=defect)]


def release_blockers(day: Day, van_id: str) -> Iterator[str]:
    """Why the van cannot be released: it is not grounded, or a defect that grounded it is still open."""
    yield from known_van_blockers(day, van_id)
    why = day.pre_load_out.grounded.get(van_id)
    if why is None:
        yield f"Van {van_id} is not grounded."
        return
    # a failed inspection grounds for all its grave defects in one sentence, so each is looked for within it
    for defect in day.pre_load_out.defects.get(van_id, ()):
        if defect in why:
            yield f"Van {van_id} is grounded for '{defect}', which is still open. Clear the defect first."


def release(day: Day, *, van_id: str, at: datetime, by: str) -> list[Fact]:
    """Let a grounded van be driven again. One that failed its inspection needs a new one before it leaves."""
    refuse_if(release_blockers(day, van_id))
    return [VanReleased(at=at, by=by, van_id=van_id)]
