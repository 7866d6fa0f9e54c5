"""What becomes of a rescue that was started: both have met, it was called off, it is complete."""

from collections.abc import Iterator

from dispatchkit.day import Day
from dispatchkit.day.road import RescueUnderWay
from dispatchkit.rescue import decide
from dispatchkit.times import clock_text
from widgets.attention import Act
from widgets.fields import Field, Value
from widgets.shell import Shell

RESCUE = "road:rescue "
"""How the id of a need begins that stands for a rescue under way; the rescue's own id follows."""

LONGEST_MIN = 120


class Meetings:
    """The dialogs of the road page about rescues under way."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def acts(self, rescue_id: str) -> Iterator[Act]:
        """Yield what can be said of a rescue under way."""
        day, forbids, on = self._shell.viewing.day, self._shell.viewing.forbids, self._shell.on
        both = _both(day, day.road.rescues[rescue_id])
        if day.road.rescues[rescue_id].met_at is None:
            yield Act("They met…", f"{both} met", on(lambda _: self.met(rescue_id)), forbids)
            yield Act("Call off…", f"Call the rescue off: {both}", on(lambda _: self.end(rescue_id)), forbids)
        else:
            yield Act("Complete…", f"The rescue is complete: {both}", on(lambda _: self.end(rescue_id)), forbids)

    def met(self, rescue_id: str) -> None:
        """Ask how long the hand-over took, and write it down: from here on the stops are the helper's."""
        day, station = self._shell.viewing.day, self._shell.viewing.station
        rescue = day.road.rescues[rescue_id]
        taken, giver = len(rescue.started.stop_ids), day.code(rescue.started.route_id)
        helper = day.code(rescue.started.helper_route_id)
        field = Field(
            key="minutes", label="The hand-over took, minutes", kind="number",
            value=f"{station.rescue.handover_s / 60:.0f}", at_least=0, at_most=LONGEST_MIN,
        )  # fmt: skip

        def record(values: dict[str, Value]) -> None:
            handover_s = 60.0 * float(str(values["minutes"]))
            said = f"Written down: {helper} has the stops of {giver}."
            self._shell.decide(decide.meet, said, rescue_id=rescue_id, handover_s=handover_s)

        said = [f"{taken} stops of {giver} are {helper}'s from now on, but for those served meanwhile."]
        blockers = tuple(decide.meet_blockers(day, rescue_id))
        self._shell.ask(f"{_both(day, rescue)} met", said, blockers, [field], "They met", on_confirm=record)

    def end(self, rescue_id: str) -> None:
        """Ask how a rescue ended: complete once they have met, called off before."""
        day = self._shell.viewing.day
        rescue = day.road.rescues[rescue_id]
        both, met = _both(day, rescue), rescue.met_at is not None
        field = Field(key="outcome", label="How it ended" if met else "Why", value="complete" if met else "")

        def record(values: dict[str, Value]) -> None:
            said = f"The rescue of {day.code(rescue.started.route_id)} has ended."
            self._shell.decide(decide.end, said, rescue_id=rescue_id, outcome=str(values["outcome"]))

        at = clock_text(rescue.started.meet_at, day.course.timezone, str(day.key.service_day))
        said = [] if met else [f"They were to meet at {at}. No stop has changed hands.", "Tell both drivers."]
        blockers = tuple(decide.end_blockers(day, rescue_id))
        title = f"The rescue is over: {both}" if met else f"Call the rescue off: {both}"
        confirm = "Complete" if met else "Call it off"
        self._shell.ask(title, said, blockers, [field], confirm, danger=not met, on_confirm=record)


def under_way(day: Day, route_id: str) -> str:
    """Id of the rescue that a route is in and that nobody has ended, the newest; empty where there is none."""
    mine = (
        rescue_id
        for rescue_id, r in reversed(day.road.rescues.items())
        if r.ended_at is None and route_id in (r.started.route_id, r.started.helper_route_id)
    )
    return next(mine, "")


def _both(day: Day, rescue: RescueUnderWay) -> str:
    return f"{day.code(rescue.started.helper_route_id)} and {day.code(rescue.started.route_id)}"
