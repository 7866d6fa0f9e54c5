"""The day's report from the close page: written elsewhere, then a link to it."""

import ipywidgets

from dispatchkit.home import home, store_url
from widgets.background import Background
from widgets.close.writing import FOLDER, write
from widgets.guard import Guard
from widgets.plain import markup
from widgets.shell import Shell

ASK, CANCEL = "Write the report", "Writing it. Press to cancel"


class Report:
    """The button and the link.

    Attributes
    ----------
    button
        Starts the work; while it goes on, cancels it.
    link
        Leads to the report that was written last; empty before.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._work = Background()
        self.button = ipywidgets.Button(description=ASK)
        self.button.on_click(shell.on(lambda _: self._press()))
        self.link = ipywidgets.HTML()
        self.link.add_class("report-link")

    def _press(self) -> None:
        if self._work.is_working:
            self._work.cancel()
            self.button.description = ASK
            self._shell.status.ok("Cancelled. No report was written.")
            return
        self.button.description = CANCEL
        self._work.start(write, store_url(), self._shell.viewing.desk.key, home(), done=self._done, failed=self._failed)

    def _done(self, name: str) -> None:
        self.button.description = ASK
        said = f"as of {self._shell.viewing.time_text()}"
        self.link.value = f'<a href="/{FOLDER}/{markup(name)}" target="_blank">Open the report</a> {markup(said)}'
        self._shell.status.ok("The report is written.")

    def _failed(self, error: BaseException) -> None:
        self.button.description = ASK
        with Guard(self._shell.status, "report"):
            raise error
