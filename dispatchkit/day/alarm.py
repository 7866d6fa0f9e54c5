"""An alarm of the road, as the day knows it, and what becomes of it."""

from datetime import datetime

import msgspec

from dispatchkit.day.facts.road import AlarmAcknowledged, AlarmCleared, AlarmRaised, AlarmReopened, AlarmShelved

AlarmChange = AlarmAcknowledged | AlarmShelved | AlarmCleared | AlarmReopened
"""What may happen to an alarm once it was raised."""


class Alarm(msgspec.Struct, frozen=True):
    """An alarm and what became of it. `reopened_at` is when its cause was last back after it had been cleared."""

    raised: AlarmRaised
    acknowledged_by: str = ""
    shelved_until: datetime | None = None
    cleared_at: datetime | None = None
    cleared_by: str = ""
    reopened_at: datetime | None = None


def changed(alarm: Alarm, fact: AlarmChange) -> Alarm:
    """What became of an alarm by this fact."""
    match fact:
        case AlarmAcknowledged():
            return msgspec.structs.replace(alarm, acknowledged_by=fact.by)
        case AlarmShelved():
            return msgspec.structs.replace(alarm, shelved_until=fact.until)
        case AlarmCleared():
            return msgspec.structs.replace(alarm, cleared_at=fact.at, cleared_by=fact.by)
        case AlarmReopened():
            return msgspec.structs.replace(alarm, cleared_at=None, cleared_by="", reopened_at=fact.at)
