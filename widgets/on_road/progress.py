"""Progress typed by hand and what is not believed yet: the dialogs of the road page about reports."""

from dispatchkit.errors import Refused
from dispatchkit.intake.progress import report
from dispatchkit.pace.report import believe
from dispatchkit.pace.typed import typed
from widgets.fields import Field, Value
from widgets.shell import Shell

HELP = "A route and its stops done; several with ; between them: CX101 87; CX104 92 at 10:40."


class Progress:
    """Two keys a route: its code and a number."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def ask(self) -> None:
        """Ask how far routes are, and write it down; what is not understood stays in the dialog with the reason."""

        def record(values: dict[str, Value]) -> None:
            viewing = self._shell.viewing
            told, problems = typed(
                str(values["told"]), key=viewing.desk.key, timezone=viewing.day.course.timezone
            )
            if problems:
                raise Refused(problems)
            weighed = report(viewing.desk, told, station=viewing.station)
            self._shell.show()
            self._shell.status.ok(" ".join(one.sentence for one in weighed))

        field = Field(key="told", label="Stops done", help=HELP)
        self._shell.ask("How far are they", fields=[field], confirm="Write down", on_confirm=record)

    def believe(self, route_id: str) -> None:
        """Take for true what is marked of a route: somebody asked the driver."""
        code = self._shell.viewing.day.code(route_id)
        self._shell.decide(believe, f"What was told of {code} counts now.", route_id=route_id)
