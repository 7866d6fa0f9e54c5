"""What is wrong with a file, as sentences for the person who handed it over."""

from collections.abc import Iterable

import msgspec

from dispatchkit.errors import WorkbenchError
from dispatchkit.printable import printable

CORRECT = "Correct it and import again."
"""What to do about most things."""

LISTED = 50
"""Problems that one message spells out; the rest are counted. All of them are in `Unreadable.problems`."""

QUOTED_CHARACTERS = 60
"""How much of a value a sentence quotes."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, or worth knowing, with where it stands and what to do about it.

    Attributes
    ----------
    file
        Name of the file as it was handed over, or of the folder.
    row
        Row as a spreadsheet shows it (the header is row 1); None where the file has no rows.
    column
        Column of a table as the file itself writes it, or path inside a JSON file ("RouteID_1 / stops / AA / lat").
    message, fix
        What is wrong, and what to do next: whole sentences.
    blocks
        Whether nothing can be imported because of it. Otherwise it is a note on an import that took place.
    about
        The one stop or van that cannot be used because of it, by whatever name its reader gives it; empty where it
        concerns more. Who plans what is left can do without that one.
    """

    file: str
    row: int | None = None
    column: str = ""
    message: str
    fix: str = ""
    blocks: bool = True
    about: str = ""

    @property
    def placed(self) -> str:
        """What is wrong, for a sentence that has named the file: "Row 7, 'Transporter ID': The id is missing."."""
        where = (f"Row {self.row}" if self.row is not None else "", quoted(self.column) if self.column else "")
        return printable(": ".join(filter(None, (", ".join(filter(None, where)), self.message))))

    def __str__(self) -> str:
        row = f" row {self.row}" if self.row is not None else ""
        column = f", {self.column}" if self.column else ""
        return printable(f"{self.file}{row}{column}: {self.message} {self.fix}".rstrip())


class Unreadable(WorkbenchError):
    """The files cannot be imported as they are. Nothing was taken from them.

    Attributes
    ----------
    problems
        Everything that blocks the import, not the first thing only.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        sentences = [str(p) for p in self.problems[:LISTED]]
        if len(self.problems) > LISTED:
            sentences.append(f"… and {len(self.problems) - LISTED} more.")
        super().__init__("\n".join(["Nothing was imported.", *sentences]))


class Findings:
    """The problems of one file, gathered while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    @property
    def blocking(self) -> bool:
        """Whether anything so far stops the import."""
        return any(p.blocks for p in self.problems)

    def block(
        self, message: str, fix: str = CORRECT, *, row: int | None = None, column: str = "", about: str = ""
    ) -> None:
        """Record something that must be put right before anything is imported."""
        problem = Problem(file=self.file, row=row, column=column, message=message, fix=fix, about=about)
        self.problems.append(problem)

    def note(self, message: str, fix: str = "", *, row: int | None = None, column: str = "") -> None:
        """Record something worth knowing that does not stop the import."""
        self.problems.append(Problem(file=self.file, row=row, column=column, message=message, fix=fix, blocks=False))

    def at(self, column: str, row: int | None = None, about: str = "") -> "Spot":
        """Name a cell of the file, and the one stop or van that it is about."""
        return Spot(self, row, column, about)


class Spot(msgspec.Struct, frozen=True):
    """A cell of a table, or a value of a JSON file: where a problem can be."""

    findings: Findings
    row: int | None
    column: str
    about: str = ""

    def block(self, message: str, fix: str = CORRECT) -> None:
        """Record that this value must be put right before anything is imported."""
        self.findings.block(message, fix, row=self.row, column=self.column, about=self.about)

    def within(self, column: str, about: str = "") -> "Spot":
        """Go one step further down the path; `about` names the one stop or van that this step leads to."""
        return Spot(self.findings, self.row, f"{self.column} / {column}", about or self.about)


def reasons(problems: Iterable[Problem]) -> dict[str, str]:
    """Say of each stop or van, by the name that its reader gives it, all that is wrong with it."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        if problem.blocks and problem.about:
            found.setdefault(problem.about, []).append(str(problem))
    return {about: " ".join(dict.fromkeys(sentences)) for about, sentences in found.items()}


def part(*ids: str) -> str:
    """What problems of one stop or van are about: the ids that lead to it. None of them can hold a line's end."""
    return "\n".join(ids)


def quoted(value: object) -> str:
    """Quote a value for a sentence, cut short where it is long."""
    text = str(value)
    return f"'{text[:QUOTED_CHARACTERS]}…'" if len(text) > QUOTED_CHARACTERS else f"'{text}'"
