"""What a person can do about an alarm, alike on every page that shows it: take it on, put it off, end it."""

from collections.abc import Iterator

from dispatchkit.pace import alarms
from dispatchkit.times import after, clock_text
from widgets.attention import Act
from widgets.dialog import OnConfirm
from widgets.fields import Field, Value
from widgets.shell import Shell

ALARM = "alarm:"
"""How the id of a need begins that stands for an alarm; the alarm's own id follows."""


class Alarms:
    """The acts of one page about alarms."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def acts(self, alarm_id: str, what: str) -> Iterator[Act]:
        """Yield what can be done: whoever holds it may put it off or end it, everybody may while nobody does.

        Parameters
        ----------
        what
            What the alarm says now.
        """
        alarm, forbids = self._shell.viewing.day.road.alarms[alarm_id], self._shell.viewing.forbids
        on = self._shell.on
        if not alarm.acknowledged_by:
            yield Act("I take it", f"I take it: {what}", on(lambda _: self.take(alarm_id)), forbids)
        yield Act("Later…", f"Put away until later: {what}", on(lambda _: self.put_off(alarm_id, what)), forbids)
        yield Act("It is over…", f"It is over: {what}", on(lambda _: self.end(alarm_id, what)), forbids)

    def take(self, alarm_id: str) -> None:
        """Take an alarm on."""
        self._shell.decide(alarms.acknowledge, "It is yours; the others see that.", alarm_id=alarm_id)

    def put_off(self, alarm_id: str, what: str) -> None:
        """Ask until when an alarm is put away."""
        day, viewing = self._shell.viewing.day, self._shell.viewing
        later_min = [later_s / 60 for later_s in viewing.station.alarm.later_s]
        options = tuple((f"{minutes:g}", _lasts(minutes)) for minutes in later_min)
        field = Field(key="after", label="Ask again in", kind="select", options=options)

        def shelve(values: dict[str, Value]) -> None:
            until = after(viewing.now(), 60 * float(str(values["after"])))
            clock = clock_text(until, day.course.timezone, str(day.key.service_day))
            self._shell.decide(alarms.shelve, f"It asks again at {clock}.", alarm_id=alarm_id, until=until)

        self._ask("Put the alarm away until later", alarm_id, what, field, "Put away", shelve)

    def end(self, alarm_id: str, what: str) -> None:
        """Ask why an alarm is over."""
        field = Field(key="why", label="Why it is over")

        def clear(values: dict[str, Value]) -> None:
            self._shell.decide(alarms.clear, "The alarm is cleared.", alarm_id=alarm_id, why=str(values["why"]))

        self._ask("The alarm is over", alarm_id, what, field, "Clear it", clear)

    def _ask(
        self, title: str, alarm_id: str, what: str, field: Field, confirm: str, on_confirm: OnConfirm
    ) -> None:
        said = [self._shell.viewing.named(what)]
        blockers = tuple(alarms.blockers(self._shell.viewing.day, alarm_id))
        self._shell.ask(title, said, blockers, [field], confirm, on_confirm=on_confirm)


def _lasts(minutes: float) -> str:
    """How long an alarm is put away, in whole hours where they are: "30 min", "2 h"."""
    return f"{minutes:g} min" if minutes % 60 else f"{minutes / 60:g} h"
