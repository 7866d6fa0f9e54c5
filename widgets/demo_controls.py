"""The time of a simulated day, in everybody's hands: freeze it, let it run, faster or slower, step, go to what is next.

To be seen only on a day that a program simulates while people look on; all pages of the day show the same.
"""

from typing import Any, Protocol

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.desk.playback import SPEEDS, STEP, Remote, not_running
from dispatchkit.log.playback import Playback
from widgets.buttons import allow
from widgets.guard import guarded
from widgets.plain import markup
from widgets.status import Status
from widgets.viewing import Viewing

STEP_MIN = round(STEP.total_seconds() / 60)
ALL_BACK = "Every route is back: nothing moves any more."


class HasTime(Protocol):
    """What the controls need of their page."""

    viewing: Viewing
    status: Status


class DemoControls(ipywidgets.Box):
    """Says how the day's time runs, with the buttons that change it.

    Attributes
    ----------
    freeze, step, next_need, speeds
        The buttons; `freeze` lets a frozen day run again.
    """

    def __init__(self, page: HasTime) -> None:
        self._viewing = page.viewing
        self._remote = Remote(page.viewing.desk)
        self._shown: tuple[Playback, str] | None = None
        self._words = ipywidgets.HTML()
        self.freeze = ipywidgets.Button(description="Freeze")
        self.step = ipywidgets.Button(description=f"Step {STEP_MIN} min")
        self.next_need = ipywidgets.Button(description="Next need")
        self.speeds = ipywidgets.ToggleButtons(
            options=[(f"{times}×", float(times)) for times in SPEEDS],
            value=None,
            tooltips=[_how_fast(times) for times in SPEEDS],
        )
        self._run_at = guarded(page.status, self._let_run_at)
        self.freeze.on_click(guarded(page.status, self._freeze_or_resume))
        self.step.on_click(guarded(page.status, self._step))
        self.next_need.on_click(guarded(page.status, self._to_next_need))
        self.speeds.observe(self._speed_changed, "value")
        super().__init__([self._words, self.freeze, self.step, self.next_need, self.speeds])
        self.add_class("acts")
        self.add_class("demo-controls")
        self.layout.display = "none"

    def follow(self, day: Day) -> bool:
        """Show how the time runs; return whether it has moved on since the last look."""
        playback = self._remote.playback()
        if playback is None:
            return False
        stopped = _all_back(day) or ("" if self._remote.is_running() else not_running(str(day.key)))
        if (playback, stopped) == self._shown:
            return False
        moved = self._shown is None or self._shown[0].stands_at != playback.stands_at
        self._shown = (playback, stopped)
        self._show(playback, stopped)
        return moved

    def _show(self, playback: Playback, stopped: str) -> None:
        self.layout.display = None
        says, shade = markup(stopped or _says(playback)), "old" if stopped else "quiet"
        self._words.value = f'<b>◆ Simulated day</b><span class="{shade}">{says}</span>'
        why_not = self._viewing.forbids or stopped
        self.freeze.description = "Let it run" if playback.frozen else "Freeze"
        allow(self.freeze, why_not, about="The day's time stands still, or runs again, for everybody at it")
        allow(self.step, why_not, about=f"On by {STEP_MIN} minutes at once, then it stands still")
        allow(self.next_need, why_not, about="On to the next thing that needs a person, then it stands still")
        self.speeds.disabled = bool(why_not)
        offered = [times for _label, times in self.speeds.options]
        self.speeds.value = playback.speed if playback.speed in offered else None

    def _freeze_or_resume(self, _button: ipywidgets.Button) -> None:
        held = self._remote.playback()
        if held is not None and held.frozen:
            self._remote.resume()
        else:
            self._remote.freeze()
        self.follow(self._viewing.day)

    def _step(self, _button: ipywidgets.Button) -> None:
        self._remote.step()
        self.follow(self._viewing.day)

    def _to_next_need(self, _button: ipywidgets.Button) -> None:
        self._remote.to_next_need()
        self.follow(self._viewing.day)

    def _speed_changed(self, change: dict[str, Any]) -> None:
        shown = self._shown[0].speed if self._shown else None
        if change["new"] not in (None, shown):     # else nobody pressed: the buttons show what somebody else chose
            self._run_at(change["new"])

    def _let_run_at(self, times: float) -> None:
        self._remote.speed(times)
        self.follow(self._viewing.day)


def _says(playback: Playback) -> str:
    """How the time runs, in words."""
    if playback.to_need:
        return f"goes on to the next thing that needs a person ({playback.who})"
    if playback.goes_to is not None:
        return f"steps ({playback.who})"
    if playback.frozen:
        return f"frozen by {playback.who}"
    return _how_fast(playback.speed)


def _how_fast(times: float) -> str:
    return "as fast as the clock on the wall" if times == 1 else f"{times:g} times as fast as the clock on the wall"


def _all_back(day: Day) -> str:
    departed = day.load_out.departed
    return ALL_BACK if departed and all(r in day.end_of_shift.returned for r in departed) else ""
