"""What is asked on the way back: why a route returns early, and what is wrong with a van that came in."""

from dispatchkit.eos import returns
from dispatchkit.fleet import inspection
from dispatchkit.fleet.inspection import POST_TRIP
from widgets.crew import GROUNDS
from widgets.fields import Field, Value
from widgets.shell import Shell


class VanDialogs:
    """The dialogs of the close page about returns and vans."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def clear(self, route_id: str) -> None:
        """Ask why the route heads back with stops open, and clear it."""
        day = self._shell.viewing.day
        code, to_do = day.code(route_id), len(day.road.routes[route_id].remaining)
        field = Field(key="why", label="Why it returns", required=False, help="Needed while there is time left.")

        def record(values: dict[str, Value]) -> None:
            self._shell.decide(
                returns.clear_return, f"{code} is cleared to return.", route_id=route_id, why=str(values["why"] or "")
            )

        said = [f"{code} has {to_do} stops open."]
        self._shell.ask(f"Clear {code} to return", said, (), [field], "Clear", on_confirm=record)

    def defect(self, route_id: str) -> None:
        """Ask what the inspection after the trip found."""
        left = self._shell.viewing.day.load_out.departed[route_id]
        blockers = inspection.inspect_blockers(self._shell.viewing.day, left.van_id, left.driver_id, POST_TRIP)
        fields = [
            Field(key="what", label="What is wrong"),
            Field(key="grounds", label="May it not be driven tomorrow", kind="select", options=GROUNDS),
        ]

        def record(values: dict[str, Value]) -> None:
            self._shell.decide(
                inspection.inspect,
                f"Noted for van {left.van_id}: {values['what']}.",
                van_id=left.van_id,
                driver_id=left.driver_id,
                inspection=POST_TRIP,
                defects=((str(values["what"]), values["grounds"] == "yes"),),
            )

        self._shell.ask(f"Post-trip of van {left.van_id} found something", (), blockers, fields, "Record",
                        on_confirm=record)  # fmt: skip
