"""What is written down about a route on the road: a note, what its driver said, a break."""

from dispatchkit import course
from dispatchkit.day.open_day import closed_blockers, known_route_blockers
from dispatchkit.messages import told
from dispatchkit.messages.waiting import waiting
from dispatchkit.pace.today import driver_of
from widgets.fields import Field, Value
from widgets.shell import Shell


class WrittenDown:
    """The dialogs of the road page that leave a word about a route."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def note(self, route_id: str) -> None:
        """Ask for a note about a route."""
        day = self._shell.viewing.day
        code = day.code(route_id)

        def record(values: dict[str, Value]) -> None:
            self._shell.decide(course.note, f"Noted about {code}.", text=str(values["text"]), about=route_id)

        field = Field(key="text", label="Note")
        self._shell.ask(f"Note about {code}", (), tuple(closed_blockers(day)), [field], "Note it", on_confirm=record)

    def message(self, route_id: str) -> None:
        """Ask what the driver of a route said."""
        day, viewing = self._shell.viewing.day, self._shell.viewing
        code, left = day.code(route_id), day.load_out.departed.get(route_id)
        who = viewing.name(left.driver_id) if left else code

        def record(values: dict[str, Value]) -> None:
            said = f"Written down: what {code} said."
            self._shell.decide(told.received, said, route_id=route_id, text=str(values["text"]))

        field = Field(key="text", label="What was said")
        blockers = tuple(known_route_blockers(day, route_id))
        self._shell.ask(f"{who} says", (), blockers, [field], "Write down", on_confirm=record)

    def answer(self, route_id: str) -> None:
        """Ask what the driver of a route, who waits for an answer, was told."""
        day, viewing = self._shell.viewing.day, self._shell.viewing
        code = day.code(route_id)
        name = viewing.name(driver_of(day, route_id)) or code

        def record(values: dict[str, Value]) -> None:
            said = f"Written down: what {code} was told."
            self._shell.decide(told.answered, said, route_id=route_id, text=str(values["text"]))

        field = Field(key="text", label="What you told them", value="Called back.")
        written = [f"“{each.text}”" for each in waiting(day) if each.route_id == route_id]
        blockers = tuple(told.answer_blockers(day, route_id, field.value))
        self._shell.ask(f"Answer to {name}", written, blockers, [field], "Write down", on_confirm=record)

    def break_taken(self, route_id: str) -> None:
        """Ask how long the break was that the driver of a route has just ended."""
        day, viewing = self._shell.viewing.day, self._shell.viewing
        code = day.code(route_id)
        usual_min = f"{viewing.station.shift.break_s / 60:.0f}"
        field = Field(key="minutes", label="Length, minutes", kind="number", value=usual_min, at_least=1,
                      at_most=viewing.station.shift.longest_break_s / 60)  # fmt: skip

        def record(values: dict[str, Value]) -> None:
            minutes = float(str(values["minutes"]))
            said = f"{code} had a break of {minutes:g} min."
            self._shell.decide(
                told.break_taken, said, route_id=route_id, duration_min=minutes, station=viewing.station
            )

        taken_min = day.road.routes[route_id].break_s / 60
        said = [f"It ends now, at {viewing.time_text()}.", f"{code} had {taken_min:.0f} min of breaks so far."]
        blockers = tuple(told.break_blockers(day, route_id, 1, station=viewing.station, at=viewing.now()))
        self._shell.ask(f"{code} had a break", said, blockers, [field], "Write down", on_confirm=record)
