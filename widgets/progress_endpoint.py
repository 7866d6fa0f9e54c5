"""``POST /api/progress``: where telematics, scanners and other programs tell how far routes are.

The body is JSON as `dispatchkit.pace.telematics` reads it; ``?day=STATION/YYYY-MM-DD`` names the day. An
``Idempotency-Key`` of the sender's own makes a repeated request safe to send: it gets the answer that it got before.
Every answer is JSON, and says in sentences what became of each report.
"""

import asyncio
import math
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler

from dispatchkit.clock import Clock, RealClock
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import DayClock
from dispatchkit.errors import NotFound, Refused, Stale, WorkbenchError
from dispatchkit.home import own_profile, store_url
from dispatchkit.intake.progress import report
from dispatchkit.log import Log, StoreUnavailable, open_log
from dispatchkit.pace.report import as_printed
from dispatchkit.pace.telematics import sent
from dispatchkit.records import DayKey
from dispatchkit.roles import Role, role_blockers
from dispatchkit.station import Station, load

ADDRESS = r"api/progress"
"""Below the server's base address."""

PATIENCE_S = 2.0
"""So long a request waits for another program that keeps the store locked, before it is asked to come again."""

REMEMBERED = 1000
"""Answers kept for requests that are sent again."""

LONGEST_KEY = 200
"""Characters of an idempotency key."""

DESKS = 8
"""Days that are kept folded."""


@dataclass(frozen=True)
class Answer:
    """What a request is told: an HTTP status and a JSON object."""

    status: int
    body: dict[str, Any]

    @classmethod
    def saying(cls, status: int, *sentences: str) -> "Answer":
        """Tell sentences, and that nothing was written."""
        return cls(status, {"written": 0, "reports": [], "problems": list(sentences)})


@dataclass
class ProgressDoor:
    """Takes reports in, one request after the other; all requests of a server share it.

    Attributes
    ----------
    home
        Where the store and the station's own profile are.
    wall
        The clock on the wall.
    """

    home: Path
    wall: Clock = field(default_factory=RealClock)
    _log: Log | None = None
    _station: Station | None = None
    _desks: "OrderedDict[DayKey, Desk]" = field(default_factory=OrderedDict)
    _answers: "OrderedDict[tuple[str, str], tuple[str, Answer]]" = field(default_factory=OrderedDict)

    def answer(self, body: bytes, *, day: str, by: str, role: Role, key: str = "") -> Answer:
        """Take the reports of a body in.

        Parameters
        ----------
        day
            As the address names it.
        by, role
            Who sends it, and what he may do.
        key
            The sender's own for this request; the same one with other content is refused.
        """
        digest = sha256(b"\0".join((day.encode(), body))).hexdigest()
        held = self._answers.get((by, key)) if key else None
        if held is not None:
            if held[0] == digest:
                return held[1]
            return Answer.saying(
                HTTPStatus.CONFLICT, f"'{key}' was sent before with other content. Give every request a key of its own."
            )
        made = self._made(body, day, by, role)
        if key and made.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._answers[by, key] = (digest, made)
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return made

    def close(self) -> None:
        """Let go of the store."""
        if self._log is not None:
            self._log.close()
            self._log = None
            self._desks.clear()

    def _made(self, body: bytes, day: str, by: str, role: Role) -> Answer:
        try:
            key = DayKey.parse(day)
        except ValueError as error:
            return Answer.saying(HTTPStatus.BAD_REQUEST, f"{error} Name it in the address as ?day=STATION/YYYY-MM-DD.")
        try:
            station = self._rules()
            if len(body) > station.report.body_bytes:
                most = f"{station.report.body_bytes / 1e6:g} MB"
                return Answer.saying(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A request may have {most}. Send it in parts."
                )
            if forbidden := list(role_blockers(role, key)):
                return Answer.saying(HTTPStatus.FORBIDDEN, *forbidden)
            told, problems = sent(body)
            if not told:
                return Answer.saying(HTTPStatus.BAD_REQUEST, *(problems or ("It holds no report.",)))
            desk = self._desk(key, by, role)
            return Answer(
                HTTPStatus.OK, {"day": str(key), **as_printed(report(desk, told, station=station), problems)}
            )
        except NotFound as error:
            return Answer.saying(HTTPStatus.NOT_FOUND, str(error))
        except Refused as error:
            return Answer.saying(HTTPStatus.CONFLICT, *error.reasons)
        except (StoreUnavailable, Stale) as error:
            return Answer.saying(HTTPStatus.SERVICE_UNAVAILABLE, str(error))

    def _rules(self) -> Station:
        if self._station is None:
            self._station = load(own_profile(None, self.home))
        return self._station

    def _desk(self, key: DayKey, by: str, role: Role) -> Desk:
        """A desk at the day, folded already where one was there before; who sits at it is whoever asks."""
        if self._log is None:
            self._log = open_log(store_url(None, self.home), create=False, patience_s=PATIENCE_S)
        desk = self._desks.pop(key, None)
        if desk is None:
            self._log.require(key)
            zone = ZoneInfo(Desk(self._log, key, by=by).day().course.timezone)
            desk = Desk(self._log, key, by=by, clock=DayClock(self._log, key, zone, self.wall))
        desk.by, desk.role = by, role
        self._desks[key] = desk
        while len(self._desks) > DESKS:
            self._desks.popitem(last=False)
        return desk


ONE_AT_A_TIME = ThreadPoolExecutor(max_workers=1, thread_name_prefix="progress")
"""Where reports are taken in: beside the pages, which must not wait for a day to be read."""


class ProgressEndpoint(JupyterHandler):
    """``POST /api/progress?day=STATION/YYYY-MM-DD``, for the token's holder and for signed-in people."""

    token_suffices = True
    """A program has no password: the server's token lets it report, also where people are named."""

    def initialize(self, door: ProgressDoor) -> None:
        """Take the door that all requests share."""
        self.door = door

    @allow_unauthenticated
    async def post(self) -> None:
        """Take reports in; whoever is not known is told so in JSON, not sent to a page."""
        user = self.current_user
        if user is None:
            sentence = "Nobody known sends this. Add the header `Authorization: token …`, or sign in."
            self._say(Answer.saying(HTTPStatus.UNAUTHORIZED, sentence))
            return
        if not self.check_origin():
            self._say(Answer.saying(HTTPStatus.FORBIDDEN, "This request was sent by another site."))
            return
        key = self.request.headers.get("Idempotency-Key", "")
        if len(key) > LONGEST_KEY:
            sentence = f"An Idempotency-Key has {LONGEST_KEY} characters at most."
            self._say(Answer.saying(HTTPStatus.BAD_REQUEST, sentence))
            return
        loop, role = asyncio.get_running_loop(), Role(getattr(user, "role", Role.READ_ONLY) or Role.READ_ONLY)
        day, body = self.get_query_argument("day", ""), self.request.body
        try:
            answer = await loop.run_in_executor(
                ONE_AT_A_TIME, lambda: self.door.answer(body, day=day, by=user.username, role=role, key=key)
            )
        except WorkbenchError as error:
            self.log.error("%s", error)
            answer = Answer.saying(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        self._say(answer)

    def _say(self, answer: Answer) -> None:
        self.set_status(answer.status)
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            self.set_header("Retry-After", str(math.ceil(PATIENCE_S)))
        self.finish(answer.body)
