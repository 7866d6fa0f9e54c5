"""Whether the alarms of a day are few: a panel for whoever answers for them, with the days before to compare."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.day.facts.whole_day import FactVoided
from dispatchkit.day.fold import voided
from dispatchkit.log.log import DayHead
from dispatchkit.pace.alarm_rates import COUNTED, AlarmRates, alarm_rates
from dispatchkit.records import DayKey
from widgets.home.alarm_figures import DayBefore, whole
from widgets.layout import Panel
from widgets.viewing import Viewing

HEADING = "Alarms of this day"


class AlarmRatesPanel(Panel):
    """The figures of the day, and of the days before it. A day is read again only when something was written to it.

    Attributes
    ----------
    figures
        What it shows, as markup.
    """

    def __init__(self, viewing: Viewing) -> None:
        self._viewing = viewing
        self._earlier: dict[DayKey, tuple[int, DayBefore]] = {}
        self.figures = ipywidgets.HTML()
        self.figures.add_class("alarm-figures")
        self.figures.add_class("scroll")
        super().__init__(HEADING, self.figures)

    def show_day(self, day: Day, now: datetime) -> None:
        """Show the day as it stands at `now`, or as it was closed."""
        course = day.course
        until = min(now, course.closed_at) if course.closed_at else now
        rates = self._rates(day.key, until, course.timezone)
        before = [self._day_before(head, course.timezone) for head in self._heads_before(day.key)]
        shown = whole(
            rates, before, self._viewing.station, timezone=course.timezone, service_day=str(day.key.service_day)
        )
        if shown != self.figures.value:
            self.figures.value = shown
        self.show(HEADING, f"{rates.standing} standing" if rates.standing else "")

    def _heads_before(self, key: DayKey) -> Iterator[DayHead]:
        """The newest days of the same station before this one, runs of a day left out."""
        days = self._viewing.desk.log.days()
        earlier = [
            d for d in days
            if d.key.station == key.station and d.key.service_day < key.service_day and not d.key.branch
        ]  # fmt: skip
        newest_first = sorted(earlier, key=lambda d: d.key.service_day, reverse=True)
        return islice(newest_first, self._viewing.station.alarm_rates.days_count)

    def _day_before(self, head: DayHead, timezone: str) -> DayBefore:
        held = self._earlier.get(head.key)
        if held is None or held[0] != head.version:
            rates = self._rates(head.key, head.last_learned_at, timezone)
            held = head.version, DayBefore(label=f"{head.key.service_day:%a %d %b}", rates=rates)
            self._earlier[head.key] = held
        return held[1]

    def _rates(self, key: DayKey, until: datetime, timezone: str) -> AlarmRates:
        """Only the few facts that the figures are made of are read: a day is not folded for them."""
        entries = self._viewing.desk.log.read(key, kinds=(*COUNTED, FactVoided))
        gone = voided(entries)
        kept = (e.fact for e in entries if e.n not in gone)
        return alarm_rates(kept, now=until, station=self._viewing.station, timezone=timezone)
