"""The plan that the day has in hand: the newest draft, or the day's plan. What the plan page shows and changes."""

from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.pre_load_out import NO_LOCKS, Locks
from dispatchkit.overview.sentences import Words
from dispatchkit.plan.history import history
from dispatchkit.plan.keep import in_hand_blockers
from dispatchkit.records import Plan
from dispatchkit.times import clock_text
from widgets.planning.solving import Held
from widgets.viewing import Viewing


class InHand:
    """The plan in hand of one page's day.

    Attributes
    ----------
    plan
        None while the day has no plan.
    digest
        What names it; empty while there is none.
    """

    def __init__(self, viewing: Viewing) -> None:
        self._viewing = viewing
        self.plan: Plan | None = None
        self.digest = ""
        self._made: Fact | None = None
        self._read_at = -1

    def follow(self, day: Day) -> bool:
        """Take the plan that the day has in hand; say whether it is another than before."""
        if day.version != self._read_at:
            self._read_at = day.version
            made = [step.fact for step in history(self._viewing.desk.entries()) if not step.undone_by]
            of_this = [f for f in made if getattr(f, "plan", "") == day.pre_load_out.in_hand]
            self._made = of_this[-1] if of_this else None
        if day.pre_load_out.in_hand == self.digest:
            return False
        self.digest = day.pre_load_out.in_hand
        self.plan = self._viewing.desk.records.record(self.digest, Plan) if self.digest else None
        return True

    @property
    def is_draft(self) -> bool:
        """Whether it is not the day's plan, or not yet."""
        return self.digest != self._viewing.day.pre_load_out.plan_digest

    @property
    def locks(self) -> Locks:
        """What is locked in it."""
        return self._viewing.day.pre_load_out.locks.get(self.digest, NO_LOCKS)

    @property
    def unable(self) -> frozenset[str]:
        """Routes that no change may touch any more: they are being loaded, or have left."""
        day = self._viewing.day
        return frozenset((*day.load_out.loading, *day.load_out.departed))

    @property
    def forbids(self) -> str:
        """Why this person may not change it by hand, as sentences; empty where he may."""
        return self._viewing.forbids or " ".join(in_hand_blockers(self._viewing.day, self.digest))

    def held(self) -> Held:
        """All that a change of it is worked out from; ValueError while there is no plan."""
        if self.plan is None:
            raise ValueError("There is no plan in hand.")
        viewing, day = self._viewing, self._viewing.day
        return Held(
            plan=self.plan,
            station=viewing.station,
            timezone=day.course.timezone,
            locks=self.locks,
            driver_of={r: d for r, d in day.pre_load_out.driver_of.items() if r in self.plan.route},
            past=viewing.past,
            unable=self.unable,
        )

    def code(self, route_id: str) -> str:
        """What people call a route of it."""
        known = self.plan.route.get(route_id) if self.plan else None
        return known.code if known else self._viewing.code(route_id)

    def words(self) -> str:
        """Which plan it is, who made it what it is, and when."""
        if self.plan is None:
            return ""
        what = "Draft in hand, not the day's plan yet" if self.is_draft else "The day's plan"
        if self._made is None:
            return f"{what}."
        said = Words(code_of=self.code, name_of=self._viewing.name).say(self._made)
        return f"{what}. {self._made.by}, {self._clock(self._made.at)}: {said}"

    def _clock(self, at: datetime) -> str:
        day = self._viewing.day
        return clock_text(at, day.course.timezone, str(day.key.service_day))
