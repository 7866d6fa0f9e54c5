"""What can happen on the road."""

from datetime import datetime

import msgspec

from dispatchkit.day.facts.base import Fact


class Doubt(msgspec.Struct, frozen=True):
    """Why a report is kept and not believed yet: `kind` in a word or two, `why` as a sentence for the dispatcher."""

    kind: str
    why: str


class ProgressReported(Fact, frozen=True):
    """A count of stops done, as a source reported it. The source may be late; never trust arrival order.

    With `doubts` it is kept beside what is known and moves nothing. `claimed_at` is what the source's clock said where
    that cannot be: `at` is then when it came.
    """

    route_id: str
    stops_done: int
    source: str
    doubts: tuple[Doubt, ...] = ()
    claimed_at: datetime | None = None


class NotDelivered(msgspec.Struct, frozen=True):
    """A package that left the stop undelivered; the reason as Cortex words it ("BUSINESS CLOSED")."""

    package_id: str
    reason: str


class StopServed(Fact, frozen=True):
    """The driver finished a stop: every package of it was delivered, but for those listed. Doubts as for a count."""

    route_id: str
    stop_id: str
    not_delivered: tuple[NotDelivered, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    claimed_at: datetime | None = None


class PositionSeen(Fact, frozen=True):
    """Where a van was. Doubts as for a count of stops."""

    route_id: str
    lat: float
    lng: float
    doubts: tuple[Doubt, ...] = ()
    claimed_at: datetime | None = None


class BreakTaken(Fact, frozen=True):
    """A break ended at `at` after `duration_s` seconds."""

    route_id: str
    duration_s: float


class MessageReceived(Fact, frozen=True):
    """Somebody wrote or called."""

    message_id: str
    route_id: str
    text: str


class MessageSent(Fact, frozen=True):
    """A dispatcher told somebody something. Never a consequence of an import."""

    to: str
    text: str
    route_id: str = ""


class AlarmRaised(Fact, frozen=True):
    """Something needs a person: what, why, what to do, and until when doing it still helps. One per cause."""

    alarm_id: str
    route_ids: tuple[str, ...]
    what: str
    why: str
    do: str
    helps_until: datetime | None = None


class AlarmAcknowledged(Fact, frozen=True):
    """Somebody has taken the alarm on."""

    alarm_id: str


class AlarmShelved(Fact, frozen=True):
    """The alarm is put away until an instant."""

    alarm_id: str
    until: datetime


class AlarmCleared(Fact, frozen=True):
    """The cause is gone."""

    alarm_id: str
    why: str = ""


class AlarmReopened(Fact, frozen=True):
    """A cause that was gone for a moment is back: the same alarm stands again, with whoever had taken it on."""

    alarm_id: str
    why: str = ""


class RootCauseNamed(Fact, frozen=True):
    """A dispatcher knows why a route is behind, in a word of the station's list; blank leaves it to the figures."""

    route_id: str
    cause: str
    note: str = ""


class ActionNamed(Fact, frozen=True):
    """A dispatcher says what is done about a route that is behind, in a word of the list; blank as for a cause."""

    route_id: str
    action: str


class RescueStarted(Fact, frozen=True):
    """A helper has been told to take stops over. They change hands at the meeting, not before.

    `helper_order` is the helper's whole remaining order after the meeting, the taken stops among it. The figures are
    those that the dispatcher saw when deciding: chance of a late finish without and with the rescue, of both routes.
    """

    rescue_id: str
    route_id: str
    helper_route_id: str
    stop_ids: tuple[str, ...]
    helper_order: tuple[str, ...]
    meet_at: datetime
    meet_lat: float
    meet_lng: float
    cause: str = ""
    late_before: float = 0.0
    late_after: float = 0.0
    helper_late_before: float = 0.0
    helper_late_after: float = 0.0


class StopsTransferred(Fact, frozen=True):
    """The meeting took place: `at` is its end, `handover_s` how long it took both. The stops are the helper's now."""

    rescue_id: str
    route_id: str
    helper_route_id: str
    stop_ids: tuple[str, ...]
    helper_order: tuple[str, ...]
    handover_s: float
    lat: float
    lng: float


class RescueEnded(Fact, frozen=True):
    """The rescue is over. `outcome` is "complete", or why it was called off."""

    rescue_id: str
    outcome: str
