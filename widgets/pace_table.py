"""The pace board's lines as rows of a `Board`: what is shown, and in which words."""

from collections.abc import Iterable, Mapping
from typing import Any

from dispatchkit.pace.board import Line
from dispatchkit.pace.ladder import Rung
from dispatchkit.printable import printable
from dispatchkit.times import clock_text
from widgets.board import Column

COLUMNS = (
    Column(key="code", label="Route"),
    Column(key="driver", label="Driver", hide_on_phone=True),
    Column(key="done", label="Done", kind="bar"),
    Column(key="behind", label="Behind", kind="number", numeric=True),
    Column(key="ends", label="Ends", numeric=True, hide_on_phone=True),
    Column(key="late", label="Late?", kind="number", numeric=True, hide_on_phone=True),
    Column(key="step", label="Next step", kind="rung"),
    Column(key="age", label="Age", kind="age", numeric=True, hide_on_phone=True, old_after_min=10),
)

STEPS = {
    Rung.ON_PACE: "On pace",
    Rung.WATCH: "Watch",
    Rung.CALL: "Call driver",
    Rung.HELP: "Send help",
    Rung.RESCUE_VAN: "Rescue van",
    Rung.GET_OUT: "Get it out",
}
DRIVER_ID_SHOWN = 6
"""Signs of a transporter id that tell drivers apart on a board; the whole id stands beside the selected route."""


def rung_kind(rung: Rung) -> str:
    """The board's and the map's kind for a rung: ok, watch or act."""
    if rung.height >= Rung.HELP.height:
        return "act"
    return "watch" if rung.height > Rung.ON_PACE.height else "ok"


def row(line: Line, timezone: str, service_day: str, names: Mapping[str, str]) -> dict[str, Any]:
    """One line of the pace board as a row; a driver whose name nobody knows has the beginning of the id."""
    earliest, latest = (clock_text(at, timezone, service_day) for at in (line.finish_p50, line.finish_p90))
    out = line.state in ("on the road", "heading back")
    step = STEPS[line.rung] if line.rung is not Rung.ON_PACE else line.state.capitalize() if not out else "On pace"
    return {
        "id": line.route_id,
        "code": printable(line.code),
        "driver": printable(names.get(line.driver_id) or line.driver_id[:DRIVER_ID_SHOWN]),
        "done": {"done": line.done, "expected": line.expected, "required": line.required, "total": line.total},
        "behind": {"text": f"{line.behind:+d}" if out else "–", "sort": line.behind},
        "ends": {
            "text": earliest if line.state == "back" else f"{earliest}–{latest}",
            "sort": line.finish_p50.timestamp(),
        },
        "late": {"text": f"{line.chance_late:.0%}", "sort": line.chance_late},
        "step": {"kind": rung_kind(line.rung), "text": step},
        "age": int(line.age_s // 60) if out else None,
    }


def summary(lines: Iterable[Line]) -> str:
    """The board in a line: how many routes, and how many of them need what."""
    kept = list(lines)
    kinds = [rung_kind(line.rung) for line in kept]
    back = sum(line.state == "back" for line in kept)
    done, total = sum(line.done for line in kept), sum(line.total for line in kept)
    share = f"{done / total:.0%} done" if total else "no stops"
    return (
        f"{len(kept)} routes · {kinds.count('act')} act · {kinds.count('watch')} watch · "
        f"{kinds.count('ok')} on pace · {back} back · {share}"
    )
