"""Every kind of fact as a sentence in the words of the trade: one line of a table each. Pure.

The table holds either words with fields of the fact in braces, shown as people say them (`{route_id}` is the route's
code, `{driver_id}` a name, an instant the station's clock, a list its first few), or a function where the sentence
depends on what the fact holds. Who said it is not part of it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from dispatchkit.day.facts import Fact, road, whole_day
from dispatchkit.day.facts import end_of_shift as eos
from dispatchkit.day.facts import load_out as load
from dispatchkit.day.facts import pre_load_out as pre
from dispatchkit.overview.grouped import counted, listed
from dispatchkit.plan import words as plan_words
from dispatchkit.times import clock_text

Named = Callable[[str], str]
"""From an id to what people call it; the id itself, or nothing, where they call it nothing."""


class Words:
    """How ids and instants of a day are said; some are learned from its facts as they come.

    Parameters
    ----------
    code_of, name_of
        What people call a route and a driver.
    """

    def __init__(self, *, code_of: Named, name_of: Named) -> None:
        self._code_of, self._name_of = code_of, name_of
        self._timezone, self._service_day = "UTC", ""
        self._called: dict[str, str] = {}

    def hear(self, fact: Fact) -> None:
        """Learn the station's clock, what an alarm is about and who is in a rescue."""
        match fact:
            case whole_day.DayOpened():
                self._timezone, self._service_day = fact.timezone, fact.service_day
            case road.AlarmRaised():
                self._called[fact.alarm_id] = f"'{fact.what.rstrip('.')}'"
            case road.RescueStarted():
                self._called[fact.rescue_id] = f"of {self.code(fact.route_id)} by {self.code(fact.helper_route_id)}"
            case _:
                pass

    def code(self, route_id: str) -> str:
        """What people call the route."""
        return self._code_of(route_id) or route_id

    def driver(self, driver_id: str) -> str:
        """The driver's name, else the transporter id."""
        return self._name_of(driver_id) or driver_id

    def clock(self, at: datetime) -> str:
        """An instant as the station's clock shows it."""
        return clock_text(at, self._timezone, self._service_day)

    def called(self, id_: str) -> str:
        """What an alarm or a rescue is about; its id where it was never heard of."""
        return self._called.get(id_, id_)

    def about(self, id_: str) -> str:
        """What an id of any kind is called: a driver's name, a route's code, or the id."""
        name = self._name_of(id_)
        return name if name and name != id_ else self.code(id_)

    def say(self, fact: Fact) -> str:
        """The sentence of a fact."""
        said = SENTENCES[type(fact)]
        return said.format_map(_Said(self, fact)) if isinstance(said, str) else said(fact, self)


class _Said(dict[str, str]):
    """Fields of a fact as people say them."""

    def __init__(self, words: Words, fact: Fact) -> None:
        super().__init__()
        self._words, self._fact = words, fact

    def __missing__(self, field: str) -> str:
        value = getattr(self._fact, field)
        match value:
            case str() if field in ("route_id", "helper_route_id"):
                return self._words.code(value)
            case str() if field == "driver_id":
                return self._words.driver(value)
            case str() if field in ("alarm_id", "rescue_id"):
                return self._words.called(value)
            case datetime():
                return self._words.clock(value)
            case tuple():
                return listed(map(str, value))
            case float():
                return f"{value:.1f}".removesuffix(".0")
            case _:
                return str(value)


Sentence = str | Callable[[Any, Words], str]


def about_of(fact: Fact) -> frozenset[str]:
    """Ids that the fact names."""
    found: set[str] = set()
    for field in fact.__struct_fields__:
        value = getattr(fact, field)
        if field in _IDS and value:
            found.add(value)
        elif field in _LISTS_OF_IDS:
            found.update(value)
    if isinstance(fact, eos.PackagesDebriefed):
        found.update(a.package_id for a in fact.accounts)
    return frozenset(found)


_IDS = frozenset(
    ("route_id", "helper_route_id", "driver_id", "van_id", "stop_id", "rescue_id", "alarm_id", "incident_id", "wave",
     "about", "message_id", "item", "original", "plan", "roster", "fleet")
)  # fmt: skip
_LISTS_OF_IDS = frozenset(("route_ids", "stop_ids", "package_ids", "not_found"))


def _because(why: str) -> str:
    return f": {why.rstrip('.')}" if why else ""


def _size(fact: pre.RoutesGiven | pre.RoutesBuilt) -> str:
    parts = (counted(fact.routes, "route"), counted(fact.stops, "stop"), counted(fact.packages, "package"))
    return ", ".join(parts)


def _invented(invented: bool) -> str:
    return ", made up because no source named them" if invented else ""


def _imported(fact: whole_day.FileImported, words: Words) -> str:
    problems = f", {counted(fact.problems, 'problem')}" if fact.problems else ""
    true_at = f", as of {words.clock(fact.as_of)}" if fact.as_of else ""
    return f"{fact.name} was read ({fact.source}): {counted(fact.rows, 'row')}{problems}{true_at}."


def _voided(fact: whole_day.FactVoided, _: Words) -> str:
    where = f"entry {fact.n[0]}" if len(fact.n) == 1 else f"{len(fact.n)} entries from {min(fact.n, default=0)} on"
    return f"Took {where} back{_because(fact.why)}."


def _inspected(fact: pre.VanInspected, words: Words) -> str:
    found = listed(fact.defects) or "nothing found"
    passed = "passed" if fact.passed else "failed"
    return f"Van {fact.van_id} {passed} its {fact.inspection} DVIC by {words.driver(fact.driver_id)}: {found}."


def _charge(fact: pre.ChargeRead, _: Words) -> str:
    read = [f"{fact.charge_pct:.0f} %"] if fact.charge_pct is not None else []
    read += [f"{fact.range_km:.0f} km to empty"] if fact.range_km is not None else []
    return f"Van {fact.van_id}: {', '.join(read) or 'no charge told'}."


def _assigned(what: str, why: str) -> str:
    return f"{what}{_because(why)}."


def _loaded(fact: load.LoadingFinished, words: Words) -> str:
    lacking = f", {len(fact.not_found)} not found" if fact.not_found else ""
    return f"{words.code(fact.route_id)} is loaded: {counted(fact.packages, 'package')}{lacking}."


def _served(fact: road.StopServed, words: Words) -> str:
    left = f", {counted(len(fact.not_delivered), 'package')} not delivered" if fact.not_delivered else ""
    return f"{words.code(fact.route_id)} served stop {fact.stop_id}{left}{_marked(fact.doubts)}."


def _counted(fact: road.ProgressReported, words: Words) -> str:
    done = counted(fact.stops_done, "stop")
    return f"{words.code(fact.route_id)}: {done} done by {fact.source}{_marked(fact.doubts)}."


def _marked(doubts: Sequence[road.Doubt]) -> str:
    """That a report is kept and not believed yet, and why."""
    return f", marked because: {' '.join(doubt.why for doubt in doubts).rstrip('.')}" if doubts else ""


def _alarm(fact: road.AlarmRaised, words: Words) -> str:
    until = fact.helps_until
    help_by = f" Help before {words.clock(until)}." if until and until >= fact.at else ""
    return f"Alarm: {fact.what}{help_by}"


def _cause_named(fact: road.RootCauseNamed, words: Words) -> str:
    cause = f"the root cause is {fact.cause}" if fact.cause else "the root cause is left to the figures"
    return f"{words.code(fact.route_id)}: {cause}{_because(fact.note)}."


def _rescue(fact: road.RescueStarted, words: Words) -> str:
    return (
        f"{words.code(fact.helper_route_id)} takes {counted(len(fact.stop_ids), 'stop')} of "
        f"{words.code(fact.route_id)}; they meet at {words.clock(fact.meet_at)}."
    )


def _handed_over(fact: road.StopsTransferred, words: Words) -> str:
    giver, helper = words.code(fact.route_id), words.code(fact.helper_route_id)
    return f"{giver} handed {counted(len(fact.stop_ids), 'stop')} to {helper} in {fact.handover_s / 60:.0f} min."


def _debriefed(fact: eos.PackagesDebriefed, words: Words) -> str:
    return f"{words.code(fact.route_id)} debriefed, {counted(len(fact.accounts), 'package')} not delivered."


def _incident(fact: eos.IncidentOpened, words: Words) -> str:
    who = [words.code(fact.route_id)] if fact.route_id else []
    who += [words.driver(fact.driver_id)] if fact.driver_id else []
    who += [f"van {fact.van_id}"] if fact.van_id else []
    return f"Incident {fact.incident_id}, {fact.incident_type}{_because(', '.join(who))}: {fact.description}"


def _noted(fact: whole_day.NoteAdded, words: Words) -> str:
    return f"Note{f' on {words.about(fact.about)}' if fact.about else ''}: {fact.text}"


def _sent(fact: road.MessageSent, words: Words) -> str:
    return f"Told {words.about(fact.to)}{f' of {words.code(fact.route_id)}' if fact.route_id else ''}: {fact.text}"


SENTENCES: dict[type[Fact], Sentence] = {
    whole_day.DayOpened: "Took up {station} on {service_day}, clock of {timezone}.",
    whole_day.FileImported: _imported,
    whole_day.FileHeld: lambda f, _: f"{f.name} came and waits for an answer{_because(' '.join(f.why))}.",
    whole_day.FileLetGo: lambda f, _: f"Let a file go that waited{_because(f.why)}.",
    whole_day.NoteAdded: _noted,
    whole_day.HandoverWritten: lambda f, _: f"Handed over{f' to {f.to}' if f.to else ''}: {f.text}",
    whole_day.FactVoided: _voided,
    whole_day.DayClosed: "Closed the shift.",
    whole_day.DayReopened: "Took the closed day up again: {why}",
    pre.RosterTaken: lambda f, _: f"Took in a roster of {counted(f.drivers, 'driver')}{_invented(f.invented)}.",
    pre.FleetTaken: lambda f, _: f"Took in a fleet of {counted(f.vans, 'van')}{_invented(f.invented)}.",
    pre.RoutesGiven: lambda f, _: f"The station gave {_size(f)}.",
    pre.RoutesBuilt: lambda f, _: f"Built {_size(f)}.",
    pre.PlanEdited: lambda f, w: plan_words.edited(f, w.code),
    pre.LocksChanged: lambda f, w: plan_words.locked(f, w.code),
    pre.PlanCommitted: "Committed the plan.",
    pre.AttendanceConfirmed: "{driver_id} will come.",
    pre.DriverCalledOut: lambda f, w: f"{w.driver(f.driver_id)} will not come: {f.attendance}{_because(f.note)}.",
    pre.DriverAssigned: lambda f, w: _assigned(f"{w.driver(f.driver_id)} takes {w.code(f.route_id)}", f.why),
    pre.VanAssigned: lambda f, w: _assigned(f"Van {f.van_id} carries {w.code(f.route_id)}", f.why),
    pre.VanInspected: _inspected,
    pre.DefectReported: lambda f, _: f"Van {f.van_id}: {f.defect}{', which grounds it' if f.grounds else ''}.",
    pre.DefectCleared: "Van {van_id}: {defect} is cleared.",
    pre.ChargeRead: _charge,
    pre.VanGrounded: lambda f, _: f"Van {f.van_id} is grounded{_because(f.why)}.",
    pre.VanReleased: "Van {van_id} may be driven again.",
    load.WaveSet: lambda f, w: f"{f.wave} leaves at {w.clock(f.departs_at)} with {listed(map(w.code, f.route_ids))}."
    if f.route_ids else f"{f.wave} is given up.",
    load.DriverArrived: "{driver_id} is at the station.",
    load.BriefingGiven: "{wave} had its stand-up: {topic}.",
    load.LoadingStarted: "{route_id} is being loaded.",
    load.LoadingFinished: _loaded,
    load.RouteDeparted: "{route_id} left with {driver_id} in van {van_id}.",
    road.ProgressReported: _counted,
    road.StopServed: _served,
    road.PositionSeen: "{route_id} was seen on its way.",
    road.BreakTaken: lambda f, w: f"{w.code(f.route_id)} had a break of {f.duration_s / 60:.0f} min.",
    road.MessageReceived: "{route_id} says: {text}",
    road.MessageSent: _sent,
    road.AlarmRaised: _alarm,
    road.AlarmAcknowledged: "Took the alarm {alarm_id} on.",
    road.AlarmShelved: "Put the alarm {alarm_id} away until {until}.",
    road.AlarmCleared: lambda f, w: f"The alarm {w.called(f.alarm_id)} is over{_because(f.why)}.",
    road.AlarmReopened: lambda f, w: f"The alarm {w.called(f.alarm_id)} is back{_because(f.why)}.",
    road.RootCauseNamed: _cause_named,
    road.ActionNamed: lambda f, w: f"{w.code(f.route_id)}: {f.action or 'what is done is left to the figures'}.",
    road.RescueStarted: _rescue,
    road.StopsTransferred: _handed_over,
    road.RescueEnded: "The rescue {rescue_id} ended: {outcome}.",
    eos.ReturnCleared: "{route_id} is cleared to return.",
    eos.DriverReturned: "{route_id} is back at the station.",
    eos.PackagesDebriefed: _debriefed,
    eos.ReattemptListed: lambda f, w: f"{w.code(f.route_id)}: {counted(len(f.package_ids), 'package')} to try again.",
    eos.VanReturned: lambda f, _: f"Van {f.van_id} is checked in: {f.damage or 'no damage'}.",
    eos.IncidentOpened: _incident,
    eos.IncidentUpdated: "Incident {incident_id} is {status}: {note}",
    eos.ChecklistItemDone: "Ticked {item} of the checklist.",
}
"""A sentence for every kind of fact."""


def _on(routes: Sequence[str] | set[str]) -> str:
    return counted(len(routes), "route")


COUNTED: dict[type[Fact], Callable[[int, set[str]], str]] = {
    road.StopServed: lambda n, routes: f"{counted(n, 'stop')} served on {_on(routes)}.",
    road.ProgressReported: lambda n, routes: f"{counted(n, 'count')} of stops on {_on(routes)}.",
    road.PositionSeen: lambda n, routes: f"{counted(n, 'position')} of {_on(routes)}.",
    pre.ChargeRead: lambda n, vans: f"Charge of {counted(len(vans), 'van')} read, {counted(n, 'reading')}.",
}
"""Observations that come by the hundred: told as their number and whom they are about."""
