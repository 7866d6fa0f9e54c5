"""What is asked about a wave: its stand-up, another time, and the waves of the day as the plan has them."""

from datetime import time
from typing import cast
from zoneinfo import ZoneInfo

from dispatchkit.loadout import waves
from dispatchkit.loadout.waves import Wave
from dispatchkit.times import clock_text, nearest
from widgets.fields import Field, Value
from widgets.shell import Shell


class WaveDialogs:
    """The dialogs of the load-out page about waves."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def brief(self, wave: str) -> None:
        """Ask what the stand-up was about, and record it."""
        topics = self._shell.viewing.station.wave.briefing
        day = self._shell.viewing.day
        codes = ", ".join(day.code(r) for r in day.load_out.waves[wave].route_ids)
        field = Field(key="topic", label="Safety item of the stand-up", kind="select",
                      options=tuple((topic, topic) for topic in topics))  # fmt: skip
        own = Field(key="own", label="Or in your own words", required=False)

        def record(values: dict[str, Value]) -> None:
            topic = str(values["own"] or values["topic"])
            self._shell.decide(waves.brief, f"Stand-up of {wave}: {topic}.", wave=wave, topic=topic)

        self._shell.ask(f"Stand-up of {wave}", [f"For {codes}."], (), [field, own], "Record", on_confirm=record)

    def move(self, wave: str) -> None:
        """Ask when a wave shall leave, by the station's clock."""
        day = self._shell.viewing.day
        held = day.load_out.waves[wave]
        zone = ZoneInfo(day.course.timezone)
        local = held.departs_at.astimezone(zone)
        field = Field(key="at", label="Leaves at", kind="time", value=f"{local:%H:%M}")

        def record(values: dict[str, Value]) -> None:
            at = nearest(held.departs_at, cast(time, values["at"]), day.course.timezone)
            moved = [
                Wave(w.wave, at if w.wave == wave else w.departs_at, w.route_ids)
                for w in self._shell.viewing.day.load_out.waves.values()
                if w.route_ids
            ]
            self._shell.decide(waves.set_waves, f"{wave} leaves at {values['at']:%H:%M}.", waves=moved)

        said = [f"{wave} leaves at {local:%H:%M}, {len(held.route_ids)} routes."]
        self._shell.ask(f"Another time for {wave}", said, (), [field], "Set", on_confirm=record)

    def set_as_planned(self) -> None:
        """Show the waves that the plan makes, and set them."""
        day = self._shell.viewing.day
        wanted = waves.planned_again(day, self._shell.viewing.station)
        said = [
            f"{w.wave} at {clock_text(w.departs_at, day.course.timezone, str(day.key.service_day))}: "
            f"{', '.join(day.code(r) for r in w.route_ids)}."
            for w in wanted
        ]

        def record(_values: dict[str, Value]) -> None:
            self._shell.decide(waves.set_waves, f"{len(wanted)} waves are set.", waves=wanted)

        blockers = tuple(waves.set_waves_blockers(day, wanted))
        self._shell.ask("Waves as the plan has them", said, blockers, confirm="Set waves", on_confirm=record)
