"""What drivers write to the desk, each message with its cause: a hold-up, a package, a break, a van that stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from dispatchkit.day.facts.road import MessageReceived, NotDelivered
from dispatchkit.records import Record
from dispatchkit.road.chance import Chance
from dispatchkit.road.mishaps import Hold
from dispatchkit.road.standing import Standing
from dispatchkit.station.simulator import DriverSays
from dispatchkit.times import after, seconds_between

BEFORE_LEAVING = timedelta(minutes=1)
"""So long before he drives on, a driver writes of what stays undelivered at a stop."""

HOPES_SHARE, LONGEST_HOPE_S = 0.2, 300.0
"""Of a hold-up, and at most, before its driver writes: at first he thinks that it will soon be over."""


class Messages(Record, frozen=True):
    """The messages of one day's drivers, labelled with their source; each has an id that is the same whenever asked."""

    says: DriverSays
    chance: Chance
    source: str

    def of_hold(
        self, here: Standing, hold: Hold, *, arrives: datetime, goes_on: datetime
    ) -> Iterator[MessageReceived]:
        """What is said of a hold-up at the next stop and of its end; nothing of a short one."""
        if hold.lost_s < self.says.lost_least_s:
            return
        writes = after(arrives, round(min(HOPES_SHARE * hold.lost_s, LONGEST_HOPE_S)))
        stop = here.done_count + 1
        yield self._message(here, hold.hold_id, writes, hold.why, stop=stop)
        yield self._message(here, f"{hold.hold_id}-over", goes_on, self.says.lost_over, stop=stop, lasted_s=hold.lost_s)

    def of_packages(
        self, here: Standing, left: Sequence[NotDelivered], *, begins: datetime, ends: datetime
    ) -> Iterator[MessageReceived]:
        """What is said of packages that are about to leave the next stop undelivered: one message at most."""
        for told in left:
            text = self._of_reason.get(told.reason)
            if text and self.chance.happens(self.says.not_delivered_told_share, "written", told.package_id):
                writes = max(begins, ends - BEFORE_LEAVING)
                yield self._message(here, f"package-{told.package_id}", writes, text, stop=here.done_count + 1)
                return

    def of_break(self, here: Standing) -> Iterator[MessageReceived]:
        """What is said of a break as it begins."""
        if self.chance.happens(self.says.on_break_told_share, "break written", here.route_id):
            yield self._message(here, f"break-{here.route_id}", here.at, self.says.on_break, lasted_s=here.break_s)

    def of_breakdown(self, here: Standing) -> MessageReceived:
        """What is said of a van that does not start any more."""
        return self._message(here, f"breakdown-{here.route_id}", here.at, self.says.breakdown)

    def of_help(self, here: Standing, came_at: datetime) -> MessageReceived:
        """What is said when help has come to it."""
        stood_s = seconds_between(here.served_at, came_at)
        message_id = f"breakdown-{here.route_id}-over"
        return self._message(here, message_id, came_at, self.says.breakdown_over, lasted_s=stood_s)

    @cached_property
    def _of_reason(self) -> dict[str, str]:
        """Reason of a package → what is said of it."""
        parted = (line.partition(":") for line in self.says.not_delivered)
        return {reason.strip(): text.strip() for reason, _, text in parted}

    def _message(
        self, here: Standing, message_id: str, at: datetime, text: str, *, stop: int | None = None, lasted_s: float = 0
    ) -> MessageReceived:
        number = here.done_count if stop is None else stop
        # not str.format: a station's own sentence may hold any braces
        said = text.replace("{stop}", str(number)).replace("{minutes}", f"{lasted_s / 60:.0f}")
        return MessageReceived(at=at, by=self.source, message_id=message_id, route_id=here.route_id, text=said)
