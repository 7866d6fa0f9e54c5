"""What changed between two lists of rows, so that a page is sent that and nothing else."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""One row: values by column key, and its `id`, a text that no other row has."""


class Patch(NamedTuple):
    """What turns the rows that were sent into the rows that are wanted.

    Attributes
    ----------
    changed
        New and changed values: column key → value by row id. A value that is no longer there is None.
    gone
        Ids of the rows to take away.
    order
        All ids in their new order, or None when the order is as it was.
    """

    changed: dict[str, dict[str, Any]]
    gone: list[str]
    order: list[str] | None

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone or self.order is not None)


def by_id(rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Return copies of the rows by their id, in their order; two rows with one id are refused."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["id"] in found:
            raise ValueError(f"Two rows have the id {row['id']!r}. A row's id must be its own.")
        found[row["id"]] = dict(row)
    return found


def patch_between(sent: Mapping[str, Row], wanted: Mapping[str, Row]) -> Patch:
    """Compare rows by id; both arguments are as `by_id` returns them."""
    changed = {}
    for row_id, row in wanted.items():
        before = sent.get(row_id, {})
        differing = {key: value for key, value in row.items() if key not in before or before[key] != value}
        differing.update(dict.fromkeys(before.keys() - row.keys()))
        if differing:
            changed[row_id] = differing
    gone = [row_id for row_id in sent if row_id not in wanted]
    order = list(wanted)
    return Patch(changed, gone, order if order != list(sent) else None)


class SentRows:
    """The rows as the browser has them, and the messages that keep it so.

    Nothing is sent before a view says it is ready: a page's cells run before the browser is there, and what is
    sent then is lost. Each view that comes gets everything, then patches.
    """

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}
        self._is_watched = False

    def show(self, rows: Iterable[Row]) -> dict[str, Any] | None:
        """Take the wanted rows; return the message to send, or None when the browser needs none."""
        wanted = by_id(rows)
        patch = patch_between(self._rows, wanted)
        self._rows = wanted
        return {"op": "patch", **patch._asdict()} if patch and self._is_watched else None

    def ids(self) -> Collection[str]:
        """Return the ids of the rows that are shown."""
        return self._rows.keys()

    def everything(self) -> dict[str, Any]:
        """Return the message for a view that has just come."""
        self._is_watched = True
        return {"op": "all", "changed": self._rows, "gone": [], "order": list(self._rows)}
