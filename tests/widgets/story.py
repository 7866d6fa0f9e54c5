"""Pages on a small day, pressed without a browser."""

from dispatchkit.log import open_log
from tests.small_log import written
from widgets.shell import Shell
from widgets.viewing import Viewing


class OnPage:
    """A page of a small day and the log behind it."""

    def __init__(self, folder, story, here, build):
        self.log = open_log(folder / "days.sqlite")
        self.desk = written(self.log, story)
        self.shell = Shell(Viewing(self.log, self.desk.key, by="maria"), here, build)
        self.page = self.shell.content

    @property
    def day(self):
        return self.desk.day()

    @property
    def said(self):
        """What the status line says."""
        return self.shell.status.text

    def presses(self, board, row, act):
        """Press a button in a row of a board."""
        board._heard(board, {"event": "act", "row": row, "act": act}, None)
        return self

    def answers(self, **values):
        """Fill in the dialog that is open, and confirm."""
        dialog = self.shell.dialog
        assert dialog.is_open
        defaults = {field.key: field.value or (field.options[0][0] if field.options else "")
                    for field in dialog._question.fields}  # fmt: skip
        dialog._heard(dialog, {"event": "confirm", "turn": dialog._turn, "values": defaults | values}, None)
        return self
