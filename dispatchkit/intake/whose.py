"""Which rows of a file are ours, where it holds the routes of several DSPs: asked where nothing says so."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from dispatchkit.imports.readings import DayOfOpsPlan, RoutesSnapshot
from dispatchkit.intake.batch import Batch
from dispatchkit.intake.sheet import Sheet, counted, named


class _OfDsp(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def dsp(self) -> str: ...


DSPS_SHOWN = 3
"""Other DSPs whose routes a sentence counts."""

D = TypeVar("D", bound=_OfDsp)


def ours(
    sheet: Sheet, batch: Batch, rows: Iterable[D], *, name: str, refuse: Callable[..., object]
) -> list[D] | None:
    """The rows of our DSP; None while that is a question, or where the file is of another DSP.

    Ours is the one of the profile; where that names none, the one of the plan and the files that the day has already.

    Parameters
    ----------
    name
        What sentences call the file.
    refuse
        Told why it cannot be taken where it holds nothing of ours, as `batch.stop` is.
    """
    rows = list(rows)
    held = _routes_by_dsp(rows)
    if not held:
        return rows
    own, known = sheet.station.site.dsp.upper(), ""
    if not own:
        own = known = _of_the_day(sheet, batch)
    if not own:
        # several files of a batch can each be of one DSP, and not of the same
        others = _routes_by_dsp(_rows(batch.every(DayOfOpsPlan), batch.every(RoutesSnapshot)))
        dsps = Counter({**others, **held})
        own = next(iter(dsps)) if len(dsps) == 1 else _asked(sheet, dsps, name if len(held) > 1 else "")
        if not own:
            return None
    if own not in held:
        only = named((f"{dsp} ({counted(n, 'route')})" for dsp, n in held.most_common()), shown=DSPS_SHOWN)
        refuse(
            "other-dsp",
            f"{name} holds no route of {own}{', the DSP of this day' if known else ''}, only of {only}.",
            advice="Take the file of your own DSP, or put your DSP right in the station profile.",
        )
        return None
    if unnamed := [row.code for row in rows if not row.dsp.strip()]:
        sheet.note(f"{name} names no DSP for {named(unnamed)}: not taken.")
    return [row for row in rows if _dsp(row) == own]


def _dsp(row: _OfDsp) -> str:
    return row.dsp.strip().upper()


def _routes_by_dsp(rows: Iterable[_OfDsp]) -> Counter[str]:
    """Route codes of each DSP that the rows name, counted once each."""
    return Counter(dsp for dsp, _ in {(_dsp(row), row.code): None for row in rows} if dsp)


def _rows(plans: Iterable[DayOfOpsPlan], exports: Iterable[RoutesSnapshot]) -> list[_OfDsp]:
    return [*(row for plan in plans for row in plan.routes), *(row for export in exports for row in export.routes)]


def _of_the_day(sheet: Sheet, batch: Batch) -> str:
    """The one DSP whose codes the day's plan has; empty where it has none, or files say several of them.

    What the day took before counts first: a file that comes now may be anybody's.
    """
    plan = sheet.day.pre_load_out.plan
    codes = {route.code for route in plan.routes} if plan else set()
    for taken in (batch.earlier, batch.every):
        rows = _rows(taken(DayOfOpsPlan), taken(RoutesSnapshot))
        found = {_dsp(row) for row in rows if row.code in codes and _dsp(row)}
        if len(found) == 1:
            return found.pop()
    return ""


def _asked(sheet: Sheet, dsps: Counter[str], name: str) -> str:
    return sheet.ask(
        "dsp",
        f"{name or 'The files'} {'holds' if name else 'hold'} routes of {len(dsps)} DSPs. Which is yours?",
        {dsp: f"{dsp}: {counted(n, 'route')}" for dsp, n in dsps.most_common()},
    )
