"""The days in the store as rows: the open ones first, each with where it stands."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dispatchkit.day import Day
from dispatchkit.desk import Desk
from dispatchkit.log import Log
from dispatchkit.overview.phases import phases
from dispatchkit.printable import printable
from dispatchkit.records import DayKey
from dispatchkit.station import Station
from widgets.board import Column

COLUMNS = (
    Column(key="day", label="Day"),
    Column(key="stands", label="Stands", kind="sign"),
    Column(key="says", label="", hide_on_phone=True),
    Column(key="last", label="Last entry", hide_on_phone=True),
)


class Days:
    """What is known of every day; a day is read again only when something was written to it."""

    def __init__(self, log: Log, station: Station, by: str) -> None:
        self._log = log
        self._station = station
        self._by = by
        self._rows: dict[DayKey, tuple[int, dict[str, Any]]] = {}

    def rows(self) -> list[dict[str, Any]]:
        """One row a day: open ones first, then the newest."""
        made = [(head.key, self._row(head.key, head.version)) for head in self._log.days()]
        return [row for _, row in sorted(made, key=lambda pair: (pair[1]["stands"]["kind"] == "ok", _newest(pair[0])))]

    def _row(self, key: DayKey, version: int) -> dict[str, Any]:
        held = self._rows.get(key)
        if held is None or held[0] != version:
            held = version, self._read(key)
            self._rows[key] = held
        return held[1]

    def _read(self, key: DayKey) -> dict[str, Any]:
        desk = Desk(self._log, key, by=self._by)
        day = desk.day()
        last = self._log.require(key).last_learned_at
        closed = day.course.closed_at is not None
        says = "" if closed else " · ".join(_words(day, self._station, last))
        run = f" · run {key.branch}" if key.branch else ""
        return {
            "id": str(key),
            "day": {"text": printable(f"{key.station} {key.service_day:%a %d %b}{run}"), "sort": str(key)},
            "stands": {"kind": "ok", "text": "closed"} if closed else {"kind": "watch", "text": "open"},
            "says": printable(says),
            "last": {
                "text": f"{last.astimezone(ZoneInfo(day.course.timezone)):%d %b %H:%M}",
                "sort": last.timestamp(),
            },
        }


def _words(day: Day, station: Station, now: datetime) -> Iterator[str]:
    for phase in phases(day, now=now, station=station):
        if phase.state == "now" and phase.says:
            yield f"{phase.title}: {phase.says}"


def _newest(key: DayKey) -> tuple[int, str]:
    return -key.service_day.toordinal(), str(key)
