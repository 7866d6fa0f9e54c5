"""The two calls of an import: show what files would do, and take them in as they were shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from dispatchkit.clock import Clock, RealClock
from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import PlanCommitted, RoutesGiven
from dispatchkit.day.facts.whole_day import DayOpened
from dispatchkit.day.open_day import refuse_if
from dispatchkit.desk import Desk
from dispatchkit.errors import Stale
from dispatchkit.imports import OriginalFile
from dispatchkit.intake.batch import days_of
from dispatchkit.intake.gather import gather, read, zone_of
from dispatchkit.intake.proposal import Change, Proposal
from dispatchkit.intake.proposed import proposed
from dispatchkit.intake.public_data import is_public, preview_public
from dispatchkit.intake.shown import Asked, Preview, without_day
from dispatchkit.intake.taken import Taken
from dispatchkit.log import Log
from dispatchkit.log.directory import Detail, told
from dispatchkit.records import DayKey
from dispatchkit.roles import Role
from dispatchkit.station import Station


def preview(
    log: Log,
    originals: Sequence[OriginalFile],
    *,
    by: str,
    station: Station,
    day: DayKey | None = None,
    answers: Mapping[str, str] | None = None,
    commit: bool = True,
    where: str = "the files",
    clock: Clock | None = None,
) -> Preview:
    """Read files and work out what taking them in would change. Nothing is written.

    Parameters
    ----------
    originals
        The files of one batch, byte for byte.
    by
        Who would take them.
    day
        The day that the person is on; None lets the files say it.
    answers
        Option ids by question id, as given so far. "timezone" takes any IANA zone.
    commit
        False leaves the routes as a draft.
    where
        What sentences call the files together: the name of their folder.
    """
    asked = Asked(station=station, answers=dict(answers or {}), commit=commit)
    if is_public(originals):
        return preview_public(log, originals, by=by, asked=asked, where=where)
    zone = asked.answers.get("timezone", "") or (zone_of(log, day) if day is not None else "")
    files = read(originals, station, zone, day.service_day if day is not None else None)
    days = days_of(files, day, asked.answers.get("day", ""))
    if len(days) != 1:
        return without_day(files, days, asked)
    if days[0] != day or not zone:      # times without a zone, and dates without a year, can be read only now
        files = read(originals, station, zone or zone_of(log, days[0]), days[0].service_day)
    desk = Desk(log, days[0], by=by, clock=clock)
    shown = Preview(proposal=Proposal(), asked=asked, key=days[0], version=desk.day().version, read=files)
    now = (clock or RealClock()).now()
    return msgspec.structs.replace(shown, proposal=_propose(log, desk, shown, desk.day(), at=now, by=by))


def take(log: Log, shown: Preview, *, by: str, clock: Clock | None = None, role: Role = Role.LEAD) -> list[Taken]:
    """Take in what a preview showed: artifacts, then every fact in one append, with the names that go with them.

    A new day is opened first, by itself: an opened day stays opened, and what was read can be taken back whole.

    Returns
    -------
    list of Taken
        One for the day; for public route data one for each day of it.

    Raises
    ------
    Refused
        While a question is open or something blocks, or by what this person's role may do.
    Stale
        Where the files would now do something else than was shown, with what is different. Nothing was written.
    """
    refuse_if((*shown.blockers, *(f"{question.text} (Answer '{question.id}'.)" for question in shown.questions)))
    if shown.days:
        from dispatchkit.intake.given_days import take_days  # brings solvers along: only where routes are sequenced

        asked = shown.asked
        return take_days(
            log, shown.days, by=by, station=asked.station, commit=asked.commit, clock=clock, role=role
        )
    if shown.key is None:
        raise ValueError("A preview without a day asks for it, or says what blocks.")
    desk = Desk(log, shown.key, by=by, clock=clock, role=role)
    made, changes = shown.proposal, shown.changes

    def as_shown(day: Day, *, at: datetime, by: str) -> list[Fact]:
        nonlocal made
        made = _propose(log, desk, shown, day, at=at, by=by)
        if made.as_shown != shown.proposal.as_shown:
            raise Stale(_other_now(shown.proposal, made))
        return list(made.facts)

    def opened(day: Day, *, at: datetime, by: str) -> list[Fact]:
        return [fact for fact in as_shown(day, at=at, by=by) if isinstance(fact, DayOpened)]

    def taken(day: Day, *, at: datetime, by: str) -> list[Fact]:
        facts = as_shown(day, at=at, by=by)
        for kept in made.kept:
            log.put_artifact(kept.data, kept.media_type)
        return facts

    written = desk.decide(opened)
    if written:
        shown = shown.on_opened_day()
    written += desk.decide(taken, named=lambda: _names(made, desk.clock.now()))
    return [_taken(desk.key, changes, made.notes, [entry.fact for entry in written])]


def _names(made: Proposal, now: datetime) -> list[Detail]:
    return [
        named
        for d in made.details
        for named in told(d.subject, d.values, source=d.source, stored_at=now, erasable_after=d.erasable_after)
    ]


def _propose(log: Log, desk: Desk, shown: Preview, day: Day, *, at: datetime, by: str) -> Proposal:
    asked = shown.asked
    return proposed(
        day,
        shown.read,
        known=gather(log, desk),
        answers=asked.about_the_day,
        station=asked.station,
        commit=asked.commit,
        at=at,
        by=by,
    )


def _other_now(shown: Proposal, made: Proposal) -> list[str]:
    """What the files would do otherwise than was shown."""
    before, now = {c.text for c in shown.changes}, {c.text for c in made.changes}
    states = {f.digest: f.state for f in shown.files}
    said = [
        *(f"{f.name} is {f.state} now." for f in made.files if states.get(f.digest) != f.state),
        *(f"It would also change: {text}." for text in sorted(now - before)),
        *(f"It would no longer change: {text}." for text in sorted(before - now)),
        *(question.text for question in made.questions),
        *made.blockers,
    ]
    return said or ["What is worth knowing about the files has changed."]


def _taken(key: DayKey, changes: tuple[Change, ...], notes: tuple[str, ...], facts: Sequence[Fact]) -> Taken:
    plan = next((f for f in facts if isinstance(f, RoutesGiven)), None)
    return Taken(
        key=key,
        routes=plan.routes if plan else 0,
        stops=plan.stops if plan else 0,
        packages=plan.packages if plan else 0,
        repeated=not facts,
        committed=any(isinstance(f, PlanCommitted) for f in facts),
        changes=changes,
        notes=notes,
        facts=len(facts),
    )
