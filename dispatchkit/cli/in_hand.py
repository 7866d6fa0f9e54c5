"""The plan that a day has in hand, for the commands that change it: what words mean in it, and how it is looked at."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import desk_at, opened
from dispatchkit.day.pre_load_out import Locks
from dispatchkit.desk import Desk
from dispatchkit.errors import NotFound
from dispatchkit.history import Histories
from dispatchkit.home import own_profile
from dispatchkit.log import Log
from dispatchkit.pace.past import Past
from dispatchkit.plan.edit import ByHand, Edited
from dispatchkit.plan.effect import Figures, RouteEffect, effect
from dispatchkit.plan.keep import keep, keep_blockers
from dispatchkit.plan.locks import NO_LOCKS, listed
from dispatchkit.plan.ordering import Order, ordering
from dispatchkit.records import DayKey, Plan
from dispatchkit.station import Station, load
from dispatchkit.times import clock_text
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.source import calibrated, travel_times

Stops = Annotated[
    list[str], typer.Argument(metavar="STOPS…", help="Stop ids; or CX104:10-20 by place, CX104@A-12 by zone.")
]
Keep = Annotated[str, typer.Option("--keep", metavar="WHY", help="Keep the change, and why; else it is only shown.")]
Anew = Annotated[
    bool, typer.Option("--resequence", help="Order the receiving route anew; else its order stays as it is loaded.")
]
ServeLate = Annotated[bool, typer.Option("--serve-late", help="Allow that customers are reached after their window.")]

COLUMNS = ("route", "stops", "packages", "hours", "drive", "P50", "P80", "by", "chance", "load", "late")


def anew_or_loaded(*, anew: bool) -> Order:
    """The order that `--resequence` asks for, or its absence."""
    return Order.SHORTEST if anew else Order.AS_LOADED


class InHand:
    """A day's plan that was last given, built, changed or committed, at somebody's desk."""

    def __init__(self, log: Log, key: DayKey, *, by: str, station: Station, home: Path | None) -> None:
        self.desk: Desk = desk_at(log, key, by=by)
        self.day = self.desk.day()
        self.digest = self.day.pre_load_out.in_hand
        if not self.digest:
            raise NotFound(f"{key} has no plan yet. Import or build routes first.")
        self.plan = self.desk.records.record(self.digest, Plan)
        self.station, self._home, self._log = station, home, log

    @property
    def locks(self) -> Locks:
        """What is locked in it."""
        return self.day.pre_load_out.locks.get(self.digest, NO_LOCKS)

    @cached_property
    def past(self) -> Past:
        """What earlier days tell of drivers and areas."""
        return Histories(self._log, self.station, calibrated(self.station)).of(self.day)

    @cached_property
    def travel(self) -> TravelTimes:
        """Answers for legs that it does not drive yet."""
        return travel_times(self.station, timezone=self.day.course.timezone, folder=self._home)

    def by_hand(self, order: Order = Order.AS_LOADED, *, serve_late: bool = False) -> ByHand:
        """The changes that can be made to it."""
        return ByHand(
            self.plan,
            travel=self.travel,
            station=self.station,
            locks=self.locks,
            ordering=ordering(order, self.station),
            serve_late=serve_late,
        )

    def route_id(self, text: str) -> str:
        """A route by its code, or its id; NotFound where there is none, or the code is not of one route alone."""
        if text in self.plan.route:
            return text
        found = [r.route_id for r in self.plan.routes if r.code == text]
        if len(found) == 1:
            return found[0]
        codes = listed([r.code for r in self.plan.routes])
        raise NotFound(f"There is {'no' if not found else 'more than one'} route {text} in the plan. It has {codes}.")

    def stop_ids(self, words: Sequence[str]) -> list[str]:
        """Stops by their ids, by their places on a route (CX104:10-20, counted from 1), by zone (CX104@A-12)."""
        return [stop_id for word in words for stop_id in self._stop_ids(word)]

    def _stop_ids(self, word: str) -> Sequence[str]:
        if word in self.plan.stop:
            return (word,)
        code, at, zone = word.rpartition("@")
        if at:
            own = self.plan.stops_of(self.route_id(code))
            found = [s.stop_id for s in own if s.zone == zone or s.zone.startswith((f"{zone}.", f"{zone}-"))]
            if not found:
                raise NotFound(f"{code} has no stop in zone {zone}. Look at the zones of its stops.")
            return found
        code, colon, places = word.rpartition(":")
        first, _, last = places.partition("-")
        if not (colon and first.isdigit() and (last or first).isdigit()):
            raise NotFound(f"There is no stop {word} in the plan. Write an id, CX104:10-20 or CX104@A-12.")
        own_ids = self.plan.route[self.route_id(code)].stop_ids
        if not 1 <= int(first) <= int(last or first) <= len(own_ids):
            raise NotFound(f"{code} has the stops 1 to {len(own_ids)}. {places} is not among them.")
        return own_ids[int(first) - 1 : int(last or first)]

    def tell(
        self, edited: Edited, why: str, *, as_json: bool, said: Sequence[str] = (),
        also: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Show what a change does to every route that it touches, and keep it where somebody said why.

        `said` is told of the change besides, and `also` are its further keys for programs.
        """
        seen = effect(
            edited.before, edited.plan, self.station, calibrated(self.station),
            driver_of=self.day.pre_load_out.driver_of, past=self.past,
        )  # fmt: skip
        digest = ""
        if why:
            digest = self.desk.records.put(edited.plan)
            self.desk.decide(
                keep, seen=self.day.version, edited=edited, before=self.digest, digest=digest, why=why
            )
        if as_json:
            show.as_json(
                {
                    "day": str(self.desk.key),
                    "change": edited.change,
                    "stop_ids": list(edited.stop_ids),
                    "before": self.digest,
                    "plan": digest,
                    "kept": bool(digest),
                    "routes": [effect_as_json(one) for one in seen],
                    **(also or {}),
                }
            )
            return
        show_effect(seen, self.day.course.timezone, str(self.desk.key.service_day))
        for sentence in said:
            show.sentence(sentence)
        show.sentence("Kept as the draft." if digest else self._not_kept(edited))

    def _not_kept(self, edited: Edited) -> str:
        """How to keep a change that is only shown, or why nobody can."""
        why_not = " ".join(keep_blockers(self.day, edited, self.digest, why="to look at"))
        if why_not:
            return f"Nothing is kept, nor could it be. {why_not}"
        return 'Nothing is kept. Say --keep "why" to keep it.'


def show_effect(seen: Sequence[RouteEffect], timezone: str, service_day: str) -> None:
    """Print both sides of every route, times by the clock of `timezone`."""
    rows = []
    for one in seen:
        for side, figures in (("", one.before), (" →", one.after)):
            if figures is not None:
                rows.append((one.code + side, *_row(figures, timezone, service_day)))
    show.table(COLUMNS, rows)
    for one in seen:
        show.sentence(one.sentence, "yellow" if one.newly_late else "")


def _row(known: Figures, zone: str, day: str) -> tuple[object, ...]:
    p50, p80, by = (clock_text(at, zone, day) for at in (known.finish_p50, known.finish_p80, known.finish_by))
    load_ = "–" if known.load_share is None else f"{known.load_share:.0%}"
    return (
        known.stops, known.packages, f"{known.hours:.1f}", f"{known.drive_s / 3600:.1f}", p50, p80, by,
        f"{known.chance_in_time:.0%}", load_, len(known.late_stop_ids),
    )  # fmt: skip


def effect_as_json(one: RouteEffect) -> dict[str, Any]:
    """The effect on one route for programs: figures before and after, null where it does not exist."""
    return {
        "route_id": one.route_id,
        "code": one.code,
        "before": figures_as_json(one.before),
        "after": figures_as_json(one.after),
        "newly_late": list(one.newly_late),
        "sentence": one.sentence,
    }


def figures_as_json(known: Figures | None) -> dict[str, Any] | None:
    """A route's figures with every key, whatever they are."""
    if known is None:
        return None
    return {name: msgspec.to_builtins(getattr(known, name)) for name in known.__struct_fields__}


@contextmanager
def in_hand(
    key: DayKey, *, by: str, profile: Path | None, store: str | None, home: Path | None
) -> Iterator[InHand]:
    """Open the store and give the plan that the day has in hand."""
    station = load(own_profile(profile, home))
    with opened(store, home) as log:
        yield InHand(log, key, by=by, station=station, home=home)
