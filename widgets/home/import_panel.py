"""Files come in: drop them, see what they would change, answer what they ask, and take them in."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import ipywidgets

from dispatchkit.imports.given import OriginalFile
from dispatchkit.imports.problems import Problem
from dispatchkit.records import DayKey
from dispatchkit.roles import Role
from dispatchkit.station import Station
from widgets.background import Background
from widgets.guard import Guard, guarded
from widgets.home.reading import read, take_in
from widgets.layout import Panel
from widgets.plain import markup
from widgets.sentences import Sentences
from widgets.status import Status
from widgets.upload import FileShown, ProblemShown, Upload, UploadedFile

if TYPE_CHECKING:
    from dispatchkit.intake import Preview, SeenFile, Taken

ACCEPTED = (".xlsx", ".xls", ".xlsm", ".csv", ".tsv", ".pdf", ".json", ".zip", ".gz")
DETAILS_SHOWN = 30
NOTE_SHOWN = 140
"""Signs of a note that stand there at once."""
STATES = {"new": "ok", "repeated": "ok", "stale": "ok", "left out": "ok", "unusable": "refused"}
WORDS = {
    "new": "read",
    "repeated": "taken before, byte for byte: nothing will be written",
    "stale": "older than what was taken already: kept on record, changes nothing",
    "left out": "left out",
    "unusable": "cannot be used",
}
NOTHING = "Nothing would change."


class ImportPanel(Panel):
    """The way in for a DSP's own files.

    Parameters
    ----------
    store
        Where the log is, as `open_log` takes it.
    by, role
        Who takes the files in.
    day
        The day that the person is on; None lets the files say it.
    taken
        Called with what was taken in.

    Attributes
    ----------
    upload, questions, take, forget, reasons
        Its parts, named so that a test can press and read them; `questions` are dropdowns by question id.
    """

    def __init__(
        self, status: Status, *, store: str, by: str, role: Role, station: Station, day: DayKey | None,
        taken: "Callable[[list[Taken]], object]",
    ) -> None:  # fmt: skip
        self._status, self._store, self._by, self._role = status, store, by, role
        self._station, self._day, self._taken = station, day, taken
        self._work = Background()
        self._originals: tuple[OriginalFile, ...] = ()
        self._shown: Preview | None = None
        self._answers: dict[str, str] = {}
        self.questions: dict[str, ipywidgets.Dropdown] = {}
        self.upload = Upload(max_file_bytes=int(station.imports.max_file_bytes), accept=ACCEPTED, label="Files")
        self.upload.on_files(guarded(status, self._arrived))
        self.about = ipywidgets.HTML()
        self._asked = ipywidgets.VBox()
        self._asked.add_class("questions")
        self.reasons = Sentences()
        self.take = ipywidgets.Button(description="Take in", button_style="primary")
        self.forget = ipywidgets.Button(description="Forget these files")
        self.take.on_click(guarded(status, lambda _: self._take()))
        self.forget.on_click(guarded(status, lambda _: self._forget()))
        self._acts = ipywidgets.Box([self.take, self.forget])
        self._acts.add_class("acts")
        below = ipywidgets.VBox([self._asked, self.about, self.upload])  # what a person has to say comes first
        below.add_class("scroll")
        super().__init__("Files", below, self.reasons, self._acts, grow=below)
        self.add_class("import-panel")
        self._say()

    def offer(self, originals: Sequence[OriginalFile]) -> None:
        """Show what these files would do; files that were held back come this way."""
        self._originals, self._answers = tuple(originals), {}
        self._read()

    def _arrived(self, files: list[UploadedFile]) -> None:
        self.offer([OriginalFile(name=file.name, data=file.data) for file in files])

    def _read(self) -> None:
        self.show("Files", f"reading {len(self._originals)} files …")
        self.forget.description = "Cancel"
        self._acts.layout.display = None
        self.take.disabled = True
        self._work.start(
            read, self._store, self._originals, self._by, self._station, self._day, self._answers,
            done=self._found, failed=self._failed,
        )  # fmt: skip

    def _found(self, shown: "Preview") -> None:
        self._shown = shown
        self._say()

    def _failed(self, error: BaseException) -> None:
        self._say()
        with Guard(self._status, "import"):
            raise error

    def _forget(self) -> None:
        self._work.cancel()
        self._originals, self._shown, self._answers = (), None, {}
        self.upload.clear()
        self._say()

    def _take(self) -> None:
        if self._shown is None:
            return
        self.take.disabled = True
        self.show("Files", "taking them in …")
        self._work.start(take_in, self._store, self._shown, self._by, self._role, done=self._done, failed=self._again)

    def _done(self, taken: "list[Taken]") -> None:
        self._forget()
        self._status.ok(" ".join(sentence for one in taken for sentence in one.sentences))
        self._taken(taken)

    def _again(self, error: BaseException) -> None:
        """The day has moved on, or it may not be: say so, and show what the files would do now."""
        with Guard(self._status, "import"):
            raise error
        self._read()

    def _answer(self, question: str, option: str) -> None:
        if option:
            self._answers[question] = option
            self._read()

    def _say(self) -> None:
        shown = self._shown
        self.forget.description = "Forget these files"
        self._acts.layout.display = "none" if shown is None else None
        self.reasons.show(() if shown is None else shown.blockers)
        self._show_questions(shown)
        if shown is None:
            self.show("Files", "drop them here")
            self.about.value = ""
            return
        self.show("Files", str(shown.key) if shown.key else "")
        self.upload.show(_file(file) for file in shown.files)
        self.take.disabled = not shown.can_be_taken or self._role is Role.READ_ONLY
        self.about.value = _about(shown)

    def _show_questions(self, shown: "Preview | None") -> None:
        for dropdown in self.questions.values():
            dropdown.close()
        self.questions = {}
        made = []
        for question in shown.questions if shown else ():
            options = [("choose an answer", ""), *((o.text, o.id) for o in question.options)]
            dropdown = ipywidgets.Dropdown(options=options, value="", tooltip=question.text)
            asked = question.id
            dropdown.observe(guarded(self._status, lambda c, asked=asked: self._answer(asked, c["new"])), "value")
            self.questions[question.id] = dropdown
            about = _behind("What it is about", question.details)
            words = ipywidgets.HTML(f"<p><b>{markup(question.text)}</b></p>{about}")
            made.append(ipywidgets.VBox([words, dropdown]))
        self._asked.children = tuple(made)


def _behind(words: str, details: Sequence[str]) -> str:
    """Words that show what is behind them when opened; nothing where nothing is."""
    if not details:
        return ""
    listed = [f"<li>{markup(detail)}</li>" for detail in details[:DETAILS_SHOWN]]
    if len(details) > DETAILS_SHOWN:
        listed.append(f"<li>… and {len(details) - DETAILS_SHOWN} more</li>")
    return f"<details><summary>{markup(words)}</summary><ul>{''.join(listed)}</ul></details>"


def _file(file: "SeenFile") -> FileShown:
    blocked = any(p.blocks for p in file.problems)
    kind = file.source or "nobody can tell what it is"
    found = len(file.problems)
    rows = "" if not found else ", 1 thing needs a look" if found == 1 else f", {found} things need a look"
    return FileShown(
        name=file.name,
        state="question" if blocked and file.state == "new" else STATES[file.state],  # type: ignore[arg-type]
        sentence=f"{kind}: {WORDS[file.state]}{rows}.",
        problems=tuple(_problem(p) for p in file.problems),
    )


def _problem(problem: Problem) -> ProblemShown:
    return ProblemShown(row=problem.row, column=problem.column, message=problem.message, fix=problem.fix)


def _about(shown: "Preview") -> str:
    """What would change, by phase, each sentence with its details behind it; then what is worth knowing."""
    said: dict[str, list[str]] = {}
    for change in shown.changes:
        words = _behind(change.text, change.details) or markup(change.text)
        said.setdefault(str(change.phase), []).append(f"<li>{words}</li>")
    parts = [f"<h3>{markup(phase)}</h3><ul>{''.join(items)}</ul>" for phase, items in said.items()]
    if not parts and not shown.questions and not shown.blockers:
        parts.append(f"<p>{NOTHING}</p>")
    if shown.notes:
        parts.append("<h3>Worth knowing</h3><ul>" + "".join(f"<li>{_note(n)}</li>" for n in shown.notes) + "</ul>")
    head = "<p class='quiet'>This is what would change. Nothing is written yet.</p>" if said else ""
    return f'<div class="would-change">{head}{"".join(parts)}</div>'


def _note(text: str) -> str:
    """A note; one that lists a great deal shows its beginning, and the whole of it when opened."""
    if len(text) <= NOTE_SHOWN:
        return markup(text)
    begins = text[:NOTE_SHOWN].rpartition(" ")[0]
    return f"<details><summary>{markup(begins)} …</summary>{markup(text)}</details>"
