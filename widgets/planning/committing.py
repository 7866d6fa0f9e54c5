"""A draft becomes the day's plan: which one, after a look at what stands now."""

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.loadout import waves
from dispatchkit.plan import commit
from dispatchkit.records import Plan
from widgets.buttons import allow
from widgets.fields import Field, Value
from widgets.shell import Shell


class CommitDraft:
    """The button and its dialog.

    Attributes
    ----------
    button
        Hidden while there is no draft but the day's plan.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.button = ipywidgets.Button(description="Commit a draft…")
        self.button.on_click(shell.on(lambda _: self.ask()))

    def show_day(self, day: Day) -> None:
        """Offer it while there is something to commit; stand out while the draft in hand is not the day's plan."""
        before = day.pre_load_out
        self.button.layout.display = None if _drafts(day) else "none"
        self.button.button_style = "" if before.in_hand == before.plan_digest else "primary"
        allow(self.button, self._shell.viewing.forbids)

    def ask(self) -> None:
        """Ask which draft, the one in hand first."""
        day, records = self._shell.viewing.day, self._shell.viewing.desk.records
        drafts = {digest: records.record(digest, Plan) for digest in _drafts(day)}
        in_hand = day.pre_load_out.in_hand
        newest_first = dict.fromkeys((in_hand, *reversed(drafts)))
        options = tuple(
            (digest, _words(drafts[digest]) + (", in hand" if digest == in_hand else ""))
            for digest in newest_first if digest in drafts
        )
        field = Field(key="draft", label="Draft", kind="select", options=options)

        def take(values: dict[str, Value]) -> None:
            digest = str(values["draft"])
            self._shell.decide(commit.commit, "It is the day's plan now.", digest=digest, plan=drafts[digest])
            again = waves.planned_again(self._shell.viewing.day, self._shell.viewing.station)
            self._shell.decide(
                waves.set_waves, "It is the day's plan now, with its waves.", seen=self._shell.viewing.day.version,
                waves=again,
            )  # fmt: skip

        held = day.pre_load_out.plan
        said = [f"The day's plan now: {_words(held)}." if held else "The day has no plan yet."]
        self._shell.ask("Commit a draft as the day's plan", said, (), [field], "Commit", on_confirm=take)


def _drafts(day: Day) -> list[str]:
    """Digests of the drafts that are not the day's plan."""
    return [digest for digest in day.pre_load_out.drafts if digest != day.pre_load_out.plan_digest]


def _words(plan: Plan) -> str:
    stops = sum(len(r.stop_ids) for r in plan.routes)
    return f"{len(plan.routes)} routes, {stops:,} stops, {plan.package_count:,} packages, {plan.origin}"
