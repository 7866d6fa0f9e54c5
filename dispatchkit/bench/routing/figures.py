"""`bench routing`: every case asked in turn, and what all answers together say."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import msgspec

from dispatchkit.bench.routing import kept, published
from dispatchkit.bench.routing.ask import Answer, answered
from dispatchkit.bench.routing.cases import BALANCED, OURS, Case
from dispatchkit.bench.routing.published import is_published
from dispatchkit.bench.routing.row import Row, Singles

SEEDS = (1, 2, 3)

SINGLE = (
    "dch4_hours_ratio", "dch4_overlap_ratio", "dch4_zone_splits_ours", "dch4_zone_splits_given", "resequence_180_s",
    "challenge_score_mean", "challenge_score_nn_mean", "rebuild_s", "rebuild_moved_share",
)  # fmt: skip
"""Figures that are always there; None where they were not asked for, or their data are not at hand."""

AIMS = {
    "published_gap_mean": "0.005 or less",
    "published_infeasible": "0",
    "day_2500x30_first_feasible_s": "5 or less",
    "day_5000x30_first_feasible_s": "8 or less",
    "day_7500x45_first_feasible_s": "12 or less",
    "day_10000x55_first_feasible_s": "15 or less",
    "day_5000x30_cost_mean": "236500 or less",
    "day_10000x55_cost_mean": "434000 or less",
    "day_5000x30_spread_share": "0.005 or less",
    "day_10000x55_spread_share": "0.005 or less",
    "day_5000x30_over_best_peer": "under 1",
    "day_10000x55_over_best_peer": "under 1",
    "day_5000x30_balanced_hours_sd": "0.5 or less",
    "day_10000x55_balanced_hours_sd": "0.5 or less",
    "day_5000x30_balanced_over_plain": "1.015 or less",
    "day_10000x55_balanced_over_plain": "1.015 or less",
    "resequence_180_s": "1 or less",
    "resequence_within_share": "0.95 or more",
    "challenge_score_mean": "under 0.05",
    "rebuild_s": "under 3",
}
"""Key → what it should come to on two processors, for those that have an aim."""


def ask_all(
    cases: Sequence[Case], data: Path, *, out: Path | None, say: Callable[[str], None], told: Callable[[Answer], None]
) -> list[Answer]:
    """Ask all cases in turn.

    Parameters
    ----------
    out
        Answers found in this file are not asked for again, new ones are added to it; None keeps none.
    say
        Told what is being asked.
    told
        Given every answer as it comes.
    """
    before = kept.read(out) if out else {}
    answers: list[Answer] = []
    for number, case in enumerate(cases, 1):
        answer = before.get(case.key)
        if answer is None:
            say(f"{number} of {len(cases)}: {case}")
            answer = answered(case, data)
            if out:
                kept.add(out, answer)
        told(answer)
        answers.append(answer)
    return answers


def figures(answers: Sequence[Answer]) -> dict[str, Any]:
    """Put all answers together.

    Returns
    -------
    dict
        `cases`: the rows, each a dict with the attributes of `Row`; then the single figures: `SINGLE`, the others of
        `Singles`, and what the rows come to: `solomon_gap_mean`, `solomon_gap_max`, the same of `x`,
        `published_gap_mean`, `published_infeasible` (plans that break a limit); for each generated day
        `…_first_feasible_s` (the latest of its seeds), `…_cost_mean`, `…_spread_share` (of the seeds, largest less
        smallest over the mean), `…_s_a_stop` (drive seconds a stop), `…_peak_mb`, `…_over_best_peer` (our worst seed's
        cost over that of the best peer), `…_balanced_hours_sd`, `…_balanced_over_plain` (drive).
    """
    rows = with_gaps([answer for answer in answers if isinstance(answer, Row)])
    found: dict[str, Any] = {"cases": [msgspec.to_builtins(row) for row in rows], **dict.fromkeys(SINGLE)}
    for answer in answers:
        if isinstance(answer, Singles):
            found |= answer.figures
    return found | dict(_of_published(rows)) | dict(_of_days(rows))


def with_gaps(rows: Sequence[Row]) -> list[Row]:
    """The rows of days with their gap to the best plan of the run that keeps every limit."""
    best: dict[str, float] = defaultdict(lambda: float("inf"))
    for row in rows:
        if row.feasible:
            best[_day(row)] = min(best[_day(row)], row.cost)
    return [
        msgspec.structs.replace(row, gap_to_best=round(row.cost / best[_day(row)] - 1, 5))
        if row.feasible and not is_published(row.case)
        else row
        for row in rows
    ]


def _of_published(rows: Sequence[Row]) -> Iterator[tuple[str, Any]]:
    found = [row for row in rows if is_published(row.case)]
    for kind in (published.SOLOMON, published.X):
        if gaps := [r.gap_to_best for r in found if r.case.startswith(kind + "/") and r.gap_to_best is not None]:
            yield f"{kind}_gap_mean", round(mean(gaps), 5)
            yield f"{kind}_gap_max", round(max(gaps), 5)
    if found:
        gaps = [row.gap_to_best for row in found if row.gap_to_best is not None]
        yield "published_gap_mean", round(mean(gaps), 5) if gaps else None
        yield "published_infeasible", sum(not row.feasible for row in found)


def _of_days(rows: Sequence[Row]) -> Iterator[tuple[str, Any]]:
    for day in dict.fromkeys(_day(row) for row in rows if not is_published(row.case)):
        own = [row for row in rows if row.case == day]
        ours = [row for row in own if row.engine == OURS]
        cost = mean(row.cost for row in ours) if ours else None
        if ours and cost:
            firsts = [row.first_feasible_s for row in ours if row.first_feasible_s is not None]
            yield f"{day}_first_feasible_s", max(firsts) if len(firsts) == len(ours) else None
            yield f"{day}_cost_mean", round(cost)
            yield f"{day}_spread_share", round((max(r.cost for r in ours) - min(r.cost for r in ours)) / cost, 5)
            yield f"{day}_s_a_stop", round(cost / ours[0].stops, 2)
            yield f"{day}_peak_mb", max(row.peak_mb for row in ours)
        peers = [row.cost for row in own if row.engine != OURS and row.feasible]
        if ours and peers:
            yield f"{day}_over_best_peer", round(max(row.cost for row in ours) / min(peers), 4)
        for row in rows:
            if row.case == day + BALANCED:
                yield f"{day}_balanced_hours_sd", row.hours_sd
                yield f"{day}_balanced_over_plain", round(row.cost / cost, 4) if cost else None


def _day(row: Row) -> str:
    return row.case.removesuffix(BALANCED)


def single_rows(found: dict[str, Any]) -> list[tuple[str, object, str]]:
    """The single figures for people: figure, value, aim; no lists, and none of `SINGLE` that are not there."""
    return [
        (name, "–" if value is None else value, AIMS.get(name, ""))
        for name, value in found.items()
        if not isinstance(value, list | dict) and (value is not None or name not in SINGLE)
    ]
